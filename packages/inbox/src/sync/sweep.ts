import { sql } from 'kysely'
import { scanConversations } from './conversations.ts'
import { eachAlone } from './each-alone.ts'
import { forgetHints, readConversation } from './live.ts'
import { readThread } from './messages.ts'
import { confirmMissing } from './missing.ts'
import { checkpoint, instantOf, type Pass, setCheckpoint, slack } from './pass.ts'
import { mayBeRead, postpone } from './pauses.ts'
import { forgetObsolete } from './quarantine.ts'

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
  const last = await checkpoint<string>(pass, 'scan')
  // A time far in the future is of a clock that was ahead.
  const elapsed = last === undefined ? Number.POSITIVE_INFINITY : Math.abs(pass.clock.now() - Date.parse(last))
  const isScan = options.full || elapsed >= options.scanEvery
  if (isScan) {
    // The first complete read of the list is the one that stores it.
    if (last !== undefined || options.full) await scanConversations(pass)
    await pass.fenced(async (tx) => {
      await forgetHints(tx, pass)
      await setCheckpoint(tx, pass, 'scan', begun)
    })
  }
  const isEnd = await sweepThreads(pass, options)
  if (isEnd && isScan) await pass.fenced((tx) => forgetObsolete(tx, pass))
  await confirmMissing(pass)
  return isEnd
}

/** How many conversations are looked up at once, if all of them are read. */
const perQuery = 500

async function sweepThreads(pass: Pass, { size, lag, full }: SweepOptions): Promise<boolean> {
  const { no } = pass.account
  const readEach = eachAlone(pass)
  // By a clock that was ahead.
  await pass.fenced(async (tx) => {
    await sql`
      update parley.threads set verified_at = null
      where account = ${no} and verified_at > ${instantOf(pass.clock.now() + slack)}::timestamptz`.execute(tx)
  })
  for (let last = ''; ; ) {
    // The stream of messages reads what is due, but only down to what is known.
    const { rows } = await sql<{ conversation: string; has_star: boolean }>`
      ${
        full
          ? sql`select ref as conversation, is_starred is not null as has_star from parley.conversations
              where account = ${no} and deleted_at is null and ref > ${last} order by ref limit ${perQuery}`
          : sql`select t.conversation, c.is_starred is not null as has_star from parley.threads t join parley.conversations c on c.ref = t.conversation
              where t.account = ${no} and c.deleted_at is null and t.due_at is null
                and ${mayBeRead('t.conversation', instantOf(pass.clock.now()))}
              order by t.verified_at nulls first, t.conversation limit ${size}`
      }`.execute(pass.db)
    const isEnough = await readEach(
      rows,
      async ({ conversation, has_star }) => {
        // A list may not say the star, and then only a webhook would show a change of it.
        const read = has_star ? readConversation : readThread
        await read(pass, conversation, { priority: 'sweep', whole: true, lag })
      },
      ({ conversation }, error) => pass.fenced(async (tx) => void (await postpone(tx, pass, conversation, error))),
    )
    if (!isEnough || !full || rows.length < perQuery) return isEnough
    last = rows.at(-1)?.conversation as string
  }
}
