import type { Contact, Conversation, MessagePreview } from '@parley/core'
import { createInbox } from '@parley/inbox'
import { sql } from 'kysely'
import { afterAll, afterEach, describe, expect, it } from 'vitest'
import { deskConversation, deskConversations } from '../../src/desk/list.ts'
import { savedReplies, savedViews } from '../../src/desk/saved.ts'
import { databaseOf } from '../../src/store/database.ts'
import { deleteAccount } from '../../src/sync/reset.ts'
import { conversation } from '../fake-account.ts'
import { filledStore, message, silentAdapter } from '../synced/filled.ts'
import { contextFor } from './context.ts'

const filled = await filledStore()
const { store } = filled
const db = databaseOf(store)
const context = contextFor(store)(['one', 'two'].map((name) => silentAdapter('acme', name)))
afterEach(() => filled.clear())
afterAll(() => filled.close())

const at = '2026-01-01T00:03:00.000Z'
const contact = (account: string, id: string, name: string): Contact => ({
  ...{ ref: `acme:${account}/contact/${id}`, vendor: 'acme', account, id, name },
})
const [ada, ben, other] = [contact('one', 'ada', 'Ada'), contact('one', 'ben', 'Ben'), contact('two', 'x', 'Cleo')]
const chatOf = (person: Contact, id: string): Conversation => ({
  ...conversation('acme', 'one', id, at),
  contact: { id: person.id, ref: person.ref, name: person.name ?? null },
})
const [adasChat, bensChat] = [chatOf(ada, 'c1'), chatOf(ben, 'c2')]
const odd = 'reply to Ada\u2028"nul \0 half \ud83d" 返品'

const uuid = (number: number): string => `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`
const write = async (statement: ReturnType<typeof sql>) => {
  await statement.execute(db)
}

async function writeSend(number: number, chat: Conversation, state: string, fields: object = {}): Promise<void> {
  const row = { id: uuid(number), account: 1, conversation: chat.ref, kind: 'reply', place: 'vendor', state, ...fields }
  await db
    .insertInto('parley.outbox')
    .values({
      input: JSON.stringify({ text: odd }),
      person: JSON.stringify({ id: 'kim', name: 'Kim' }),
      ...row,
    } as never)
    .execute()
}

/** What people have added to the conversations of two contacts. */
async function fill(): Promise<void> {
  const one = await filled.account('acme:one')
  const two = await filled.account('acme:two')
  await filled.write(one, 'contact', [ada, ben])
  await filled.write(two, 'contact', [other])
  await filled.write(one, 'conversation', [adasChat, bensChat])
  await filled.complete(one, [adasChat.ref, bensChat.ref])
  await filled.write(one, 'message', [message(adasChat, 'm1', { text: 'hello', createdAt: at })])
  for (const { ref } of [adasChat, bensChat])
    await write(sql`insert into parley.overlays (conversation, account, status, status_since, vendor_status, assignee, assignee_id,
        read_until, snoozed_until, snoozed_since, tags)
      values (${ref}, 1, 'closed', '-infinity', 'open', '{"id":"kim","name":"Kim"}', 'kim', 'infinity', '2126-01-01', now(), '{vip,"a b"}')`)
  await writeSend(1, adasChat, 'sent', { message: 'acme:one/message/m9', key: 'k', operator_id: 'op', ended_at: at })
  await writeSend(2, adasChat, 'failed', { error: '{"code":"network","message":"No."}', warnings: '[]' })
  await writeSend(3, adasChat, 'unknown', { attempt: '{"conversationId":"c1"}', retry_of: uuid(2) })
  await writeSend(4, bensChat, 'unknown')
  await write(sql`insert into parley.outbox_files (send, place, content) values
    (${uuid(3)}, 0, ${Buffer.alloc(200, 'file')}), (${uuid(3)}, 10, ${Buffer.alloc(0)}), (${uuid(4)}, 0, ${Buffer.from([0, 255])})`)
  for (const [account, target] of [
    [1, adasChat.ref],
    [1, 'acme:one/message/m1'],
    [1, ada.ref],
    [1, bensChat.ref],
    [null, uuid(9)],
  ] as const)
    await write(sql`insert into parley.audit (account, person, person_id, action, target, outcome, send)
      values (${account}, '{"id":"kim"}', 'kim', 'reply', ${target}, 'done', ${uuid(1)})`)
  await write(sql`insert into parley.links (id, a, b, reason, confidence, person, undone) values
    (${uuid(5)}, ${ada.ref}, ${other.ref}, 'email', 0.8, null, '{"by":{"id":"kim"},"at":"2026-01-01T00:00:00.000Z"}'),
    (${uuid(6)}, ${ada.ref}, ${other.ref}, 'because of Ada', 1, '{"id":"kim"}', null),
    (${uuid(7)}, ${ben.ref}, ${other.ref}, 'phone', 0.7, null, null)`)
  await write(sql`insert into parley.saved_replies (id, title, text, person)
    values (${uuid(8)}, 'Hours', ${JSON.stringify('nul \0')}, '{"id":"kim"}')`)
  await write(sql`insert into parley.saved_views (id, name, filter, is_shared, person, person_id)
    values (${uuid(9)}, 'Mine', '{"assignee":"me"}', true, '{"id":"kim"}', 'kim')`)
}

async function linesOf(of?: string): Promise<string[]> {
  const lines: string[] = []
  for await (const line of store.export(of === undefined ? {} : { contact: of })) lines.push(line)
  return lines
}

const kindsOf = (lines: readonly string[]) => JSON.parse(lines.at(-1) as string).counts

const statesOf = async () =>
  (await sql<{ state: string }>`select state from parley.outbox order by no`.execute(db)).rows.map(({ state }) => state)

const countsOf = async () => {
  const counts: Record<string, number> = {}
  for (const table of ['overlays', 'outbox', 'outbox_files', 'audit', 'links']) {
    const { rows } = await sql<{ count: number }>`
      select count(*)::int as count from ${sql.table(`parley.${table}`)}`.execute(db)
    counts[table] = rows[0]?.count as number
  }
  return counts
}

describe('what people have added', () => {
  it('is exported, and the same after an import', async () => {
    await fill()
    const lines = await linesOf()
    expect(kindsOf(lines)).toMatchObject({
      overlay: 2,
      send: 4,
      file: 3,
      audit: 5,
      link: 3,
      savedReply: 1,
      savedView: 1,
    })
    const shown = (await deskConversations(context, { id: 'kim' }, { snoozed: 'any' })).items
    await filled.clear()
    await store.import(lines)
    expect(await linesOf()).toEqual(lines)
    expect(
      (await deskConversations(context, { id: 'kim' }, { snoozed: true, tag: 'a b', assignee: 'me' })).items,
    ).toEqual(shown)
    expect(await savedReplies(context)).toMatchObject([{ text: 'nul \0' }])
    expect(await savedViews(context, { id: 'x' })).toMatchObject([{ filter: { assignee: 'me' } }])
    await store.import(lines)
    expect(await linesOf()).toEqual(lines)
  })

  it('is never sent by the store that imports it', async () => {
    await fill()
    await writeSend(20, bensChat, 'recorded', { key: 'a' })
    await writeSend(21, bensChat, 'claimed', {
      attempt: '{"conversationId":"c2"}',
      claim: uuid(1),
      claimed_until: 'now',
    })
    const lines = await linesOf()
    await filled.clear()
    await store.import(lines)
    expect(await statesOf()).toEqual(['sent', 'failed', 'unknown', 'unknown', 'failed', 'unknown'])
    const { rows } = await sql<{ id: string; error: object; is_due: boolean; claim: unknown }>`
      select id, error, next_at is not null as is_due, claim from parley.outbox order by no offset 2`.execute(db)
    expect(rows).toMatchObject([
      // What was tried is read back.
      { id: uuid(3), is_due: true },
      { id: uuid(4), is_due: false },
      { id: uuid(20), is_due: false, error: { message: expect.stringMatching(/^It was not sent yet when/) } },
      { id: uuid(21), is_due: true, claim: null, error: { message: expect.stringMatching(/^It was being sent when/) } },
    ])
  })

  it('stays in a store that has newer things, and an import adds what is missing', async () => {
    await fill()
    const lines = await linesOf()
    const { next } = await createInbox({
      store,
      accounts: context.accounts.all.map(({ adapter }) => adapter),
    }).changes()
    await write(sql`update parley.overlays set tags = '{new}', changed_at = now() where conversation = ${adasChat.ref}`)
    await write(
      sql`update parley.overlays set tags = '{old}', changed_at = '2020-01-01' where conversation = ${bensChat.ref}`,
    )
    await write(sql`delete from parley.links where id = ${uuid(7)}`)
    await write(sql`update parley.links set id = ${uuid(30)} where id = ${uuid(6)}`)
    await write(sql`update parley.saved_replies set title = 'newer', updated_at = now()`)
    await write(sql`update parley.saved_views set name = 'older', updated_at = '2020-01-01'`)
    await write(sql`delete from parley.outbox where id in (${uuid(3)}, ${uuid(4)})`)
    // Another retry of the same send, and another send with the key of one that the file has.
    await writeSend(31, adasChat, 'sent', { retry_of: uuid(2) })
    await write(sql`update parley.outbox set id = ${uuid(32)} where id = ${uuid(1)}`)
    await store.import(lines)
    const tagsOf = async ({ ref }: Conversation) => (await deskConversation(context, ref)).tags
    expect([await tagsOf(adasChat), await tagsOf(bensChat)]).toEqual([['new'], ['vip', 'a b']])
    const { rows: sends } = await sql<{ id: string; retry_of: string | null }>`
      select id, retry_of from parley.outbox order by id`.execute(db)
    expect(sends).toEqual(
      [[2], [3], [4], [31, 2], [32]].map(([id, of]) => ({ id: uuid(id as number), retry_of: of ? uuid(of) : null })),
    )
    const { rows: kept } = await sql<{ id: string }>`select id from parley.links order by id`.execute(db)
    expect(kept.map(({ id }) => id)).toEqual([5, 7, 30].map(uuid))
    expect(await savedReplies(context)).toMatchObject([{ title: 'newer' }])
    expect(await savedViews(context, { id: 'kim' })).toMatchObject([{ name: 'Mine' }])
    expect(await countsOf()).toMatchObject({ audit: 5, outbox_files: 3 })
    const { items } = await context.inbox.changes({ after: next })
    expect(items.map(({ ref, fields }) => [ref, fields])).toEqual([
      [bensChat.ref, { overlay: true }],
      [adasChat.ref, { sends: true }],
      [bensChat.ref, { sends: true }],
    ])
  })

  it('is refused with the number of its line if it is wrong', async () => {
    await fill()
    const lines = await linesOf()
    await filled.clear()
    const empty = await linesOf()
    for (const [kind, change] of [
      ['overlay', { status: 'snoozed' }],
      ['overlay', { assigneeId: 'someone' }],
      ['overlay', { readUntil: 'yesterday' }],
      ['overlay', { tags: ['\0'] }],
      ['overlay', { account: 'acme:two' }],
      ['overlay', { more: 1 }],
      ['send', { id: 'nonsense' }],
      ['send', { state: 'sending' }],
      ['send', { input: { html: 'x' } }],
      ['send', { person: { name: 'Ada' } }],
      ['send', { message: 'acme:two/message/m1' }],
      ['send', { retryOf: 'x' }],
      ['send', { error: { code: '\0', message: 'x' } }],
      ['file', { send: uuid(99) }],
      ['file', { index: 40_000 }],
      ['file', { content: 'no base64!' }],
      ['audit', { outcome: 'maybe' }],
      ['audit', { target: 'acme:two/conversation/c1' }],
      ['audit', { account: 'acme:none' }],
      ['link', { contacts: [other.ref, ada.ref] }],
      ['link', { contacts: [ada.ref] }],
      ['link', { confidence: 2 }],
      ['link', { undone: { by: 'Ada' } }],
      ['savedReply', { text: 5 }],
      ['savedView', { filter: { mood: 'bad' } }],
    ] as const) {
      const index = lines.findIndex((line) => line.startsWith(`{"kind":"${kind}"`))
      const file = lines.with(index, JSON.stringify({ ...JSON.parse(lines[index] as string), ...change }))
      const error: unknown = await store.import(file).catch((thrown: unknown) => thrown)
      expect(error, `${kind} ${Object.keys(change)}`).toMatchObject({
        ...{ code: 'invalid-request', fields: [{ path: `line ${index + 1}` }] },
      })
      expect(JSON.stringify(error)).not.toContain('Ada')
    }
    expect(await linesOf()).toEqual(empty)
  })

  it('is erased with the person, for good', async () => {
    await fill()
    const earlier = await linesOf()
    await store.erase(ada.ref)
    expect(await countsOf()).toEqual({ overlays: 1, outbox: 1, outbox_files: 1, audit: 2, links: 1 })
    const isOfAda = /Ada|acme:one\/(?:conversation\/c1|contact\/ada|message\/m1)"/
    const rest = (await linesOf()).filter((line) => !line.includes('"change":"erased"')).join('\n')
    expect(rest.replaceAll('reply to Ada', '')).not.toMatch(isOfAda)
    // What comes later is kept out.
    await write(sql`insert into parley.overlays (conversation, account) values (${adasChat.ref}, 1)`)
    await writeSend(40, adasChat, 'recorded')
    await store.import(earlier)
    expect(await countsOf()).toEqual({ overlays: 1, outbox: 1, outbox_files: 1, audit: 2, links: 1 })
  })

  it('is exported for one person', async () => {
    await fill()
    const lines = await linesOf(ada.ref)
    expect(kindsOf(lines)).toMatchObject({ overlay: 1, send: 3, file: 2, audit: 3, link: 2 })
    expect(lines.join('\n')).not.toMatch(/Ben|c2"|"savedReply"/)
    await filled.clear()
    await store.import(lines)
    expect(await countsOf()).toEqual({ overlays: 1, outbox: 3, outbox_files: 2, audit: 3, links: 2 })
  })

  it('has the author of the newest message, where the vendor’s list has only its text', async () => {
    await fill()
    const said = async (lastMessage: MessagePreview | null) => {
      await filled.write(1, 'conversation', [{ ...adasChat, lastMessage }])
      return (await deskConversation(context, adasChat.ref)).lastMessage
    }
    const text = 'hello'
    expect(await said({ text })).toEqual({ text, author: message(adasChat, 'm1').author.kind })
    expect(await said({ at })).toEqual({ at, author: message(adasChat, 'm1').author.kind })
    expect(await said({ text: 'Something newer' })).toEqual({ text: 'Something newer' })
    expect(await said({ text, author: 'agent' })).toEqual({ text, author: 'agent' })
    expect(await said(null)).toBeNull()
  })

  it('stays when an account is wiped, and counts again once its conversations are back', async () => {
    await fill()
    // Its messages are wiped, too.
    const { lastMessage, ...before } = await deskConversation(context, adasChat.ref)
    expect(lastMessage).toBeDefined()
    const counts = await countsOf()
    await deleteAccount(db, 1)
    expect(await countsOf()).toEqual(counts)
    // Nothing in the store says now whose conversation it is.
    await store.erase(ada.ref)
    await filled.write(1, 'conversation', [adasChat, bensChat])
    const { items } = await deskConversations(
      context,
      { id: 'kim' },
      { assignee: 'me', snoozed: true, unknown: 'exclude' },
    )
    expect(items).toEqual([{ ...before, ref: bensChat.ref, conversation: bensChat, openSends: 1 }])
    expect(await countsOf()).toMatchObject({ overlays: 1, outbox: 1, outbox_files: 1 })
  })
})
