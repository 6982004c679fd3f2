import { isParleyError } from '@parley/core'
import { sql } from 'kysely'
import { changesAfter } from '../store/changes.ts'
import type { Change, ChangePage } from '../synced.ts'
import type { DeskContext } from './context.ts'

/** How long one process has the turn without a sign of life, in seconds. */
const turnTime = 60
const pageSize = 100

export interface Following {
  /** The fact that says up to where the changes were handled, and who has the turn. */
  fact: string
  /** Whether it begins with what comes from now on. Otherwise with the oldest change that is kept. */
  isFromNow: boolean
  signal: AbortSignal | undefined
  /** Whether a change is to be handled. Asked of every change of the store, so it must cost nothing. */
  concerns: (change: Change) => boolean
  /** The order in which changes that were stored together are handled. Default: theirs. */
  inOrder?: (changes: Change[]) => Promise<Change[]>
  /** @returns whether there was something to do. */
  handle: (change: Change) => Promise<boolean>
}

interface Place {
  cursor?: string
}

/**
 * Handles the changes of the store in their order. One process at a time does it; if it ends, the next one goes on from the last
 * page that was handled, so a change can come more than once.
 *
 * @returns for how many changes there was something to do.
 */
export async function followChanges(context: DeskContext, following: Following): Promise<number> {
  const holder = crypto.randomUUID()
  const place = await takeTurn(context, following, holder)
  if (!place) return 0
  let handled = 0
  let { cursor } = place
  for (;;) {
    const page = await pageAfter(context, cursor)
    const changes = page.items.filter(following.concerns)
    for (const change of (await following.inOrder?.(changes)) ?? changes) {
      if (following.signal?.aborted || !(await keepTurn(context, following, holder))) return handled
      if (await following.handle(change)) handled++
    }
    // The page counts as handled only now.
    if (!(await keepTurn(context, following, holder, page.next))) return handled
    cursor = page.next
    if (page.items.length < pageSize) return handled
  }
}

/** The next changes. If they are not kept any more, it goes on with what comes from now on, and `onError` is told. */
async function pageAfter({ db, accounts, onError }: DeskContext, cursor: string | undefined): Promise<ChangePage> {
  try {
    return await changesAfter(db, cursor, pageSize, accounts.names)
  } catch (error) {
    if (!isParleyError(error) || error.code !== 'invalid-request') throw error
    onError(error)
    return changesAfter(db, 'now', pageSize, accounts.names)
  }
}

/** Takes the turn, if no other process has it. */
async function takeTurn(
  { db }: DeskContext,
  { fact, isFromNow }: Following,
  holder: string,
): Promise<Place | undefined> {
  const known = await db.selectFrom('parley.facts').select('name').where('name', '=', fact).executeTakeFirst()
  if (!known) {
    const place: Place = isFromNow ? { cursor: (await changesAfter(db, 'now', pageSize)).next } : {}
    await sql`insert into parley.facts (name, value) values (${fact}, ${JSON.stringify(place)}::jsonb)
      on conflict do nothing`.execute(db)
  }
  const { rows } = await sql<{ value: Place }>`
    update parley.facts set value = value || jsonb_build_object('holder', ${holder}::text, 'until',
      extract(epoch from clock_timestamp()) + ${turnTime}::float8)
    where name = ${fact} and coalesce((value->>'until')::float8, 0) < extract(epoch from clock_timestamp())
    returning value`.execute(db)
  return rows[0]?.value
}

/** Extends the turn; with `cursor`, ends it there. @returns whether this process still has it. */
async function keepTurn({ db }: DeskContext, { fact }: Following, holder: string, cursor?: string): Promise<boolean> {
  const until = cursor === undefined ? sql`extract(epoch from clock_timestamp()) + ${turnTime}::float8` : sql`0`
  const { rows } = await sql`
    update parley.facts set value = value || jsonb_build_object('until', ${until})
      || ${JSON.stringify(cursor === undefined ? {} : { cursor })}::jsonb
    where name = ${fact} and value->>'holder' = ${holder} returning name`.execute(db)
  return rows.length > 0
}
