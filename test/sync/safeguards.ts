// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the patches are texts of the sources
import type { Patch } from '../tools/patched-sources.ts'
import type { Problem } from './simulation/compare.ts'
import type { Narrowed } from './simulation/vendors.ts'

/** A safeguard of the sync, and a change of the sources that removes it. */
export interface Safeguard {
  readonly name: string
  readonly patches: readonly Patch[]
  /** Seeds at which the simulation finds that it is missing, and as what. One is enough: any change of the sync shifts them. */
  readonly seeds: readonly number[]
  readonly finds: Problem['kind']
  readonly narrow?: Narrowed
}

export const safeguards: readonly Safeguard[] = [
  {
    name: 'records are stored in one transaction with the checkpoint',
    seeds: [22],
    finds: 'late',
    patches: [
      {
        file: 'sync/pass.ts',
        find: `const writeAll = (): Promise<Written> =>
        pass.fenced(async (tx, count) => {
          const written = await writeCounted(tx, account, comparison, count)
          await also?.(tx, written)
          return written
        })`,
        replace: `const writeAll = async (): Promise<Written> => {
        const added = comparison.rows.map(({ ref }) => ref)
        await pass.fenced(async (tx) => also?.(tx, { added, updated: [], unchanged: 0, skipped: 0 }))
        return pass.fenced((tx, count) => writeCounted(tx, account, comparison, count))
      }`,
      },
    ],
  },
  {
    name: 'a record that a list does not show is read before it counts as deleted',
    seeds: [23],
    finds: 'falsely deleted',
    patches: [{ file: 'sync/missing.ts', find: 'if (canRead) await confirm(', replace: 'if (false) await confirm(' }],
  },
  {
    name: 'a record that cannot be read on its own is missed twice before it counts as deleted',
    seeds: [53],
    finds: 'falsely deleted',
    patches: [{ file: 'sync/missing.ts', find: 'sql`and seen > 1`', replace: 'sql``' }],
  },
  {
    name: 'a list that lacks something is no proof of a deletion',
    seeds: [4],
    finds: 'falsely deleted',
    patches: [
      {
        file: 'sync/pages.ts',
        find: "isDegraded(warnings) || warnings.some(({ code }) => code === 'bad-item')",
        replace: 'warnings.length < 0',
      },
    ],
  },
  {
    name: 'many deletions at once wait for a person',
    seeds: [43],
    finds: 'falsely deleted',
    patches: [
      { file: 'sync/missing.ts', find: 'if (!accepted && Number(missing)', replace: 'if (false && Number(missing)' },
    ],
  },
  {
    name: 'a record that cannot be read does not stop its page',
    seeds: [7],
    finds: 'lost',
    patches: [
      {
        file: 'sync/pass.ts',
        find: 'if (bad.length === 0) return',
        replace: "if (bad.length === 0) return\n    throw new Error('A bad record.')",
      },
    ],
  },
  {
    name: 'a record that cannot be read is kept aside',
    seeds: [1],
    finds: 'quarantine',
    patches: [
      {
        file: 'sync/pass.ts',
        find: "for (const record of bad) if (await keepAside(tx, pass, record)) count('quarantined', 1)",
        replace: '',
      },
    ],
  },
  {
    name: 'a worker that was superseded writes nothing',
    seeds: [15],
    finds: 'forbidden',
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
    seeds: [2],
    finds: 'lost',
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
  {
    name: 'a hint is followed until the message is there that it announced',
    seeds: [251, 461],
    finds: 'late',
    patches: [
      {
        file: 'sync/live.ts',
        find: 'const isThere =\n    message === null',
        replace: 'const isThere =\n    true || message === null',
      },
    ],
  },
  {
    name: 'a person who was erased does not come back',
    seeds: [5],
    finds: 'not erased',
    patches: [{ file: 'store/erase.ts', find: 'await remember(tx, all)', replace: '' }],
  },
  {
    name: 'what a vendor shows of a person only after the person was erased is erased',
    seeds: [43],
    finds: 'not erased',
    patches: [
      {
        file: 'store/records.ts',
        find: 'if (done.size < rows.length)',
        replace: 'if (false)',
      },
    ],
  },
  {
    name: 'a backfill goes on with the records of the time that it had reached',
    seeds: [39],
    finds: 'late',
    narrow: { vendor: 'leadConnector', pageSize: 2 },
    patches: [
      {
        file: 'sync/conversations.ts',
        find: '{ until: earlier.at }',
        replace: '{ until: instantOf(Date.parse(earlier.at) - 1) }',
      },
    ],
  },
  {
    name: 'a read goes on to before the last one, because vendors show some things late',
    seeds: [199],
    finds: 'late',
    patches: [
      {
        file: 'sync/pages.ts',
        find: '(isAhead ? Date.parse(newest.at) : begun) - lag',
        replace: 'isAhead ? Date.parse(newest.at) : begun',
      },
    ],
  },
]
