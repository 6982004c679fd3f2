import type { Adapter } from '@parley/core'
import { Violation } from './check.ts'
import type { CreateOptions, Harness } from './harness.ts'

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
