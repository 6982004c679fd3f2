import { chance, integer, pick, type Random, shuffle } from '../kit/random.ts'
import { phrases } from './phrases.ts'
import { capitalise, drawSlots, fill, type Slots } from './slots.ts'
import type { Exchange, Topic } from './topics/topic.ts'
import type { Turn } from './world.ts'

/** What happens in a dialogue. */
export type Plot = 'settled' | 'waiting' | 'handedOver' | 'released' | 'outbound' | 'empty' | 'endless'

/** A turn without its key and its time. */
export type Line = Pick<Turn, 'by' | 'text' | 'articles'> & { readonly photo: boolean }

export interface Cast {
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
export function writeScript(random: Random, plot: Plot, cast: Cast, slots: Slots): Line[] {
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

/** A customer who comes back with everything: more lines than any vendor puts on one page. */
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
  // Questions and answers stand in the same order; the last answer serves all questions after it.
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
