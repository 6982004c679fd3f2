import type { Adapter, AdapterOptions, RuntimeOptions } from '@parley/core'
import { createWorld, defaultNow, type Emulator, emulators, type SandboxVendor, type World } from '@parley/sandbox'
import { vendor as agentConversation } from '../../../packages/agent-conversation/test/vendor.ts'
import { vendor as langGraph } from '../../../packages/langgraph/test/vendor.ts'
import { vendor as leadConnector } from '../../../packages/leadconnector/test/vendor.ts'
import { vendor as liveChatAI } from '../../../packages/livechatai/test/vendor.ts'
import type { Machine } from './machine.ts'
import { withPages } from './pages.ts'
import type { Random } from './random.ts'

const vendors = { agentConversation, langGraph, leadConnector, liveChatAI }

/** An account at an emulated vendor. */
export interface VendorAccount {
  /** `vendor:account` */
  readonly name: string
  readonly vendor: SandboxVendor
  readonly emulator: Emulator
  /** The answer of the vendor to a request. */
  answer(request: Request, how?: Partial<Record<'isTrue' | 'isComplete', boolean>>): Promise<Response>
  /** For how long the vendor has forgotten everything, as another account at the same vendor would look. */
  forgets: { readonly from: number; until: number } | undefined
  /** The id of a record that the vendor always sends in a form that no adapter can read. */
  unreadable: string | undefined
  /** The ids of messages that no list shows yet, although they were written and announced. */
  readonly hidden: Set<string>
  /** How often the vendor's answers may have changed. */
  changes: number
  /** The lists from which an item was withheld. */
  readonly dropped: Set<string>
  /** An adapter whose requests go this way. */
  adapter(options: Options): Adapter
  /** An adapter whose requests take no time and never fail. What it reads is what the vendor holds. */
  readonly quiet: Adapter
  /** The same, which also reads what is unreadable to every other adapter. */
  readonly complete: Adapter
}

/** One account at this vendor, with pages of this size, whose conversations have one of two times. */
export interface Narrowed {
  readonly vendor: SandboxVendor
  readonly pageSize: number
}

type Options = Required<Pick<RuntimeOptions, 'fetch' | 'clock'>> & Partial<AdapterOptions>

let whole: World | undefined

/** A world of a few dialogues. Making the whole one takes long. */
function smallWorld(random: Random, seed: number, most: number, isTied: boolean): World {
  whole ??= createWorld(7, defaultNow)
  const { dialogues, people } = whole
  const chosen = new Set(Array.from({ length: random.between(2, most) }, () => random.pick(dialogues)))
  const longest = random.chance(0.1) ? dialogues.find(({ turns }) => turns.length > 100) : undefined
  if (longest) chosen.add(longest)
  const ends = random.chance(0.4) || isTied ? [defaultNow - hour, defaultNow - 50 * hour] : undefined
  const cut = [...chosen].map((dialogue) => {
    const turns = dialogue.turns.slice(0, dialogue === longest ? 150 : random.between(0, 9))
    return { ...dialogue, turns: moved(tied(random, turns), ends && random.pick(ends)) }
  })
  const writers = new Set(cut.map(({ person }) => person))
  return { ...whole, seed, dialogues: cut, people: people.filter(({ key }) => writers.has(key)) }
}

/** Gives some neighbours the same time. */
function tied<T extends { readonly at: number }>(random: Random, turns: readonly T[]): T[] {
  let last: number | undefined
  const isTied = random.chance(0.3)
  return turns.map((turn) => {
    const at = isTied && last !== undefined && random.chance(0.7) ? last : turn.at
    last = at
    return { ...turn, at }
  })
}

/** Moves them to another end, so that several conversations have the same. */
function moved<T extends { readonly at: number }>(turns: readonly T[], end: number | undefined): readonly T[] {
  const last = turns.at(-1)?.at
  if (end === undefined || last === undefined) return turns
  return turns.map((turn) => ({ ...turn, at: turn.at - last + end }))
}

const hour = 3_600_000

export const vendorNames: readonly SandboxVendor[] = Object.keys(vendors) as SandboxVendor[]

export function openAccount(
  machine: Pick<Machine, 'now' | 'after'>,
  {
    random,
    vendor,
    name,
    seed,
    most,
    narrow,
  }: { random: Random; vendor: SandboxVendor; name: string; seed: number; most: number; narrow?: Narrowed | undefined },
): VendorAccount {
  const world = smallWorld(random, seed, most, narrow !== undefined)
  const emulated = (own: World): Emulator => {
    const emulator: Emulator = emulators[vendor]({
      world: own,
      now: () => machine.now,
      after: (...timer) => machine.after(...timer),
      thinkingTime: 0,
      random: random.fork('emulator'),
    })
    // Refusals come from the faults, whose number is counted.
    if ('rateLimit' in emulator.settings) Object.assign(emulator.settings, { rateLimit: false })
    return emulator
  }
  const emulator = emulated(world)
  let forgetful: Emulator | undefined
  const { create, definition } = vendors[vendor]
  const given = emulator.accountOptions('http://vendor.test')
  const drawn = random.pick([2, 3, 5, 100])
  const size = narrow?.pageSize ?? drawn
  const adapter = (options: Options): Adapter =>
    withPages(create({ ...given, account: name, rate: false, random: () => 0.5, ...options }), size)
  const clock = { now: () => machine.now, after: machine.after }
  const account: VendorAccount = {
    name: `${definition.vendor}:${name}`,
    vendor,
    emulator,
    forgets: undefined,
    unreadable: undefined,
    hidden: new Set(),
    changes: 0,
    dropped: new Set(),
    async answer(request, { isTrue = false, isComplete = false } = {}) {
      const { forgets, hidden } = account
      const unreadable = isComplete ? undefined : account.unreadable
      const isForgetful = !isTrue && forgets && forgets.from <= machine.now && machine.now < forgets.until
      if (isForgetful) forgetful ??= emulated({ ...world, dialogues: [], people: [] })
      const response = await (isForgetful && forgetful ? forgetful : emulator).app.fetch(request)
      if ((unreadable === undefined && hidden.size === 0) || !response.ok) return response
      const text = await response.text()
      const ids = [...hidden, ...(unreadable === undefined ? [] : [unreadable])]
      const body = ids.some((id) => text.includes(id))
        ? JSON.stringify(
            withItems(JSON.parse(text), (id) => (hidden.has(id) ? [] : id === unreadable ? ['unreadable'] : undefined)),
          )
        : text
      const headers = new Headers(response.headers)
      headers.delete('content-length')
      return new Response(response.status === 204 ? null : body, { status: response.status, headers })
    },
    adapter,
    quiet: adapter({ clock, fetch: (input, init) => account.answer(new Request(input, init), { isTrue: true }) }),
    complete: adapter({
      clock,
      fetch: (input, init) => account.answer(new Request(input, init), { isTrue: true, isComplete: true }),
    }),
  }
  return account
}

/** Replaces items of lists, by their id. `undefined`: the item stays. */
function withItems(body: unknown, instead: (id: string) => unknown[] | undefined): unknown {
  if (Array.isArray(body))
    return body.flatMap((item: unknown) => {
      const id = typeof item === 'object' && item !== null ? ownId(item as Record<string, unknown>) : undefined
      return (typeof id === 'string' ? instead(id) : undefined) ?? [withItems(item, instead)]
    })
  if (typeof body !== 'object' || body === null) return body
  return Object.fromEntries(Object.entries(body).map(([name, value]) => [name, withItems(value, instead)]))
}

const ownId = ({ id, _id, thread_id }: Record<string, unknown>): unknown => id ?? _id ?? thread_id
