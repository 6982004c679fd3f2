import {
  accountName,
  ConflictError,
  type Contact,
  NotFoundError,
  parseRef,
  type Ref,
  sameEmail,
  samePhone,
  type Target,
} from '@parley/core'
import { type Kysely, sql } from 'kysely'
import type { Accounts } from '../accounts.ts'
import { refOf } from '../addressed.ts'
import { wrongArgument } from '../ref-parts.ts'
import { isText, isUuid } from '../store/cursor-parts.ts'
import { idColumn, plainEmail, plainPhone } from '../store/records.ts'
import type { Schema } from '../store/schema.ts'
import { storedRecord } from '../store/stored-record.ts'
import { inTransaction } from '../store/transaction.ts'
import { summaryOf } from './audit.ts'
import type { DeskContext } from './context.ts'
import type { ContactLink, LinkSuggestion } from './desk.ts'
import type { Person, PersonSummary } from './person.ts'

type Db = Kysely<Schema>

/** How sure it is that two contacts are the same person if they have the same value. Anyone can type an address. */
const confidences = { externalId: 0.95, email: 0.8, phone: 0.7 } as const
/** The same if the application has given them different ids. */
const confidenceDespiteIds = 0.2

/** What more contacts have in common, such as the phone of a company, does not tell who a person is. */
const mostAlike = 10
/** The most contacts that count as linked. */
const mostLinked = 1000
/** The longest reason, in characters. */
const longestReason = 500

interface Row {
  id: string
  a: Ref
  b: Ref
  reason: string
  confidence: number
  person: PersonSummary | null
  at: string
  undone: { by: PersonSummary; at: string } | null
}

const linkOf = ({ a, b, person, undone, ...rest }: Row): ContactLink => ({
  ...rest,
  contacts: [a, b],
  by: person,
  ...(undone && { undone }),
})

const columns = sql`id, a, b, reason, confidence, person, at, undone`

/**
 * Links two contacts of different accounts.
 *
 * @throws ConflictError if they are linked already; NotFoundError if one of them was erased; InvalidRequestError.
 */
export async function link(
  { db, accounts }: Pick<DeskContext, 'db' | 'accounts'>,
  person: Person,
  first: Target<Contact>,
  second: Target<Contact>,
  reason: string,
): Promise<ContactLink> {
  const operation = 'desk.link'
  const pair = [contactIn(accounts, operation, 'a', first), contactIn(accounts, operation, 'b', second)]
  if (accountOf(pair[0] as Ref) === accountOf(pair[1] as Ref))
    throw wrongArgument(operation, 'b', 'must be a contact of another account than the first one')
  if (typeof reason !== 'string' || reason.trim() === '' || reason.length > longestReason || !isText(reason))
    throw wrongArgument(operation, 'reason', `must be a text of 1 to ${longestReason} characters`)
  const made = await insert(db, pair, { reason, confidence: 1, person: summaryOf(person) })
  if (made) return made
  const { rows } = await sql`select 1 where parley.is_erased(${pair}::text[])`.execute(db)
  if (rows.length > 0)
    throw new NotFoundError({ operation, message: `${operation}: a contact was erased.`, outcome: 'not-done' })
  throw new ConflictError({ operation, message: `${operation}: the contacts are linked already.`, outcome: 'not-done' })
}

/** @returns `undefined` if they are linked already, or one of them was erased. */
async function insert(
  db: Db,
  pair: readonly Ref[],
  { reason, confidence, person }: Pick<Row, 'reason' | 'confidence' | 'person'>,
): Promise<ContactLink | undefined> {
  const { rows } = await sql<Row>`
    insert into parley.links (id, a, b, reason, confidence, person)
    select gen_random_uuid(), min(ref collate "C"), max(ref collate "C"), ${reason}, ${confidence}, ${person && JSON.stringify(person)}::jsonb
    from unnest(${pair}::text[]) as given (ref)
    on conflict do nothing returning ${columns}`.execute(db)
  return rows[0] && linkOf(rows[0])
}

/** Undoes a link. @throws NotFoundError; ConflictError if it was undone before */
export async function unlink(
  { db }: Pick<DeskContext, 'db'>,
  person: Person,
  target: string | { id: string },
): Promise<ContactLink> {
  const operation = 'desk.unlink'
  const id: unknown = typeof target === 'string' ? target : target?.id
  if (typeof id !== 'string') throw wrongArgument(operation, 'link', 'must be a link or its id')
  const missing = { operation, message: `${operation}: there is no link with this id.`, outcome: 'not-done' } as const
  if (!isUuid(id)) throw new NotFoundError(missing)
  const { rows } = await sql<Row>`
    update parley.links set undone = jsonb_build_object('by', ${JSON.stringify(summaryOf(person))}::jsonb, 'at',
      to_char(clock_timestamp() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'))
    where id = ${id}::uuid and undone is null returning ${columns}`.execute(db)
  if (rows[0]) return linkOf(rows[0])
  const { rows: known } = await sql`select from parley.links where id = ${id}::uuid`.execute(db)
  if (known.length === 0) throw new NotFoundError(missing)
  throw new ConflictError({ operation, message: `${operation}: the link was undone before.`, outcome: 'not-done' })
}

/** The links of a contact, also undone ones, newest first. */
export async function links(
  { db, accounts }: Pick<DeskContext, 'db' | 'accounts'>,
  contact: Target<Contact>,
): Promise<ContactLink[]> {
  const ref = contactIn(accounts, 'desk.links', 'contact', contact)
  const { rows } = await sql<Row>`
    select ${columns} from parley.links where a = ${ref} union all select ${columns} from parley.links where b = ${ref}
    order by at desc, id`.execute(db)
  return rows.map(linkOf)
}

/** The contact, and after it all that are linked with it, directly or over others: at most 1,000. */
export async function linkedContacts(
  { db, accounts }: Pick<DeskContext, 'db' | 'accounts'>,
  contact: Target<Contact>,
): Promise<Ref[]> {
  const ref = contactIn(accounts, 'desk.linkedContacts', 'contact', contact)
  const linked = await linkedWith(db, ref)
  return [ref, ...linked.filter((other) => other !== ref).toSorted()]
}

async function linkedWith(db: Db, contact: Ref): Promise<Ref[]> {
  const { rows } = await sql<{ ref: Ref }>`
    with recursive linked (ref) as (
      select ${contact}::text collate "C"
      union
      select next.ref from linked cross join lateral (
        select b from parley.links where a = linked.ref and undone is null
        union all
        select a from parley.links where b = linked.ref and undone is null) as next (ref))
    select ref from linked limit ${mostLinked}`.execute(db)
  return rows.map(({ ref }) => ref)
}

/**
 * Stored contacts of other accounts that may be the same person, the most probable first. Those that are linked with it, and
 * those whose link was undone, are not among them.
 *
 * @throws NotFoundError for a contact that neither the store nor the vendor has.
 */
export async function linkSuggestions(
  { db, accounts, inbox }: Pick<DeskContext, 'db' | 'accounts' | 'inbox'>,
  target: Target<Contact>,
): Promise<LinkSuggestion[]> {
  const ref = contactIn(accounts, 'desk.linkSuggestions', 'contact', target)
  const contact = await inbox.contacts.get(ref)
  const linked = new Set(await linkedWith(db, ref))
  const undone = await undoneBetween(db, [ref], undefined)
  const found = await alike(db, accounts, contact)
  return found.filter(({ contact: other }) => !linked.has(other.ref) && !undone.has(other.ref))
}

/**
 * Links a stored contact with those of other accounts that have the same external id, email or phone. None is linked whose external id
 * differs, directly or over others, or whose link was undone.
 *
 * @returns whether there are new links.
 */
export async function linkAutomatically(
  { db, accounts }: Pick<DeskContext, 'db' | 'accounts'>,
  ref: Ref,
): Promise<boolean> {
  const contact = await storedRecord(db, 'contact', ref, false)
  if (!contact) return false
  const found = (await alike(db, accounts, contact)).filter(({ confidence }) => confidence > confidenceDespiteIds)
  const isAmbiguous = (reason: string) => found.filter((each) => each.reason === reason).length > mostAlike
  const candidates = found.filter(({ reason }) => !isAmbiguous(reason))
  if (candidates.length === 0) return false
  return inTransaction(db, async (tx) => {
    // Two links that are made at once could join what must stay apart.
    await sql`lock table parley.links in share row exclusive mode`.execute(tx)
    let made = 0
    for (const { contact: other, reason, confidence } of candidates) {
      const [own, theirs] = [await linkedWith(tx, ref), await linkedWith(tx, other.ref)]
      if (own.includes(other.ref) || own.length + theirs.length > mostLinked) continue
      if ((await undoneBetween(tx, own, theirs)).size > 0) continue
      if ((await externalIdsOf(tx, [...own, ...theirs])).size > 1) continue
      if (await insert(tx, [ref, other.ref], { reason, confidence, person: null })) made++
    }
    return made > 0
  })
}

/** Of these contacts' undone links, the contacts at the other end. With `among`, only these. */
async function undoneBetween(db: Db, refs: readonly Ref[], among: readonly Ref[] | undefined): Promise<Set<Ref>> {
  const { rows } = await sql<{ ref: Ref }>`
    select b as ref from parley.links where a = any(${refs}::text[]) and undone is not null
    union select a from parley.links where b = any(${refs}::text[]) and undone is not null`.execute(db)
  return new Set(rows.map(({ ref }) => ref).filter((ref) => among?.includes(ref) ?? true))
}

/** The different external ids of these contacts. */
async function externalIdsOf(db: Db, refs: readonly Ref[]): Promise<Set<string>> {
  const { rows } = await sql<{ id: string }>`
    select distinct external_id as id from parley.contacts where ref = any(${refs}::text[]) and external_id <> ''`.execute(
    db,
  )
  return new Set(rows.map(({ id }) => id))
}

interface Alike {
  body: Contact
  kind: LinkSuggestion['reason']
}

/** The stored contacts of other accounts with the same external id, email or phone, each with its best reason. */
async function alike(db: Db, accounts: Accounts, contact: Contact): Promise<LinkSuggestion[]> {
  const { email, phone, externalId } = contact
  const wanted = {
    external_id: idColumn(externalId),
    email: email && plainEmail(email),
    phone: phone && plainPhone(phone),
  }
  const parts = (Object.entries(wanted) as [keyof typeof wanted, string | null | undefined][]).flatMap(
    ([column, value]) =>
      value && isText(value)
        ? sql`(select body, ${column === 'external_id' ? 'externalId' : column}::text as kind from parley.contacts
            where deleted_at is null and ${sql.ref(column)} = ${value} and ${sql.ref(column)} <> ''
              and account in (select no from parley.accounts where name = any(${others(accounts, contact)}::text[]))
            order by ref limit ${mostAlike * 2})`
        : [],
  )
  if (parts.length === 0) return []
  const { rows } = await sql<Alike>`${sql.join(parts, sql` union all `)}`.execute(db)
  const found = new Map<Ref, LinkSuggestion>()
  for (const { body, kind } of rows) {
    // The columns are plainer than the comparison.
    if (kind === 'email' && !sameEmail(body.email, email as string)) continue
    if (kind === 'phone' && !samePhone(body.phone, phone as string)) continue
    const isOther = externalId && body.externalId && body.externalId !== externalId
    const confidence = isOther ? confidenceDespiteIds : confidences[kind]
    if ((found.get(body.ref)?.confidence ?? 0) < confidence)
      found.set(body.ref, { contact: body, reason: kind, confidence })
  }
  return [...found.values()].toSorted((a, b) => b.confidence - a.confidence)
}

const others = ({ names }: Accounts, { ref }: Contact): string[] => names.filter((name) => name !== accountOf(ref))

function accountOf(ref: Ref): string {
  const { vendor, account } = parseRef(ref)
  return accountName(vendor, account)
}

/** @throws InvalidRequestError */
function contactIn(accounts: Accounts, operation: string, path: string, target: unknown): Ref {
  const ref = refOf(accounts, target, 'contact')
  if (ref !== undefined && isText(ref)) return ref
  throw wrongArgument(operation, path, 'must be the ref of a contact of this inbox, or a contact')
}
