import { chance, integer, pick, type Random } from '../kit/random.ts'
import { company } from './company.ts'
import { type Line, type Plot, writeScript } from './script.ts'
import { drawSlots, fill } from './slots.ts'
import type { Topic } from './topics/topic.ts'
import type { Bot, Dialogue, Operator, Person, Turn, WorldChannel } from './world.ts'

export interface DialogueParts {
  readonly key: string
  readonly plot: Plot
  readonly channel: WorldChannel
  readonly person: Omit<Person, 'createdAt'>
  readonly bot: Bot
  readonly operator: Operator
  readonly topic: Topic
  readonly topics: readonly Topic[]
  /** When its last turn happened. */
  readonly end: number
}

const second = 1000
const minute = 60 * second

/** Tells one dialogue whole: its lines, when they were said, and what became of it. */
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

/** Walks back from the end: bots answer within seconds, people within minutes, and mail within hours. */
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
  // Now and then two things happen in one millisecond; a client that sorts by time alone mixes them up.
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
