import { type Adapter, type Conversation, UnsupportedError } from '@parley/core'
import { createDesk, createStore, createSync, type Desk, type PersonalDesk } from '@parley/inbox'
import { sql } from 'kysely'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { databaseOf } from '../../src/store/database.ts'
import { empty } from '../store/stores.ts'
import { aConversation, aMessage } from '../sync/vendor-in-memory.ts'
import { contactWrites, type DeskVendor, deskVendor, refOf } from './desk-vendor.ts'

const store = await createStore()
const db = databaseOf(store)
afterAll(() => store.close())

const chat = refOf('conversation', 'c1')
let vendor: DeskVendor
let desk: Desk
let ada: PersonalDesk

const sync = () => createSync({ store, accounts: [vendor.adapter] }).runOnce({ streams: ['conversations', 'messages'] })
const open = (changes: Partial<Record<keyof Adapter, object>> = {}): PersonalDesk => {
  const adapter: Record<string, unknown> = { ...vendor.adapter }
  for (const [group, operations] of Object.entries(changes))
    adapter[group] = { ...(adapter[group] as object), ...operations }
  desk = createDesk({ store, accounts: [adapter as never] })
  return desk.as({ id: 'ada', name: 'Ada', operatorIds: { 'acme:shop': 'u7' } })
}

/** A vendor of which the named values of a conversation can be changed. */
const updatable = (...names: string[]) => ({
  update: async (_: unknown, input: Record<string, unknown>): Promise<Conversation> => {
    const cannot = Object.keys(input).find((name) => !names.includes(name))
    if (cannot !== undefined) throw new UnsupportedError({ message: `It has no ${cannot}.` })
    vendor.asked.push(`update ${JSON.stringify(input)}`)
    const { status } = input
    if (status)
      vendor.conversations = vendor.conversations.map((each) => ({
        ...each,
        status: { value: status as never, native: null },
      }))
    if (input['unread'] === false)
      vendor.conversations = vendor.conversations.map((each) => ({ ...each, unreadCount: 0 }))
    return vendor.conversations[0] as Conversation
  },
})

beforeEach(async () => {
  await empty(store)
  vendor = deskVendor()
  vendor.conversations = [{ ...aConversation('c1'), unreadCount: 2, assignee: { id: 'u1', name: 'Uma' } }]
  vendor.messages = [aMessage('m1', 'c1')]
  await sync()
  ada = open()
})

const audit = async () => (await desk.audit()).items.map(({ action, outcome, code }) => [action, outcome, code])
const arrives = async (message = contactWrites('m2', 'c1')) => {
  vendor.messages.push(message)
  vendor.conversations = vendor.conversations.map((each) => ({ ...each, lastActivityAt: new Date().toISOString() }))
  await sync()
}

describe('closing', () => {
  test('goes to the vendor where it can', async () => {
    ada = open({ conversations: updatable('status') })
    const { place, conversation } = await ada.close(chat)
    expect([place, conversation.status]).toEqual(['vendor', { value: 'closed', place: 'vendor' }])
    expect(vendor.asked).toContain('update {"status":"closed"}')
    expect(await audit()).toEqual([['close', 'done', undefined]])
    expect((await ada.reopen(chat)).conversation.status).toEqual({ value: 'open', place: 'vendor' })
  })

  test('goes to the vendor with the operator where it has an operation for it', async () => {
    const closed: unknown[] = []
    ada = open({
      conversations: {
        close: async (_: unknown, options: object) => {
          closed.push(options)
          return { ...vendor.conversations[0], status: { value: 'closed', native: null } }
        },
      },
    })
    expect((await ada.close(chat)).place).toBe('vendor')
    expect(closed).toEqual([{ operatorId: 'u7' }])
    // It can only be closed there.
    const { place, conversation } = await ada.reopen(chat)
    expect([place, conversation.status]).toEqual(['overlay', { value: 'open', place: 'overlay' }])
    expect(conversation.conversation.status.value).toBe('closed')
  })

  test('is remembered where the vendor never shows the status', async () => {
    const traits = async () => ({ statusRead: { value: 'no', reason: 'so it is' } }) as const
    vendor.conversations = [{ ...aConversation('c1'), status: { value: 'unknown', native: null } }]
    vendor.adapter = { ...vendor.adapter, traits }
    await sync()
    ada = open({ conversations: { update: async () => vendor.conversations[0] } })
    const { place, conversation } = await ada.close(chat)
    expect([place, conversation.status]).toEqual(['vendor', { value: 'closed', place: 'overlay' }])
  })

  test('of one that is opened again is remembered there too, although the answer to the change has the status', async () => {
    const traits = async () => ({ statusRead: { value: 'no', reason: 'so it is' } }) as const
    const unknown = { ...aConversation('c1'), status: { value: 'unknown', native: null } } as const
    vendor.conversations = [unknown]
    vendor.adapter = { ...vendor.adapter, traits }
    await sync()
    ada = open({
      conversations: {
        update: async (_: unknown, { status }: { status: 'open' }) => ({
          ...unknown,
          status: { value: status, native: 1 },
        }),
      },
    })
    await ada.close(chat)
    await ada.reopen(chat)
    expect((await desk.conversation(chat)).status.value).toBe('open')
    await sync()
    expect((await desk.conversation(chat)).status).toEqual({ value: 'open', place: 'overlay' })
    expect((await desk.conversations({ status: 'open', unknown: 'exclude' })).items).toHaveLength(1)
  })

  test('stays in the overlay otherwise, and ends with the next message of the contact', async () => {
    const { place, conversation } = await ada.close(chat)
    expect([place, conversation.status]).toEqual(['overlay', { value: 'closed', place: 'overlay' }])
    expect(conversation.conversation.status.value).toBe('open')
    await arrives({ ...contactWrites('m2', 'c1'), direction: 'outbound', author: { kind: 'agent', basis: 'vendor' } })
    expect((await desk.conversation(chat)).status.value).toBe('closed')
    const { next } = await desk.as({ id: 'x' }).audit()
    expect(next).toBeNull()
    await arrives(contactWrites('m3', 'c1'))
    expect((await desk.conversation(chat)).status).toEqual({ value: 'open', place: 'vendor' })
  })

  test('is not ended by a message that is older and only stored later', async () => {
    await ada.close(chat)
    await arrives(aMessage('m0', 'c1', '2026-01-10T10:00:00.000Z'))
    expect((await desk.conversation(chat)).status.value).toBe('closed')
  })

  test('stays when the account is wiped and read again', async () => {
    await ada.close(chat)
    const again = createSync({ store, accounts: [vendor.adapter] })
    await again.wipe('acme:shop')
    await again.runOnce({ streams: ['conversations', 'messages'] })
    expect((await desk.conversation(chat)).status).toEqual({ value: 'closed', place: 'overlay' })
  })

  test('is ended by a message that the person cannot have seen, because it was stored later', async () => {
    const answer = aMessage('a1', 'c1', '2026-01-15T10:05:00.000Z')
    await arrives({ ...answer, direction: 'outbound', author: { kind: 'agent', basis: 'vendor' } })
    await ada.close(chat)
    await arrives(aMessage('m2', 'c1', '2026-01-15T10:03:00.000Z'))
    expect((await desk.conversation(chat)).status.value).toBe('open')
  })

  test('that is undone ends with a change of the vendor’s status', async () => {
    vendor.conversations = [{ ...aConversation('c1'), status: { value: 'closed', native: null } }]
    await sync()
    expect((await ada.reopen(chat)).conversation.status).toEqual({ value: 'open', place: 'overlay' })
    vendor.conversations = [
      { ...aConversation('c1', '2026-01-16T10:00:00.000Z'), status: { value: 'archived', native: null } },
    ]
    await sync()
    expect((await desk.conversation(chat)).status).toEqual({ value: 'archived', place: 'vendor' })
  })
})

describe('snoozing', () => {
  const soon = () => new Date(Date.now() + 3_600_000).toISOString()

  test('hides a conversation until its time has come', async () => {
    const until = soon()
    const { place, conversation } = await ada.snooze(chat, until)
    expect([place, conversation.snoozedUntil]).toEqual(['overlay', until])
    expect((await desk.conversations()).items).toEqual([])
    expect((await desk.conversations({ snoozed: true })).items).toHaveLength(1)
    expect(await desk.runOnce()).toEqual({ changed: 0 })
    await sql`update parley.overlays set snoozed_until = clock_timestamp()`.execute(db)
    // It is awake, whether or not anybody has noted it.
    expect((await desk.conversations()).items).toHaveLength(1)
    expect(await desk.runOnce()).toEqual({ changed: 1 })
    expect((await desk.conversation(chat)).snoozedUntil).toBeNull()
  })

  test('ends with the next message of the contact, and by a person', async () => {
    await ada.snooze(chat, soon())
    await arrives()
    expect((await desk.conversation(chat)).snoozedUntil).toBeNull()
    await ada.snooze(chat, soon())
    expect((await ada.snooze(chat, null)).conversation.snoozedUntil).toBeNull()
  })

  test.each(['2020-01-01T00:00:00Z', 'tomorrow', '', 5, undefined])('until %s is refused', async (until) => {
    await expect(ada.snooze(chat, until as never)).rejects.toMatchObject({
      code: 'invalid-request',
      fields: [{ path: 'until' }],
    })
  })
})

describe('assigning', () => {
  test('goes to the vendor where it can, by the operator’s id', async () => {
    const assigned: unknown[] = []
    ada = open({
      conversations: {
        assign: async (_: unknown, id: string | null) => {
          assigned.push(id)
          vendor.conversations = vendor.conversations.map((each) => ({
            ...each,
            assignee: id === null ? null : { id },
          }))
          return vendor.conversations[0]
        },
      },
    })
    const mine = await ada.assign(chat, 'me')
    expect([mine.place, mine.conversation.assignee]).toEqual(['vendor', { value: { id: 'u7' }, place: 'vendor' }])
    await ada.assign(chat, { operatorId: 'u9' })
    expect((await ada.assign(chat, null)).conversation.assignee).toEqual({ value: null, place: 'vendor' })
    const eve = { id: 'eve', operatorIds: { 'acme:shop': 'u5' } }
    expect(await ada.assign(chat, { person: eve })).toMatchObject({ place: 'vendor', warnings: [] })
    expect(assigned).toEqual(['u7', 'u9', null, 'u5'])
    // The vendor knows no such person.
    const bob = await ada.assign(chat, { person: { id: 'bob', name: 'Bob' } })
    expect(bob.warnings).toMatchObject([
      { code: 'degraded', message: expect.stringContaining('bob has no operator id') },
    ])
    expect([bob.place, bob.conversation.assignee]).toEqual([
      'overlay',
      { value: { id: 'bob', name: 'Bob' }, place: 'overlay' },
    ])
    expect((await ada.assign(chat, 'me')).conversation.assignee?.place).toBe('vendor')
  })

  test('stays in the overlay otherwise', async () => {
    const { place, conversation } = await ada.assign(chat, 'me')
    expect([place, conversation.assignee]).toEqual(['overlay', { value: { id: 'ada', name: 'Ada' }, place: 'overlay' }])
    expect(conversation.conversation.assignee).toEqual({ id: 'u1', name: 'Uma' })
    expect((await desk.as({ id: 'ada' }).conversations({ assignee: 'me' })).items).toHaveLength(1)
    const nobody = await ada.assign(chat, null)
    expect(nobody.conversation.assignee).toEqual({ value: null, place: 'overlay' })
    expect(await audit()).toEqual([
      ['assign', 'overlay', undefined],
      ['assign', 'overlay', undefined],
    ])
  })

  test.each(['', 'bob', 5, {}, { operatorId: '' }, { person: {} }, undefined])('to %j is refused', async (to) => {
    await expect(ada.assign(chat, to as never)).rejects.toMatchObject({ code: 'invalid-request' })
  })
})

describe('tags', () => {
  test('are of the overlay', async () => {
    const { place, conversation } = await ada.tag(chat, { add: ['vip', 'vip', 'refund'] })
    expect([place, conversation.tags]).toEqual(['overlay', ['vip', 'refund']])
    expect((await ada.tag(chat, { remove: ['vip', 'none'] })).conversation.tags).toEqual(['refund'])
    expect((await desk.conversations({ tag: 'refund' })).items).toHaveLength(1)
    expect((await desk.conversations({ tag: 'vip' })).items).toEqual([])
  })

  test('of two people at once are all kept', async () => {
    await Promise.all(['a', 'b', 'c', 'd'].map((tag) => ada.tag(chat, { add: [tag] })))
    expect((await desk.conversation(chat)).tags.toSorted()).toEqual(['a', 'b', 'c', 'd'])
  })

  test('are at most fifty', async () => {
    await ada.tag(chat, { add: Array.from({ length: 50 }, (_, index) => `t${index}`) })
    await expect(ada.tag(chat, { add: ['more'] })).rejects.toMatchObject({ code: 'invalid-request' })
    await ada.tag(chat, { add: ['more'], remove: ['t0'] })
  })

  test.each([
    { add: 'vip' },
    { add: [''] },
    { add: ['a'.repeat(101)] },
    { add: [5] },
    { remove: ['\u0000'] },
    5,
    undefined,
  ])('such as %j are refused', async (change) => {
    await expect(ada.tag(chat, change as never)).rejects.toMatchObject({ code: 'invalid-request' })
  })
})

describe('marking as read', () => {
  test('goes to the vendor where it can', async () => {
    ada = open({ conversations: updatable('unread') })
    const { place, conversation } = await ada.markRead(chat)
    expect([place, conversation.unreadCount]).toEqual(['vendor', { value: 0, place: 'vendor' }])
  })

  test('stays in the overlay otherwise, until something happens', async () => {
    const { place, conversation } = await ada.markRead(chat)
    expect([place, conversation.unreadCount]).toEqual(['overlay', { value: 0, place: 'overlay' }])
    await arrives()
    expect((await desk.conversation(chat)).unreadCount).toEqual({ value: 2, place: 'vendor' })
  })
})

describe('control', () => {
  test('is never local', async () => {
    await expect(ada.takeOver(chat)).rejects.toMatchObject({ code: 'unsupported' })
    await expect(ada.release(chat)).rejects.toMatchObject({ code: 'unsupported' })
    expect(await audit()).toEqual([
      ['release', 'refused', 'unsupported'],
      ['takeOver', 'refused', 'unsupported'],
    ])
  })

  test('goes to the vendor', async () => {
    const holder = (value: 'agent' | 'operator') => async () => ({ holder: value, basis: 'vendor', native: null })
    ada = open({ control: { takeOver: holder('operator'), release: holder('agent') } })
    const { place, conversation } = await ada.takeOver(chat)
    expect([place, conversation.conversation.control.holder]).toEqual(['vendor', 'operator'])
    expect((await ada.release(chat)).conversation.conversation.control.holder).toBe('agent')
  })
})

describe('every command', () => {
  test('of a deleted conversation is refused', async () => {
    await sql`update parley.conversations set deleted_at = now()`.execute(db)
    for (const work of [ada.close(chat), ada.tag(chat, { add: ['a'] }), ada.markRead(chat), ada.assign(chat, 'me')])
      await expect(work).rejects.toMatchObject({ code: 'not-found' })
  })

  test('says in the change feed that something has changed', async () => {
    const { createInbox } = await import('@parley/inbox')
    const inbox = createInbox({ store, accounts: [vendor.adapter] })
    const { next } = await inbox.changes({ after: 'now' })
    await ada.tag(chat, { add: ['vip'] })
    await ada.reply(chat, { text: 'At nine.' })
    const { items } = await inbox.changes({ after: next })
    expect(items.map(({ kind, change, fields }) => [kind, change, fields])).toEqual(
      expect.arrayContaining([
        ['conversation', 'updated', { overlay: true }],
        ['conversation', 'updated', { sends: true }],
        ['message', 'added', undefined],
      ]),
    )
  })

  test('whose vendor does not answer is unknown in the audit', async () => {
    ada = open({
      conversations: {
        update: async () => {
          throw new Error('strange')
        },
      },
    })
    await expect(ada.close(chat)).rejects.toThrow('strange')
    expect(await audit()).toEqual([['close', 'unknown', undefined]])
  })

  test.each([5, '', 'acme:shop/message/m1', 'other:shop/conversation/c1', {}])('of %j is refused', async (target) => {
    await expect(ada.close(target as never)).rejects.toMatchObject({
      code: expect.stringMatching(/^(?:invalid-request|not-found)$/),
    })
  })

  test('needs a person', () => {
    for (const person of [
      undefined,
      {},
      { id: '' },
      { id: 'a', name: 5 },
      { id: 'a', role: 'x' },
      { id: 'a', operatorIds: { x: 'y' } },
    ])
      expect(() => desk.as(person as never)).toThrow()
  })
})

test('the audit is read in pages, and by target, person and action', async () => {
  await ada.tag(chat, { add: ['a'] })
  await ada.markRead(chat)
  await desk.as({ id: 'bob' }).reply(chat, { text: 'Hi' })
  const actions = async (query: object) => (await desk.audit(query)).items.map(({ action }) => action)
  expect(await actions({ by: 'bob' })).toEqual(['reply'])
  expect(await actions({ action: 'tag' })).toEqual(['tag'])
  expect(await actions({ target: chat, limit: 2 })).toEqual(['reply', 'markRead'])
  const all: string[] = []
  for await (const { action } of desk.audit({ limit: 1 })) all.push(action)
  expect(all).toEqual(['reply', 'markRead', 'tag'])
  expect(await actions({ since: '2999-01-01T00:00:00Z' })).toEqual([])
  await expect(desk.audit({ cursor: 'x' })).rejects.toMatchObject({ code: 'invalid-request' })
  await expect(desk.audit({ since: 'x' })).rejects.toMatchObject({ code: 'invalid-request' })
})

test('a program that writes by itself leaves an entry too', async () => {
  expect(await ada.audited('agents.update', 'acme:shop/agent/a1', async () => 5)).toBe(5)
  const [entry] = (await desk.audit()).items
  expect(entry).toMatchObject({ action: 'agents.update', outcome: 'done', account: 'acme:shop' })
})
