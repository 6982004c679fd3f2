import { exchange, type Topic } from '../world.ts'

export const services: readonly Topic[] = [
  {
    about: 'a rental',
    subjects: ['Renting {number} bikes', 'Rental on {day}', 'E-bike for a weekend', 'Cancelling my rental'],
    exchanges: [
      exchange(
        ['rental'],
        [
          'we would like to rent two e-bikes from {day} to {otherDay}. What does that cost?',
          'do you have a city bike for rent on {day}?',
          'I have to cancel my rental on {day}. Is that free?',
        ],
        [
          'An e-bike is 42 euro per day, a city bike 19 euro, with a deposit of 150 euro by card.',
          'Yes, there are city bikes left on {day} for 19 euro.',
          'Rentals may be cancelled free of charge until 48 hours before they begin.',
        ],
      ),
      exchange(
        ['rental'],
        ['Could we add a child seat?', 'Do you have a trailer for a dog?'],
        ['Child seats and trailers can be added for 8 euro per day.', 'Yes, for 8 euro per day.'],
      ),
      exchange(
        ['rental'],
        ['Is there a better price for a whole week?', 'How is a week charged?'],
        ['A week is charged as five days.', 'Seven days cost as much as five.'],
      ),
      exchange(
        ['rental', 'hours'],
        ['When do we have to bring them back?', 'Can we return them on Sunday?'],
        ['By closing time on the last day; on Sunday we are closed.', 'Please by 18:30, on Saturday by 16:00.'],
      ),
    ],
  },
  {
    about: 'company bikes',
    bot: 'bot-business',
    subjects: ['Leasing for {number} employees', 'Offer for company bikes', 'Company leasing'],
    exchanges: [
      exchange(
        ['fleet'],
        [
          'we are {number} people in {city} and think about company bikes. How does leasing work?',
          'can you make an offer for {number} e-bikes?',
          'is the {model} available for leasing through my employer?',
        ],
        [
          'Companies lease from three bikes upwards over 36 months, with insurance and a yearly inspection.',
          'Offers are written within two working days. Which model and how many sizes do you need?',
          'If your employer leases with us, yes. Insurance and roadside help are included.',
        ],
      ),
      exchange(
        ['fleet'],
        ['What happens after 36 months?', 'Can employees keep the bike?'],
        ['It can be bought for about 17 percent of the price.', 'Yes, for about 17 percent of its price.'],
      ),
      exchange(
        ['fleet', 'theft'],
        ['Is theft covered?', 'Who pays if a bike is stolen?'],
        ['Leasing includes insurance, so theft is covered.', 'The insurance in the lease does.'],
      ),
    ],
  },
  {
    about: 'a stolen bike',
    subjects: ['My {model} was stolen', 'Theft insurance', 'Frame number needed'],
    exchanges: [
      exchange(
        ['theft'],
        [
          'my {model} was stolen in {city} on {day}. What do I do now?',
          'what does the theft insurance cost?',
          'I need the frame number of my {model} for the police. Order {order}.',
        ],
        [
          'I am sorry. Report it to the police first and send us the report with the frame number.',
          'Theft insurance starts at 7.90 euro per month and replaces the bike at the same value.',
          'We keep the frame number of every bike that we sell; a colleague sends it to you today.',
        ],
      ),
      exchange(
        ['theft'],
        ['How long until I get a new one?', 'Here is the police report.'],
        [
          'With the insurance you receive a bike of the same value within 10 working days.',
          'Thank you. The replacement takes up to 10 working days from here.',
        ],
        true,
      ),
      exchange(
        ['theft', 'payment'],
        ['Can I take out insurance later?', 'Do I pay monthly or yearly?'],
        ['You can add it at any time; it starts the next day.', 'Monthly, from 7.90 euro.'],
      ),
    ],
  },
  {
    about: 'an account',
    subjects: ['Cannot sign in', 'Changing my email address', 'Delete my account', 'No password message'],
    exchanges: [
      exchange(
        ['account'],
        [
          'I cannot sign in any more. It says that my password is wrong.',
          'the message for a new password does not arrive.',
          'how do I change the email address of my account?',
        ],
        [
          'Use Forgot password on the sign-in page; the link is valid for one hour.',
          'Please look into the spam folder first. I have had a new link sent.',
          'Your email address can be changed under Profile.',
        ],
      ),
      exchange(
        ['account'],
        ['It works now.', 'Still nothing, I have been waiting since {time}.', 'And how do I delete my account?'],
        [
          'Good to hear!',
          'Then I ask a colleague to look into the mail log.',
          'Tell us here and the account is deleted within 7 days.',
        ],
      ),
      exchange(
        ['account', 'payment'],
        ['Do I still see my old invoices?', 'Is {order} still in there?'],
        ['Yes, all orders with their invoices are under Orders.', 'It is; you find {order} under Orders.'],
      ),
    ],
  },
]
