import { chance, characters, createRandom, integer, pick, type Random, shuffle } from '../kit/random.ts'
import { createDialogue, type Plot } from './dialogue.ts'
import { knowledge } from './knowledge.ts'
import { topics } from './topics/index.ts'
import { shop } from './topics/shop.ts'
import {
  type Bot,
  company,
  type Dialogue,
  type Operator,
  type Person,
  type Topic,
  type World,
  type WorldChannel,
} from './world.ts'

/** The default end of the story: 2026-01-15, noon UTC. It is constant, so that the seed alone decides the world. */
export const defaultNow: number = Date.UTC(2026, 0, 15, 12)

/** The number of dialogues per channel: enough that every vendor has at least 250 on the channels that it supports. */
const channelCounts: Readonly<Record<WorldChannel, number>> = {
  web: 160,
  sms: 70,
  email: 70,
  whatsapp: 60,
  messenger: 40,
  api: 40,
  slack: 30,
  voice: 30,
  teams: 25,
  instagram: 20,
  google: 14,
  tiktok: 12,
}

const plots: readonly (readonly [Plot, number])[] = [
  ['settled', 54],
  ['handedOver', 14],
  ['released', 12],
  ['waiting', 9],
  ['outbound', 8],
  ['empty', 3],
]

const minute = 60_000
const day = 24 * 60 * minute
/**
 * The number of people with several dialogues. It is small, because one vendor has a single conversation per contact.
 */
const returning = 70
const silent = 14

/** @param scale above 0, up to 1: the part of the dialogues and people that is made. At least one dialogue per channel. */
export function createWorld(seed: number, now: number = defaultNow, scale = 1): World {
  const random = createRandom(seed, 'world')
  const bots = createBots(now)
  const channels = mixChannels(random, scale)
  const writers = channels.length - Math.floor(returning * scale)
  const needs = [
    ...channels.slice(0, writers).map(needOf),
    ...Array<Reachable>(Math.ceil(silent * scale)).fill(needOf('email')),
  ]
  const people = createPeople(random, needs)
  const ends = channels.map((_, index) => endOf(random, index, now))

  const dialogues = channels.map((channel, index): Dialogue => {
    const suits = (person: (typeof people)[number]) =>
      (!needOf(channel).phone || person.phone !== null) && (!needOf(channel).email || person.email !== null)
    const known = people.slice(0, 80).filter(suits)
    const person = index < writers ? people[index] : known[index % Math.min(23, known.length)]
    if (!person) throw new Error(`No person can be reached over ${channel}`)
    const isLongest = index === longest(channels)
    const topic = pick(random, isLongest ? shop : topics)
    return createDialogue(random, {
      key: `dialogue-${index + 1}`,
      plot: isLongest ? 'endless' : drawPlot(random),
      channel,
      person,
      bot: drawBot(random, bots, topic),
      operator: pick(random, operators),
      topic,
      topics,
      end: ends[index] ?? now,
    })
  })
  return {
    seed,
    idSeed: seed,
    now,
    bots,
    operators,
    people: dated(random, people, dialogues, now),
    knowledge,
    dialogues,
  }
}

function mixChannels(random: Random, scale: number): WorldChannel[] {
  const all = Object.entries(channelCounts).flatMap(([channel, count]) =>
    Array.from({ length: Math.ceil(count * scale) }, () => ({ channel: channel as WorldChannel, order: random() })),
  )
  return all.sort((a, b) => a.order - b.order).map(({ channel }) => channel)
}

/** The longest dialogue is on the web, because every vendor supports that channel. */
const longest = (channels: readonly WorldChannel[]): number => channels.indexOf('web')

const needOf = (channel: WorldChannel): Reachable => ({
  phone: channel === 'sms' || channel === 'whatsapp' || channel === 'voice',
  email: channel === 'email',
})

/**
 * The end of a dialogue; more of them are recent. Every fortieth ends in the same millisecond as the previous one, so
 * that lists have ties across pages.
 */
function endOf(random: Random, index: number, now: number): number {
  const tied = index % 40 === 39
  const age = random() ** 2.2 * 160 * day
  const jitter = integer(random, 1, minute)
  return tied ? now - 3 * day : Math.floor(now - 4 * minute - age - jitter)
}

function drawPlot(random: Random): Plot {
  let left = random() * plots.reduce((sum, [, weight]) => sum + weight, 0)
  for (const [plot, weight] of plots) {
    left -= weight
    if (left < 0) return plot
  }
  return 'settled'
}

/** Usually the topic's bot. The shop's bot gets the rest, so that a credential for it alone has many pages. */
function drawBot(random: Random, bots: readonly Bot[], topic: Topic): Bot {
  const wanted = chance(random, 0.8) ? topic.bot : undefined
  const bot = bots.find(({ key }) => key === wanted) ?? bots[0]
  if (!bot) throw new Error('A world needs a bot')
  return bot
}

/** A person's record is created when the person's first dialogue starts. */
function dated(
  random: Random,
  people: readonly Omit<Person, 'createdAt'>[],
  dialogues: readonly Dialogue[],
  now: number,
): Person[] {
  const first = new Map<string, number>()
  for (const { person, createdAt } of dialogues) first.set(person, Math.min(first.get(person) ?? now, createdAt))
  return people.map((person) => ({
    ...person,
    createdAt: (first.get(person.key) ?? now - 20 * day) - integer(random, 0, 30) * day - integer(random, 0, day),
  }))
}

const firstNames =
  'Mara Jonas Priya Callum Elif Tomasz Aoife Bram Chiara Daniel Esra Fiona Goran Hanna Idris Jule Kofi Lena Mateus Nadia Oskar Petra Quentin Rosa Samir Tessa Umar Vera Willem Xenia Yara Zoltan Amara Bruno Celine Dario Edith Femke Greta Henrik Ingrid Joao Karim Lucia Milan Niamh Otis Paula Rafael Sanne Theo Ulla Victor Wanda Yusuf Zahra'.split(
    ' ',
  )
const lastNames =
  'Okoye Lindqvist Moreau Fischer Novak Haddad Brennan Castellano Dekker Eriksen Fontaine Gallagher Horvath Ibsen Jansen Kowalska Larsen Mbeki Nakamura Oliveira Petrov Quist Rossi Sandoval Tanaka Ueda Vermeulen Whitlock Ximenez Yilmaz Zeman Abbott Bakker Calder Duarte Engel Farrow Grady Hollis Iversen Jarvis Keane Lowell Marsh Norling Ortega Pryce Ramsay Soto Thorne Underhill Vance Weller Yates'.split(
    ' ',
  )
/** Names that break code which expects two ASCII words. */
const unusualNames: readonly (readonly [string, string])[] = [
  ['Nguyễn Thị', 'Ánh'],
  ['花子', '山田'],
  ['Łukasz', 'Żółkiewski'],
  ['Zoë', 'D’Angelo-Straße'],
  ['محمد', 'العلي'],
  ['Siobhán', 'O’Néill'],
  ['Ana María', 'de la Cruz 🚲'],
]
const tags = ['customer', 'e-bike', 'newsletter', 'rental', 'vip', 'company', 'workshop', 'complaint', 'winter-check']

/** Numbers that regulators reserve for fiction. */
const phoneMakers: readonly (readonly [country: string, make: (n: number) => string])[] = [
  ['GB', (n) => `+44770090${String(n).padStart(4, '0')}`],
  ['US', (n) => `+1${pickArea(n)}55501${String(n % 100).padStart(2, '0')}`],
  ['FR', (n) => `+3363998${String(n).padStart(4, '0')}`],
  ['DE', (n) => `+4917139200${String(n % 100).padStart(2, '0')}${Math.floor(n / 100)}`],
]
const pickArea = (n: number): string => ['202', '303', '415', '512', '617', '713', '808'][Math.floor(n / 100)] ?? '907'

interface Reachable {
  readonly phone: boolean
  readonly email: boolean
}

/**
 * One person per entry, with at least the contact details that it requires. The caller sets `createdAt` from the first
 * dialogue.
 */
function createPeople(random: Random, needs: readonly Reachable[]): Omit<Person, 'createdAt'>[] {
  const pairs = shuffle(
    random,
    firstNames.flatMap((first) => lastNames.map((last) => [first, last] as const)),
  )
  return needs.map((need, index) => {
    const unusual = index % 29 === 4 ? unusualNames[Math.floor(index / 29) % unusualNames.length] : undefined
    const name = unusual ?? pairs[index % pairs.length] ?? ['Robin', 'Doe']
    return personOf(random, `person-${index + 1}`, name, need, index)
  })
}

/** The numbers of the world's people are lower. */
const firstVisitor = 5000

/** The person with this number whom the company does not know yet. */
export function createVisitor(
  random: Random,
  number: number,
  name: readonly [string, string] = [pick(random, firstNames), pick(random, lastNames)],
): Omit<Person, 'createdAt'> {
  const index = firstVisitor + (number % firstVisitor)
  const person = personOf(random, `visitor-${number}`, name, { phone: false, email: true }, index)
  // The only range with a number for each of them.
  return person.phone === null ? person : { ...person, country: 'FR', phone: `+3363998${index}` }
}

function personOf(
  random: Random,
  key: string,
  [firstName, lastName]: readonly [string, string],
  need: Reachable,
  index: number,
): Omit<Person, 'createdAt'> {
  const [country, makePhone] = pick(random, phoneMakers)
  const hasEmail = need.email || chance(random, 0.72)
  const hasPhone = need.phone || chance(random, 0.55)
  return {
    key,
    firstName,
    lastName,
    email: hasEmail ? address(firstName, lastName, index) : null,
    phone: hasPhone ? makePhone(index) : null,
    country,
    externalId: chance(random, 0.35) ? `CRM-${characters(random, 6, '0123456789')}` : null,
    tags: shuffle(random, tags).slice(0, integer(random, 0, 3)),
  }
}

function address(first: string, last: string, index: number): string {
  const plain = `${first}.${last}`
    .normalize('NFKD')
    .replace(/[^A-Za-z.]/g, '')
    .toLowerCase()
  const local = plain.replace(/^\.+|\.+$/g, '') || 'customer'
  return `${local}${index}@${['example.com', 'example.org', 'example.net'][index % 3]}`
}

const msInDay = 86_400_000

const createBots = (now: number): Bot[] => [
  {
    key: 'bot-shop',
    name: 'Pip',
    goal: 'Answer questions about bikes, orders and opening hours, and book test rides and workshop appointments.',
    personality: 'Friendly, short and precise. Uses the customer’s first name.',
    instructions:
      'You are Pip, the assistant of Quillon Cycles. Answer only from the knowledge base. Offer a colleague when you do not know. Never promise a refund.',
    createdAt: now - 320 * msInDay,
    updatedAt: now - 9 * msInDay,
  },
  {
    key: 'bot-workshop',
    name: 'Spoke',
    goal: 'Help with repairs, warranty claims and care, and find an appointment that suits.',
    personality: 'Calm and practical, like an experienced mechanic.',
    instructions:
      'You are Spoke, the workshop assistant of Quillon Cycles. Ask for the model and the frame number. Hand over when somebody was hurt.',
    createdAt: now - 210 * msInDay,
    updatedAt: now - 31 * msInDay,
  },
  {
    key: 'bot-business',
    name: 'Quill',
    goal: 'Qualify companies that are interested in leasing, and collect what an offer needs.',
    personality: 'Polite and businesslike.',
    instructions:
      'You are Quill. Ask for the number of employees, the city and the wished start. Offers are written by a colleague.',
    createdAt: now - 95 * msInDay,
    updatedAt: now - 3 * msInDay,
  },
]

const staff = ['Ines Varga', 'Dylan Roth', 'Mei Castellan', 'Piet Aldersey', 'Sunniva Bell']

const operators: readonly Operator[] = staff.map((name, index) => ({
  key: `operator-${index + 1}`,
  name,
  email: `${name.split(' ')[0]?.toLowerCase()}@${company.mailDomain}`,
}))
