import { chance, characters, integer, pick, type Random, shuffle } from '../kit/random.ts'
import {
  type Bot,
  company,
  type Dialogue,
  type Exchange,
  type Operator,
  type Person,
  type Topic,
  type Turn,
  type WorldChannel,
} from './world.ts'

interface DialogueParts {
  readonly key: string
  readonly plot: Plot
  readonly channel: WorldChannel
  readonly person: Omit<Person, 'createdAt'>
  readonly bot: Bot
  readonly operator: Operator
  readonly topic: Topic
  readonly topics: readonly Topic[]
  /** The time of its last turn. */
  readonly end: number
}

const second = 1000
const minute = 60 * second

/** Creates one dialogue: its lines, their times and its state at the end. */
export function createDialogue(random: Random, parts: DialogueParts): Dialogue {
  const { key, plot, channel, person, bot, operator, topic, end } = parts
  const cast = { first: person.firstName, bot: bot.name, operator: operator.name, topic, topics: parts.topics }
  const slots = { ...drawSlots(random), first: cast.first, bot: cast.bot, operator: cast.operator, about: topic.about }
  const lines = writeScript(random, plot, cast, slots)
  const turns = spread(random, lines, channel, end).map(({ line, at }, index): Turn => {
    return {
      key: `${key}-turn-${index + 1}`,
      by: line.by,
      operator: line.by === 'operator' ? operator.key : null,
      text: line.text,
      at,
      articles: line.articles,
      attachment: line.photo && chance(random, 0.8) ? photo(random) : null,
    }
  })
  const settled = plot === 'settled' || plot === 'released'
  return {
    key,
    person: person.key,
    bot: bot.key,
    channel,
    subject: fill(pick(random, topic.subjects), slots),
    handedOver: plot === 'handedOver',
    resolved: settled && chance(random, 0.85),
    starred: chance(random, 0.07),
    unread: unread(turns),
    assignedTo: plot === 'handedOver' || (plot === 'released' && chance(random, 0.5)) ? operator.key : null,
    createdAt: turns[0]?.at ?? end,
    turns,
  }
}

/**
 * Computes the times backwards from the end: bots answer within seconds, people within minutes, emails within hours.
 */
function spread(
  random: Random,
  lines: readonly Line[],
  channel: WorldChannel,
  end: number,
): { line: Line; at: number }[] {
  let at = end
  const timed: { line: Line; at: number }[] = []
  for (const line of [...lines].reverse()) {
    timed.push({ line, at })
    at -= gapBefore(random, line, channel)
  }
  return timed.reverse()
}

function gapBefore(random: Random, line: Line, channel: WorldChannel): number {
  // Sometimes two turns have the same millisecond, which breaks clients that sort by time alone.
  if (line.by === 'system') return chance(random, 0.3) ? 0 : integer(random, 1, 900)
  if (line.by === 'bot') return integer(random, 2 * second, 25 * second)
  const slow = channel === 'email' ? 40 : 1
  return slow * integer(random, 15 * second, (line.by === 'operator' ? 9 : 6) * minute)
}

function unread(turns: readonly Turn[]): number {
  const lastAnswer = turns.findLastIndex((turn) => turn.by !== 'person')
  return Math.min(turns.length - 1 - lastAnswer, 3)
}

function photo(random: Random): NonNullable<Turn['attachment']> {
  const name = `photo-${integer(random, 1000, 9999)}.jpg`
  return { name, type: 'image/jpeg', url: `${company.files}/customers/${name}` }
}

/** What happens in a dialogue. */
export type Plot = 'settled' | 'waiting' | 'handedOver' | 'released' | 'outbound' | 'empty' | 'endless'

/** A turn without its key and time. */
type Line = Pick<Turn, 'by' | 'text' | 'articles'> & { readonly photo: boolean }

interface Cast {
  readonly first: string
  readonly bot: string
  readonly operator: string
  readonly topic: Topic
  readonly topics: readonly Topic[]
}

const line = (by: Turn['by'], text: string, articles: readonly string[] = [], photo = false): Line => ({
  by,
  text: text.trim(),
  articles,
  photo,
})

/** Writes the lines of one dialogue. */
function writeScript(random: Random, plot: Plot, cast: Cast, slots: Slots): Line[] {
  if (plot === 'empty') return []
  if (plot === 'endless') return endless(random, cast, slots)
  const say = (by: Turn['by'], lines: readonly string[]) => line(by, fill(pick(random, lines), slots))
  if (plot === 'outbound') {
    const reminder = say('automation', phrases.reminders)
    if (chance(random, 0.5)) return [reminder]
    const reaction = say('person', phrases.reactions)
    return [reminder, reaction, ...exchanges(random, cast, slots, integer(random, 1, 2)), ...farewell(random, slots)]
  }
  const talk = exchanges(random, cast, slots, integer(random, 2, 5))
  const opening = talk[0]
  const lines = opening ? [{ ...opening, text: greeting(random, opening.text) }, ...talk.slice(1)] : []
  if (plot === 'settled') return [...lines, ...farewell(random, slots)]
  if (plot === 'waiting') return lines.slice(0, -1)

  lines.push(say('person', phrases.wantsPerson), say('bot', phrases.handingOver), say('system', phrases.takenOver))
  lines.push(say('operator', phrases.operatorHellos))
  const answers = shuffle(random, phrases.operatorAnswers)
  const reactions = shuffle(random, phrases.personAnswers)
  for (let round = integer(random, 1, 3); round > 0; round -= 1) {
    lines.push(say('person', reactions.slice(round, round + 1)), say('operator', answers.slice(round, round + 1)))
  }
  if (plot === 'handedOver') {
    if (chance(random, 0.6)) lines.push(say('person', phrases.personAnswers))
    return lines
  }
  lines.push(say('operator', phrases.operatorClosings), say('system', phrases.released))
  if (chance(random, 0.6)) lines.push(...exchanges(random, cast, slots, 1), ...farewell(random, slots))
  return lines
}

/** A customer with many topics: more lines than any vendor has on one page. */
function endless(random: Random, cast: Cast, slots: Slots): Line[] {
  const lines: Line[] = []
  while (lines.length < 410) {
    const topic = pick(random, cast.topics)
    const now = { ...slots, ...drawSlots(random) }
    const [question, ...rest] = exchanges(random, { ...cast, topic }, now, integer(random, 1, 3))
    if (!question) continue
    lines.push({ ...question, text: `${pick(random, phrases.fillers)} ${capitalise(question.text)}` }, ...rest)
    if (chance(random, 0.1)) lines.push(...farewell(random, now))
  }
  return lines
}

function exchanges(random: Random, { topic }: Cast, slots: Slots, count: number): Line[] {
  const [first, ...others] = topic.exchanges
  if (!first) return []
  const chosen = [first, ...shuffle(random, others).slice(0, count - 1)]
  return chosen.flatMap((one, index) => exchange(random, one, slots, index === 0))
}

function exchange(random: Random, { asks, replies, articles, photo }: Exchange, slots: Slots, first: boolean): Line[] {
  const asked = integer(random, 0, asks.length - 1)
  // Questions and answers have the same order. The last answer is for all further questions.
  const reply = replies[Math.min(asked, replies.length - 1)] ?? ''
  const opening = first ? pick(random, phrases.botOpenings) : ''
  return [
    line('person', fill(capitalise(asks[asked] ?? ''), slots), [], photo === true),
    line('bot', fill(`${opening}${reply}${pick(random, phrases.botClosings)}`, slots), articles),
  ]
}

function farewell(random: Random, slots: Slots): Line[] {
  const thanks = line('person', fill(pick(random, phrases.thanks), slots))
  return chance(random, 0.7) ? [thanks, line('bot', fill(pick(random, phrases.goodbyes), slots))] : [thanks]
}

function greeting(random: Random, text: string): string {
  const hello = pick(random, phrases.hellos)
  return hello === '' || /^I\b/.test(text)
    ? `${hello} ${text}`.trim()
    : `${hello} ${text.charAt(0).toLowerCase()}${text.slice(1)}`
}

type Slots = Readonly<Record<string, string>>

const models = ['Tarn 3', 'Tarn 5 E', 'Linnet', 'Linnet E', 'Harrow Trek', 'Harrow Trek E', 'Pebble 20', 'Coble Cargo']
const parts = [
  'pannier',
  'helmet',
  'saddle',
  'brake lever',
  'rear light',
  'pedal',
  'chain guard',
  'lock',
  'rack',
  'bell',
]
const cities = ['Ghent', 'Leeds', 'Porto', 'Utrecht', 'Bergen', 'Graz', 'Lyon', 'Galway', 'Boston', 'Turin', 'Malmö']
const days = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday']
const names = ['Robin', 'Sam', 'Noor', 'Alex', 'Jamie', 'Kim']

/** Values for the slots of one dialogue. The caller adds the names of people. */
function drawSlots(random: Random): Slots {
  const day = pick(random, days)
  return {
    model: pick(random, models),
    part: pick(random, parts),
    city: pick(random, cities),
    name: pick(random, names),
    day,
    otherDay: pick(
      random,
      days.filter((other) => other !== day),
    ),
    time: `${integer(random, 9, 17)}:${pick(random, ['00', '15', '30', '45'])}`,
    order: `QC-${characters(random, 5, '0123456789')}`,
    digits: characters(random, 6, '0123456789'),
    number: String(integer(random, 3, 48)),
    height: `${integer(random, 156, 199)} cm`,
  }
}

const fill = (template: string, slots: Slots): string =>
  template.replace(/\{(\w+)\}/g, (whole, name: string) => slots[name] ?? whole)

const capitalise = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

/** Lines that fit any topic. */
const phrases = {
  hellos: ['Hi,', 'Hello,', 'Good morning,', 'Good evening,', 'Hi there,', 'Hello Quillon team,', 'Hey,', ''],
  botOpenings: [
    '',
    'Hi {first}! ',
    'Thanks for your message. ',
    'Hello {first}. ',
    'Happy to help. ',
    'Good question. ',
  ],
  botClosings: ['', '', '', ' Is there anything else?', ' Does that help?', ' Shall I note that for you?'],
  thanks: [
    'Great, thank you!',
    'Perfect, thanks a lot.',
    'That answers it. Bye!',
    'Thanks {bot}, very helpful.',
    '👍',
    'OK thanks',
    'Wonderful. Have a nice day!',
  ],
  goodbyes: [
    'You are welcome, {first}. Enjoy the ride!',
    'Any time. Have a good day!',
    'Gladly. Write again whenever you need us.',
    'My pleasure. Safe riding!',
  ],
  wantsPerson: [
    'I would rather talk to a person, please.',
    'Can somebody from the team look at this?',
    'This is not what I meant. Is there a human I can talk to?',
    'Please let me speak to a colleague, it is about {about}.',
    'Sorry, but I have explained this three times now. A real person, please.',
  ],
  handingOver: [
    'Of course. I am passing this on to a colleague, who will write here.',
    'I understand. A colleague takes over from here; please stay in this chat.',
    'I hand this to the team right away. They answer Monday to Friday from 9:00 to 18:00.',
  ],
  takenOver: ['{operator} took over the conversation', 'Conversation assigned to {operator}'],
  released: ['{operator} returned the conversation to {bot}', 'Conversation released by {operator}'],
  operatorHellos: [
    'Hi {first}, this is {operator} from Quillon Cycles. I have read through your messages about {about}.',
    'Hello {first}, {operator} here. Give me two minutes to look at {order}.',
    'Hi {first}, {operator} taking over. I am sorry for the back and forth about {about}.',
  ],
  personAnswers: [
    'Thank you for getting back so quickly.',
    'Yes, that is right.',
    'The number is {order}, and my postcode is in {city}.',
    'No, that was on {day}, not on {otherDay}.',
    'OK. What happens next?',
    'I would prefer {day} after {time}, if that is possible.',
    'It is the {model}, bought last spring.',
  ],
  operatorAnswers: [
    'I have spoken to the workshop: they can take care of it on {day}.',
    'I have refunded {number} euro as a gesture, which you will see within 5 working days.',
    'I found it. There was a mix-up with another order, and {order} goes out today.',
    'Could you tell me the colour of the {model} and the day on which you bought it?',
    'That is on us. I am sending you a new {part} free of charge.',
    'I have put {day} at {time} into the calendar for you.',
  ],
  operatorClosings: [
    'If anything else comes up, just answer here. {bot} is back for quick questions.',
    'I close this for now. Have a good week, {first}!',
    'All settled from my side. Best wishes, {operator}',
  ],
  reminders: [
    'Reminder: your appointment at Quillon Cycles is on {day} at {time}.',
    'Your order {order} has been shipped. You will find the tracking link in your email.',
    'Hi {first}, how was your experience with Quillon Cycles? We would love to hear from you.',
    'Hi {first}, your {model} is due for its first service. Answer here to book a day.',
    'The winter check is on: lights, brakes, chain and tyres for 59 euro until the end of February.',
  ],
  reactions: [
    'Thanks for the reminder. Can I move it to {otherDay}?',
    'Oh good, I had forgotten. {day} is fine.',
    'It was great, five stars!',
    'STOP',
    'Who is this?',
  ],
  fillers: [
    'One more thing.',
    'And another question, sorry.',
    'While I have you:',
    'My partner asks, too:',
    'Back again.',
    'Last one for today, I promise.',
    'Short question in between:',
  ],
} as const
