import type { OperationName } from '@parley/core'
import type { Bench } from './bench.ts'

/** One thing that every adapter does, in plain words. */
export interface Check {
  readonly group: CheckGroup
  readonly name: string
  /** Operations without which it says nothing; it is then `absent`, with the adapter's own reason. */
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
  | 'settling'
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

/** Thrown by a check that says nothing about this adapter; it is then `absent`, with this reason. */
export class Inapplicable extends Error {
  override readonly name = 'Inapplicable'
}

/** Thrown by a check: the adapter does something else than the contract says. */
export class Violation extends Error {
  override readonly name = 'Violation'
}
