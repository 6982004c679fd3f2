import {
  type Clock,
  ConfigurationError,
  errorOf,
  isParleyError,
  isRecord,
  type OperationOptions,
  type StateStore,
  tryParseJson,
  type Visitor,
  within,
} from '@parley/core'
import { digest, holdLocks, rememberedConversation, visitorNames } from '@parley/core/operations'
import { type Health, healthOf, noted, type Result, shownHealth } from './health.ts'
import { nameOf, type Side } from './ids.ts'
import type { FallbackOptions, RouteCounts, RouteDecision, RouteStatus } from './route.ts'

/** What the router remembers of a contact. */
interface Pin {
  side: Side
  /** All names under which the contact has come. Each of them leads to this. */
  names: readonly string[]
  /** When the contact was given to this side, and when its last question was, in milliseconds since the epoch. */
  since: number
  at: number
  /** Whether a question was sent to this side. */
  isAsked: boolean
  /** How many questions in a row `to` has not answered. */
  failures: number
  /** Whether the contact’s next question is a trial. */
  isTrial?: boolean
}

/** Where a contact’s question goes. */
export interface Turn {
  readonly side: Side
  readonly names: readonly string[]
  readonly at: number
  /** Whether a question of this contact was sent to this side before. */
  readonly wasAsked: boolean
}

/** Whose question it is. */
export interface Subject {
  /** The names under which the contact is remembered, strongest first. */
  readonly names: readonly string[]
  readonly visitor?: Visitor
  /** The side of the conversation, if the question goes on in one. */
  readonly current?: Side
}

interface RouterSettings {
  readonly name: string
  readonly accounts: Readonly<Record<Side, { vendor: string; account: string }>>
  readonly share: number | (() => number | Promise<number>)
  readonly store: StateStore
  readonly clock: Clock
  readonly openFor: number
  readonly fallback: Required<FallbackOptions> | false
  readonly onDecision: ((decision: RouteDecision) => void) | undefined
}

/** So many names of a contact are known. A browser that has a new id each time would otherwise add one with each visit. */
const mostNames = 20
/** So many questions in a row can stay without an answer of `to` before their contact goes back. */
const patience = 2

export type Router = ReturnType<typeof createRouter>

/** Decides for each contact which side answers. A contact has one side at a time, whichever process asks. */
export function createRouter(settings: RouterSettings) {
  const { name, accounts, store, clock, openFor, fallback } = settings
  const own = accounts.from
  const key = (what: string): string => `route ${name} ${what}`
  const place = (operation: string) => ({ vendor: own.vendor, account: own.account, operation })
  const counts: RouteCounts = { from: counted(), to: counted(), moved: 0 }

  const wrong = (path: string, problem: string, message: string, cause?: unknown) =>
    new ConfigurationError({
      vendor: own.vendor,
      account: own.account,
      message,
      fields: [{ path, problem }],
      outcome: 'not-done',
      cause,
    })

  const run = async <T>(work: () => Promise<T>): Promise<T> => {
    try {
      return await work()
    } catch (cause) {
      if (isParleyError(cause)) throw cause
      throw wrong('store', 'failed', 'The store of the route failed; its error is the cause.', cause)
    }
  }
  const read = async (at: string): Promise<unknown> => tryParseJson((await run(() => store.get(at))) ?? '')
  const write = (at: string, value: unknown): Promise<void> => run(() => store.set(at, JSON.stringify(value)))

  /** Runs `work` while no other process works for the same contact. */
  async function alone<T>(keys: readonly string[], options: OperationOptions, work: () => Promise<T>): Promise<T> {
    const { signal, timeout: milliseconds = 60_000 } = options
    const late = () => errorOf(place('messages.ask'), 'timeout', 'another question of this contact took too long.')
    const lock: StateStore['lock'] = (at, held) => run(() => store.lock(at, held))
    const release = await holdLocks({ lock }, keys, (begin) =>
      within(begin(), { clock, milliseconds, ...(signal && { signal }), late }),
    )
    try {
      return await work()
    } finally {
      await release()
    }
  }

  let isSame: Promise<void> | undefined
  /** Refuses a store that another pair of accounts uses under this name: its contacts would be split over three vendors. */
  const checkStore = (): Promise<void> => {
    isSame ??= alone([key('accounts')], {}, async () => {
      const pair = { from: nameOf(accounts.from), to: nameOf(accounts.to) }
      const known = await read(key('accounts'))
      if (!isRecord(known)) return write(key('accounts'), pair)
      if (known['from'] === pair.from && known['to'] === pair.to) return
      const problem = `belongs to a route from ${String(known['from'])} to ${String(known['to'])}; give this route another name`
      throw wrong('store', problem, `route: the store ${problem} (this one is from ${pair.from} to ${pair.to}).`)
    }).catch((error: unknown) => {
      isSame = undefined
      throw error
    })
    return isSame
  }

  async function share(): Promise<number> {
    let value: number
    try {
      value = typeof settings.share === 'function' ? await settings.share() : settings.share
    } catch (cause) {
      throw wrong('share', 'failed', 'route: the function of the option "share" failed; its error is the cause.', cause)
    }
    const problem = shareProblem(value)
    if (problem !== undefined) throw wrong('share', problem, `route: share ${problem}.`)
    return value
  }

  async function pinOf(names: readonly string[]): Promise<Pin | undefined> {
    for (const each of names) {
      const value = await read(key(each))
      if (isPin(value)) return value
    }
    return undefined
  }
  const keep = async (names: readonly string[], pin: Omit<Pin, 'names'>): Promise<void> => {
    for (const each of names) await write(key(each), { ...pin, names })
  }

  /** The given names of a contact, and the others under which it has come. */
  async function allNames(given: readonly string[]): Promise<string[]> {
    const known = await Promise.all(given.map((each) => read(key(each))))
    return [...new Set([...given, ...known.flatMap((pin) => (isPin(pin) ? pin.names : []))])].slice(0, mostNames)
  }

  /** Runs `work` with all names of a contact, while no other process works for it under any of them. */
  async function aloneFor<T>(
    given: readonly string[],
    options: OperationOptions,
    work: (names: readonly string[]) => Promise<T>,
  ): Promise<T> {
    for (;;) {
      const names = await allNames(given)
      const done = await alone(names.map(key), options, async () => {
        const isSame = (await allNames(given)).every((each) => names.includes(each))
        return isSame ? { result: await work(names) } : undefined
      })
      if (done) return done.result
    }
  }

  const health = async (): Promise<Health> => healthOf(await read(key('health')))

  /** A number from 0 to 1 that is always the same for a contact, so that a larger share only adds contacts. */
  const placeInShare = async (names: readonly string[]): Promise<number> =>
    Number.parseInt((await digest(key(names[0] as string))).slice(0, 8), 16) / 2 ** 32

  async function choose(names: readonly string[], now: number): Promise<Pick<RouteDecision, 'side' | 'reason'>> {
    if ((await placeInShare(names)) >= (await share())) return { side: 'from', reason: 'share' }
    if (!(await health()).fallback) return { side: 'to', reason: 'share' }
    return alone([key('health')], {}, async () => {
      const current = await health()
      const down = current.fallback
      if (!down) return { side: 'to', reason: 'share' }
      if (now < down.nextTrial) return { side: 'from', reason: 'fallback' }
      await write(key('health'), { ...current, fallback: { ...down, nextTrial: now + down.pause } })
      return { side: 'to', reason: 'trial' }
    })
  }

  /** The side of a contact that the router does not know: where its conversation is, or where the share puts it. */
  async function first(
    { names, visitor, current }: Subject,
    now: number,
  ): Promise<Pick<RouteDecision, 'side' | 'reason'>> {
    if (current) return { side: current, reason: 'open' }
    if (visitor) {
      if (await run(() => rememberedConversation(store, names))) return { side: 'from', reason: 'open' }
      const there = await visitorNames({ ...place('messages.ask'), ...accounts.to }, visitor)
      if (await run(() => rememberedConversation(store, there))) return { side: 'to', reason: 'open' }
    }
    return choose(names, now)
  }

  async function next(pin: Pin, subject: Subject, now: number): Promise<Pick<RouteDecision, 'side' | 'reason'>> {
    const { names, current } = subject
    // Somebody may have looked the contact up before it asked. Its open conversation goes on.
    if (current && !pin.isAsked) return { side: current, reason: 'open' }
    if (pin.side === 'to') {
      // A contact who has asked nothing yet loses nothing.
      if (pin.failures >= (pin.isAsked ? patience : 1)) return { side: 'from', reason: 'failed' }
      const down = (await health()).fallback
      // Those who came as a trial stay as long as they are answered.
      if (down && pin.since < down.since) return { side: 'from', reason: 'fallback' }
    }
    if (now - pin.at < openFor) return { side: pin.side, reason: 'open' }
    return choose(names, now)
  }

  /**
   * Decides who answers a contact.
   *
   * @param isQuestion `false`: the contact is only looked up or made.
   */
  async function decide(subject: Subject, isQuestion: boolean, options: OperationOptions): Promise<Turn> {
    await checkStore()
    const { names, current } = subject
    return aloneFor(names, options, async (all) => {
      const now = clock.now()
      const pin = await pinOf(all)
      const { side, reason } = await (pin ? next(pin, subject, now) : first(subject, now))
      const isStaying = pin?.side === side
      const wasAsked = isStaying ? pin.isAsked : current === side
      const moved = pin !== undefined && !isStaying && pin.isAsked
      await keep(all, {
        side,
        since: isStaying ? pin.since : now,
        at: isQuestion || !isStaying ? now : pin.at,
        // A question in a conversation of the other side is refused. A contact who went back stays, however often it asks there.
        isAsked: wasAsked || (isQuestion && (current ?? side) === side) || (moved && side === 'from'),
        failures: isStaying ? pin.failures : 0,
        ...((reason === 'trial' || (isStaying && pin.isTrial)) && { isTrial: true }),
      })
      if (moved) counts.moved++
      if (isQuestion && (current ?? side) === side) counts[side].asked++
      tell({ kind: 'contact', side, reason, moved })
      return { side, names, at: now, wasAsked }
    })
  }

  /** What an application does with a decision must neither end an answer nor keep it waiting. */
  function tell(what: Pick<RouteDecision, 'kind' | 'side' | 'reason' | 'moved'>): void {
    const told: RouteDecision = {
      ...what,
      account: nameOf(accounts[what.side]),
      at: new Date(clock.now()).toISOString(),
    }
    void (async () => settings.onDecision?.(told))().catch(() => {})
  }

  /**
   * Takes a contact back whose first question `to` certainly did not get, or which it does not know yet.
   *
   * @param isAsking whether the question is asked at `from` now.
   */
  const takeBack = (names: readonly string[], isAsking: boolean): Promise<Turn> =>
    aloneFor(names, {}, async (all) => {
      const now = clock.now()
      // As if `from` were asked: a conversation that exists at `to` does not take the contact there again.
      await keep(all, { side: 'from', since: now, at: now, isAsked: true, failures: 0 })
      if (isAsking) counts.from.asked++
      tell({ kind: 'contact', side: 'from', reason: 'failed', moved: false })
      return { side: 'from', names, at: now, wasAsked: false }
    })

  /** Takes note of how a question ended. */
  async function ended(turn: Turn, isAnswered: boolean): Promise<void> {
    counts[turn.side][isAnswered ? 'answered' : 'failed']++
    await heard(turn, isAnswered)
  }

  /** A failing store is ignored: an error would invite the caller to ask again. */
  async function heard({ side, names, at }: Pick<Turn, 'side' | 'names' | 'at'>, isAnswered: boolean): Promise<void> {
    if (side === 'from') return
    try {
      const wasTrial = await aloneFor(names, {}, async (all) => {
        const pin = await pinOf(all)
        if (pin?.side !== 'to') return false
        const { isTrial = false, ...rest } = pin
        await keep(all, { ...rest, failures: isAnswered ? 0 : pin.failures + 1 })
        return isTrial
      })
      await note({ at, isAnswered, isTrial: wasTrial })
    } catch (error) {
      if (!isParleyError(error)) throw error
    }
  }

  async function note(result: Omit<Result, 'now'>): Promise<void> {
    if (!fallback) return
    const change = await alone([key('health')], {}, async () => {
      const now = clock.now()
      const known = await health()
      const changed = noted(known, { ...result, now }, fallback)
      await write(key('health'), changed)
      return Number(changed.fallback !== undefined) - Number(known.fallback !== undefined)
    })
    if (change > 0) tell({ kind: 'fallback-began', side: 'from', reason: 'fallback', moved: false })
    if (change < 0) tell({ kind: 'fallback-ended', side: 'to', reason: 'trial', moved: false })
  }

  return {
    decide,
    takeBack,
    ended,

    /** A contact or a conversation could not be made for a question. */
    failed: (side: Side, names: readonly string[]): Promise<void> => heard({ side, names, at: clock.now() }, false),

    /** Something could not be read of a contact. It matters only if the contact has asked nothing yet: it may be about to. */
    unread: (names: readonly string[]): Promise<void> =>
      aloneFor(names, {}, async (all) => {
        const pin = await pinOf(all)
        if (pin?.side === 'to' && !pin.isAsked) await keep(all, { ...pin, failures: pin.failures + 1 })
      }),

    /** The contact that a conversation or a contact’s id belongs to. One that is not known is remembered by itself. */
    async namesOf(kind: 'conversation' | 'contact', id: string): Promise<string[]> {
      const link = `${kind} ${await digest(id)}`
      const names = await read(key(link))
      return areNames(names) ? names : [link]
    },

    /** Remembers whose it is. A failing store is ignored: what was made exists, and an error would invite another one. */
    async link(
      kind: 'conversation' | 'contact',
      id: string | null | undefined,
      names: readonly string[],
    ): Promise<void> {
      if (!id) return
      const link = `${kind} ${await digest(id)}`
      if (names.length === 1 && names[0] === link) return
      try {
        if (JSON.stringify(await read(key(link))) !== JSON.stringify(names)) await write(key(link), names)
      } catch (error) {
        if (!isParleyError(error)) throw error
      }
    },

    forget: (names: readonly string[]): Promise<void> =>
      aloneFor(names, {}, async (all) => {
        for (const each of all) await run(() => store.delete(key(each)))
      }),

    async status(): Promise<RouteStatus> {
      return {
        share: await share(),
        ...shownHealth(await health()),
        counts: structuredClone(counts),
      }
    },
  }
}

const counted = () => ({ asked: 0, answered: 0, failed: 0 })

/** What is wrong with a share. */
export const shareProblem = (share: unknown): string | undefined =>
  typeof share === 'number' && share >= 0 && share <= 1 ? undefined : 'must be a number from 0 to 1'

function isPin(value: unknown): value is Pin {
  if (!isRecord(value)) return false
  const { side, names, since, at, isAsked, failures } = value
  const isSide = side === 'from' || side === 'to'
  return (
    isSide &&
    areNames(names) &&
    [since, at, failures].every((each) => typeof each === 'number') &&
    typeof isAsked === 'boolean'
  )
}

const areNames = (value: unknown): value is string[] =>
  Array.isArray(value) && value.length > 0 && value.every((each) => typeof each === 'string')
