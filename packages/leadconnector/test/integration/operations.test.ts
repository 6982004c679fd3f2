import type { Attachment, Conversation, Message, Paged, Warning } from '@parley/core'
import { parseModel } from '@parley/core/schema'
import { type LeadConnectorOptions, leadConnector } from '@parley/leadconnector'
import { defaultNow, sandbox, testClock } from '@parley/sandbox'
import { failure } from '@parley/testkit'
import { afterAll, beforeEach, describe, expect, it } from 'vitest'

/** One time for the account and its vendor. */
const clock = testClock(defaultNow, { automatic: true })

const desk = await sandbox.start({ seed: 11, vendors: ['leadConnector'], clock, thinkingTime: 3_000 })
afterAll(() => desk.stop())
const vendor = desk.leadConnector
const usual = { ...vendor.settings }
const { token = '', accessToken = '', locationId = '', userId = '', conversationProviderId = '' } = vendor.credentials

let warnings: Warning[] = []
beforeEach(() => {
  Object.assign(vendor.settings, usual, { rateLimit: false })
  vendor.reset()
  warnings = []
})

const open = (options: Partial<LeadConnectorOptions> = {}) =>
  leadConnector({
    token,
    locationId,
    baseUrl: vendor.url,
    clock,
    rate: false,
    onWarning: (warning) => warnings.push(warning),
    ...options,
  })

async function all<Item>(list: Paged<Item>): Promise<Item[]> {
  const items: Item[] = []
  for await (const item of list) items.push(item)
  return items
}

async function conversationOver(channel: string): Promise<Conversation> {
  const found = await all(open().conversations.list({ limit: 100 }))
  const conversation = found.find((each) => each.channel?.value === channel)
  if (!conversation) throw new Error(`the seed has nothing over ${channel}`)
  return conversation
}

const sent = (path: string) => vendor.requests.filter((request) => request.path === path)
const bytes = new TextEncoder().encode('Tuesday: 8:15')

describe('a note at the emulated vendor', () => {
  it('stays internal and is read back as written', async () => {
    const { messages } = open({ raw: true })
    const conversation = await conversationOver('sms')
    const input = { text: 'Has called twice.', operatorId: userId, mentions: [userId] }
    const note = await messages.note(conversation.id, input)
    expect(note).toMatchObject({
      outcome: 'accepted',
      message: {
        text: input.text,
        type: { value: 'note' },
        direction: 'internal',
        author: { kind: 'operator', basis: 'vendor', id: userId },
        channel: { value: 'internal' },
        raw: { mentions: [userId] },
      },
    })
    const listed = (await messages.list(conversation)).items[0] as Message
    expect({ ...listed, raw: undefined }).toEqual({ ...note.message, raw: undefined })
  })

  it('is found and not written again if its answer was lost', async () => {
    const { messages } = open()
    const conversation = await conversationOver('sms')
    vendor.faults.next({ kind: 'reset', after: true, on: { method: 'POST', path: '/conversations/messages' } })
    const { outcome, attempt } = await messages.note(conversation, { text: 'Between us.' })
    expect(outcome).toBe('accepted')
    expect(await messages.reconcile(attempt)).toMatchObject({ outcome: 'done', message: { text: 'Between us.' } })
    expect(sent('/conversations/messages')).toHaveLength(1)
  })
})

describe('a scheduled message at the emulated vendor', () => {
  it.each(['sms', 'email'])('over %s is scheduled, cancelled and gone', async (channel) => {
    const { messages } = open()
    const conversation = await conversationOver(channel)
    const sendAt = new Date(clock.now() + 3_600_000).toISOString()
    const reply = await messages.reply(conversation, { text: 'Tomorrow!', sendAt })
    const message = reply.message as Message
    expect(message.status).toEqual({ value: 'scheduled', native: 'scheduled' })
    expect(await messages.cancel(channel === 'email' ? message.id : message)).toEqual({
      id: message.id,
      confirmed: true,
    })
    expect((await failure(messages.get(message.id))).code).toBe('not-found')
    expect((await failure(messages.cancel(message))).code).toBe('not-found')
  })

  it('cannot be cancelled after it was sent', async () => {
    const { messages } = open()
    const reply = await messages.reply(await conversationOver('sms'), { text: 'Now.' })
    expect((await failure(messages.cancel(reply.message as Message))).code).toBe('conflict')
  })
})

describe('the status of a message at the emulated vendor', () => {
  it('is set by the app that delivers it, once the vendor knows the app', async () => {
    const { messages } = open({ token: accessToken })
    const own = { type: 'Custom', conversationProviderId } as const
    const reply = await messages.reply(await conversationOver('sms'), { text: 'Hi', vendor: { leadconnector: own } })
    const id = reply.messageId as string
    const failed = { code: '30003', type: 'carrier', message: 'Unreachable handset' }
    await messages.setStatus(reply.message as Message, { status: 'failed', failure: failed })
    expect(await messages.get(id)).toMatchObject({ status: { value: 'failed' }, failure: 'Unreachable handset' })
    await messages.setStatus(id, { status: 'read' })
    expect((await messages.get(id)).status).toEqual({ value: 'read', native: 'read' })
    expect(sent(`/conversations/messages/${id}/status`).length).toBeGreaterThan(2)
  })

  it('of an email is set at the endpoint for emails', async () => {
    const { messages } = open({ token: accessToken })
    const own = { conversationProviderId }
    const reply = await messages.reply(await conversationOver('email'), { text: 'Hi', vendor: { leadconnector: own } })
    const message = reply.message as Message
    const emailId = message.email?.ids?.[0] as string
    await messages.setStatus(message, { status: 'delivered', vendor: { leadconnector: { events: { delivered: 1 } } } })
    expect((await messages.get(emailId)).status).toEqual({ value: 'delivered', native: 'delivered' })
  })

  it('cannot be set by another app', async () => {
    const { messages } = open()
    const reply = await messages.reply(await conversationOver('sms'), { text: 'Hi' })
    expect((await failure(messages.setStatus(reply.message as Message, { status: 'read' }))).code).toBe('permission')
  })
})

describe('a file at the emulated vendor', () => {
  it('is uploaded, sent, read back and fetched', async () => {
    const { attachments, messages } = open()
    const conversation = await conversationOver('sms')
    const uploaded = await attachments.upload(conversation, {
      fileName: 'a.txt',
      contentType: 'text/plain',
      content: bytes,
    })
    const content = new Blob(['other'], { type: 'text/csv' })
    const reply = await messages.reply(conversation, {
      text: 'Here.',
      attachments: [uploaded, { fileName: 'b.csv', content }],
    })
    const files = reply.message?.attachments as Attachment[]
    expect(files.map(({ url, access }) => [url, access])).toEqual([
      [uploaded.url, 'open'],
      [expect.any(String), 'open'],
    ])
    expect(await attachments.url(files[0] as Attachment)).toEqual({ url: uploaded.url })
    expect(await attachments.read(files[0] as Attachment)).toEqual({ bytes, contentType: 'text/plain' })
    const second = await attachments.read(files[1] as Attachment)
    expect([new TextDecoder().decode(second.bytes), second.contentType]).toEqual(['other', 'text/csv'])
  })

  it('that is private is signed by the API, even hours later', async () => {
    const { attachments, messages } = open()
    const conversation = await conversationOver('email')
    const own = { vendor: { leadconnector: { isSecureAttachment: true } } } as const
    const uploaded = await attachments.upload(conversation, {
      fileName: 'a.pdf',
      contentType: 'application/pdf',
      content: bytes,
      ...own,
    })
    const reply = await messages.reply(conversation, { text: 'Here.', attachments: [uploaded] })
    const [file] = (await messages.get(reply.messageId as string)).attachments as [Attachment]
    expect(file.access).toBe('fetchable')
    await clock.advance(7_200_000)
    expect((await attachments.url(file)).url).toContain('expires=')
    expect(await attachments.read(file)).toEqual({ bytes, contentType: 'application/pdf' })
  })

  it('of a question is uploaded as well', async () => {
    const { messages } = open()
    const attachments = [{ fileName: 'a.png', contentType: 'image/png', content: bytes }]
    const answer = await messages.ask(
      await conversationOver('web'),
      { text: 'What is this?', attachments },
      { timeout: 30_000 },
    )
    const question = await messages.get(answer.attempt.messageId as string)
    expect(question.attachments?.[0]?.url).toContain('/files/')
  })

  it('that is the recording of a call can be read', async () => {
    const { attachments, messages } = open()
    const calls = await all(messages.export({ channel: 'voice' }))
    const call = calls.find((each) => each.attachments?.length) as Message
    const [recording] = call.attachments as [Attachment]
    parseModel('attachment', recording)
    const file = await attachments.read(recording)
    expect(file).toMatchObject({ contentType: 'audio/x-wav', fileName: `${call.id}.wav` })
    expect(new TextDecoder().decode(file.bytes.subarray(0, 4))).toBe('RIFF')
  })
})

describe('the export at the emulated vendor', () => {
  const everyMessage = async () => {
    const { conversations, messages } = open()
    const every = new Map<string, Message>()
    // Review requests are never in an export.
    const isExported = ({ type }: Message) => type.native !== 'TYPE_SMS_REVIEW_REQUEST'
    for (const conversation of await all(conversations.list({ limit: 100 }))) {
      const thread = await all(messages.list(conversation, { limit: 100 }))
      for (const message of thread.filter(isExported)) every.set(message.id, message)
    }
    return every
  }

  it('holds every message of the conversations, with emails last', async () => {
    const every = await everyMessage()
    const exported = await all(open().messages.export())
    expect(exported.map(({ id }) => id).sort()).toEqual([...every.keys()].sort())
    for (const message of exported) expect(message).toEqual(every.get(message.id))
    const isEmail = exported.map(({ type }) => type.value === 'email')
    expect(isEmail.indexOf(true)).toBe(exported.length - isEmail.filter(Boolean).length)
    // The seed plants words that no document names.
    expect(new Set(warnings.map(({ code }) => code))).toEqual(new Set(['unknown-term']))
    for (const message of exported) parseModel('message', message)
  })

  it.each([
    ['desc', 7],
    ['asc', 13],
    ['desc', 50],
  ] as const)('is the same in pages, %s by %i, however slowly it is read', async (order, limit) => {
    const { messages } = open()
    const whole = await all(messages.export({ channel: 'sms', order }))
    const read: Message[] = []
    for await (const page of messages.export({ channel: 'sms', order, limit }).pages()) {
      expect(page.items.length).toBeLessThanOrEqual(limit)
      read.push(...page.items)
      await clock.advance(130_000)
    }
    const ids = (items: readonly Message[]) => items.map(({ id }) => id).sort()
    expect(ids(read)).toEqual(ids(whole))
    const times = read.map(({ createdAt }) => createdAt ?? '')
    expect(times).toEqual([...times].sort((a, b) => (order === 'asc' ? 1 : -1) * (a < b ? -1 : a > b ? 1 : 0)))
  })

  it('fails if the vendor repeats a page', async () => {
    vendor.settings.cursorRepeats = true
    expect((await failure(all(open().messages.export({ channel: 'sms', limit: 10 })))).code).toBe('response')
  })

  it('can be limited to one conversation, one contact or a range of time', async () => {
    const { messages } = open()
    const conversation = await conversationOver('sms')
    const own = await all(messages.export({ conversationId: conversation.id }))
    expect(own.length).toBeGreaterThan(0)
    expect(new Set(own.map(({ conversationId }) => conversationId))).toEqual(new Set([conversation.id]))
    const contactId = conversation.contact?.id as string
    expect(await all(messages.export({ contactId }))).toEqual(own)
    const [newest] = own as [Message]
    const since = newest.createdAt as string
    const recent = await all(messages.export({ contactId, since, until: since }))
    expect(recent.map(({ createdAt }) => createdAt)).toContain(since)
  })
})

describe('knowledge at the emulated vendor', () => {
  it('is listed, added and removed', async () => {
    const { knowledge } = open()
    const before = await all(knowledge.list())
    expect(new Set(before.map(({ kind }) => kind.value))).toEqual(new Set(['faq', 'website']))
    expect(new Set(before.map(({ status }) => status?.value))).toEqual(new Set([undefined, 'ready', 'failed']))
    for (const item of before) parseModel('knowledge', item)
    const faq = await knowledge.add({ kind: 'faq', question: 'Where are you?', answer: 'By the harbour.' })
    const found = await all(knowledge.list({ search: 'harbour', kind: 'faq' }))
    expect(found).toEqual([faq])
    const url = 'https://harbour.example/new'
    const crawl = await knowledge.add({
      kind: 'website',
      url,
      knowledgeBaseId: faq.knowledgeBaseId as string,
      scope: 'path',
    })
    expect(crawl.status).toEqual({ value: 'processing', native: 'Pending' })
    const [page] = await all(knowledge.list({ kind: 'website', search: 'harbour.example' }))
    expect(page).toMatchObject({ url, status: { value: 'processing' }, knowledgeBaseId: faq.knowledgeBaseId })
    expect(await knowledge.remove(faq)).toEqual({ id: faq.id, confirmed: true })
    expect(await knowledge.remove(page?.id as string)).toEqual({ id: page?.id, confirmed: true })
    expect(await all(knowledge.list())).toEqual(before)
    expect((await failure(knowledge.remove(faq))).code).toBe('not-found')
  })

  it.each([1, 3, 100])('is the same in pages of %i', async (limit) => {
    const { knowledge } = open()
    const ids = (await all(knowledge.list())).map(({ id }) => id)
    expect((await all(knowledge.list({ limit }))).map(({ id }) => id)).toEqual(ids)
  })
})

describe('a contact at the emulated vendor', () => {
  it('is created, updated and read back as written', async () => {
    const { contacts } = open()
    const input = {
      firstName: 'Nia',
      lastName: 'Vale',
      email: 'nia@vale.example',
      phone: '+15550199',
      country: 'GB',
      tags: ['a', 'b'],
      customFields: { fld_1: 'blue' },
      vendor: {
        leadconnector: { companyName: 'Vale Ltd', timezone: 'Europe/London', source: 'fair', assignedTo: userId },
      },
    }
    const made = await contacts.upsert(input)
    expect(made).toMatchObject({
      ...{ name: 'Nia Vale', firstName: 'Nia', lastName: 'Vale', email: 'nia@vale.example', phone: '+15550199' },
      ...{ country: 'GB', tags: ['a', 'b'], customFields: { fld_1: 'blue' }, companyName: 'Vale Ltd' },
      ...{ timezone: 'Europe/London', origin: 'fair', assigneeId: userId },
    })
    expect(await contacts.get(made.id)).toEqual(made)
    const again = await contacts.upsert({ email: 'NIA@vale.example', tags: ['c'] })
    expect([again.id, again.tags, again.name]).toEqual([made.id, ['c'], 'Nia Vale'])
    const renamed = await contacts.upsert({ id: made.id, lastName: 'Moor', customFields: { fld_2: 7 } })
    expect(await contacts.get(made.id)).toEqual(renamed)
    expect([renamed.name, renamed.customFields]).toEqual(['Nia Moor', { fld_2: 7 }])
    expect((await failure(contacts.upsert({ id: 'nobody', name: 'No' }))).code).toBe('not-found')
  })
})
