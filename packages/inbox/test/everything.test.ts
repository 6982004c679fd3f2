import { type Adapter, type Conversation, type ConversationQuery, filterSupport } from '@parley/core'
import { defaultNow, sandbox, testClock } from '@parley/sandbox'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { loadVendors, nameOf } from '../../../test/vendors.ts'
import { createInbox, createSync, type Inbox, type InboxPage } from '../src/index.ts'
import { filledStore } from './synced/filled.ts'

const clock = testClock(defaultNow, { automatic: true })
const desk = await sandbox.start({ clock, scale: 0.2 })
const filled = await filledStore()
afterAll(() => Promise.all([desk.stop(), filled.close()]))
const vendors = await loadVendors()
const open = () =>
  vendors.map((vendor) => vendor.create({ ...desk[vendor.name].accountOptions, clock, account: 'shop' }))

let adapters: Adapter[]
let inbox: Inbox
const inboxes: [string, (accounts: Adapter[]) => Inbox][] = [
  ['a live inbox', (accounts) => createInbox({ accounts })],
  ['a synced inbox', (accounts) => createInbox({ accounts, store: filled.store })],
]

describe.each(inboxes)('%s', (name, make) => {
  if (name === 'a synced inbox')
    beforeAll(async () => {
      await createSync({ store: filled.store, accounts: open(), clock }).runOnce({
        streams: ['agents', 'conversations'],
      })
    }, 120_000)
  beforeEach(() => {
    for (const { name } of vendors) desk[name].reset()
    adapters = open()
    inbox = make(adapters)
  })

  describe.each(vendors.map((vendor) => [vendor.label, vendor] as const))('over %s', (_, vendor) => {
    const account = `${nameOf(vendor)}:shop`

    it('ensures a visitor’s contact, opens a conversation with it, and streams an answer', async () => {
      const { contact } = await inbox.contacts.ensure(account, { externalId: 'inbox-1', name: 'Ada' })
      const conversation = await inbox.conversations.create({ contact: contact.ref })
      expect(conversation.ref).toMatch(`${account}/conversation/`)
      const parts = []
      for await (const part of inbox.messages.stream({ contact: contact.ref }, { text: 'When do you open?' }))
        parts.push(part.type)
      expect(parts.at(-1)).toBe('finish')
    })

    it('lists its operators beside those of the other accounts', async () => {
      const page = await inbox.operators.list({ accounts: [account] })
      expect(page.accounts).toMatchObject([{ account, state: 'ok' }])
      for (const operator of page.items) expect(operator.ref).toBe(`${account}/operator/${operator.id}`)
    })
  })

  const filtered: ConversationQuery[] = [
    ...([{ status: 'open' }, { status: 'closed' }, { unread: true }, { unread: false }, { isStarred: true }] as const),
    ...([{ isStarred: false }, { channel: 'voice' }, { channel: 'sms' }, { channel: 'web' }] as const),
    ...[{ assigneeId: null }, { assigneeId: 'nobody' }, { agentId: 'nobody' }, { search: 'a' }],
    ...[{ since: '2026-01-10T00:00:00Z' }, { until: '2026-01-10T00:00:00Z' }],
  ]

  it.each(filtered.flatMap((query): ConversationQuery[] => [query, { ...query, unknown: 'exclude' }]))(
    'the first pages of %j are full over all vendors',
    async (query) => {
      let cursor: string | null = null
      for (let count = 0; count < 3 && (count === 0 || cursor !== null); count++) {
        const page: InboxPage<Conversation> = await inbox.conversations.list({ ...query, limit: 3, cursor })
        if (page.next !== null) expect(page.items).toHaveLength(3)
        cursor = page.next
      }
    },
  )

  /** Whether a conversation does not say if it matches a filter. */
  const isUnsure = {
    status: ({ status }: Conversation) => status.value === 'unknown',
    channel: ({ channel }: Conversation) => channel === undefined || channel?.value === 'unknown',
    assigneeId: ({ assignee }: Conversation) => assignee === undefined,
    agentId: ({ agentId }: Conversation) => agentId === undefined,
    unread: ({ unreadCount }: Conversation) => unreadCount === undefined,
    isStarred: ({ isStarred }: Conversation) => isStarred === undefined,
  }

  it.each([
    ...[
      { status: 'open' },
      { status: 'closed' },
      { channel: 'tiktok' },
      { assigneeId: 'nobody' },
      { assigneeId: null },
    ],
    ...[{ agentId: 'nobody' }, { unread: true }, { unread: false }, { isStarred: true }, { isStarred: false }],
  ] as const)(
    'an account that leaves out conversations of which it does not know whether they match %j says so',
    async (query) => {
      const [filter] = Object.keys(query) as (keyof typeof isUnsure)[]
      for (const { vendor } of adapters) {
        const account = `${vendor}:shop`
        const unsure: string[] = []
        for await (const item of inbox.conversations.list({ accounts: [account], limit: 100 }))
          if (filter && isUnsure[filter](item)) unsure.push(item.ref)
        const found = new Set<string>()
        const unapplied = new Set<string>()
        for await (const page of inbox.conversations
          .list({ ...query, unknown: 'exclude', accounts: [account] })
          .pages()) {
          for (const { ref } of page.items) found.add(ref)
          for (const name of page.accounts[0]?.unapplied ?? []) unapplied.add(name)
        }
        const isByVendor = filterSupport(inbox.adapter(account), filter as keyof typeof isUnsure) === 'vendor'
        const hidden = unsure.filter((ref) => !found.has(ref))
        if (!isByVendor && hidden.length > 0) expect([...unapplied], account).toEqual([filter])
      }
    },
  )

  it.each([{ agentId: 'nobody' }, { contactId: 'nobody' }, { agentId: 'nobody', contactId: 'nobody' }])(
    'an id that a vendor does not know matches nothing there and is no failure of the account: %j',
    async (query) => {
      for (const unknown of ['include', 'exclude'] as const) {
        const { accounts } = await inbox.conversations.list({ ...query, unknown })
        expect(accounts.map(({ state }) => state)).toEqual(adapters.map(() => 'ok'))
      }
    },
  )
})

describe('an inbox of one person', () => {
  const recorded: unknown[][] = []
  const account: Adapter = {
    vendor: 'acme',
    account: 'shop',
    limits: { pageSize: {}, filters: {}, text: {}, rate: [], notes: [] },
    unsupported: {},
    conversations: { close: async (...args) => recorded.push(['close', ...args]) as never },
    messages: {
      reply: async (...args) => recorded.push(['reply', ...args]) as never,
      note: async (...args) => recorded.push(['note', ...args]) as never,
      provideInput: async (...args) => recorded.push(['provideInput', ...args]) as never,
    },
  }
  const other: Adapter = { ...account, account: 'other' }
  const ref = 'acme:shop/conversation/c1'
  const shared = createInbox({ accounts: [account, other] })
  beforeEach(() => {
    recorded.length = 0
  })

  it('speaks with the person’s operator id of each account', async () => {
    const mine = shared.as({ 'acme:shop': 'ines' })
    await mine.messages.reply(ref, { text: 'Hello' }, { takeOver: 'if-needed' })
    await mine.messages.note(ref, { text: 'Called' })
    await mine.messages.provideInput(ref, { value: true })
    await mine.conversations.close(ref)
    expect(recorded).toEqual([
      ['reply', 'c1', { text: 'Hello', operatorId: 'ines' }, { takeOver: 'if-needed' }],
      ['note', 'c1', { text: 'Called', operatorId: 'ines' }],
      ['provideInput', 'c1', { value: true, operatorId: 'ines' }],
      ['close', 'c1', { operatorId: 'ines' }],
    ])
  })

  it('leaves a named operator, another account and the shared inbox as they are', async () => {
    const mine = shared.as({ 'acme:shop': 'ines' })
    await mine.messages.reply(ref, { text: 'Hello', operatorId: 'dylan' })
    await mine.messages.reply('acme:other/conversation/c1', { text: 'Hello' })
    await shared.messages.reply(ref, { text: 'Hello' })
    await mine.as({ 'acme:shop': 'kim' }).messages.reply(ref, { text: 'Hello' })
    expect(recorded.map(([, , input]) => (input as { operatorId?: string }).operatorId)).toEqual([
      'dylan',
      undefined,
      undefined,
      'kim',
    ])
  })

  it.each([
    [{ 'acme:nowhere': 'x' }, 'not-found'],
    [{ 'acme:shop': '' }, 'invalid-request'],
    [{ 'acme:shop': 'a b' }, 'invalid-request'],
    [null, 'invalid-request'],
    [['ines'], 'invalid-request'],
    [new Map([['acme:shop', 'ines']]), 'invalid-request'],
  ])('refuses %j', (ids, code) => {
    expect(() => shared.as(ids as never)).toThrow(expect.objectContaining({ code }))
  })

  it('refuses operator ids that cannot be read', () => {
    const refuse = (): never => {
      throw new Error('it was read')
    }
    const getter = Object.defineProperty({}, 'acme:shop', { get: refuse, enumerable: true })
    expect(() => shared.as(getter)).toThrow(
      expect.objectContaining({ code: 'invalid-request', fields: [{ path: 'acme:shop', problem: 'cannot be read' }] }),
    )
    const proxy = new Proxy({}, { ownKeys: refuse, getPrototypeOf: refuse, get: refuse })
    expect(() => shared.as(proxy)).toThrow(
      expect.objectContaining({ fields: [{ path: 'operatorIds', problem: 'cannot be read' }] }),
    )
  })

  it('names the operation and the argument that is wrong, as the shared inbox does', async () => {
    const mine = shared.as({ 'acme:shop': 'ines' })
    const unreadable = Object.defineProperty({}, 'operatorId', {
      enumerable: true,
      get: () => {
        throw new Error('it was read')
      },
    })
    for (const [operation, call] of [
      ['messages.reply', mine.messages.reply],
      ['messages.note', mine.messages.note],
      ['messages.provideInput', mine.messages.provideInput],
      ['conversations.close', mine.conversations.close],
    ] as const) {
      const speak = call as (target: unknown, input?: unknown) => Promise<unknown>
      await expect(speak('nonsense', {})).rejects.toMatchObject({ operation, fields: [{ path: 'conversation' }] })
      await expect(speak('acme:shop/contact/1', {})).rejects.toMatchObject({
        operation,
        fields: [{ path: 'conversation' }],
      })
      await expect(speak(ref, unreadable)).rejects.toMatchObject({ operation, fields: [{ path: 'operatorId' }] })
    }
    expect(recorded).toEqual([])
  })
})

it('an operation in an account names what is wrong with the account', async () => {
  await expect(inbox.contacts.ensure('nowhere:x', { externalId: 'x' })).rejects.toMatchObject({ code: 'not-found' })
  await expect(inbox.contacts.ensure(7 as never, { externalId: 'x' })).rejects.toMatchObject({
    code: 'invalid-request',
    fields: [{ path: 'account' }],
  })
})
