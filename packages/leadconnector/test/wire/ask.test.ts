import type { Conversation } from '@parley/core'
import { failure } from '@parley/testkit'
import { useNock } from '@parley/testkit/nock'
import nock from 'nock'
import { describe, expect, it } from 'vitest'
import { readConversation } from '../../src/read/conversation.ts'
import { readGeneration } from '../../src/read/generation.ts'
import { readMessage } from '../../src/read/message.ts'
import { conversationItemPayload, conversationPayload } from '../fixtures/conversations.ts'
import { generationPayload } from '../fixtures/generation.ts'
import { emailMessagePayload, emailPayload, nested, smsPayload } from '../fixtures/messages.ts'
import { reader, refOf, testAccount, vendor } from '../helpers/account.ts'

useNock()

const path = '/conversations/messages/inbound'
const sms: Conversation = readConversation(conversationItemPayload, reader().reading)
const accepted = { success: true, conversationId: 'cnv_81', messageId: 'msg_q', contactId: 'ctc_5' }
const { attachments: _, altId: __, ...plain } = smsPayload
const question = {
  ...plain,
  id: 'msg_q',
  direction: 'inbound',
  source: undefined,
  body: 'When do you open?',
  dateAdded: '2026-01-02T10:00:00.500Z',
}
const answer = { ...plain, id: 'msg_a', body: 'At 8:15.', dateAdded: '2026-01-02T10:00:09.000Z' }
const none = { statusCode: 400, message: 'No Ai suggestion Found' }

const sends = (body: object | undefined = undefined) =>
  vendor()
    .post(path, body as never)
    .reply(201, accepted)
const lists = (...messages: object[]) =>
  vendor().get('/conversations/cnv_81/messages').query({ limit: '20' }).reply(200, nested(messages))
const proves = (id = 'msg_a') =>
  vendor()
    .get('/conversation-ai/generations')
    .query({ messageId: id, source: 'conversation' })
    .reply(200, generationPayload)
const disproves = (id = 'msg_a', times = 1) =>
  vendor()
    .get('/conversation-ai/generations')
    .query((query) => query['messageId'] === id)
    .times(2 * times)
    .reply(400, none)

const attempt = {
  kind: 'ask',
  conversationId: 'cnv_81',
  contactId: 'ctc_5',
  messageId: 'msg_q',
  text: 'When do you open?',
  startedAt: '2026-01-02T10:00:00.000Z',
  deadline: '2026-01-02T10:02:00.000Z',
}

describe('messages.ask', () => {
  it('adds the contact’s message, waits for the agent and confirms its authorship', async () => {
    sends({
      type: 'SMS',
      conversationId: 'cnv_81',
      contactId: 'ctc_5',
      message: 'When do you open?',
      direction: 'inbound',
    })
    lists(question)
    lists(answer, question)
    proves()
    const account = testAccount()
    const result = await account.messages.ask(sms, { text: 'When do you open?' })
    const { sources } = readGeneration(generationPayload, reader().reading, 'msg_a')
    const message = {
      ...readMessage(answer, reader().reading),
      author: { kind: 'agent', basis: 'vendor', native: 'app', id: 'agt_m41' },
      sources,
      sourcesState: 'inline',
    }
    expect(result).toStrictEqual({
      outcome: 'answered',
      text: 'At 8:15.',
      message,
      messages: [message],
      sources,
      sourcesState: 'inline',
      conversationId: 'cnv_81',
      conversationRef: refOf('conversation', 'cnv_81'),
      contactId: 'ctc_5',
      contactRef: refOf('contact', 'ctc_5'),
      attempt,
      warnings: [],
    })
    expect(account.clock.waits).toEqual([250, 400])
    // The generation is remembered.
    expect((await account.sources.list('msg_a')).items).toStrictEqual(sources)
  })

  it('reads the conversation if only its id is given', async () => {
    vendor()
      .get('/conversations/cnv_81')
      .reply(200, { ...conversationPayload, lastMessageType: 'TYPE_WEBCHAT' })
    sends({ type: 'WebChat', conversationId: 'cnv_81', contactId: 'ctc_5', message: 'Hi', direction: 'inbound' })
    lists(answer, question)
    proves()
    expect((await testAccount().messages.ask('cnv_81', { text: 'Hi' })).outcome).toBe('answered')
  })

  it.each([['TYPE_NO_SHOW'], [100]])(
    'begins an empty conversation (%s) as live chat, so that nothing leaves the platform',
    async (lastMessageType) => {
      vendor()
        .get('/conversations/cnv_81')
        .reply(200, { ...conversationPayload, type: 'TYPE_PHONE', lastMessageType })
      sends({ type: 'Live_Chat', conversationId: 'cnv_81', contactId: 'ctc_5', message: 'Hi', direction: 'inbound' })
      lists(answer, question)
      proves()
      expect((await testAccount().messages.ask('cnv_81', { text: 'Hi' })).outcome).toBe('answered')
    },
  )

  it('begins a conversation that shows neither channel nor messages as live chat', async () => {
    vendor()
      .get('/conversations/cnv_81')
      .reply(200, { ...conversationPayload, type: 1, lastMessageType: undefined })
    lists()
    sends({ type: 'Live_Chat', conversationId: 'cnv_81', contactId: 'ctc_5', message: 'Hi', direction: 'inbound' })
    lists(answer, question)
    proves()
    expect((await testAccount().messages.ask('cnv_81', { text: 'Hi' })).outcome).toBe('answered')
  })

  it('needs no read if channel and conversation are given', async () => {
    sends({ type: 'Live_Chat', conversationId: 'cnv_81', message: 'Hi', direction: 'inbound' })
    lists(answer, question)
    proves()
    const result = await testAccount().messages.ask('cnv_81', { text: 'Hi', channel: 'web' })
    expect(result).not.toHaveProperty('contactId')
    expect(result.outcome).toBe('answered')
  })

  it('opens a new live chat for a contact, and warns that context has no effect', async () => {
    sends({
      type: 'Live_Chat',
      contactId: 'ctc_5',
      message: 'Hi',
      attachments: ['https://f.example/a.png'],
      direction: 'inbound',
      altId: 'ext_1',
    })
    lists(answer, question)
    proves()
    const result = await testAccount().messages.ask(
      { contact: 'ctc_5' },
      {
        text: 'Hi',
        context: 'x',
        attachments: [{ url: 'https://f.example/a.png' }],
        vendor: { leadconnector: { altId: 'ext_1' } },
      },
    )
    expect(result).toMatchObject({ outcome: 'answered', conversationId: 'cnv_81', contactId: 'ctc_5' })
    expect(result.warnings).toMatchObject([{ code: 'ignored-option' }])
  })

  it('reads the body of an answer that is an email', async () => {
    sends()
    lists({ ...emailMessagePayload, dateAdded: '2026-01-02T10:00:09.000Z' }, question)
    proves('msg_9')
    vendor().get('/conversations/messages/email/eml_2').reply(200, emailPayload)
    const result = await testAccount().messages.ask(sms, { text: 'When do you open?' })
    expect(result).toMatchObject({ outcome: 'answered', text: 'Tuesday & 8:15\nSee you' })
  })

  it('takes an answer for the agent’s if three looks find no generation', async () => {
    sends()
    for (let look = 0; look < 3; look++) lists(answer, question)
    disproves('msg_a', 3)
    const result = await testAccount().messages.ask(sms, { text: 'When do you open?' })
    expect(result).toMatchObject({
      outcome: 'answered',
      text: 'At 8:15.',
      message: { author: { kind: 'agent', basis: 'inferred' } },
      sources: [],
      sourcesState: 'fetchable',
      warnings: [{ code: 'degraded' }],
    })
  })

  it('takes an answer for the agent’s if generations may not be read', async () => {
    sends()
    lists(answer, question)
    vendor()
      .get('/conversation-ai/generations')
      .query(true)
      .reply(401, { statusCode: 401, message: 'The token is not authorized for this scope.' })
    const result = await testAccount().messages.ask(sms, { text: 'When do you open?' })
    expect(result).toMatchObject({ outcome: 'answered', sourcesState: 'fetchable', warnings: [{ code: 'degraded' }] })
  })

  it('takes the message of a workflow for the agent’s only with a generation as proof', async () => {
    sends()
    const greeting = { ...answer, id: 'msg_w', source: 'workflow', body: 'Thanks!' }
    lists(greeting, question)
    lists(answer, greeting, question)
    disproves('msg_w', 2)
    proves()
    expect((await testAccount().messages.ask(sms, { text: 'When do you open?' })).text).toBe('At 8:15.')
  })

  it('skips messages of other programs and of the platform', async () => {
    sends()
    lists(
      answer,
      { ...answer, id: 'msg_p', source: 'api' },
      { ...answer, id: 'msg_i', messageType: 'TYPE_ACTIVITY_CONTACT' },
      question,
    )
    proves()
    expect((await testAccount().messages.ask(sms, { text: 'When do you open?' })).message?.id).toBe('msg_a')
  })

  it('is unanswered if a person took over or the answer is empty', async () => {
    sends()
    lists({ ...answer, userId: 'usr_9' }, question)
    const taken = await testAccount().messages.ask(sms, { text: 'When do you open?' })
    expect(taken).toMatchObject({ outcome: 'unanswered', text: null, message: null, attempt })
    sends()
    lists({ ...answer, body: '' }, question)
    proves()
    const empty = await testAccount().messages.ask(sms, { text: 'When do you open?' })
    expect(empty).toMatchObject({ outcome: 'unanswered', text: null, message: { id: 'msg_a' } })
  })

  it('is pending at the deadline, after looks at growing intervals', async () => {
    sends()
    vendor()
      .get('/conversations/cnv_81/messages')
      .query(true)
      .times(60)
      .reply(200, nested([question]))
    const account = testAccount()
    const result = await account.messages.ask(sms, { text: 'When do you open?' })
    expect(result).toStrictEqual({
      outcome: 'pending',
      text: null,
      message: null,
      messages: [],
      sources: [],
      sourcesState: 'unavailable',
      conversationId: 'cnv_81',
      conversationRef: refOf('conversation', 'cnv_81'),
      contactId: 'ctc_5',
      contactRef: refOf('contact', 'ctc_5'),
      attempt,
      warnings: [],
    })
    expect(account.clock.waits.slice(0, 6)).toEqual([250, 400, 640, 1_024, 1_638, 2_621])
    expect(account.clock.now() - Date.parse('2026-01-02T10:00:00.000Z')).toBe(120_000)
    nock.cleanAll()
  })

  it('keeps waiting if one look fails, and stops if looking is refused', async () => {
    sends()
    vendor().get('/conversations/cnv_81/messages').query(true).times(3).reply(503)
    lists(answer, question)
    proves()
    expect((await testAccount().messages.ask(sms, { text: 'When do you open?' })).outcome).toBe('answered')
    sends()
    vendor().get('/conversations/cnv_81/messages').query(true).reply(403, { message: 'no', statusCode: 403 })
    const result = await testAccount().messages.ask(sms, { text: 'When do you open?' })
    expect(result).toMatchObject({ outcome: 'pending', attempt, warnings: [{ code: 'degraded' }] })
  })

  it('has an unknown outcome if an accepted question never appears', async () => {
    sends()
    vendor()
      .get('/conversations/cnv_81/messages')
      .query(true)
      .times(9)
      .reply(200, nested([smsPayload]))
    const result = await testAccount().messages.ask(sms, { text: 'When do you open?' }, { timeout: 14_000 })
    const over = { ...attempt, deadline: '2026-01-02T10:00:14.000Z' }
    expect(result).toMatchObject({ outcome: 'unknown', attempt: over, warnings: [{ code: 'degraded' }] })
    nock.cleanAll()
  })

  it('reads back after a send without an answer, and then waits', async () => {
    vendor().post(path).reply(502, '<html>')
    lists(smsPayload)
    lists(question, smsPayload)
    lists(answer, question)
    proves()
    const result = await testAccount().messages.ask(sms, { text: 'When do you open?' })
    expect(result).toMatchObject({ outcome: 'answered', text: 'At 8:15.', attempt })
  })

  it('has an unknown outcome after a send without an answer that nothing confirms', async () => {
    vendor().post(path).reply(201, {})
    for (let look = 0; look < 3; look++) lists(smsPayload)
    const result = await testAccount().messages.ask(sms, { text: 'When do you open?' })
    expect(result).toMatchObject({ outcome: 'unknown', attempt: { ...attempt, messageId: null } })
  })

  it('finds the conversation of a new question by its contact', async () => {
    vendor()
      .post(path)
      .replyWithError(Object.assign(new Error('gone'), { code: 'ECONNRESET' }))
    vendor().get('/conversations/search').query(true).reply(200, { conversations: [], total: 0 })
    vendor()
      .get('/conversations/search')
      .query({ locationId: 'loc_1', contactId: 'ctc_5', limit: '1' })
      .reply(200, { conversations: [conversationItemPayload], total: 1 })
    lists(question)
    lists(answer, question)
    proves()
    const result = await testAccount().messages.ask({ contact: 'ctc_5' }, { text: 'When do you open?' })
    expect(result).toMatchObject({ outcome: 'answered', attempt })
  })

  it('reports a wrong token although the endpoint answers with a fault', async () => {
    vendor().post(path).reply(500, { statusCode: 500, message: 'Internal server error' })
    vendor().get('/conversations/cnv_81/messages').query(true).reply(401, { statusCode: 401, message: 'Invalid JWT' })
    expect(await failure(testAccount().messages.ask(sms, { text: 'Hi' }))).toMatchObject({ code: 'authentication' })
  })

  it('throws if the question was certainly not sent', async () => {
    vendor()
      .post(path)
      .reply(400, { statusCode: 400, message: 'conversationProviderId is required', error: 'Bad Request' })
    expect(await failure(testAccount().messages.ask(sms, { text: 'Hi' }))).toMatchObject({
      code: 'invalid-request',
      outcome: 'not-done',
      fields: [{ path: 'conversationProviderId', problem: 'is required' }],
    })
  })

  it.each([
    [{ contact: null }, { text: 'Hi' }, 'contact'],
    [{ contact: '' }, { text: 'Hi' }, 'contact'],
    [sms, { text: ' ' }, 'text'],
    ['', { text: 'Hi' }, 'conversation'],
    [sms, { text: 'Hi', channel: 'voice' }, 'channel'],
  ])('refuses the contact %j and the input %j before a request is sent', async (target, input, field) => {
    expect(await failure(testAccount().messages.ask(target as never, input as never))).toMatchObject({
      code: 'invalid-request',
      fields: [{ path: field }],
    })
  })

  it('ends with the caller’s reason when the caller aborts', async () => {
    const controller = new AbortController()
    sends()
    const account = testAccount({ onRequest: () => controller.abort(new Error('enough')) })
    await expect(account.messages.ask(sms, { text: 'Hi' }, { signal: controller.signal })).rejects.toThrow('enough')
  })
})

describe('messages.reconcile', () => {
  const { deadline: _, ...undated } = attempt
  const ask = { ...undated, kind: 'ask', messageId: null } as const
  const reply = { ...ask, kind: 'reply', text: 'At 8:15.' } as const
  /** So long ago that it must have arrived if it ever does, also for an attempt that another process made. */
  const longAgo = '2026-01-02T09:46:00.000Z'
  const later = () => testAccount()

  it('finds a reply by its text', async () => {
    lists({ ...answer, source: 'api' }, question)
    expect(await later().messages.reconcile(reply)).toStrictEqual({
      outcome: 'done',
      message: readMessage({ ...answer, source: 'api' }, reader().reading),
      answer: null,
      attempt: { ...reply, messageId: 'msg_a' },
    })
  })

  it('finds a reply by its id', async () => {
    vendor().get('/conversations/messages/msg_a').reply(200, { message: answer })
    const reconciled = await later().messages.reconcile({ ...reply, conversationId: null, messageId: 'msg_a' })
    expect(reconciled).toMatchObject({ outcome: 'done', message: { id: 'msg_a' } })
  })

  it('finds a reply by email in its body, and does not match a longer text', async () => {
    const email = { ...emailMessagePayload, dateAdded: '2026-01-02T10:00:09.000Z', source: 'api' }
    const text = 'Does Tuesday & 8:15 work?'
    const body = { ...emailPayload, body: `<p>${text.replace('&', '&amp;')}</p>` }
    lists(email)
    vendor().get('/conversations/messages/email/eml_2').reply(200, { emailMessage: body })
    expect(await later().messages.reconcile({ ...reply, text })).toMatchObject({
      outcome: 'done',
      message: { id: 'msg_9' },
    })
    lists(email)
    vendor()
      .get('/conversations/messages/email/eml_2')
      .reply(200, { emailMessage: { ...body, body: `${body.body}<p>Kay</p>` } })
    expect((await later().messages.reconcile({ ...reply, text, startedAt: longAgo })).outcome).toBe('unknown')
  })

  it('reports in another process that nothing was sent only after 13 minutes', async () => {
    lists(smsPayload)
    const past = { ...reply, startedAt: '2026-01-02T09:47:00.000Z' }
    expect((await later().messages.reconcile(past)).outcome).toBe('unknown')
    lists(smsPayload)
    expect(await later().messages.reconcile({ ...reply, startedAt: longAgo })).toMatchObject({
      outcome: 'not-done',
      message: null,
      answer: null,
    })
  })

  it('is unsure if the same text was sent shortly before, or if a text is missing', async () => {
    const past = { ...reply, startedAt: longAgo }
    lists({ ...answer, source: 'api', dateAdded: '2026-01-02T09:45:30.000Z' })
    expect((await later().messages.reconcile(past)).outcome).toBe('unknown')
    lists({ ...emailMessagePayload, source: 'api', meta: {}, dateAdded: '2026-01-02T09:58:30.000Z' })
    expect((await later().messages.reconcile(past)).outcome).toBe('unknown')
    lists({ ...answer, source: 'api' })
    expect((await later().messages.reconcile({ ...past, text: '' })).outcome).toBe('unknown')
  })

  it.each([
    ['the contact wrote', { direction: 'inbound' }],
    ['a workflow sent', { source: 'workflow' }],
    ['a campaign sent', { source: 'bulk_actions' }],
    ['a colleague wrote in the app', { source: 'app', userId: 'usr_2' }],
    ['is a call', { messageType: 'TYPE_CALL', source: 'api' }],
    ['is an activity', { messageType: 'TYPE_ACTIVITY_CONTACT', source: 'api' }],
    ['is a note', { messageType: 'TYPE_INTERNAL_COMMENT', source: 'api' }],
  ])('does not match a message that %s', async (_, fields) => {
    lists({ ...answer, body: 'Other words.', source: 'api', ...fields })
    expect((await later().messages.reconcile({ ...reply, startedAt: longAgo })).outcome).toBe('not-done')
  })

  it('rules out an agent’s message only with a generation as proof', async () => {
    lists({ ...answer, body: 'Other words.', source: 'app' })
    proves()
    expect((await later().messages.reconcile({ ...reply, startedAt: longAgo })).outcome).toBe('not-done')
    lists({ ...answer, body: 'Other words.', source: 'app' })
    disproves()
    expect((await later().messages.reconcile({ ...reply, startedAt: longAgo })).outcome).toBe('unknown')
  })

  it('matches `altId`, which the vendor keeps', async () => {
    lists({ ...question, body: 'Changed on the way', altId: 'mine-1' })
    const reconciled = await later().messages.reconcile({ ...ask, mark: 'mine-1' })
    expect(reconciled).toMatchObject({ outcome: 'done', message: { id: 'msg_q' } })
  })

  it('finds a question and its answer', async () => {
    lists(answer, question)
    proves()
    const reconciled = await later().messages.reconcile(ask)
    expect(reconciled).toMatchObject({
      outcome: 'done',
      message: { id: 'msg_q' },
      answer: { outcome: 'answered', text: 'At 8:15.', attempt: undated, contactId: 'ctc_5', sourcesState: 'inline' },
    })
  })

  it('resumes a question that was pending', async () => {
    vendor().get('/conversations/messages/msg_q').reply(200, { message: question })
    lists(question)
    const reconciled = await later().messages.reconcile({ ...ask, messageId: 'msg_q' })
    expect(reconciled).toMatchObject({ outcome: 'done', message: { id: 'msg_q' }, answer: null })
  })

  it('has an unknown outcome without a conversation', async () => {
    const reconciled = await later().messages.reconcile({ ...ask, contactId: null, conversationId: null })
    expect(reconciled).toMatchObject({ outcome: 'unknown', message: null, answer: null })
  })

  it('has an unknown outcome for an accepted message that does not appear', async () => {
    vendor().get('/conversations/messages/msg_q').reply(400, { message: 'Message does not exist with id msg_q' })
    const lost = { ...ask, messageId: 'msg_q', startedAt: '2026-01-02T09:00:00.000Z' }
    expect((await later().messages.reconcile(lost)).outcome).toBe('unknown')
  })

  it.each([
    [null, 'attempt'],
    [{ ...ask, kind: 'shout' }, 'attempt.kind'],
    [{ ...ask, text: 3 }, 'attempt.text'],
    [{ ...ask, startedAt: 'today' }, 'attempt.startedAt'],
  ])('refuses %j before a request is sent', async (given, field) => {
    expect(await failure(later().messages.reconcile(given as never))).toMatchObject({ fields: [{ path: field }] })
  })
})
