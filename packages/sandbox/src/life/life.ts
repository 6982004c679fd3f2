import type { Clock } from '../kit/clock.ts'
import type { Emulator } from '../kit/emulator.ts'
import { chance, createRandom, integer, pick, type Random } from '../kit/random.ts'
import { createVisitor } from '../world/create-world.ts'
import { createDialogue, type Plot } from '../world/dialogue.ts'
import { topics } from '../world/topics/index.ts'
import type { Person, World, WorldChannel } from '../world/world.ts'
import { type Customers, customersOf, type Said } from './customers.ts'
import { scripts } from './languages.ts'

/** The pause before something happens, in milliseconds. */
const shortest = 10_000
const longest = 40_000
/** More conversations are not gone on with. A person who answers has the newest ones. */
const mostTalks = 40

interface Story {
  readonly person: Omit<Person, 'createdAt'>
  readonly lines: readonly Said[]
}

interface Talk {
  readonly customers: Customers
  readonly id: string
  readonly left: Said[]
}

/**
 * Lets customers write from now on: every 10 to 40 seconds by the clock, one begins a conversation or goes on in one that was
 * answered. The agent answers as it always does. The same ids give the same customers.
 *
 * @returns ends it.
 */
export function live(
  world: World,
  clock: Clock,
  emulators: ReadonlyMap<keyof typeof customersOf, Emulator>,
): () => void {
  const random = createRandom(world.idSeed, 'life')
  const desks = [...emulators].flatMap(([vendor, emulator]) => customersOf[vendor]?.(emulator) ?? [])
  const talks: Talk[] = []
  let count = 0
  let isOver = false
  let cancel = () => {}

  /** The conversations in which the customer has something left to write, and was answered. */
  async function answered(): Promise<Talk[]> {
    const found: Talk[] = []
    for (const talk of talks) if (await talk.customers.isAnswered(talk.id)) found.push(talk)
    return found
  }

  async function begin(): Promise<void> {
    if (desks.length === 0) return
    const customers = pick(random, desks)
    count += 1
    const { person, lines } = storyOf(random, world, customers, count)
    const [first, ...left] = lines
    if (!first) return
    const id = await customers.begin(person, first, random())
    if (id === undefined || left.length === 0) return
    talks.push({ customers, id, left })
    if (talks.length > mostTalks) talks.shift()
  }

  async function next(): Promise<void> {
    const possible = await answered()
    const talk = possible.length > 0 && chance(random, 0.6) ? pick(random, possible) : undefined
    const said = talk?.left.shift()
    if (!talk || !said) return begin()
    if (talk.left.length === 0) talks.splice(talks.indexOf(talk), 1)
    await talk.customers.write(talk.id, said)
  }

  function wait(): void {
    if (isOver) return
    cancel = clock.after(integer(random, shortest, longest), () => void next().finally(wait))
  }
  if (desks.length > 0) wait()
  return () => {
    isOver = true
    cancel()
  }
}

/** Who writes what. Some customers are known, and some write in other languages. */
function storyOf(random: Random, world: World, { handsOver }: Customers, count: number): Story {
  const script = chance(random, 0.3) ? pick(random, scripts) : undefined
  const visitor = createVisitor(random, count, script?.name)
  if (script) {
    const { lines, subject } = script
    return { person: visitor, lines: lines.map((text) => ({ text, subject, picture: null })) }
  }
  const known = world.people.filter(({ email }) => email !== null)
  const person = chance(random, 0.3) && known.length > 0 ? pick(random, known) : visitor
  // Where the agent does not hand over, a customer who asks for a person would go on as if one had answered.
  const plots: readonly Plot[] = handsOver ? ['settled', 'settled', 'handedOver', 'handedOver'] : ['settled']
  const channel: WorldChannel = 'web'
  const topic = pick(random, topics)
  const bot = world.bots.find((each) => each.key === topic.bot) ?? pick(random, world.bots)
  const { subject, turns } = createDialogue(random, {
    ...{ key: visitor.key, plot: pick(random, plots), channel, person, bot, operator: pick(random, world.operators) },
    ...{ topic, topics, end: world.now },
  })
  return {
    person,
    lines: turns
      .filter(({ by }) => by === 'person')
      .map(({ text, attachment }) => ({ text, subject, picture: attachment?.url ?? null })),
  }
}
