import { ConflictError, type Conversation } from '@parley/core'
import {
  conversationMoved,
  createDesk,
  createStore,
  createSync,
  type Desk,
  type DeskConversation,
  type PersonalDesk,
} from '@parley/inbox'
import { sql } from 'kysely'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { databaseOf } from '../../src/store/database.ts'
import { empty } from '../store/stores.ts'
import { aConversation, aMessage } from '../sync/vendor-in-memory.ts'
import { contactWrites, type DeskVendor, deskVendor, refOf } from './desk-vendor.ts'

/* What is checked at the moment of the request, however long the send has waited for it. */

const store = await createStore()
const db = databaseOf(store)
afterAll(() => store.close())

const chat = refOf('conversation', 'c1')
const question = refOf('message', 'm1')
const pat = refOf('contact', 'pat')
const chatOfPat = (at?: string): Conversation => ({
  ...aConversation('c1', at),
  contact: { id: 'pat', ref: pat, name: null },
})
const automation = { id: 'bot' }
let vendor: DeskVendor
let desk: Desk
let ada: PersonalDesk

const sync = () => createSync({ store, accounts: [vendor.adapter] }).runOnce({ streams: ['conversations', 'messages'] })
/** Longer than what was seen counts. */
const pause = () => sql`select pg_sleep(1.01)`.execute(db)

beforeEach(async () => {
  await empty(store)
  vendor = deskVendor()
  vendor.conversations = [chatOfPat()]
  vendor.messages = [aMessage('m1', 'c1')]
  await sync()
  desk = createDesk({ store, accounts: [vendor.adapter] })
  ada = desk.as({ id: 'ada' })
})

/** A note that waits at the vendor, so that the next send waits for its turn. */
async function noteUnderWay(): Promise<{ sent: Promise<unknown>; end: () => void }> {
  let end = () => {}
  const waiting = new Promise<void>((resolve) => {
    end = resolve
  })
  vendor.whileWaiting = () => waiting
  const sent = ada.note(chat, { text: 'a regular' })
  await expect.poll(() => vendor.waited).toBe(1)
  return { sent, end: () => end() }
}

const replyIsRecorded = () =>
  expect.poll(async () => (await desk.sends({ kind: 'reply', state: 'recorded' })).items.length).toBe(1)

describe('a guarded reply', () => {
  test('that waits for its turn is refused if the contact writes meanwhile', async () => {
    const { sent, end } = await noteUnderWay()
    const reply = desk.as({ id: 'bob' }).reply(chat, { text: 'At nine.', expectLastMessage: question })
    await replyIsRecorded()
    vendor.messages.push(contactWrites('m2', 'c1'))
    await pause()
    end()
    await sent
    expect(await reply).toMatchObject({ state: 'failed', error: { code: 'conflict' } })
    expect(vendor.sent.map(({ text }) => text)).toEqual(['a regular'])
  })

  test('that waits for the rate limit of the vendor is refused if the contact writes meanwhile', async () => {
    vendor.whileWaiting = async () => {
      vendor.messages.push(contactWrites('m2', 'c1'))
      await pause()
    }
    const reply = await ada.reply(chat, { text: 'At nine.', expectLastMessage: question })
    expect(reply).toMatchObject({ state: 'failed', error: { code: 'conflict' } })
    expect(vendor.sent).toEqual([])
  })

  test('after a send that is not shown yet is refused if the contact has answered, whatever the vendor’s clock', async () => {
    vendor.fates = ['dropped']
    const first = await ada.reply(chat, { text: 'At nine.' })
    expect(first.state).toBe('unknown')
    vendor.messages.push(aMessage('m2', 'c1', new Date(Date.now() - 60_000).toISOString()))
    const error = await ada.reply(chat, { text: 'On Sunday?', expectLastMessage: first.id }).catch((e) => e)
    expect(conversationMoved(error)?.newer).toMatchObject([{ id: 'm2' }])
  })

  test('after one that failed and named nothing is refused where messages have no times, because nothing says what was seen', async () => {
    const timeless = (id: string) => {
      const { createdAt: _, ...message } = aMessage(id, 'c1')
      return message
    }
    vendor.messages = [timeless('m1')]
    await sync()
    // It refuses a reply before anything is attempted.
    const reply = () => Promise.reject(new ConflictError({ message: 'Refused.', outcome: 'not-done' }))
    const refusing = { ...vendor.adapter, messages: { ...vendor.adapter.messages, reply } } as typeof vendor.adapter
    const first = await createDesk({ store, accounts: [refusing] })
      .as({ id: 'ada' })
      .reply(chat, { text: 'At nine.' })
    expect(first.state).toBe('failed')
    vendor.messages.push(timeless('m2'))
    const error = await ada.reply(chat, { text: 'On Sunday?', expectLastMessage: first.id }).catch((e) => e)
    expect(conversationMoved(error)?.newer.map(({ id }) => id)).toContain('m2')
    expect(vendor.sent).toEqual([])
  })
})

describe('an automation', () => {
  const answer = async (before: () => unknown) => {
    await desk.runOnce({ automation, onInbound: () => {} })
    vendor.messages.push(contactWrites('m2', 'c1'))
    vendor.conversations = [chatOfPat(new Date().toISOString())]
    await sync()
    await desk.runOnce({
      automation,
      async onInbound(inbound) {
        await before()
        await inbound.reply({ text: 'AUTOMATIC' }).catch(() => {})
      },
    })
  }

  test('whose reply waits for its turn is silent if a person has taken over meanwhile', async () => {
    const { sent, end } = await noteUnderWay()
    let taken: Promise<void> | undefined
    await answer(() => {
      taken = replyIsRecorded().then(async () => {
        vendor.control = 'operator'
        await pause()
        end()
      })
    })
    await Promise.all([sent, taken])
    expect(vendor.sent.map(({ text }) => text)).toEqual(['a regular'])
    expect((await desk.sends({ kind: 'reply' })).items).toMatchObject([
      { state: 'failed', error: { code: 'conflict' } },
    ])
  })

  test('whose reply was left behind is silent if a person has taken over meanwhile', async () => {
    vendor.whileWaiting = () => {
      throw new Error('The process ends here.')
    }
    await answer(() => {})
    await sql`update parley.outbox set state = 'recorded', claim = null, claimed_until = null, attempt = null,
      recorded_at = recorded_at - interval '10 minutes'`.execute(db)
    vendor.whileWaiting = () => {}
    vendor.control = 'operator'
    await desk.runOnce()
    expect(vendor.sent).toEqual([])
    expect((await desk.sends()).items).toMatchObject([{ state: 'failed', error: { code: 'conflict' } }])
  })
})

describe('a contact who is erased while their reply is at the vendor', () => {
  test('leaves the caller with what is known, and never with a proof that nothing was done', async () => {
    vendor.beforeAnswer = async () => void (await store.erase(pat))
    const reply = await ada.reply(chat, { text: 'At nine.' })
    expect(reply).toMatchObject({ state: 'sent', warnings: [{ code: 'degraded' }] })
    expect((await desk.sends()).items).toEqual([])
  })

  test('leaves one who waits for its turn without a proof too', async () => {
    const { sent, end } = await noteUnderWay()
    const reply = desk
      .as({ id: 'bob' })
      .reply(chat, { text: 'At nine.' })
      .catch((error) => error)
    await replyIsRecorded()
    await store.erase(pat)
    expect(await reply).toMatchObject({ code: 'not-found', outcome: 'unknown' })
    end()
    await sent.catch(() => {})
  })
})

test('a key is of one content: other files, html or subjects are refused', async () => {
  const file = (text: string) => ({ fileName: 'a.txt', content: new Blob([text]) })
  const input = { text: '', key: 'k1', attachments: [file('one')] }
  const first = await ada.reply(chat, input)
  expect((await ada.reply(chat, input)).id).toBe(first.id)
  for (const other of [{ attachments: [file('two')] }, { html: '<b>x</b>' }, { subject: 'x' }, { text: 'x' }])
    await expect(ada.reply(chat, { ...input, ...other })).rejects.toMatchObject({
      ...{ code: 'conflict', fields: [{ path: 'key' }] },
    })
  expect(vendor.sent).toHaveLength(1)
})

describe('what is added to a conversation', () => {
  const rest = async () => {
    const counts: unknown[] = []
    for (const table of ['outbox', 'overlays', 'audit', 'subjects'])
      counts.push((await sql`select from ${sql.table(`parley.${table}`)}`.execute(db)).rows.length)
    return counts
  }

  test('is erased with the person, although a wipe has removed the conversation', async () => {
    await ada.reply(chat, { text: 'At nine.' })
    await ada.tag(chat, { add: ['vip'] })
    const other = createSync({ store, accounts: [vendor.adapter] })
    await other.wipe('acme:shop')
    const lines: string[] = []
    for await (const line of store.export({ contact: pat })) lines.push(line)
    expect(JSON.parse(lines.at(-1) as string).counts).toMatchObject({ send: 1, overlay: 1, audit: 2 })
    await store.erase(pat)
    expect(await rest()).toEqual([0, 0, 0, 0])
  })

  test('is erased with the person, although no sync has read the conversation yet', async () => {
    vendor.conversations.push({ ...chatOfPat(), ref: refOf('conversation', 'c2'), id: 'c2' })
    await ada.reply(refOf('conversation', 'c2'), { text: 'At nine.' })
    await store.erase(pat)
    expect(await rest()).toEqual([0, 0, 0, 0])
  })
})

test('what the audit says of commands', async () => {
  await ada.assign(chat, { person: { id: 'bob' } })
  await ada.snooze(chat, '2126-01-01T00:00:00Z')
  await ada.tag(chat, { add: [' vip '] })
  vendor.fates = ['dropped']
  const { id } = await ada.reply(chat, { text: 'At nine.' })
  await ada.settle(id, 'failed')
  await ada.retry(id)
  await expect(ada.retry(id)).rejects.toMatchObject({ code: 'conflict' })
  const reply = await ada.saveReply({ title: 'Hours', text: 'At nine.' })
  const entries = (await desk.audit()).items.toReversed().map(({ action, outcome, details, send, target }) => ({
    ...{ action, outcome, ...(details && { details }), ...(send !== undefined && { isOfSend: send === id }) },
    ...(target === reply.id && { target: 'the saved reply' }),
  }))
  expect(entries).toEqual([
    { action: 'assign', outcome: 'overlay', details: { to: 'bob' } },
    { action: 'snooze', outcome: 'overlay', details: { until: '2126-01-01T00:00:00.000Z' } },
    { action: 'tag', outcome: 'overlay', details: { add: ['vip'], remove: [] } },
    { action: 'reply', outcome: 'failed', isOfSend: true },
    { action: 'settle', outcome: 'overlay', details: { outcome: 'failed' }, isOfSend: true },
    { action: 'retry', outcome: 'done', isOfSend: false },
    { action: 'retry', outcome: 'refused', isOfSend: true },
    { action: 'saveReply', outcome: 'overlay', target: 'the saved reply' },
  ])
})

test('a desk settles no send of an account that it does not have', async () => {
  vendor.fates = ['dropped']
  const { id } = await ada.reply(chat, { text: 'At nine.' })
  const other = createDesk({ store, accounts: [{ ...vendor.adapter, account: 'elsewhere' }] }).as({ id: 'eve' })
  for (const work of [() => other.settle(id, 'failed'), () => other.retry(id), () => other.send(id)])
    await expect(work()).rejects.toMatchObject({ code: 'not-found' })
  expect((await desk.send(id)).state).toBe('unknown')
})

const circular: Record<string, unknown> = {}
circular['itself'] = circular
const long = 'a'.repeat(20_000)
test.each<[string, (desk: PersonalDesk) => unknown, string]>([
  ['saveReply', ({ saveReply }) => saveReply(undefined as never), 'invalid-request'],
  ['saveView', ({ saveView }) => saveView(null as never), 'invalid-request'],
  ['deleteReply', ({ deleteReply }) => deleteReply((() => {}) as never), 'invalid-request'],
  ['deleteView', ({ deleteView }) => deleteView(long), 'not-found'],
  ['unlink', ({ unlink }) => unlink(long), 'not-found'],
  ['unlink of what is no id', ({ unlink }) => unlink({} as never), 'invalid-request'],
  ['link', ({ link }) => link(long, pat, 'why'), 'invalid-request'],
  ['audited', ({ audited }) => audited('close', undefined as never, async () => {}), 'invalid-request'],
  ['audited with a long target', ({ audited }) => audited('close', long, async () => {}), 'invalid-request'],
  ['close', ({ close }) => close(refOf('conversation', long)), 'invalid-request'],
  ['reply', ({ reply }) => reply(chat, { text: 'x', vendor: circular as never }), 'invalid-request'],
  [
    'assign',
    ({ assign }) => assign(chat, { person: { id: 'x', operatorIds: { 'acme:shop': '' } } }),
    'invalid-request',
  ],
])('wrong arguments of %s are refused', async (_, work, code) => {
  await expect((async () => work(ada))()).rejects.toMatchObject({ code })
})

test.each([null, {}, 'bot', { id: 5 }])('a run refuses an automation that is no person: %j', async (wrong) => {
  const work = desk.runOnce({ automation: wrong as never, onInbound: () => {} })
  await expect(work).rejects.toMatchObject({ code: 'invalid-request' })
})

test('a list over an account that was never read ends with an error, unless a partial one is enough', async () => {
  const both = createDesk({ store, accounts: [vendor.adapter, { ...vendor.adapter, account: 'elsewhere' }] })
  const all = async (query: { partial?: boolean }) => {
    const refs: string[] = []
    for await (const { ref } of both.conversations(query)) refs.push(ref)
    return refs
  }
  await expect(all({})).rejects.toMatchObject({ code: 'incomplete' })
  expect(await all({ partial: true })).toEqual([chat])
})

test('a conversation as the desk lists it is a target too', async () => {
  const [listed] = (await ada.conversations()).items as [DeskConversation]
  const { state } = await ada.reply(listed, { text: 'At nine.' })
  const { conversation } = await ada.tag(listed, { add: ['vip'] })
  expect([state, conversation.tags]).toEqual(['sent', ['vip']])
  expect((await desk.sends({ conversation: listed })).items).toHaveLength(1)
  expect((await desk.conversation(listed)).ref).toBe(chat)
})
