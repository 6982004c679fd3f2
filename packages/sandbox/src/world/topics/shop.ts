import { exchange, type Topic } from '../world.ts'

export const shop: readonly Topic[] = [
  {
    about: 'opening hours',
    subjects: ['Opening hours on {day}', 'Are you open on {day}?', 'Visiting the shop', 'Address and parking'],
    exchanges: [
      exchange(
        ['hours'],
        [
          'are you open on {day}?',
          'until when are you open on {day}? I only get away from work at {time}.',
          'where exactly are you, and when do you close?',
        ],
        [
          'We are open Monday to Friday from 9:00 to 18:30 and Saturday from 10:00 to 16:00.',
          'The shop at 14 Canal Street closes at 18:30 during the week and at 16:00 on Saturday. Sunday we are closed.',
        ],
      ),
      exchange(
        ['hours'],
        ['Can I park my bike there?', 'Is there somewhere to leave a trailer?'],
        ['There is space for bikes in the yard behind the shop.', 'Yes, in the yard behind 14 Canal Street.'],
      ),
      exchange(
        ['testride', 'hours'],
        ['Could I try a {model} while I am there?', 'Do I need an appointment to look at bikes?'],
        [
          'Other bikes can be tried without an appointment; e-bikes should be booked one day ahead.',
          'Looking needs no appointment. For an e-bike please book a test ride one day ahead.',
        ],
      ),
    ],
  },
  {
    about: 'buying a bike',
    subjects: ['Advice on the {model}', 'Price of the {model}', 'Which bike for the way to work?', 'Bike for a child'],
    exchanges: [
      exchange(
        ['prices'],
        [
          'I am looking for a bike for {number} kilometres a day to work. What would you suggest?',
          'what does the {model} cost?',
          'my daughter needs her first bike. Where do prices start?',
        ],
        [
          'For that distance many choose a trekking bike from 899 euro or an e-bike from 2,190 euro.',
          'City bikes start at 649 euro, trekking bikes at 899 euro and e-bikes at 2,190 euro.',
          'Children’s bikes start at 289 euro, and the first service is included.',
        ],
      ),
      exchange(
        ['sizes'],
        ['I am {height} tall. Which frame size do I need?', 'Does size M fit somebody of {height}?'],
        [
          'S suits 155 to 165 centimetres, M 165 to 178, L 178 to 188 and XL 188 to 200.',
          'At {height} please compare: M goes from 165 to 178 centimetres and L from 178 to 188.',
        ],
      ),
      exchange(
        ['prices', 'payment'],
        ['Is a first service included?', 'Can I pay monthly?'],
        [
          'Prices include a first service after 300 kilometres.',
          'Yes: 12 or 24 monthly instalments without interest from 500 euro upwards.',
        ],
      ),
      exchange(
        ['testride'],
        ['Can I try it before I buy?', 'Is a test ride possible on {day}?'],
        [
          'Test rides are free and last 45 minutes. Please bring an identity card.',
          'Gladly. Shall I book {day} at {time}? It is free and takes 45 minutes.',
        ],
      ),
    ],
  },
  {
    about: 'a test ride',
    subjects: ['Test ride with the {model}', 'Trying an e-bike', 'Test ride on {day}'],
    exchanges: [
      exchange(
        ['testride'],
        [
          'I would like to try the {model} on {day}.',
          'can two of us do a test ride together?',
          'what do I need to bring for a test ride?',
        ],
        [
          'With pleasure. {day} at {time} is free; please bring an identity card.',
          'Yes, two bikes at once are possible. A ride lasts 45 minutes and is free.',
          'An identity card is enough; we lend helmets.',
        ],
      ),
      exchange(
        ['testride', 'booking'],
        ['{time} is perfect.', 'Can we make it {otherDay} instead?', 'Then {day} please, under the name {name}.'],
        [
          'Your test ride is booked for {day} at {time}.',
          'Changed to {otherDay} at {time}. See you at 14 Canal Street.',
          'Noted: {day} at {time} for {name}.',
        ],
      ),
      exchange(
        ['sizes', 'testride'],
        ['Will you have it in my size? I am {height}.', 'Do you have the {model} in L?'],
        ['Sizes S to XL are in the shop for test rides.', 'Yes. We adjust saddle and stem before you ride.'],
      ),
    ],
  },
]
