import { createChatbot } from '@parley/chatbot'
import { type Adapter, type Clock, isParleyError, memoryStore, requireOperation, type StateStore } from '@parley/core'
import { type CreateEmulator, createWorld, defaultNow, emulators, testClock } from '@parley/sandbox'
import { type Route, type RouteDecision, route } from '@parley/swap'
import { vendor as agentConversation } from '../../../packages/agent-conversation/test/vendor.ts'
import { vendor as langGraph } from '../../../packages/langgraph/test/vendor.ts'
import { vendor as leadConnector } from '../../../packages/leadconnector/test/vendor.ts'
import { vendor as liveChatAI } from '../../../packages/livechatai/test/vendor.ts'
import { seedGlobals } from '../../sync/simulation/globals.ts'
import { randomOf } from '../../sync/simulation/random.ts'
import type { Vendor } from '../../vendors.ts'
import { answerWithin, judge, openFor, type Problem, type Said, trialEvery } from './judge.ts'

/*
 * Visitors ask at a route whose new account breaks: it is away, slow, or fails now and then. Two processes answer over one
 * store, and are started again at any time. Each visitor is one of two kinds: of a chatbot, or of a program that asks as the
 * visitor. The old account always works.
 */

const vendors: readonly Vendor[] = [agentConversation, langGraph, leadConnector, liveChatAI]

type Weather = 'clear' | 'away' | 'slow' | 'flapping'

interface Visit {
  readonly visitor: { externalId: string }
  readonly kind: 'chatbot' | 'program'
  /** Whether two questions of this visitor may be on their way at once. */
  readonly isHasty: boolean
}

export interface Outcome {
  seed: number
  problems: Problem[]
  records: number
  counts: Record<string, number>
}

/** Several seeds may run at once in different processes, never in one: the emulators share the clock of the program. */
export async function simulate(seed: number, trace?: (line: string) => void): Promise<Outcome> {
  const random = randomOf(seed)
  seedGlobals(random.fork('globals'))
  const clock = testClock(defaultNow, { automatic: true })
  const world = { ...createWorld(7), dialogues: [] }
  const from = random.pick(vendors)
  const to = random.pick(vendors.filter((each) => each !== from))
  const counts: Record<string, number> = {}
  const count = (what: string) => {
    counts[what] = (counts[what] ?? 0) + 1
  }
  const weatherRandom = random.fork('weather')
  let weather: Weather = 'clear'

  const serve = (vendor: Vendor) => {
    const creators: Readonly<Record<string, CreateEmulator>> = { ...emulators }
    const emulator = (creators[vendor.name] as CreateEmulator)({
      ...{ world, thinkingTime: 0, random: random.fork(`emulator ${vendor.name}`) },
      now: () => clock.now(),
      after: (...timer) => clock.after(...timer),
    })
    const send: typeof fetch = async (input, init) => emulator.app.fetch(new Request(input, init))
    return { vendor, emulator, send }
  }
  const broken = (code: string) => new TypeError('fetch failed', { cause: Object.assign(new Error(code), { code }) })
  const [old, next] = [serve(from), serve(to)]
  const stormy: typeof fetch = async (input, init) => {
    const now = weather
    const luck = weatherRandom()
    if (now === 'clear' || (now === 'flapping' && luck > 0.5)) return next.send(input, init)
    count(`fault: ${now}`)
    if (now === 'slow') {
      const early = luck < 0.5 ? await next.send(input, init) : undefined
      await waited(clock, 15_000 + luck * 120_000, init?.signal ?? undefined)
      return early ?? next.send(input, init)
    }
    if (luck < 0.2) throw broken('ECONNREFUSED')
    if (luck < 0.3) return Response.json({ message: 'Internal server error' }, { status: 500 })
    if (luck < 0.35) {
      await waited(clock, 3_600_000, init?.signal ?? undefined)
      throw broken('ETIMEDOUT')
    }
    if (luck < 0.55) {
      await next.send(input, init)
      throw broken('ECONNRESET')
    }
    return Response.json({ message: 'Service unavailable' }, { status: 503 })
  }

  const store = memoryStore()
  let share = random.pick([0.3, 0.6, 1])
  const decisions: RouteDecision[] = []
  const open = (served: typeof old, shared: StateStore | undefined, send: typeof fetch): Adapter =>
    served.vendor.create({
      ...served.emulator.accountOptions('http://127.0.0.1:9'),
      ...{ clock, fetch: send, random: random.fork('jitter'), rate: false, store: shared ?? memoryStore() },
      ...(served.vendor === leadConnector && { replyTo: undefined }),
    })
  const withBot = (agent: Adapter) => ({ routed: agent, bot: createChatbot({ agent, store, clock }) })
  const start = () => {
    const routed: Route = route({
      ...{ from: open(old, store, old.send), to: open(next, store, stormy), share: () => share, store, clock },
      ...{ openFor, answerWithin, fallback: { trialEvery } },
      onDecision: (decision) => {
        decisions.push(decision)
        trace?.(
          `${decision.at}   ${decision.kind}: ${decision.side}, ${decision.reason}${decision.moved ? ', moved' : ''}`,
        )
      },
    })
    return { ...withBot(routed), status: routed.route.status }
  }
  const processes = [start(), start()]

  const visits = Array.from(
    { length: random.between(3, 7) },
    (_, index): Visit => ({
      visitor: { externalId: `visitor-${index}` },
      kind: random.pick(['chatbot', 'program']),
      isHasty: random.chance(0.15),
    }),
  )
  const said: Said[] = []
  let ended = 0
  const ask = async (
    { visitor, kind, isHasty }: Visit,
    { routed, bot }: ReturnType<typeof withBot> = random.pick(processes),
  ): Promise<void> => {
    const text = `Question ${said.length + 1}: when are you open on Saturday?`
    const one: Said = {
      visitor: visitor.externalId,
      kind,
      isHasty,
      text,
      at: clock.now(),
      outcome: 'error',
      took: 0,
      ended: 0,
    }
    said.push(one)
    try {
      const answer = await (kind === 'chatbot'
        ? bot.ask(visitor, { id: text, text })
        : requireOperation(routed, 'messages.ask')({ visitor }, { text }))
      one.outcome = answer.outcome
    } catch (error) {
      if (!isParleyError(error)) throw error
      one.outcome = error.code
    }
    one.took = clock.now() - one.at
    one.ended = ended++
    count(`outcome: ${one.outcome}`)
    trace?.(
      `${new Date(one.at).toISOString()} ${weather} ${one.visitor} (${kind}) ${one.text} ${one.outcome} in ${one.took}`,
    )
  }

  // Before there was a route.
  for (const one of visits) if (random.chance(0.4)) await ask(one, withBot(open(old, store, old.send)))

  for (let step = 0; step < 45; step++) {
    if (random.chance(0.2)) weather = random.pick(['clear', 'away', 'slow', 'flapping'])
    if (random.chance(0.1)) processes[random.between(0, 1)] = start()
    if (random.chance(0.05)) share = random.pick([0, 0.3, 0.6, 1])
    await clock.advance(random.pick([500, 5_000, 30_000, 180_000, ...(random.chance(0.05) ? [2 * openFor] : [])]))
    const one = random.pick(visits)
    const others = random.chance(0.3) ? [random.pick(visits)].filter((each) => each !== one || each.isHasty) : []
    await Promise.all([one, ...others].map((each) => ask(each)))
  }

  // When the new account works again, it gets its share again.
  weather = 'clear'
  share = 1
  for (let index = 0; index < 12; index++) {
    await clock.advance(660_000)
    const { routed } = start()
    await requireOperation(routed, 'messages.ask')(
      { visitor: { externalId: `later-${index}` } },
      { text: `Later ${index}: do you sell gift cards?` },
    )
  }
  const { state } = await start().status()
  const stored = {
    from: await storedAt(open(old, undefined, old.send)),
    to: await storedAt(open(next, undefined, next.send)),
  }
  const problems = judge({ said, stored, decisions, state })
  for (const { kind, reason, moved } of decisions) count(`decision: ${kind} ${reason}${moved ? ' moved' : ''}`)
  return { seed, problems, records: said.length, counts }
}

/** What contacts have said at an account, oldest first. */
async function storedAt(account: Adapter): Promise<string[]> {
  const texts: string[] = []
  for await (const { id } of requireOperation(account, 'conversations.list')())
    for await (const { text, author } of requireOperation(account, 'messages.list')(id, { order: 'asc' }))
      if (author.kind === 'contact' && text) texts.push(text)
  return texts
}

function waited(clock: Clock, milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const end = () => {
      cancel()
      reject(signal?.reason)
    }
    const cancel = clock.after(milliseconds, () => {
      signal?.removeEventListener('abort', end)
      resolve()
    })
    if (signal?.aborted) end()
    else signal?.addEventListener('abort', end, { once: true })
  })
}
