import { requireOperation, supports, UnsupportedError } from '@parley/core'
import { isGone } from '@parley/core/operations'
import { type RawBuilder, sql } from 'kysely'
import { databaseTime } from '../store/database-time.ts'
import { eachAlone } from './each-alone.ts'
import { noteGone } from './missing.ts'
import { type Account, checkpoint, findsContacts, instantOf, type Pass, setCheckpoint } from './pass.ts'
import { forgetPostponed, mayBeRead, postpone } from './pauses.ts'
import { scan } from './scan.ts'

/** Reads the agents of the account. @returns that the end was reached. */
export async function syncAgents(pass: Pass): Promise<boolean> {
  const list = requireOperation(pass.account.adapter, 'agents.list')({}, pass.options('catch-up'))
  await scan(pass, 'agent', [list], { streams: [pass.stream] })
  return true
}

/** How many contacts are read one by one before the others have their turn. */
const perPass = 200

/**
 * Reads the contacts of the account. Where the vendor has no list of them, each contact of a stored conversation is read by
 * itself, and then a part of them again, because nothing else shows a change that no webhook announced.
 *
 * @param full reads all of them again.
 * @returns whether the end was reached.
 */
export async function syncContacts(pass: Pass, full: boolean): Promise<boolean> {
  const { adapter } = pass.account
  if (supports(adapter, 'contacts.list')) {
    await scan(pass, 'contact', [adapter.contacts.list({}, pass.options('backfill'))], { streams: [pass.stream] })
    return true
  }
  if (findsContacts(pass.account)) return (await readNewContacts(pass)) && refreshContacts(pass, full)
  throw new UnsupportedError({
    message: `${pass.account.name}: the vendor has no contacts to read.`,
    vendor: adapter.vendor,
    account: adapter.account,
    operation: 'contacts.list',
  })
}

/** The conversations `c` whose contact the store does not have, or only as deleted, and which may be read now. */
export const newContacts = ({ no }: Account, now: string): RawBuilder<unknown> =>
  sql`from parley.conversations c
    where c.account = ${no} and c.deleted_at is null and c.contact is not null
      and not exists (
        select 1 from parley.contacts k where k.ref = c.contact and k.deleted_at is null) and ${mayBeRead('c.contact', now)}`

/** Reads the contacts of conversations for the first time. One that the vendor does not have is asked for again later. */
async function readNewContacts(pass: Pass): Promise<boolean> {
  const { account, db, clock } = pass
  const { rows } = await sql<{ ref: string }>`
    select distinct c.contact as ref ${newContacts(account, instantOf(clock.now()))} limit ${perPass}`.execute(db)
  const isEnough = await eachAlone(pass)(
    rows,
    async ({ ref }) => {
      const isStored = await readContact(pass, ref)
      await pass.fenced(async (tx) => {
        if (isStored) await forgetPostponed(tx, ref)
        else await postpone(tx, pass, ref)
      })
    },
    ({ ref }, error) => pass.fenced(async (tx) => void (await postpone(tx, pass, ref, error))),
  )
  return isEnough && rows.length < perPass
}

/** @returns whether the vendor has it, and the store keeps it. */
async function readContact(pass: Pass, ref: string): Promise<boolean> {
  const fetchedAt = await databaseTime(pass.db)
  try {
    const contact = await pass.read('contact', ref, 'backfill')
    const { skipped } = await pass.store({ kind: 'contact', items: [contact], fetchedAt })
    return skipped === 0 && contact.ref === ref
  } catch (error) {
    if (!isGone(error)) throw error
    await pass.fenced((tx) => noteGone(tx, pass, 'contact', ref))
    return false
  }
}

/** Reads the next part of the stored contacts again. After the last one, the next run begins with the first. */
async function refreshContacts(pass: Pass, full: boolean): Promise<boolean> {
  const { account, db } = pass
  const readEach = eachAlone(pass)
  let last = full ? '' : await checkpoint<string>(pass, 'again')
  // The contacts were just read for the first time.
  if (last === undefined) return save(pass, '')
  for (;;) {
    const { rows } = await sql<{ ref: string }>`
      select ref from parley.contacts where account = ${account.no} and deleted_at is null and ref > ${last}
      order by ref limit ${perPass}`.execute(db)
    const isEnough = await readEach(
      rows,
      async ({ ref }) => {
        await readContact(pass, ref)
        last = ref
      },
      // It stays as it is, until the next round.
      async ({ ref }) => {
        last = ref
      },
    )
    const isLast = isEnough && rows.length < perPass
    if (!full) return save(pass, isLast ? '' : last)
    if (!isEnough || isLast) return isEnough
  }
}

async function save(pass: Pass, last: string): Promise<boolean> {
  await pass.fenced((tx) => setCheckpoint(tx, pass, 'again', last))
  return true
}
