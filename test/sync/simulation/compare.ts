import {
  type Adapter,
  buildRef,
  type Conversation,
  type Entity,
  isParleyError,
  parseRef,
  requireOperation,
  supports,
} from '@parley/core'
import { stableJson } from '../../../packages/inbox/src/store/digest.ts'
import type { Database } from './database.ts'
import type { VendorAccount } from './vendors.ts'

/** What is wrong with a store, or with what led to it. */
export interface Problem {
  kind:
    | 'error'
    | 'lost'
    | 'late'
    | 'forbidden'
    | 'duplicated'
    | 'falsely deleted'
    | 'stale'
    | 'not deleted'
    | 'not erased'
    | 'quarantine'
    | 'feed'
    | 'stuck'
    | 'not idle'
    | 'doubled'
    | 'denied'
    | 'wrong outcome'
    | 'undecided'
    | 'unclaimed'
    | 'guard'
    | 'misplaced'
  /** Without any text of a record. */
  what: string
}

type Rows = Pick<Database, 'rows'>

type Kind = 'agent' | 'contact' | 'conversation' | 'message'
const kinds: readonly Kind[] = ['agent', 'contact', 'conversation', 'message']

/** The forms in which the vendor shows each record: in a list, and by itself. */
export type Held = Map<string, { kind: Kind; forms: Set<string>; conversation?: string }>

/**
 * Reads what the vendor holds, without faults.
 *
 * @param erased the refs of people who were erased from the store. What the vendor holds of them is added to it, and is not
 *   in the result.
 */
export async function heldBy(
  { name }: Pick<VendorAccount, 'name'>,
  quiet: Adapter,
  database: Rows,
  erased: Set<string> = new Set(),
): Promise<Held> {
  const held: Held = new Map()
  const add = (kind: Kind, record: Entity, conversation?: string): void => {
    if (conversation !== undefined && erased.has(conversation)) erased.add(record.ref)
    if (erased.has(record.ref)) return
    const known = held.get(record.ref)
    if (known) known.forms.add(stableJson(record))
    else held.set(record.ref, { kind, forms: new Set([stableJson(record)]), ...(conversation && { conversation }) })
  }
  if (supports(quiet, 'agents.list')) for await (const agent of quiet.agents.list()) add('agent', agent)
  if (supports(quiet, 'contacts.list')) for await (const contact of quiet.contacts.list()) add('contact', contact)
  // Where there is no list of contacts, those of stored conversations are synced, also when the conversation is gone.
  const stored = await database.rows<{ ref: string }>(
    `select ref from parley.contacts where ref like '${name}/%' and deleted_at is null order by ref`,
  )
  const contacts = new Set(stored.map(({ ref }) => parseRef(ref).id))
  for await (const conversation of requireOperation(quiet, 'conversations.list')()) {
    if (erased.has(personOf(conversation) ?? '')) erased.add(conversation.ref)
    add('conversation', conversation)
    if (supports(quiet, 'conversations.get')) add('conversation', await quiet.conversations.get(conversation.id))
    if (conversation.contact?.id) contacts.add(conversation.contact.id)
    if (!supports(quiet, 'messages.list')) continue
    for await (const message of quiet.messages.list(conversation.id)) {
      add('message', message, conversation.ref)
      if (supports(quiet, 'messages.get')) add('message', await quiet.messages.get(message.id))
    }
  }
  if (!supports(quiet, 'contacts.list') && supports(quiet, 'contacts.get'))
    for (const contact of contacts) {
      const own = await quiet.contacts.get(contact).catch((error: unknown) => {
        if (isParleyError(error) && error.code === 'not-found') return undefined
        throw error
      })
      if (own) add('contact', own)
    }
  return held
}

/** The ref of the contact. Some vendors do not give it themselves. */
const personOf = ({ vendor, account, contact }: Conversation): string | null =>
  contact?.id ? buildRef({ vendor, account, kind: 'contact', id: contact.id }) : null

interface StoredRow {
  kind: Kind
  ref: string
  /** The ref of the conversation of a message. */
  conversation: string | null
  body: object
  is_deleted: boolean
}

interface ChangeRow {
  kind: Kind
  change: string
  ref: string
  conversation: string | null
}

/** What a comparison takes into account. */
export interface Expectation {
  account: Pick<VendorAccount, 'name' | 'forgets'> & Partial<Pick<VendorAccount, 'unreadable'>>
  held: Held
  /** What the vendor holds and no adapter can read. The store may have it from before, or not. */
  unreadable: Held
  /** What the vendor has deleted. */
  deleted: ReadonlySet<string>
}

/** Compares what the vendors hold with what the store holds, and the change feed with both. */
export async function compare(
  database: Rows,
  expected: readonly Expectation[],
  erased: ReadonlySet<string> = new Set(),
): Promise<{ problems: Problem[]; records: number }> {
  const problems: Problem[] = []
  const problem = (kind: Problem['kind'], what: string) => void problems.push({ kind, what })
  const stored = new Map<string, StoredRow>()
  for (const kind of kinds) {
    const conversation = kind === 'message' ? 'conversation' : 'null as conversation'
    const rows = await database.rows<StoredRow>(
      `select ref, ${conversation}, body, deleted_at is not null as is_deleted from parley.${kind}s order by ref`,
    )
    for (const row of rows) {
      if (stored.has(row.ref)) problem('duplicated', row.ref)
      stored.set(row.ref, { ...row, kind })
    }
  }
  let records = 0
  const known = new Set<string>()
  for (const { held } of expected)
    for (const [ref, { kind, forms }] of held) {
      records += 1
      known.add(ref)
      const row = stored.get(ref)
      if (!row) problem('lost', ref)
      else if (row.is_deleted) problem('falsely deleted', ref)
      else if (row.kind !== kind) problem('stale', `${ref} is stored as ${row.kind}`)
      else if (!isOfForms(row.body, forms)) problem('stale', `${ref}: ${differences(row.body, forms)}`)
    }
  const optional = new Map(expected.flatMap(({ unreadable }) => [...unreadable]))
  // What a vendor has denied to have comes back only when it can be read.
  const denied = new Set(expected.flatMap(({ account, unreadable }) => (account.forgets ? [...unreadable.keys()] : [])))
  // Where one message cannot be read, any stored one may be it, so none of that conversation counts as deleted.
  const undecided = new Set([...optional.values()].map((each) => each.conversation))
  for (const { ref, kind, conversation, body, is_deleted } of stored.values()) {
    const owner = kind === 'conversation' ? personOf(body as Conversation) : conversation
    const isErased = erased.has(ref) || (owner !== null && erased.has(owner))
    if (isErased) problem('not erased', ref)
    if (optional.has(ref) && is_deleted && !denied.has(ref)) problem('falsely deleted', `${ref}, which is unreadable`)
    const isUndecided = conversation !== null && undecided.has(conversation)
    if (!is_deleted && !known.has(ref) && !optional.has(ref) && !isUndecided && !isErased) problem('not deleted', ref)
  }
  await compareQuarantine(database, expected, problem)
  await compareFeed(database, stored, expected, problem)
  return { problems, records }
}

/** What no adapter can read is kept aside, and nothing else. */
async function compareQuarantine(
  database: Rows,
  expected: readonly Expectation[],
  problem: (kind: Problem['kind'], what: string) => void,
): Promise<void> {
  for (const { account, unreadable } of expected) {
    // Real processes work at vendors whose answers can always be read.
    if (!('unreadable' in account)) continue
    const rows = await database.rows(
      'select from parley.quarantine join parley.accounts on no = account where name = $1',
      [account.name],
    )
    if (unreadable.size > 0 && rows.length === 0) problem('quarantine', `${account.name} has nothing kept aside`)
    if (account.unreadable === undefined && rows.length > 0)
      problem('quarantine', `${account.name} still has records kept aside`)
  }
}

/** Whether a record is one of the forms, or one of them with what only another one says. */
function isOfForms(body: object, forms: ReadonlySet<string>): boolean {
  if (forms.has(stableJson(body))) return true
  const all = [...forms].map((form) => JSON.parse(form) as Record<string, unknown>)
  const own = Object.entries(JSON.parse(stableJson(body)) as Record<string, unknown>)
  const isSame = (form: Record<string, unknown>, [name, value]: [string, unknown]) =>
    stableJson(form[name]) === stableJson(value)
  return all.some(
    (form) =>
      own.every((field) => isSame(form, field) || (!(field[0] in form) && all.some((other) => isSame(other, field)))) &&
      Object.keys(form).every((name) => name in body),
  )
}

/** The names of the fields that differ from the nearest form. */
function differences(body: object, forms: ReadonlySet<string>): string {
  const own = JSON.parse(stableJson(body)) as Record<string, unknown>
  const found = [...forms].map((form) => {
    const other = JSON.parse(form) as Record<string, unknown>
    const names = new Set([...Object.keys(own), ...Object.keys(other)])
    return [...names].filter((name) => JSON.stringify(own[name]) !== JSON.stringify(other[name]))
  })
  return (found.toSorted((a, b) => a.length - b.length)[0] ?? []).join(', ')
}

/** Replays the changes from the beginning. */
async function compareFeed(
  database: Rows,
  stored: ReadonlyMap<string, StoredRow>,
  expected: readonly Expectation[],
  problem: (kind: Problem['kind'], what: string) => void,
): Promise<void> {
  const deleted = new Set(expected.flatMap((each) => [...each.deleted]))
  const rows = await database.rows<ChangeRow>(
    'select kind, change, ref, conversation from parley.changes order by xid, no',
  )
  const live = new Map<string, boolean>()
  const conversations = new Map<string, string | null>()
  const wrong: ChangeRow[] = []
  for (const row of rows) {
    const { change, ref } = row
    const was = live.get(ref)
    conversations.set(ref, row.conversation)
    if (change === 'added' && was !== undefined) problem('feed', `${ref} was added twice`)
    if (change === 'updated' && was !== true) problem('feed', `${ref} was updated, although it was not there`)
    if (change === 'deleted' && was !== true) problem('feed', `${ref} was deleted, although it was not there`)
    if (change === 'restored' && was !== false) problem('feed', `${ref} was restored, although it was not deleted`)
    if (change === 'deleted' && isHeld(expected, ref) && !deleted.has(ref)) wrong.push(row)
    live.set(ref, change !== 'deleted' && change !== 'erased')
    // The messages of an erased conversation have no events of their own.
    if (change === 'erased') for (const [other, of] of conversations) if (of === ref) live.set(other, false)
  }
  judge(wrong, expected, problem)
  for (const { ref, is_deleted } of stored.values())
    if ((live.get(ref) ?? false) === is_deleted)
      problem('feed', `${ref} is ${is_deleted ? 'deleted' : 'stored'}, and the feed says otherwise`)
  for (const [ref, isThere] of live) if (isThere && !stored.has(ref)) problem('feed', `${ref} is only in the feed`)
}

/** So many deletions at once need no person, if the vendor confirms each. */
const mostAtOnce = 3

/** A vendor that has forgotten everything confirms every deletion. Then no more are made than need no person. */
function judge(
  wrong: readonly ChangeRow[],
  expected: readonly Expectation[],
  problem: (kind: Problem['kind'], what: string) => void,
): void {
  for (const { account, held } of expected) {
    const own = wrong.filter(({ ref }) => held.has(ref))
    for (const kind of kinds) {
      // What belongs to a deleted conversation goes with it.
      const rows = own.filter(
        ({ kind: is, conversation }) =>
          is === kind &&
          !(kind === 'message' && own.some(({ ref, kind: other }) => other !== 'message' && ref === conversation)),
      )
      if (rows.length > (account.forgets ? mostAtOnce : 0))
        for (const { ref } of rows) problem('falsely deleted', `${ref}, for a while`)
    }
  }
}

const isHeld = (expected: readonly Expectation[], ref: string): boolean => expected.some(({ held }) => held.has(ref))

/** What the store does not have. */
export async function missingFrom(database: Rows, held: Held): Promise<{ ref: string; kind: Kind }[]> {
  const stored = new Set<string>()
  for (const kind of kinds)
    for (const { ref } of await database.rows<{ ref: string }>(
      `select ref from parley.${kind}s where deleted_at is null`,
    ))
      stored.add(ref)
  return [...held].flatMap(([ref, { kind }]) => (stored.has(ref) ? [] : [{ ref, kind }]))
}

/** What a statement did that none may do. */
export const violations = async (database: Database): Promise<Problem[]> =>
  (await database.rows<{ what: string }>('select what from simulation.violations')).map(({ what }) => ({
    kind: 'forbidden',
    what,
  }))
