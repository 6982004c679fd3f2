// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the patches are texts of the sources
import type { Patch } from '../tools/patched-sources.ts'

/** A safeguard of the sync, and a change of the sources that removes it. */
export interface Safeguard {
  readonly name: string
  readonly patches: readonly Patch[]
  /** A seed at which the simulation finds that it is missing. */
  readonly seed: number
}

export const safeguards: readonly Safeguard[] = [
  {
    name: 'many deletions at once wait for a person',
    seed: 43,
    patches: [
      { file: 'sync/missing.ts', find: 'if (!accepted && Number(missing)', replace: 'if (false && Number(missing)' },
    ],
  },
  {
    name: 'a record that cannot be read on its own is missed twice before it counts as deleted',
    seed: 3,
    patches: [{ file: 'sync/missing.ts', find: 'sql`and seen > 1`', replace: 'sql``' }],
  },
  {
    name: 'a worker that was superseded writes nothing',
    seed: 12,
    patches: [
      {
        file: 'sync/pass.ts',
        find: 'and stream = ${stream} and fence = ${fence}`',
        replace: 'and stream = ${stream}`',
      },
    ],
  },
  {
    name: 'a hint is stored before it is acknowledged',
    seed: 1,
    patches: [
      {
        file: 'sync/engine.ts',
        find: `const isNew = await storeHint(db, account, event, { now: clock.now(), payloads: engine.payloads })
      return { isNew }`,
        replace: `storeHint(db, account, event, { now: clock.now(), payloads: engine.payloads }).catch(() => {})
      return { isNew: true }`,
      },
    ],
  },
]
