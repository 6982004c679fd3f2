import type { Adapter, OperationName } from '@parley/core'
import type { CreateOptions, Harness } from './harness.ts'

/** One thing that every adapter does, in plain words. */
export interface Check {
  readonly group: CheckGroup
  readonly name: string
  /** Operations without which it says nothing; it is then `unsupported`, with the adapter's own reason. */
  readonly needs?: readonly OperationName[]
  run(bench: Bench): Promise<void>
}

export type CheckGroup =
  | 'identity'
  | 'models'
  | 'lists'
  | 'filters'
  | 'reading'
  | 'messages'
  | 'speaking'
  | 'reconciling'
  | 'control'
  | 'writing'
  | 'agents'
  | 'knowledge'
  | 'feedback'
  | 'files'
  | 'exports'
  | 'generations'
  | 'fields'
  | 'failures'
  | 'warnings'
  | 'truth'

/** A check in the list of its group. */
export type ListedCheck = Omit<Check, 'group'>

/** The checks of one group. */
export const checksOf = (group: CheckGroup, checks: readonly ListedCheck[]): readonly Check[] =>
  checks.map((check) => ({ ...check, group }))

/** Thrown by a check that says nothing about this adapter; it is then `unsupported`, with this reason. */
export class Inapplicable extends Error {
  override readonly name = 'Inapplicable'
}

/** Thrown by a check: the adapter does something else than the contract says. */
export class Violation extends Error {
  override readonly name = 'Violation'
}

/** What a check works with. */
export interface Bench {
  readonly harness: Harness
  /** A new adapter of the account. */
  readonly adapter: Adapter
  /** What it was made with and must be nowhere else. */
  readonly secrets: readonly string[]
  /** Another one, made with these options. */
  open(options: CreateOptions): Promise<Adapter>
  /** A part of the harness that this check cannot do without. */
  require<Key extends 'wrongCredential' | 'emptyAccount' | 'expectations'>(key: Key): NonNullable<Harness[Key]>
}

export async function setUp(harness: Harness): Promise<Bench> {
  await harness.reset?.()
  const open = async (options: CreateOptions) => (await harness.create({ fetch: harness.fetch, ...options })).adapter
  const { adapter, secrets = [] } = await harness.create({ fetch: harness.fetch })
  return {
    harness,
    adapter,
    secrets,
    open,
    require(key) {
      const given = harness[key]
      if (given) return given
      throw new Violation(`This check needs \`${key}\` in the harness. Give it, or skip the check with a reason.`)
    },
  }
}
