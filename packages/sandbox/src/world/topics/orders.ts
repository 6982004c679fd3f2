import { exchange, type Topic } from '../world.ts'

export const orders: readonly Topic[] = [
  {
    about: 'a delivery',
    subjects: ['Where is my order {order}?', 'Delivery of the {model}', 'Tracking for {order}', 'Parcel to {city}'],
    exchanges: [
      exchange(
        ['delivery'],
        [
          'my order {order} was meant to be here on {day}. Do you know where it is?',
          'could you check where {order} is right now? The tracking has not moved since {day}.',
          'I ordered a {part} and have heard nothing since. The number is {order}.',
          'when will the {model} arrive in {city}? Order {order}.',
        ],
        [
          'Order {order} left our warehouse and is on its way to {city}. Parcels take 2 to 4 working days, bikes 5 to 8.',
          'I can see {order}: it was handed to the carrier on {day}. You should have a tracking link in your email.',
          'Your {part} is with the carrier. From here it usually needs 2 to 4 working days.',
          'Bikes need 5 to 8 working days to {city}. The freight company phones to agree on a day.',
        ],
      ),
      exchange(
        ['delivery'],
        [
          'What does delivery cost, by the way?',
          'Is shipping free if I add a {part}?',
          'How much is delivery for a bike?',
        ],
        [
          'Parcels cost 5.90 euro and are free from 80 euro. A bike travels by freight for 39 euro.',
          'From 80 euro parcels are free of charge; below that it is 5.90 euro. Freight for a bike is 39 euro.',
        ],
      ),
      exchange(
        ['delivery'],
        ['Can it be delivered on {day} after {time}?', 'I am not home on {day}. Can the driver call me first?'],
        [
          'The freight company phones to agree on a day, so {day} is possible if you tell them.',
          'Yes: the driver’s office calls before they come, and you choose the day together.',
        ],
      ),
      exchange(
        ['delivery'],
        ['Do I have to put the {model} together myself?', 'How much assembly is needed?'],
        [
          'It arrives 95 percent assembled. You only turn the handlebar, fit the pedals and pump up the tyres.',
          'Very little: the {model} comes 95 percent assembled, and the tools are in the box.',
        ],
      ),
    ],
  },
  {
    about: 'a return',
    subjects: ['Return of {order}', 'Refund for a {part}', 'Wrong size, please exchange', 'Sending back the {part}'],
    exchanges: [
      exchange(
        ['returns'],
        [
          'I would like to send back the {part} from order {order}. How does that work?',
          'the {part} does not fit my {model}. Can I return it?',
          'how long do I have to return {order}?',
        ],
        [
          'You may return unused goods within 30 days. The label is in your account under Orders.',
          'No problem: print the return label under Orders in your account and drop the parcel off within 30 days.',
        ],
      ),
      exchange(
        ['returns', 'payment'],
        ['When do I get my money back?', 'How long does the refund take?', 'Will the refund go to my card?'],
        [
          'Refunds go back to your original means of payment within 5 working days after the goods arrive.',
          'Within 5 working days of arrival here, to the means of payment that you used.',
        ],
      ),
      exchange(
        ['returns'],
        [
          'I have already ridden it a bit. Is that a problem?',
          'It has about {number} kilometres on it, does that matter?',
        ],
        [
          'Up to 20 kilometres count as a test. Beyond that there is a deduction for wear.',
          'Bikes ridden more than 20 kilometres are refunded with a deduction for wear, so it depends on the distance.',
        ],
      ),
      exchange(
        ['returns', 'warranty'],
        ['The box was damaged when it came, see the picture.', 'Here is a photo of the scratch on the {part}.'],
        [
          'Thank you for the picture. Please keep the packaging; we will send a replacement for the {part}.',
          'That should not happen. With this photo we can replace the {part} without your sending it back first.',
        ],
        true,
      ),
    ],
  },
  {
    about: 'an invoice',
    subjects: ['Invoice for {order}', 'Billing address', 'Payment of {order} failed', 'Paying in instalments'],
    exchanges: [
      exchange(
        ['payment'],
        [
          'I need the invoice for {order} for my tax return.',
          'the invoice for {order} has the wrong address. Can it be changed?',
          'my payment for {order} was refused although the card is fine.',
          'which ways to pay do you accept for a {model}?',
        ],
        [
          'Invoices are sent by email as PDF after shipping. I have asked for the one of {order} to be sent again.',
          'A changed billing address can be put on an invoice within 14 days. Please send me the new one.',
          'We accept cards, PayPal, bank transfer and instalments. You could try another of these for {order}.',
        ],
      ),
      exchange(
        ['prices', 'payment'],
        ['Can I pay the {model} in instalments?', 'Do you charge interest if I pay monthly?'],
        [
          'Yes, from 500 euro upwards in 12 or 24 monthly instalments without interest.',
          'There is no interest: 12 or 24 monthly instalments from 500 euro upwards.',
        ],
      ),
      exchange(
        ['giftcards', 'payment'],
        ['I also have a gift card of {number} euro. Can I use it?', 'Can a gift card be combined with PayPal?'],
        [
          'Gift cards can be combined with any other means of payment. Enter the code in the last step.',
          'Yes, use the gift card first and pay the rest as you like.',
        ],
      ),
    ],
  },
  {
    about: 'a gift card',
    subjects: ['Gift card question', 'Gift card for a birthday', 'Lost gift card'],
    exchanges: [
      exchange(
        ['giftcards'],
        [
          'I would like to give a friend a gift card. How fast can it be here?',
          'I lost the gift card from order {order}. Is it gone?',
          'how long is a gift card valid?',
        ],
        [
          'By email it is there at once, by post within three days. Amounts go from 25 to 500 euro.',
          'A lost card is replaced when you show the order number, so with {order} we can help.',
          'Gift cards are valid for three years, in the shop and online.',
        ],
      ),
      exchange(
        ['giftcards'],
        ['Can it be used for repairs as well?', 'Does it work in the shop in {city}, too?'],
        ['Yes, in the shop, in the workshop and online.', 'It works everywhere we sell or repair something.'],
      ),
      exchange(
        ['giftcards', 'delivery'],
        ['Could you put a name on it? It is for {name}.', 'Is there a nice envelope for it?'],
        [
          'You can add a name and a greeting when you order it.',
          'By post it comes in an envelope with a greeting card.',
        ],
      ),
    ],
  },
]
