import { type Agent, type Contact, parseRef, requireOperation, supports, UnsupportedError } from '@parley/core'
import { isGone } from '@parley/core/operations'
import { sql } from 'kysely'
import { databaseTime } from '../store/database-time.ts'
import { noteGone, noteMissing } from './missing.ts'
import { checkpoint, datedPages, isIncomplete, type Pass, setCheckpoint } from './pass.ts'
import { forgetQuarantined } from './quarantine.ts'

/** Reads the agents of the account. @returns that the end was reached. */
export const syncAgents = (pass: Pass): Promise<boolean> =>
  readAll<Agent>(pass, 'agent', requireOperation(pass.account.adapter, 'agents.list')({}, pass.options('catch-up')))

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
  if (supports(adapter, 'contacts.list'))
    return readAll<Contact>(pass, 'contact', adapter.contacts.list({}, pass.options('backfill')))
  if (supports(adapter, 'contacts.get')) return (await readEach(pass)) && readAgain(pass, full)
  throw new UnsupportedError({
    message: `${pass.account.name}: the vendor has no contacts to read.`,
    vendor: adapter.vendor,
    account: adapter.account,
    operation: 'contacts.list',
  })
}

async function readAll<Item extends Agent | Contact>(
  pass: Pass,
  kind: 'agent' | 'contact',
  list: Parameters<typeof datedPages<Item>>[1],
): Promise<boolean> {
  const seen: string[] = []
  let since: string | undefined
  let isComplete = true
  for await (const page of datedPages<Item>(pass.db, list)) {
    since ??= page.fetchedAt
    isComplete &&= !isIncomplete(page.warnings)
    for (const { ref } of page.items) seen.push(ref)
    await pass.store({ kind, items: page.items as never, fetchedAt: page.fetchedAt })
    await pass.quarantine(page.warnings)
    if (page.next === null && isComplete) await pass.fenced((tx) => noteMissing(tx, pass, kind, seen, since as string))
    if (page.next === null) await pass.fenced((tx) => forgetQuarantined(tx, pass, [pass.stream], since as string))
  }
  return true
}

/** Contacts of conversations that the vendor does not have. They are asked for once in the life of a process. */
const gone = new WeakMap<object, Set<string>>()

async function readEach(pass: Pass): Promise<boolean> {
  const { account, db } = pass
  const known = gone.get(account.adapter) ?? new Set()
  gone.set(account.adapter, known)
  const { rows } = await sql<{ ref: string }>`
    select distinct c.contact as ref from parley.conversations c
    where c.account = ${account.no} and c.deleted_at is null and c.contact is not null
      and not exists (select 1 from parley.contacts k where k.ref = c.contact)
      and c.contact <> all(${[...known]}::text[])
    limit ${perPass}`.execute(db)
  for (const { ref } of rows) {
    if (pass.isOver()) return false
    if (!(await readContact(pass, ref))) known.add(ref)
  }
  return rows.length < perPass
}

/** @returns whether the vendor has it, and the store keeps it. */
async function readContact(pass: Pass, ref: string): Promise<boolean> {
  const fetchedAt = await databaseTime(pass.db)
  try {
    const contact = await requireOperation(pass.account.adapter, 'contacts.get')(
      parseRef(ref).id,
      pass.options('backfill'),
    )
    const { skipped } = await pass.store({ kind: 'contact', items: [contact], fetchedAt })
    return skipped === 0 && contact.ref === ref
  } catch (error) {
    if (!isGone(error)) throw error
    await pass.fenced((tx) => noteGone(tx, pass, 'contact', ref))
    return false
  }
}

/** Reads the next part of the stored contacts again. After the last one, the next run begins with the first. */
async function readAgain(pass: Pass, full: boolean): Promise<boolean> {
  const { account, db } = pass
  let last = full ? '' : ((await checkpoint(pass, 'again')) as string | undefined)
  // The contacts were just read for the first time.
  if (last === undefined) return save(pass, '')
  const { rows } = await sql<{ ref: string }>`
    select ref from parley.contacts where account = ${account.no} and deleted_at is null and ref > ${last}
    order by ref limit ${full ? null : perPass}`.execute(db)
  for (const { ref } of rows) {
    if (pass.isOver()) break
    await readContact(pass, ref)
    last = ref
  }
  return full || save(pass, rows.length === perPass || pass.isOver() ? last : '')
}

async function save(pass: Pass, last: string): Promise<boolean> {
  await pass.fenced((tx) => setCheckpoint(tx, pass, 'again', last))
  return true
}
