import { chance, createRandom, integer, pick, type Random } from '../kit/random.ts'
import { createDialogue } from './dialogue.ts'
import { knowledge } from './knowledge.ts'
import { createPeople, type Reachable } from './people.ts'
import type { Plot } from './script.ts'
import { createBots, operators } from './staff.ts'
import { topics } from './topics/index.ts'
import { shop } from './topics/shop.ts'
import type { Topic } from './topics/topic.ts'
import type { Bot, Dialogue, Person, World, WorldChannel } from './world.ts'

/** When the story ends unless told: 2026-01-15, noon UTC. A constant, so that a seed alone decides the whole world. */
export const defaultNow: number = Date.UTC(2026, 0, 15, 12)

/** How many dialogues each channel has: enough that every vendor, with the channels it can carry, shows 250 or more. */
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
/** People who wrote more than once; few, as one vendor has a single conversation per contact. */
const returning = 70
const silent = 14

export function createWorld(seed: number, now: number = defaultNow): World {
  const random = createRandom(seed, 'world')
  const bots = createBots(now)
  const channels = mixChannels(random)
  const writers = channels.length - returning
  const needs = [...channels.slice(0, writers).map(needOf), ...Array<Reachable>(silent).fill(needOf('email'))]
  const people = createPeople(random, needs)
  const ends = channels.map((_, index) => endOf(random, index, now))

  const dialogues = channels.map((channel, index): Dialogue => {
    const suits = (person: (typeof people)[number]) =>
      (!needOf(channel).phone || person.phone !== null) && (!needOf(channel).email || person.email !== null)
    const person = people[index] && index < writers ? people[index] : people.slice(0, 80).filter(suits)[index % 23]
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
  return { seed, now, bots, operators, people: dated(random, people, dialogues, now), knowledge, dialogues }
}

function mixChannels(random: Random): WorldChannel[] {
  const all = Object.entries(channelCounts).flatMap(([channel, count]) =>
    Array.from({ length: count }, () => ({ channel: channel as WorldChannel, order: random() })),
  )
  return all.sort((a, b) => a.order - b.order).map(({ channel }) => channel)
}

/** Web, because every vendor carries it. */
const longest = (channels: readonly WorldChannel[]): number => channels.indexOf('web')

const needOf = (channel: WorldChannel): Reachable => ({
  phone: channel === 'sms' || channel === 'whatsapp' || channel === 'voice',
  email: channel === 'email',
})

/** Denser towards the present. Every fortieth ends in the same millisecond as the one before, for ties across pages. */
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

/** Mostly the bot whose matter it is; the shop's takes the rest, so that a credential for it alone has many pages. */
function drawBot(random: Random, bots: readonly Bot[], topic: Topic): Bot {
  const wanted = chance(random, 0.8) ? topic.bot : undefined
  const bot = bots.find(({ key }) => key === wanted) ?? bots[0]
  if (!bot) throw new Error('A world needs a bot')
  return bot
}

/** Nobody is known later than their first dialogue began. */
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
