import type {
  LeadConnectorConversationEndpoints,
  LeadConnectorFileEndpoints,
  LeadConnectorMessageEndpoints,
  LeadConnectorMessagePayload,
  LeadConnectorPreferenceEndpoints,
  LeadConnectorSendingEndpoints,
  LeadConnectorSubscriptionAction,
} from '@parley/leadconnector'
import { failure } from '@parley/testkit'
import { expect } from 'vitest'
import {
  app,
  checkEach,
  conversationBy,
  conversationProviderId,
  done,
  first,
  id,
  instant,
  locationId,
  native,
  number,
  text,
  vendor,
} from './native-desk.ts'

type Endpoints = LeadConnectorConversationEndpoints &
  LeadConnectorMessageEndpoints &
  LeadConnectorSendingEndpoints &
  LeadConnectorFileEndpoints &
  LeadConnectorPreferenceEndpoints

const exported = async (channel: 'Call' | 'SMS' | 'Email'): Promise<LeadConnectorMessagePayload> =>
  first(
    (await native.request('GET /conversations/messages/export', { query: { locationId, channel, limit: 10 } }))
      .messages,
  )

/** A call with something said in it. */
async function callPath(): Promise<{ locationId: string; messageId: string }> {
  const { id: messageId } = await exported('Call')
  return { locationId, messageId }
}

const sendLater = async (body: object) => {
  const { contactId } = await conversationBy('TYPE_SMS')
  const at = Math.floor(Date.now() / 1_000) + 30 * 86_400
  return native.request('POST /conversations/messages', {
    body: { type: 'SMS', contactId, message: 'Later', scheduledTimestamp: at, ...body },
  })
}

/** A call that the app added through its provider. */
async function addCall(): Promise<string> {
  const { conversationId } = await conversationBy('TYPE_SMS')
  const body = { type: 'Call', conversationId, conversationProviderId, call: { status: 'completed' as const } }
  const { messageId = '' } = await app.request('POST /conversations/messages/outbound', { body })
  return messageId
}

function form(conversationId: string, isSecureAttachment: boolean): FormData {
  const body = new FormData()
  body.append('locationId', locationId)
  body.append('conversationId', conversationId)
  body.append('isSecureAttachment', String(isSecureAttachment))
  body.append('fileAttachment', new Blob(['%PDF-1.7']), 'offer.pdf')
  return body
}

/** The vendor declares no answer; this is what the emulator gives. */
const subtypes = async () =>
  (await native.request('GET /conversations/preferences/custom-subtypes', { query: { locationId } })) as {
    id: string
  }[]

/** What a contact is subscribed to: the status by the name or the id of the subtype. */
async function subscriptions(contactId: string): Promise<Record<string, string>> {
  const route = 'GET /conversations/preferences/unsubscriptions/status'
  const { emails } = (await native.request(route, { query: { locationId, contactId } })) as {
    emails: { subscriptions: { subtype_id?: string; subtype_name?: string; subtype_status: string }[] }[]
  }
  return Object.fromEntries(
    first(emails).subscriptions.map(({ subtype_id, subtype_name, subtype_status }) => [
      subtype_id ?? subtype_name,
      subtype_status,
    ]),
  )
}

const checks: { [Route in keyof Endpoints]: () => Promise<void> } = {
  async 'GET /conversations/search'() {
    const query = { locationId, sortBy: 'last_message_date', sort: 'desc', limit: 2 }
    const page = await native.request('GET /conversations/search', { query })
    expect(page).toMatchObject({
      conversations: [
        { id, contactId: id, locationId, sort: expect.arrayContaining([number]) },
        { id, lastMessageDate: number },
      ],
      total: number,
      traceId: text,
    })
    const startAfterDate = page.conversations[1]?.sort ?? []
    const next = await native.request('GET /conversations/search', { query: { ...query, startAfterDate } })
    const seen = new Set([...page.conversations, ...next.conversations].map((each) => each.id))
    expect(seen.size).toBe(4)
  },
  async 'GET /conversations/{conversationId}'() {
    const { conversationId } = await conversationBy('TYPE_SMS')
    const read = await native.request('GET /conversations/{conversationId}', { path: { conversationId } })
    expect(read).toMatchObject({ id: conversationId, locationId, type: number, deleted: false })
  },
  async 'POST /conversations/'() {
    const { contact } = await native.request('POST /contacts/upsert', {
      body: { locationId, email: 'new@quill.example' },
    })
    const body = { locationId, contactId: contact.id }
    expect(await native.request('POST /conversations/', { body })).toMatchObject({
      ...done,
      conversation: { id, contactId: contact.id, dateAdded: instant },
    })
    expect((await failure(native.request('POST /conversations/', { body }))).code).toBe('conflict')
  },
  async 'PUT /conversations/{conversationId}'() {
    const { conversationId } = await conversationBy('TYPE_SMS')
    const body = { locationId, unreadCount: 0, starred: true }
    const put = native.request('PUT /conversations/{conversationId}', { path: { conversationId }, body })
    expect(await put).toMatchObject({
      success: true,
      conversation: { id: conversationId, starred: true, unreadCount: 0 },
    })
  },
  async 'DELETE /conversations/{conversationId}'() {
    const path = { conversationId: (await conversationBy('TYPE_SMS')).conversationId }
    expect(await native.request('DELETE /conversations/{conversationId}', { path })).toEqual(done)
    expect((await failure(native.request('GET /conversations/{conversationId}', { path }))).code).toBe('not-found')
  },
  async 'GET /conversations/{conversationId}/messages'() {
    const path = { conversationId: (await conversationBy('TYPE_SMS')).conversationId }
    const list = () => native.request('GET /conversations/{conversationId}/messages', { path, query: { limit: 1 } })
    const page = { messages: [{ id, messageType: text, dateAdded: instant }], nextPage: true, lastMessageId: id }
    expect(await list()).toMatchObject({ messages: page })
    vendor.settings.messageListShape = 'flat'
    expect(await list()).toMatchObject(page)
  },
  async 'GET /conversations/messages/{id}'() {
    const message = await exported('SMS')
    const read = () => native.request('GET /conversations/messages/{id}', { path: { id: message.id } })
    expect(await read()).toMatchObject({ message: { id: message.id, body: message.body } })
    vendor.settings.messageShape = 'flat'
    expect(await read()).toMatchObject({ id: message.id, body: message.body })
  },
  async 'GET /conversations/messages/email/{id}'() {
    const emailId = first((await exported('Email')).meta?.email?.messageIds)
    expect(await native.request('GET /conversations/messages/email/{id}', { path: { id: emailId } })).toMatchObject({
      id: emailId,
      from: text,
      to: [text],
      body: text,
    })
  },
  async 'GET /conversations/messages/export'() {
    const read = (cursor: object) =>
      native.request('GET /conversations/messages/export', { query: { locationId, limit: 10, ...cursor } })
    const page = await read({})
    expect(page).toMatchObject({ nextCursor: text, total: number })
    expect(page.messages).toHaveLength(10)
    const next = await read({ cursor: page.nextCursor ?? '' })
    expect(next.messages.map((each) => each.id)).not.toContain(first(page.messages).id)
  },
  async 'POST /conversations/messages'() {
    const { conversationId, contactId } = await conversationBy('TYPE_SMS')
    const body = { type: 'SMS', contactId, message: 'Hello' }
    const sent = await native.request('POST /conversations/messages', { body })
    expect(sent).toMatchObject({ conversationId, messageId: id, msg: text })
  },
  async 'POST /conversations/messages/inbound'() {
    const { conversationId, contactId } = await conversationBy('TYPE_SMS')
    const body = { type: 'SMS', conversationId, message: 'When do you open?', direction: 'inbound' }
    const added = await native.request('POST /conversations/messages/inbound', { body })
    expect(added).toMatchObject({ success: true, conversationId, contactId, messageId: id, dateAdded: instant })
  },
  async 'POST /conversations/messages/outbound'() {
    const added = await addCall()
    const read = await app.request('GET /conversations/messages/{id}', { path: { id: added } })
    expect(read).toMatchObject({
      message: { messageType: 'TYPE_CUSTOM_CALL', direction: 'outbound', conversationProviderId },
    })
  },
  async 'PUT /conversations/messages/{messageId}/status'() {
    vendor.settings.statusDelayMs = 0
    const messageId = await addCall()
    const put = app.request('PUT /conversations/messages/{messageId}/status', {
      path: { messageId },
      body: { status: 'failed', error: { code: '1', type: 'carrier', message: 'no route' } },
    })
    expect(await put).toMatchObject({ messageId, conversationId: id })
    const mine = (await exported('SMS')).id
    const others = native.request('PUT /conversations/messages/{messageId}/status', {
      path: { messageId: mine },
      body: { status: 'read' },
    })
    expect((await failure(others)).code).toBe('permission')
  },
  async 'PUT /conversations/messages/email/{id}/status'() {
    vendor.settings.statusDelayMs = 0
    const { contactId } = await conversationBy('TYPE_EMAIL')
    const body = { type: 'Email', contactId, subject: 'Offer', html: '<p>Hi</p>', conversationProviderId }
    const { emailMessageId = '' } = await app.request('POST /conversations/messages', { body })
    const put = app.request('PUT /conversations/messages/email/{id}/status', {
      path: { id: emailMessageId },
      body: { status: 'clicked', events: { clicked: 1 }, recipients: [{ emailId: 'e', status: 'clicked' }] },
    })
    expect(await put).toMatchObject({ success: true, message: text })
  },
  async 'DELETE /conversations/messages/{messageId}/schedule'() {
    const path = { messageId: (await sendLater({})).messageId }
    const cancel = () => native.request('DELETE /conversations/messages/{messageId}/schedule', { path })
    expect(await cancel()).toMatchObject({ status: 200, message: text })
    expect((await failure(cancel())).code).toBe('not-found')
  },
  async 'DELETE /conversations/messages/email/{emailMessageId}/schedule'() {
    const { contactId } = await conversationBy('TYPE_EMAIL')
    const { emailMessageId = '' } = await sendLater({ type: 'Email', contactId, html: '<p>Later</p>' })
    const cancel = native.request('DELETE /conversations/messages/email/{emailMessageId}/schedule', {
      path: { emailMessageId },
    })
    expect(await cancel).toMatchObject({ status: 200 })
  },
  async 'PUT /conversations/messages/{messageId}/attachments'() {
    const messageId = await addCall()
    const attachments = ['https://files.example/call.wav']
    const route = 'PUT /conversations/messages/{messageId}/attachments'
    const set = await app.request(route, { path: { messageId }, body: { attachments } })
    expect(set).toMatchObject({ success: true, attachments })
    const gone = app.request(route, { path: { messageId: 'msg_none' }, body: { attachments } })
    expect((await failure(gone)).code).toBe('not-found')
  },
  async 'POST /conversations/messages/upload'() {
    const { conversationId } = await conversationBy('TYPE_SMS')
    const body = form(conversationId, false)
    const { uploadedFiles } = await native.request('POST /conversations/messages/upload', { body })
    const file = await fetch(uploadedFiles['offer.pdf'] ?? '')
    expect(await file.text()).toBe('%PDF-1.7')
  },
  async 'GET /conversations/messages/{messageId}/locations/{locationId}/recording'() {
    const route = 'GET /conversations/messages/{messageId}/locations/{locationId}/recording'
    const bytes = await native.request(route, { path: await callPath() })
    expect(bytes).toBeInstanceOf(Uint8Array)
    expect(new TextDecoder().decode(bytes.subarray(0, 4))).toBe('RIFF')
  },
  async 'GET /conversations/locations/{locationId}/messages/{messageId}/transcription'() {
    const route = 'GET /conversations/locations/{locationId}/messages/{messageId}/transcription'
    const sentence = { mediaChannel: number, sentenceIndex: 0, startTime: number, endTime: number, transcript: text }
    const path = await callPath()
    const sentences = await native.request(route, { path })
    expect(Array.isArray(sentences) && sentences[0]).toMatchObject(sentence)
    vendor.settings.transcriptionShape = 'object'
    expect(await native.request(route, { path })).toMatchObject(sentence)
  },
  async 'GET /conversations/locations/{locationId}/messages/{messageId}/transcription/download'() {
    const route = 'GET /conversations/locations/{locationId}/messages/{messageId}/transcription/download'
    expect(await native.request(route, { path: await callPath() })).toMatch(/^Speaker \d: /)
  },
  async 'POST /conversations/providers/live-chat/typing'() {
    const { conversationId } = await conversationBy('TYPE_LIVE_CHAT')
    const body = { locationId, isTyping: true, visitorId: 'vis_1', conversationId }
    expect(await native.request('POST /conversations/providers/live-chat/typing', { body })).toEqual(done)
  },
  async 'GET /conversations/preferences/custom-subtypes'() {
    expect(await subtypes()).toMatchObject([
      { id, name: 'News of the workshop', channel: 'email', language: 'en', archived: false },
      { id, archived: true },
    ])
  },
  async 'POST /conversations/preferences/custom-subtypes'() {
    const body = { name: 'Tips', channel: 'email', language: 'en' }
    const made = await native.request('POST /conversations/preferences/custom-subtypes', {
      query: { locationId },
      body,
    })
    expect(made).toMatchObject({ id, ...body })
    expect(await subtypes()).toContainEqual(expect.objectContaining(body))
    const wrong = app.request('POST /conversations/preferences/custom-subtypes', {
      query: { locationId },
      body: { ...body, channel: 'pigeon' },
    })
    expect((await failure(wrong)).code).toBe('invalid-request')
  },
  async 'PUT /conversations/preferences/custom-subtypes/{id}'() {
    const path = { id: first(await subtypes()).id }
    const change = (body: object) =>
      native.request('PUT /conversations/preferences/custom-subtypes/{id}', { path, query: { locationId }, body })
    expect(await change({ archived: true, name: 'Old news' })).toMatchObject({ ...path, archived: true })
    expect(first(await subtypes())).toMatchObject({ ...path, name: 'Old news', channel: 'email', archived: true })
  },
  async 'GET /conversations/preferences/unsubscriptions/status'() {
    const { contactId } = await conversationBy('TYPE_EMAIL')
    expect(await subscriptions(contactId)).toEqual({
      'One on One': 'subscribed',
      ...Object.fromEntries((await subtypes()).map((subtype) => [subtype.id, 'subscribed'])),
    })
  },
  async 'POST /conversations/preferences/unsubscriptions/user-change'() {
    const { contactId } = await conversationBy('TYPE_EMAIL')
    const { contact } = await native.request('GET /contacts/{contactId}', { path: { contactId } })
    const subtype = first(await subtypes()).id
    const change = (subscription_action: LeadConnectorSubscriptionAction, legal_reason = '') =>
      native.request('POST /conversations/preferences/unsubscriptions/user-change', {
        body: { locationId, contactId, email: contact.email ?? '', subscription_action, legal_reason },
      })
    await change({ type: 'custom', subtype_id: subtype, subtype_status: 'unsubscribed' })
    await change({ type: 'default', subtype_name: 'One on One', subtype_status: 'unsubscribed' })
    expect(await subscriptions(contactId)).toMatchObject({ [subtype]: 'unsubscribed', 'One on One': 'unsubscribed' })
    const back = { type: 'custom', subtype_id: subtype, subtype_status: 'subscribed' } as const
    expect((await failure(change(back))).code).toBe('invalid-request')
    await change(back, 'She asked for it')
    expect(await subscriptions(contactId)).toMatchObject({ [subtype]: 'subscribed', 'One on One': 'unsubscribed' })
    await change({ type: 'resub_all', subtype_status: 'subscribed' }, 'She asked for all of it')
    expect(Object.values(await subscriptions(contactId))).not.toContain('unsubscribed')
  },
  async 'GET /files/d/{slug}'() {
    const { conversationId } = await conversationBy('TYPE_EMAIL')
    const body = form(conversationId, true)
    const { uploadedFiles } = await native.request('POST /conversations/messages/upload', { body })
    const slug = uploadedFiles['offer.pdf']?.split('/').at(-1) ?? ''
    const { url } = await native.request('GET /files/d/{slug}', { path: { slug } })
    expect(await (await fetch(url)).text()).toBe('%PDF-1.7')
  },
}

checkEach(checks)
