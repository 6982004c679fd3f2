import type { Paged, Warning } from '@parley/core'
import { type LeadConnectorOptions, leadConnector } from '@parley/leadconnector'
import { defaultNow, sandbox, testClock } from '@parley/sandbox'
import { failure } from '@parley/testkit'
import { afterAll, beforeEach, describe, expect, it } from 'vitest'

/** One time for the account and its vendor. */
const clock = testClock(defaultNow, { automatic: true })

const desk = await sandbox.start({ seed: 7, vendors: ['leadConnector'], clock, thinkingTime: 3_000 })
afterAll(() => desk.stop())
const vendor = desk.leadConnector
const usual = { ...vendor.settings }
const { token = '', readonlyToken = '', locationId = '', emptyToken = '', emptyLocationId = '' } = vendor.credentials

beforeEach(() => {
  Object.assign(vendor.settings, usual, { rateLimit: false })
  vendor.reset()
})

const open = (options: Partial<LeadConnectorOptions> = {}) =>
  leadConnector({ token, locationId, baseUrl: vendor.url, clock, rate: false, ...options })

async function all<Item extends { id: string }>(list: Paged<Item>): Promise<Item[]> {
  const items: Item[] = []
  for await (const item of list) items.push(item)
  return items
}

const ids = (items: readonly { id: string }[]): string[] => items.map(({ id }) => id).sort()

/** Every conversation, in pages that are large enough for no tie to be cut. */
const everyConversation = () => all(open().conversations.list({ limit: 100 }))

/** One that the agent answers quietly. */
async function liveChat() {
  const found = await everyConversation()
  const conversation = found.find(({ channel, assignee }) => channel?.value === 'web' && !assignee)
  if (!conversation) throw new Error('the seed has no live chat')
  return conversation
}

describe('the conversations of the emulated vendor', () => {
  it.each([
    [1, 'repeat'],
    [1, 'skip'],
    [2, 'repeat'],
    [2, 'skip'],
  ] as const)('are all listed once, with %i sort values and ties that %s', async (sortKeys, tiesAtCursor) => {
    Object.assign(vendor.settings, { sortKeys, tiesAtCursor })
    const every = await everyConversation()
    const expected = ids(every)
    expect(new Set(expected).size).toBe(expected.length)
    // The seed has a campaign in it, after which conversations share their last instant.
    expect(new Set(every.map(({ lastActivityAt }) => lastActivityAt)).size).toBeLessThan(every.length)
    for (const order of ['desc', 'asc'] as const) {
      for (const limit of [3, 7, 20]) {
        const list = open().conversations.list({ limit, order })
        const read = await all(list)
        expect(ids(read)).toEqual(expected)
        const times = read.map(({ lastActivityAt }) => lastActivityAt ?? '')
        expect(times).toEqual([...times].sort((a, b) => (order === 'asc' ? 1 : -1) * (a < b ? -1 : a > b ? 1 : 0)))
      }
    }
  })

  it('are listed for exactly the range between two instants', async () => {
    const every = await everyConversation()
    const times = every.map(({ lastActivityAt }) => lastActivityAt as string)
    const [until, since] = [times[5] as string, times[15] as string]
    const expected = ids(every.filter(({ lastActivityAt: at }) => at && at >= since && at <= until))
    for (const order of ['desc', 'asc'] as const) {
      expect(ids(await all(open().conversations.list({ since, until, order, limit: 4 })))).toEqual(expected)
    }
  })

  it('are found by the filters that the vendor has', async () => {
    const every = await everyConversation()
    const { conversations } = open()
    const one = every[0] as (typeof every)[number]
    const contactId = one.contact?.id as string
    expect(ids(await all(conversations.list({ contactId })))).toEqual([one.id])
    expect(ids(await all(conversations.list({ unread: true })))).toEqual(
      ids(every.filter(({ unreadCount }) => (unreadCount ?? 0) > 0)),
    )
    expect(ids(await all(conversations.list({ assigneeId: null })))).toEqual(
      ids(every.filter((each) => !each.assignee)),
    )
    expect(ids(await all(conversations.list({ channel: 'whatsapp' })))).toEqual(
      ids(every.filter(({ channel }) => channel?.value === 'whatsapp')),
    )
    expect(ids(await all(conversations.list({ channel: 'sms' })))).toEqual(
      ids(every.filter(({ channel }) => channel?.value === 'sms')),
    )
  })

  it.each(['plain', 'underscored'] as const)(
    'are read one by one with a date that is %s',
    async (conversationGetDate) => {
      Object.assign(vendor.settings, { conversationGetDate })
      const [listed] = await everyConversation()
      const read = await open().conversations.get(listed?.id as string, { withContact: true })
      expect(read).toMatchObject({ contact: listed?.contact, lastActivityAt: listed?.lastActivityAt })
      expect(read.lastMessage).toEqual(listed?.lastMessage)
    },
  )

  it('are created once per contact, although the search lags', async () => {
    vendor.settings.searchLagMs = 2_500
    const account = open({ token: emptyToken, locationId: emptyLocationId })
    const response = await fetch(`${vendor.url}/contacts/upsert`, {
      method: 'POST',
      headers: { authorization: `Bearer ${emptyToken}`, version: '2021-07-28', 'content-type': 'application/json' },
      body: JSON.stringify({ locationId: emptyLocationId, email: 'new@person.example' }),
    })
    const { contact } = (await response.json()) as { contact: { id: string } }
    const made = await account.conversations.create({ contact: contact.id })
    expect((await account.conversations.create({ contact: contact.id })).id).toBe(made.id)
  })

  it('are updated and deleted', async () => {
    const { conversations } = open()
    const unread = (await all(conversations.list({ unread: true })))[0]?.id as string
    expect(await conversations.update(unread, { unread: false, isStarred: true })).toMatchObject({
      unreadCount: 0,
      isStarred: true,
    })
    expect(ids(await all(conversations.list({ isStarred: true })))).toContain(unread)
    expect(await conversations.delete(unread)).toEqual({ id: unread, confirmed: true })
    expect((await failure(conversations.get(unread))).code).toBe('not-found')
  })

  it('fail to list if the vendor repeats a page', async () => {
    vendor.settings.cursorRepeats = true
    const { agents, conversations, messages } = open()
    const first = await conversations.list({ limit: 5 })
    expect((await failure(all(conversations.list({ limit: 5 })))).code).toBe('response')
    expect((await failure(all(agents.list({ limit: 1 })))).code).toBe('response')
    for (const { id } of first.items) {
      const page = await messages.list(id, { limit: 2 })
      if (page.next) expect((await failure(all(messages.list(id, { limit: 2 })))).code).toBe('response')
    }
  })
})

describe('the messages of the emulated vendor', () => {
  it.each([
    { messageListShape: 'flat', messageShape: 'flat', emailMeta: 'double', callMeta: 'flat' },
    { messageListShape: 'nested', messageShape: 'wrapped', emailMeta: 'single', callMeta: 'object' },
  ] as const)('are the same in both orders and one by one: %j', async (settings) => {
    Object.assign(vendor.settings, settings)
    const warnings: Warning[] = []
    const { messages } = open({ onWarning: (warning) => warnings.push(warning) })
    const { items } = await open().conversations.list({ limit: 10 })
    for (const conversation of items) {
      const newest = await all(messages.list(conversation, { limit: 3 }))
      const oldest = await all(messages.list(conversation, { order: 'asc', limit: 4 }))
      const whole = await messages.list(conversation, { order: 'asc' })
      expect(whole.next).toBeNull()
      expect(oldest).toEqual(whole.items)
      expect(newest.map(({ createdAt }) => createdAt)).toEqual(oldest.map(({ createdAt }) => createdAt).reverse())
      const bodies = await all(
        messages.list(conversation, { limit: 100, vendor: { leadconnector: { emailBodies: true } } }),
      )
      for (const message of bodies) {
        expect(await messages.get(message.id)).toEqual(message)
        expect(message.text).toBeDefined()
      }
    }
    // The seed plants a status that no document names, and reading oldest first says that it is dear.
    const others = warnings.filter(({ code, path }) => code !== 'degraded' && !/\bstatus$/.test(path ?? ''))
    expect(others).toEqual([])
  })

  it('can be read singly if they are emails', async () => {
    const { messages } = open()
    const mail = (await everyConversation()).find(({ channel }) => channel?.value === 'email')
    const email = (await all(messages.list(mail?.id as string))).find(({ type }) => type.value === 'email')
    const id = email?.email?.ids?.[0] as string
    expect(await messages.get(id)).toMatchObject({ id, conversationId: mail?.id, type: { value: 'email' } })
  })

  it('produce warnings if they cannot be read', async () => {
    vendor.settings.brokenItems = true
    const account = open()
    expect((await account.conversations.list()).warnings.map(({ code }) => code)).toContain('bad-item')
    expect((await account.agents.list()).warnings.map(({ code }) => code)).toContain('bad-item')
    const expected = ids(await everyConversation())
    expect(ids(await all(account.conversations.list({ limit: 3 })))).toEqual(expected)
  })
})

describe('an account of the emulated vendor', () => {
  it('asks, gets a proven answer with its sources, and reconciles to the same answer', async () => {
    const account = open()
    const answer = await account.messages.ask(await liveChat(), { text: 'When are you open?' })
    expect(answer).toMatchObject({
      outcome: 'answered',
      message: { author: { kind: 'agent', basis: 'vendor' }, direction: 'outbound' },
      sourcesState: 'inline',
    })
    const message = answer.message as NonNullable<typeof answer.message>
    const before = vendor.requests.length
    expect((await account.sources.list(message)).items).toEqual(answer.sources)
    expect(vendor.requests.length).toBe(before)
    const generation = await account.generations.get(message)
    expect(generation).toMatchObject({ input: 'When are you open?', response: { text: answer.text } })
    expect(generation.sources).toEqual(answer.sources)
    const reconciled = await account.messages.reconcile(answer.attempt)
    expect(reconciled).toMatchObject({ outcome: 'done', answer: { outcome: 'answered', text: answer.text } })
  })

  it('finds a question whose answer was lost, and asks it once', async () => {
    const conversation = await liveChat()
    vendor.faults.next({ kind: 'reset', after: true, on: { path: '/conversations/messages/inbound' } })
    const answer = await open().messages.ask(conversation, { text: 'When are you open?' })
    expect(answer.outcome).toBe('answered')
    const sent = vendor.requests.filter(({ path }) => path === '/conversations/messages/inbound')
    expect(sent).toHaveLength(1)
  })

  it.each(['reset', 'truncate'] as const)(
    'finds a reply whose answer was lost by %s, and sends it once',
    async (kind) => {
      const account = open()
      const conversation = await liveChat()
      vendor.faults.next({ kind, after: true, on: { method: 'POST', path: '/conversations/messages' } })
      const sent = await account.messages.reply(conversation, { text: `Come by, ${kind}.` })
      expect(sent).toMatchObject({ outcome: 'accepted', messageId: expect.any(String) })
      const reconciled = await account.messages.reconcile(sent.attempt)
      expect(reconciled).toMatchObject({
        outcome: 'done',
        message: { text: `Come by, ${kind}.`, direction: 'outbound' },
      })
      expect(vendor.requests.filter(({ path }) => path === '/conversations/messages')).toHaveLength(1)
    },
  )

  it('reports that a reply was not sent if it was not', async () => {
    const account = open()
    vendor.faults.next({ kind: 'reset', on: { method: 'POST', path: '/conversations/messages' } })
    const { outcome, attempt } = await account.messages.reply(await liveChat(), { text: 'Come by, never.' })
    expect(outcome).toBe('unknown')
    expect((await account.messages.reconcile(attempt)).outcome).toBe('unknown')
    await clock.advance(181_000)
    expect((await account.messages.reconcile(attempt)).outcome).toBe('not-done')
  })

  it.each([200, 201] as const)('replies and reads back the stored message (HTTP %i)', async (sendStatus) => {
    vendor.settings.sendStatus = sendStatus
    const account = open()
    const conversation = await liveChat()
    const sent = await account.messages.reply(conversation.id, { text: 'Come by.' })
    expect(sent).toMatchObject({
      outcome: 'accepted',
      conversationId: conversation.id,
      message: { id: sent.messageId, text: 'Come by.', direction: 'outbound', channel: { value: 'web' } },
      warnings: [],
    })
    expect((await account.messages.list(conversation.id)).items[0]?.id).toBe(sent.messageId)
  })

  it.each(['lost', 'empty'] as const)('does not take a question that was %s for stored', async (inbound) => {
    const conversation = await liveChat()
    vendor.settings.inbound = inbound
    const answer = await open().messages.ask(conversation, { text: 'Are you there?' }, { timeout: 20_000 })
    expect(answer.outcome).toBe('unknown')
  })

  it('names the scope that is missing', async () => {
    const error = await failure(open({ token: readonlyToken }).messages.reply(await liveChat(), { text: 'Hi' }))
    expect(error).toMatchObject({ code: 'permission' })
    expect(error.message).toContain('conversations/message.write')
  })
})

describe('a failure of the emulated vendor', () => {
  it('is told apart as a wrong token, location or version', async () => {
    const list = (options: Partial<LeadConnectorOptions>) => failure(open(options).conversations.list())
    expect(await list({ token: 'pit-wrong' })).toMatchObject({ code: 'authentication' })
    expect(await list({ locationId: emptyLocationId })).toMatchObject({ code: 'permission' })
    expect(await list({ version: { conversations: '1999-01-01' } })).toMatchObject({ code: 'configuration' })
  })

  it('does not look like an empty list of agents', async () => {
    vendor.settings.agentsMissing = true
    expect((await failure(open().agents.list())).code).toBe('vendor-fault')
  })

  it('is waited for if it is a rate limit', async () => {
    Object.assign(vendor.settings, { rateLimit: true, rateLimitBurst: 3 })
    const account = open()
    const started = clock.now()
    for (let count = 0; count < 5; count++) await account.agents.list()
    expect(clock.now() - started).toBeGreaterThanOrEqual(10_000)
  })

  it('does not stop a reader who meets many of them', async () => {
    const expected = ids(await everyConversation())
    Object.assign(vendor.faults.rate, { status5xx: 0.1, status429: 0.05, truncate: 0, reset: 0.05, unknownValues: 0.3 })
    const warnings: Warning[] = []
    const account = open({ maxRetries: 8, onWarning: (warning) => warnings.push(warning) })
    expect(ids(await all(account.conversations.list({ limit: 9 })))).toEqual(expected)
    expect(warnings.map(({ code }) => code)).toContain('unknown-term')
  })
})

describe('the contacts of the emulated vendor', () => {
  it('are found by email, phone number and text', async () => {
    const { contacts } = open()
    const [found] = (await all(contacts.search({ text: '@' }))).filter(({ email, phone }) => email && phone)
    const { id, email, phone } = found as { id: string; email: string; phone: string }
    expect(ids(await all(contacts.search({ email })))).toEqual([id])
    expect(ids(await all(contacts.search({ phone })))).toEqual([id])
    expect(ids(await all(contacts.search({ email: 'nobody@nowhere.example' })))).toEqual([])
    expect(await contacts.get(id)).toEqual(found)
  })
})
