import { sql } from 'kysely'
import { scanConversations } from './conversations.ts'
import { mayBeAlone } from './failures.ts'
import { readThread } from './messages.ts'
import { confirmMissing } from './missing.ts'
import { checkpoint, instantOf, type Pass, setCheckpoint } from './pass.ts'

export interface SweepOptions {
  /** How many old conversations are read again. */
  size: number
  lag: number
  /** How often the list of conversations is read to its end, in milliseconds. */
  scanEvery: number
  /** Reads all of them. */
  full: boolean
}

/**
 * Reads a few old conversations to their oldest message, those that were not for longest first; now and then the whole list
 * of conversations; and finds out what became of records that are missing.
 *
 * @returns whether it did all that was asked for.
 */
export async function sweep(pass: Pass, options: SweepOptions): Promise<boolean> {
  const begun = instantOf(pass.clock.now())
  const last = (await checkpoint(pass, 'scan')) as string | undefined
  if (options.full || last === undefined || pass.clock.now() - Date.parse(last) >= options.scanEvery) {
    // The first complete read of the list is the one that stores it.
    if (last !== undefined || options.full) await scanConversations(pass)
    await pass.fenced((tx) => setCheckpoint(tx, pass, 'scan', begun))
  }
  let isEnd = true
  let failures = 0
  for (const conversation of await oldest(pass, options)) {
    if (pass.isOver()) {
      isEnd = false
      break
    }
    try {
      await readThread(pass, conversation, { priority: 'sweep', whole: true, lag: options.lag })
      failures = 0
    } catch (error) {
      // One conversation that cannot be read must not keep the others from being read.
      if (pass.signal.aborted || !mayBeAlone(error) || ++failures >= 3) throw error
      await pass.fenced(async (tx) => {
        await sql`update parley.threads set verified_at = ${begun}::timestamptz
          where conversation = ${conversation}`.execute(tx)
      })
    }
  }
  await confirmMissing(pass)
  return isEnd
}

async function oldest(pass: Pass, { size, full }: SweepOptions): Promise<string[]> {
  // The stream of messages reads what is due, but only down to what is known.
  const { rows } = await sql<{ conversation: string }>`
    select t.conversation from parley.threads t join parley.conversations c on c.ref = t.conversation
    where t.account = ${pass.account.no} and c.deleted_at is null ${full ? sql`` : sql`and t.due_at is null`}
    order by t.verified_at nulls first, t.conversation limit ${full ? null : size}`.execute(pass.db)
  return rows.map(({ conversation }) => conversation)
}
