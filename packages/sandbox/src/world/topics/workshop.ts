import { exchange, type Topic } from '../world.ts'

export const workshop: readonly Topic[] = [
  {
    about: 'a repair',
    bot: 'bot-workshop',
    subjects: ['Workshop appointment on {day}', 'Service for my {model}', 'Flat tyre', 'Moving my appointment'],
    exchanges: [
      exchange(
        ['booking'],
        [
          'do you have a workshop appointment on {day} for my {model}?',
          'my {model} makes a clicking noise when I pedal. Can somebody look at it this week?',
          'I have a flat tyre. Can I just come by?',
          'I need to move my appointment from {day} to {otherDay}.',
        ],
        [
          'There is room on {day} at {time}. A standard service takes one working day and costs 79 euro.',
          'I can offer {day} at {time}. Until then please ride gently and do not clean it with a pressure washer.',
          'Yes, come by. Punctures are repaired while you wait for 18 euro.',
          'Moving is free until 24 hours before. Would {otherDay} at {time} suit you?',
        ],
      ),
      exchange(
        ['booking'],
        ['What does the large service include?', 'How much is a service?', 'What will it cost roughly?'],
        [
          'The standard service costs 79 euro, the large one 129 euro with bearings and wheels.',
          'A standard service is 79 euro and takes a day; the large service is 129 euro and takes two days.',
        ],
      ),
      exchange(
        ['booking', 'hours'],
        ['{time} on {day} works for me.', 'Please book {day} at {time} then.', 'OK, I take {day}.'],
        [
          'Booked: {day} at {time}, 14 Canal Street. You will get a reminder the day before.',
          'Done. We expect you and the {model} on {day} at {time}.',
        ],
      ),
      exchange(
        ['booking', 'care'],
        ['Here is a picture of the {part}, it looks worn.', 'I took a photo of the {part}. Is that still fine?'],
        [
          'Thank you. From the picture the {part} should be replaced; we can do that with the service.',
          'It looks worn, but safe until the appointment. We will check the {part} on the stand.',
        ],
        true,
      ),
      exchange(
        ['hours', 'booking'],
        ['Until when can I collect it?', 'Can I bring it before work?'],
        [
          'We open at 9:00 and accept bikes until half an hour before closing at 18:30.',
          'Any time from 9:00; the workshop accepts bikes until 18:00.',
        ],
      ),
    ],
  },
  {
    about: 'a warranty claim',
    bot: 'bot-workshop',
    subjects: ['Warranty on my {model}', 'Motor stops working', 'Crack in the frame', 'Claim for a {part}'],
    exchanges: [
      exchange(
        ['warranty'],
        [
          'the motor of my {model} switches off after a few minutes. Is that under warranty?',
          'the {part} of my {model} broke after {number} weeks. Is that a warranty case?',
          'how long is the warranty on the frame?',
        ],
        [
          'Motors and batteries carry a warranty of 2 years, frames of 10 years. I need the invoice and the frame number.',
          'That sounds like a claim. Please send the frame number and the invoice, then we arrange a check.',
          'Ten years on the frame and two years on other parts, except those that wear.',
        ],
      ),
      exchange(
        ['warranty'],
        [
          'Where do I find the frame number?',
          'The frame number is QF{digits}.',
          'I have the invoice, the order was {order}.',
        ],
        [
          'It is stamped below the bottom bracket and begins with QF.',
          'Thank you, I have added that to your claim. The workshop looks at it within two days.',
        ],
      ),
      exchange(
        ['warranty', 'care'],
        ['Are brake pads covered, too?', 'And the chain?', 'What about the tyres?'],
        [
          'Wearing parts such as tyres, chains and brake pads are excluded.',
          'No, those wear with use and are not covered. We replace them at cost with a claim.',
        ],
      ),
      exchange(
        ['warranty'],
        ['I bought it second-hand. Does the warranty still count?', 'Can I sell it with the warranty?'],
        [
          'The warranty passes on to a second owner together with the invoice.',
          'Yes, as long as the invoice goes with the bike.',
        ],
      ),
    ],
  },
  {
    about: 'a battery',
    bot: 'bot-workshop',
    subjects: ['Range of the {model}', 'Battery does not charge', 'Storing the battery', 'New battery'],
    exchanges: [
      exchange(
        ['battery'],
        [
          'how far does the {model} go with one charge?',
          'my battery only lasts {number} kilometres since it got cold. Is it broken?',
          'the battery does not charge to full any more. What can I do?',
        ],
        [
          'The 500 watt-hour battery reaches 60 to 110 kilometres depending on wind, hills and support.',
          'Cold takes a good part of the range, that is normal. Charge it indoors and start with a warm battery.',
          'Try one full charge over night at room temperature. If it still stops early, we measure it in the workshop.',
        ],
      ),
      exchange(
        ['battery'],
        ['How long does charging take?', 'Can I leave it plugged in over night?'],
        [
          'To full it takes four and a half hours; the charger then switches off by itself.',
          'Four and a half hours. Over night is fine.',
        ],
      ),
      exchange(
        ['battery', 'winter'],
        ['How should I store it over the winter?', 'Can the battery stay in the cold shed?'],
        [
          'Store it between 10 and 20 degrees at about 60 percent.',
          'Better indoors: 10 to 20 degrees and about 60 percent charge.',
        ],
      ),
      exchange(
        ['battery', 'warranty'],
        ['What does a new one cost?', 'Is the battery under warranty after {number} months?'],
        [
          'A replacement battery costs 549 euro. Within 2 years a faulty one is a warranty case.',
          'Batteries carry a warranty of 2 years; after that a new one is 549 euro.',
        ],
      ),
    ],
  },
  {
    about: 'winter and care',
    bot: 'bot-workshop',
    subjects: ['Winter check', 'Cleaning my {model}', 'Studded tyres', 'Storing a bike over the winter'],
    exchanges: [
      exchange(
        ['winter'],
        [
          'do you offer a check before the winter?',
          'can you fit studded tyres on a {model}?',
          'could you store my {model} until March?',
        ],
        [
          'From November to February the winter check costs 59 euro: lights, brakes, chain and tyres.',
          'Yes, studded tyres are fitted for 25 euro.',
          'We store bikes over the winter for 12 euro per month.',
        ],
      ),
      exchange(
        ['care'],
        ['How often should I oil the chain?', 'Which tyre pressure is right?', 'Can I use a pressure washer?'],
        [
          'Clean and oil the chain every 200 kilometres.',
          'Use 4 bar for city tyres and 2.5 bar for wide ones, and check every two weeks.',
          'Please no pressure washer on an e-bike; a brush and lukewarm water are enough.',
        ],
      ),
      exchange(
        ['care', 'booking'],
        ['How do I see that the brake pads are worn?', 'The brakes squeak. Is that dangerous?'],
        [
          'Pads thinner than one millimetre must be replaced. We do that in a standard service.',
          'Squeaking is mostly dirt, but do check that the pads are thicker than one millimetre.',
        ],
      ),
    ],
  },
]
