import type { Adapter, OperationName } from '@parley/core'
import type { CreateOptions, CreateSubject, Harness } from './harness.ts'
import { withRequired } from './support/required.ts'

/** A check of one rule that every adapter must follow. */
export interface Check {
  readonly group: CheckGroup
  readonly name: string
  /** Required operations. Without them the result is `unsupported`, with the adapter's reason. */
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
  | 'visitors'
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
  | 'traits'
  | 'failures'
  | 'warnings'
  | 'truth'

/** A check in the list of its group. */
export type ListedCheck = Omit<Check, 'group'>

/** The checks of one group. */
export const checksOf = (group: CheckGroup, checks: readonly ListedCheck[]): readonly Check[] =>
  checks.map((check) => ({ ...check, group }))

/** Thrown by a check that does not apply to this adapter. The result is `unsupported`, with this reason. */
export class Inapplicable extends Error {
  override readonly name = 'Inapplicable'
}

/** Thrown by a check when the adapter violates the contract. */
export class Violation extends Error {
  override readonly name = 'Violation'
}

/** What a check works with. */
export interface Bench {
  readonly harness: Harness
  /** A new adapter of the account. Its lists have what the vendor requires (`use.required`). */
  readonly adapter: Adapter
  /** The adapter's secrets, which must appear nowhere else. */
  readonly secrets: readonly string[]
  /** Another adapter of the account, created with these options. */
  open(options: CreateOptions): Promise<Adapter>
  /** A part of the harness that this check requires. */
  require<Key extends 'wrongCredential' | 'emptyAccount' | 'expectations'>(key: Key): NonNullable<Harness[Key]>
}

export async function setUp(harness: Harness): Promise<Bench> {
  await harness.reset?.()
  const completed =
    (make: CreateSubject): CreateSubject =>
    async (options) => {
      const subject = await make(options)
      return { ...subject, adapter: withRequired(subject.adapter, harness.use?.required) }
    }
  const create = completed(harness.create)
  const open = async (options: CreateOptions) => (await create({ fetch: harness.fetch, ...options })).adapter
  const { adapter, secrets = [] } = await create({ fetch: harness.fetch })
  const { wrongCredential, emptyAccount } = harness
  const parts = {
    ...harness,
    ...(wrongCredential && { wrongCredential: completed(wrongCredential) }),
    ...(emptyAccount && { emptyAccount: completed(emptyAccount) }),
  }
  return {
    harness,
    adapter,
    secrets,
    open,
    require(key) {
      const given = parts[key]
      if (given) return given
      throw new Violation(`This check needs \`${key}\` in the harness. Add it, or skip the check with a reason.`)
    },
  }
}
