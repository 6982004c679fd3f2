import { type Adapter, isParleyError, type Warning } from '@parley/core'
import { show } from '../support/ensure.ts'
import { type Exchange, record, replay } from './exchange.ts'
import { lossesOf, type Reading } from './losses.ts'
import { type Mutation, mutate, mutationsOf } from './mutation.ts'

export interface DriftSubject {
  /** Creates the adapter. It must receive `fetch`, `onWarning` and `raw`. */
  create(options: { fetch: typeof fetch; onWarning: (warning: Warning) => void; raw: true }): Adapter
  fetch: typeof fetch
  /** One read through the adapter: a page of a list (its items), or one entity. */
  read(adapter: Adapter): Promise<unknown>
  /** Changes without meaning at this vendor, each with the reason. */
  tolerated?: readonly Tolerated[]
}

export interface Tolerated {
  /** Keys only. Applies to everything below: `skills.systemName` is that field of every skill. */
  path: string
  /** Missing: every kind of change. */
  kind?: Mutation['kind']
  reason: string
}

/** A recorded read, and all changes that can be made to its responses. */
export interface Drift {
  /** The response to change, and the change. */
  readonly mutations: readonly { exchange: number; mutation: Mutation }[]
  /** The problems in the adapter's handling of these changes. Empty: there are none. */
  judge(changes: readonly { exchange: number; mutation: Mutation }[]): Promise<string[]>
}

/** Records one read from a real server, so that it can be repeated with changed responses. */
export async function recordDrift(subject: DriftSubject): Promise<Drift> {
  const recording = record(subject.fetch)
  await readOver(subject, recording.fetch)
  const exchanges = recording.exchanges
  const before = await readOver(subject, replay(exchanges))
  if ('error' in before) throw before.error
  const mutations = exchanges.flatMap(({ body }, exchange) =>
    mutationsOf(body).map((mutation) => ({ exchange, mutation })),
  )
  return {
    mutations,
    async judge(changes) {
      const changed = exchanges.map((exchange, index): Exchange => {
        const own = changes.filter((change) => change.exchange === index)
        return { ...exchange, body: own.reduce((body, { mutation }) => mutate(body, mutation), exchange.body) }
      })
      const after = await readOver(subject, replay(changed))
      if ('error' in after)
        return isParleyError(after.error) ? [] : [`It threw ${String(after.error)} for ${show(changes)}.`]
      const [only] = changes
      if (changes.length > 1 || !only) return []
      const bodies = { before: exchanges[only.exchange]?.body, after: changed[only.exchange]?.body }
      if (isTolerated(only.mutation, subject.tolerated ?? [])) return []
      return lossesOf(only.mutation, { before, after, bodies }).map((loss) => `${loss} (${show(only.mutation)})`)
    },
  }
}

export function isTolerated({ path, kind }: Mutation, tolerated: readonly Tolerated[]): boolean {
  const keys = path.filter((step) => typeof step === 'string').join('.')
  return tolerated.some((one) => (one.kind ?? kind) === kind && `${keys}.`.startsWith(`${one.path}.`))
}

async function readOver(subject: DriftSubject, over: typeof fetch): Promise<Reading | { error: unknown }> {
  const warnings: Warning[] = []
  const adapter = subject.create({ fetch: over, onWarning: (warning) => warnings.push(warning), raw: true })
  try {
    return { value: await subject.read(adapter), warnings }
  } catch (error) {
    return { error }
  }
}
