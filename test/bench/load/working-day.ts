import { setTimeout as pause } from 'node:timers/promises'
import type { Pool } from 'pg'
import { type Cost, costOf } from '../inbox/cost.ts'
import { conversationAt, pick, randomFrom, vocabulary } from '../inbox/rows.ts'
import { ask, bearer, type EventReader, readEvents } from './client.ts'
import { tags, tomorrow } from './fill.ts'
import type { Served } from './serve.ts'

export interface Token {
  secret: string
  /** The accounts that it sees. */
  accounts: readonly string[]
}

export interface Load {
  server: Served
  pool: Pool
  conversations: number
  /** Who reads lists and writes. */
  worker: Token
  /** Who reads the streams, in turn. */
  readers: readonly Token[]
  streams: number
  seconds: number
}

const listsPerSecond = 50
const changesPerSecond = 5
/** In seconds. */
const warmUp = 10

export interface LoadResult {
  /** Milliseconds of a list, from the instant at which it was due. */
  times: number[]
  /** The same in the seconds after the server has started, which are not in `times`. */
  atFirst: number[]
  /** The requests that were not answered with 200. */
  failures: number
  changes: number
  streams: StreamsResult
  cost: Cost
  /** Seconds of processor time of the server. */
  cpu: number
}

export interface StreamsResult {
  /** How many events all streams should have had. */
  due: number
  lost: number
  /** Twice over a connection that did not resume. */
  twice: number
  /** Again after a stream was cut, which is allowed. */
  again: number
  cuts: number
  /** Connections that the server ended. */
  dropped: number
  resets: number
}

/** People who look at lists and work on conversations, while many pages are open. */
export async function workingDay(load: Load): Promise<LoadResult> {
  const { server, pool, streams, seconds, readers } = load
  const tokens = Array.from({ length: streams }, (_, index) => readers[index % readers.length] as Token)
  const open = await Promise.all(tokens.map(({ secret }) => readEvents(server.url, secret)))
  const before = await newestChange(pool)
  const random = randomFrom(17)
  const times: number[] = []
  const atFirst: number[] = []
  let failures = 0
  let cuts = 0
  const headers = bearer(load.worker.secret)
  const nextPages = new Map<string, string>()

  const listInto = (times: number[]) => async (due: number) => {
    const query = pick(lists, random)(random)
    const cursor = random() < 0.2 ? nextPages.get(query) : undefined
    const address = `${server.url}/v1/conversations?limit=50&${query}`
    const { status, text } = await ask(cursor ? `${address}&cursor=${encodeURIComponent(cursor)}` : address, {
      headers,
    })
    times.push(performance.now() - due)
    if (status !== 200) failures += 1
    else nextPages.set(query, (JSON.parse(text) as { next: string | null }).next ?? '')
  }
  const change = async () => {
    const { ref } = conversationAt(Math.floor(random() * load.conversations))
    const [path, body] = pick(changes, random)(random)
    const { status } = await ask(`${server.url}/v1/conversations/${encodeURIComponent(ref)}/${path}`, {
      ...{ method: 'POST', headers: body ? { ...headers, 'content-type': 'application/json' } : headers },
      ...(body && { body: JSON.stringify(body) }),
    })
    if (status !== 200) failures += 1
  }
  const away = new Set<EventReader>()
  const cut = async () => {
    const one = pick(open, random)
    if (away.has(one)) return
    away.add(one)
    cuts += 1
    await one.cut(random() * 2000)
    away.delete(one)
  }

  // What is compiled and cached when it is first used is measured on its own.
  await atRate(listsPerSecond, warmUp, listInto(atFirst))
  const cpu = server.now.cpu
  const cost = await costOf(pool, () =>
    Promise.all([
      atRate(listsPerSecond, seconds, listInto(times)),
      atRate(changesPerSecond, seconds, change),
      // Nobody resumes at the end, so that every stream is whole when it is compared.
      atRate(1, Math.max(0, seconds - 3), cut),
    ]),
  )
  const used = server.now.cpu - cpu
  const changed = await changesSince(pool, before)
  const result = await compared(open, tokens, changed)
  for (const each of open) each.close()
  return { times, atFirst, failures, changes: changed.length, streams: { ...result, cuts }, cost, cpu: used }
}

/** The usual ways to look at an inbox. */
const lists: readonly ((random: () => number) => string)[] = [
  () => 'status=open',
  () => 'status=open&assignee=me',
  () => 'status=open&assignee=none',
  () => 'status=open&unread=true',
  (random) => `tag=${pick(tags, random)}`,
  (random) => (random() < 0.2 ? `search=${pick(vocabulary.slice(0, 2000), random)}` : 'status=open&status=closed'),
]

type Command = readonly [path: string, body?: object]

const changes: readonly ((random: () => number) => Command)[] = [
  (random) => ['tags', { add: [pick(tags, random), `order ${Math.floor(random() * 1e6)}`] }],
  () => ['snooze', { until: tomorrow() }],
  () => ['read'],
  () => ['close'],
  () => ['assign', { to: 'me' }],
]

/** Starts work at a steady rate, whether or not what was started before has ended. */
async function atRate(perSecond: number, seconds: number, work: (due: number) => Promise<void>): Promise<void> {
  const start = performance.now()
  const begun: Promise<void>[] = []
  for (let count = 0; count < perSecond * seconds; count++) {
    const due = start + (count * 1000) / perSecond
    await pause(Math.max(0, due - performance.now()))
    begun.push(work(due))
  }
  await Promise.all(begun)
}

export async function newestChange(pool: Pool): Promise<string> {
  const { rows } = await pool.query<{ no: string }>('select coalesce(max(no), 0) as no from parley.changes')
  return rows[0]?.no as string
}

interface Changed {
  no: string
  account: string
}

export async function changesSince(pool: Pool, no: string): Promise<Changed[]> {
  const { rows } = await pool.query<Changed>(
    `select change.no, account.name as account from parley.changes as change
      join parley.accounts as account on account.no = change.account where change.no > $1`,
    [no],
  )
  return rows
}

/** Waits until the streams have had everything, or for so many milliseconds, and compares. */
export async function compared(
  open: readonly EventReader[],
  tokens: readonly Token[],
  changed: readonly Changed[],
  patience = 15_000,
): Promise<Omit<StreamsResult, 'cuts'>> {
  const until = performance.now() + patience
  const due = tokens.map(({ accounts }) =>
    changed.flatMap(({ no, account }) => (accounts.includes(account) ? [no] : [])),
  )
  for (;;) {
    const result = { due: 0, lost: 0, twice: 0, again: 0, dropped: 0, resets: 0 }
    for (const [index, { connections, resets }] of open.entries()) {
      const all = connections.flatMap(({ ids }) => ids)
      const seen = new Set(all)
      const first = connections[0]?.ids ?? []
      const twice = first.length - new Set(first).size
      result.due += due[index]?.length ?? 0
      result.lost += due[index]?.filter((no) => !seen.has(no)).length ?? 0
      result.twice += twice
      result.again += all.length - seen.size - twice
      result.dropped += connections.filter(({ isLost }) => isLost).length
      result.resets += resets
    }
    if (result.lost === 0 || performance.now() > until) return result
    await pause(500)
  }
}
