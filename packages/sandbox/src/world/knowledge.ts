import { type Article, company } from './world.ts'

const page = (key: string, path: string, title: string, text: string): Article => ({
  key,
  kind: 'website',
  title,
  url: `${company.site}/${path}`,
  text,
})

const faq = (key: string, title: string, text: string): Article => ({ key, kind: 'faq', title, url: null, text })

const file = (key: string, name: string, text: string): Article => ({
  key,
  kind: 'file',
  title: name,
  url: `${company.files}/${name}`,
  text,
})

const note = (key: string, title: string, text: string): Article => ({ key, kind: 'text', title, url: null, text })

/** The knowledge of the bots. Every number in a dialogue is from here, so that answers and dialogues agree. */
export const knowledge: readonly Article[] = [
  page(
    'hours',
    'visit/opening-hours',
    'Opening hours and address',
    'The shop at 14 Canal Street is open Monday to Friday from 9:00 to 18:30 and Saturday from 10:00 to 16:00. We are closed on Sunday and on public holidays. The workshop accepts bikes until half an hour before closing. You can park bikes in the yard behind the shop.',
  ),
  page(
    'prices',
    'bikes/prices',
    'Prices of our bikes',
    'City bikes start at 649 euro, trekking bikes at 899 euro and e-bikes at 2,190 euro. Children’s bikes start at 289 euro. Prices include a first service after 300 kilometres. You can pay in 12 or 24 monthly instalments without interest from 500 euro upwards.',
  ),
  page(
    'delivery',
    'help/delivery',
    'Delivery times and costs',
    'Parcels are delivered within 2 to 4 working days for 5.90 euro, free of charge from 80 euro. Bikes travel by freight within 5 to 8 working days for 39 euro and arrive 95 percent assembled. You receive a tracking link by email as soon as the order leaves our warehouse. The freight company phones to agree on a day.',
  ),
  page(
    'returns',
    'help/returns',
    'Returns and refunds',
    'You may return unused goods within 30 days. Return labels are in your customer account under Orders. Refunds go back to the original means of payment within 5 working days after the goods arrive. Bikes that were ridden more than 20 kilometres are refunded with a deduction for wear.',
  ),
  page(
    'booking',
    'workshop/booking',
    'Booking a repair',
    'Book a workshop appointment online, by phone or in this chat. A standard service takes one working day and costs 79 euro; a large service takes two days and costs 129 euro. Puncture repairs for 18 euro are done while you wait. You can move or cancel an appointment free of charge until 24 hours before.',
  ),
  page(
    'testride',
    'visit/test-rides',
    'Test rides',
    'Test rides are free and last 45 minutes. Please bring an identity card. E-bikes should be booked one day ahead; other bikes can be tried without an appointment. We lend helmets.',
  ),
  page(
    'rental',
    'rental',
    'Renting a bike',
    'A city bike costs 19 euro per day to rent and an e-bike 42 euro per day. The deposit is 150 euro by card. Weekly rentals are charged as five days. Child seats and trailers can be added for 8 euro per day. Rentals may be cancelled free of charge until 48 hours before they begin.',
  ),
  page(
    'fleet',
    'business',
    'Company bikes and leasing',
    'Companies lease from three bikes upwards over 36 months. Leasing includes insurance, a yearly inspection and roadside help. Offers are written within two working days. Bikes can be bought at the end for about 17 percent of the price.',
  ),
  file(
    'warranty',
    'warranty-terms.pdf',
    'Frames carry a warranty of 10 years, motors and batteries of 2 years, all other parts of 2 years. Wearing parts such as tyres, chains and brake pads are excluded. A claim needs the invoice and the frame number. The warranty passes on to a second owner together with the invoice.',
  ),
  file(
    'battery',
    'battery-guide.pdf',
    'The 500 watt-hour battery reaches 60 to 110 kilometres depending on wind, hills and the level of support. Charging to full takes four and a half hours. Store the battery between 10 and 20 degrees at about 60 percent. After 800 full charges it keeps at least 70 percent of its capacity. A replacement battery costs 549 euro.',
  ),
  file(
    'sizes',
    'frame-sizes.pdf',
    'Frame size S suits riders from 155 to 165 centimetres, M from 165 to 178, L from 178 to 188 and XL from 188 to 200. Between two sizes, the smaller one is more agile and the larger one calmer. Saddle and stem are adjusted free of charge when you collect the bike.',
  ),
  file(
    'care',
    'care-and-maintenance.pdf',
    'Clean and oil the chain every 200 kilometres. Check tyre pressure every two weeks: 4 bar for city tyres and 2.5 bar for wide tyres. Brake pads thinner than one millimetre must be replaced. Do not clean an e-bike with a pressure washer.',
  ),
  faq(
    'payment',
    'How can I pay?',
    'We accept cards, PayPal, bank transfer and instalments. Invoices are sent by email as PDF after shipping. A changed billing address can be put on an invoice within 14 days. Gift cards can be combined with any other means of payment.',
  ),
  faq(
    'giftcards',
    'How do gift cards work?',
    'Gift cards from 25 to 500 euro are sent by email at once or by post within three days. They are valid for three years and can be used in the shop and online. A lost card is replaced when you show the order number.',
  ),
  faq(
    'theft',
    'What happens if my bike is stolen?',
    'Report the theft to the police and send us the report together with the frame number. With our theft insurance from 7.90 euro per month you receive a new bike of the same value within 10 working days. We keep the frame number of every bike that we sell.',
  ),
  faq(
    'account',
    'I cannot sign in to my account',
    'Use Forgot password on the sign-in page; the link is valid for one hour. If no message arrives, look into the spam folder. Your email address can be changed under Profile. An account is deleted within 7 days after you ask for it.',
  ),
  note(
    'handover',
    'When to call a colleague',
    'Hand over to a colleague when a customer asks for a person, reports an accident or an injury, or disputes a refund. Colleagues answer Monday to Friday from 9:00 to 18:00.',
  ),
  note(
    'winter',
    'Winter check',
    'From November to February we offer a winter check for 59 euro: lights, brakes, chain and tyres. Studded tyres are fitted for 25 euro. Bikes can be stored over the winter for 12 euro per month.',
  ),
]
