import { accountName, type Conversation, type EntityKind, type Event, supports, tryParseRef } from '@parley/core'
import { isGone } from '@parley/core/operations'
import { type Kysely, type RawBuilder, sql } from 'kysely'
import { databaseTime } from '../store/database-time.ts'
import { digestOf } from '../store/digest.ts'
import { refsNamed } from '../store/named.ts'
import type { Schema } from '../store/schema.ts'
import { storable } from '../store/search-words.ts'
import { markDue, ranks } from '../store/threads.ts'
import { withListed, withPreview } from './by-itself.ts'
import { eachAlone } from './each-alone.ts'
import { readThread, type ThreadRead } from './messages.ts'
import { confirmMissing, noteGone } from './missing.ts'
import { type Account, instantOf, type Pass } from './pass.ts'
import { isDue, type Pauses, pauseAfter } from './pauses.ts'
import { payloadOf } from './quarantine.ts'

type Db = Kysely<Schema>

/** What a hint is about. */
interface Hint {
  key: string
  kind: string
  tries: number
  conversation: string | null
  message: string | null
  contact: string | null
}

/** The other conversation of a merger is read as well, because the vendor may have moved its messages. */
const conversationsOf = (event: Event): string[] => {
  if (event.kind === 'conversation.merged') return [event.conversation, event.merged]
  return 'conversation' in event && event.conversation !== undefined ? [event.conversation] : []
}

/** The kinds of events about something that is not stored. */
const irrelevant = /^(?:note|task|operator|knowledge-base|email)\b|^chat\.unavailable$|^message\.delivery-requested$/

/** No index of the database takes much longer ones. */
const longestRef = 2_000

/** Whether a ref can be read with the adapter of this account. */
function isOf({ name }: Pick<Account, 'name'>, kind: EntityKind, ref: unknown): ref is string {
  const parts = tryParseRef(ref)
  return (
    parts?.kind === kind && (ref as string).length <= longestRef && accountName(parts.vendor, parts.account) === name
  )
}

/** The key of an event as an index accepts it. */
const keyOf = (dedupeKey: string): string =>
  dedupeKey.length > 500 || storable(dedupeKey) !== dedupeKey ? digestOf(dedupeKey).toString('hex') : dedupeKey

/**
 * Stores an event as a hint, once. What it is about is read later. An event of an unknown kind is kept, and nothing is read
 * for it. Nothing is stored about an erased person, and no payload that names one.
 *
 * @returns whether it is stored, and was not before.
 */
export async function storeHint(
  db: Db,
  account: Pick<Account, 'no' | 'name'>,
  event: Event,
  { now, payloads }: { now: number; payloads: boolean },
): Promise<boolean> {
  const conversations = conversationsOf(event).filter((ref) => isOf(account, 'conversation', ref))
  const message = 'message' in event && isOf(account, 'message', event.message) ? event.message : null
  const contact = 'contact' in event && isOf(account, 'contact', event.contact) ? event.contact : null
  const isRead = event.kind !== 'unknown' && !irrelevant.test(event.kind)
  const parts = conversations.length > 0 ? conversations : [null]
  const raw = payloads && event.raw !== undefined ? payloadOf(event.raw) : undefined
  const payload = raw === undefined ? null : JSON.stringify(raw)
  const named = raw === undefined ? [] : refsNamed(account.name, raw)
  let isNew = false
  for (const [index, conversation] of parts.entries()) {
    const { rows } = await sql`
      insert into parley.hints (account, key, kind, received_at, due_at, conversation, message, contact, raw)
      select ${account.no}::smallint, ${keyOf(index === 0 ? event.dedupeKey : `${event.dedupeKey} ${index}`)},
        ${storable(event.kind)}, ${instantOf(now)}::timestamptz, ${isRead ? instantOf(now) : null}::timestamptz,
        ${conversation}, ${index === 0 ? message : null}, ${contact}, case when not is_erased then ${payload}::json end
      from parley.is_erased(${named}::text[]) as is_erased where ${isRead} or not is_erased
      on conflict do nothing returning 1`.execute(db)
    isNew ||= rows.length > 0
  }
  return isNew
}

/** A hint whose message does not appear is followed for about an hour. */
const mostTries = 12
const pauses: Pauses = { first: 1_000, longest: 600_000 }

/** Whether a hint is to be followed now. */
export const isHintDue = (now: string): RawBuilder<boolean> => isDue('parley.hints.due_at', now, pauses.longest)

/** How long a hint is kept after it was followed, so that the same event is known when it comes again. In milliseconds. */
const keptFor = 604_800_000

export async function forgetHints(tx: Db, { account, clock }: Pass): Promise<void> {
  await sql`delete from parley.hints where account = ${account.no} and due_at is null
    and received_at < ${instantOf(clock.now() - keptFor)}::timestamptz`.execute(tx)
}

/**
 * Reads what the hints are about. A hint about a message that the vendor does not show yet is followed again later.
 *
 * @returns whether nothing is left that is due now.
 */
export async function followHints(pass: Pass, { lag }: { lag: number }): Promise<boolean> {
  const { account, db, clock } = pass
  const readEach = eachAlone(pass)
  for (;;) {
    const { rows: hints } = await sql<Hint>`
      select key, kind, tries, conversation, message, contact from parley.hints
      where account = ${account.no} and ${isHintDue(instantOf(clock.now()))}
      order by due_at, key limit 100`.execute(db)
    if (hints.length === 0) return true
    const groups = new Map<string, Hint[]>()
    for (const hint of hints) {
      const about = hint.conversation ?? hint.contact ?? hint.key
      groups.set(about, [...(groups.get(about) ?? []), hint])
    }
    const isEnough = await readEach(
      [...groups.values()],
      async (group) => {
        // What came from the other conversation can be older than what is known.
        const isMerger = group.some(({ kind }) => kind === 'conversation.merged')
        const conversation = group[0]?.conversation
        if (conversation) await readConversation(pass, conversation, { priority: 'live', lag, whole: isMerger })
        for (const hint of group) await follow(pass, hint)
      },
      async (group) => {
        for (const hint of group) await settle(pass, hint, false)
      },
    )
    if (!isEnough) return false
  }
}

/** Reads the conversation by itself, and its messages. */
export async function readConversation(pass: Pass, conversation: string, read: ThreadRead): Promise<void> {
  const { account, db } = pass
  const at = instantOf(pass.clock.now())
  const fetchedAt = await databaseTime(db)
  let alone: Conversation | undefined
  if (supports(account.adapter, 'conversations.get')) {
    try {
      const item = await pass.read('conversation', conversation, read.priority)
      alone = await withListed(db, account.adapter, 'conversation', item)
      await pass.store(
        { kind: 'conversation', items: [alone], fetchedAt, isLatest: true },
        () =>
          (tx, { added, updated }) =>
            markDue(tx, account.no, [...added, ...updated], { rank: ranks.live, at }),
      )
    } catch (error) {
      if (!isGone(error)) throw error
      await gone(pass, 'conversation', conversation)
      return
    }
  }
  await readThread(pass, conversation, read)
  const shown = alone && (await withPreview(db, alone))
  if (shown && shown !== alone) await pass.store({ kind: 'conversation', items: [shown], fetchedAt })
}

async function followContact(pass: Pass, contact: string): Promise<void> {
  const fetchedAt = await databaseTime(pass.db)
  try {
    const item = await pass.read('contact', contact, 'live')
    const items = [await withListed(pass.db, pass.account.adapter, 'contact', item)]
    await pass.store({ kind: 'contact', items, fetchedAt, isLatest: true })
  } catch (error) {
    if (!isGone(error)) throw error
    await gone(pass, 'contact', contact)
  }
}

/** The same rules as for what a list does not show: another read has to confirm it, and many at once wait for a person. */
async function gone(pass: Pass, kind: 'conversation' | 'contact', ref: string): Promise<void> {
  await pass.fenced((tx) => noteGone(tx, pass, kind, ref))
  await confirmMissing(pass, kind)
}

async function follow(pass: Pass, hint: Hint): Promise<void> {
  const { account, db } = pass
  const { kind, message, contact } = hint
  if (kind.startsWith('contact.') && contact !== null && supports(account.adapter, 'contacts.get'))
    await followContact(pass, contact)
  if (kind === 'account.changed' || kind === 'account.connected' || kind === 'account.updated')
    await pass.fenced(async (tx) => {
      await sql`update parley.streams set next_at = null where account = ${account.no} and stream <> 'live'`.execute(tx)
    })
  const isThere =
    message === null ||
    (await db.selectFrom('parley.messages').select('ref').where('ref', '=', message).executeTakeFirst()) !== undefined
  await settle(pass, hint, isThere)
}

/** Notes that a hint was followed, or when it is to be followed again. */
async function settle({ account, clock, fenced }: Pass, { key, tries }: Hint, isDone: boolean): Promise<void> {
  const next = isDone || tries + 1 >= mostTries ? null : instantOf(clock.now() + pauseAfter(tries, pauses))
  await fenced(async (tx) => {
    await sql`
      update parley.hints set due_at = ${next}::timestamptz, tries = tries + 1
      where account = ${account.no} and key = ${key}`.execute(tx)
  })
}
