import type { Event, Warning } from '@parley/core'
import { parseModel } from '@parley/core/schema'
import { describe, expect, test } from 'vitest'
import { entity } from '../helpers/account.ts'
import { testWebhook } from './helpers.ts'
import * as payloads from './payloads.ts'

const { envelope } = payloads

async function parse(payload: object) {
  const warnings: Warning[] = []
  const [event] = await testWebhook({ onWarning: (warning) => warnings.push(warning) }).parse({ ...payload })
  return { event: parseModel('event', event) as Event, warnings }
}

const base = (payload: { type?: string }) => ({
  vendor: 'leadconnector',
  account: 'clinic',
  dedupeKey: `leadconnector:clinic:loc_1:${envelope.webhookId}`,
  native: payload.type,
  occurredAt: '2026-01-02T09:00:01.000Z',
  raw: payload,
})
const conversation = 'leadconnector:clinic/conversation/cnv_81'
const contact = 'leadconnector:clinic/contact/ctc_5'
const message = (id: string) => `leadconnector:clinic/message/${id}`
describe('an event about a message', () => {
  const at = '2026-01-02T09:00:00.000Z'

  test('has the snapshot of an inbound text message', async () => {
    expect(await parse(payloads.inbound)).toStrictEqual({
      warnings: [],
      event: {
        ...base(payloads.inbound),
        kind: 'message.created',
        occurredAt: at,
        message: message('msg_4'),
        conversation,
        contact,
        snapshot: {
          ...entity('message', 'msg_4'),
          conversationId: 'cnv_81',
          contactId: 'ctc_5',
          type: { value: 'text', native: 'TYPE_SMS' },
          direction: 'inbound',
          author: { kind: 'contact', basis: 'vendor', id: 'ctc_5' },
          sourcesState: 'unavailable',
          channel: { value: 'sms', native: 'TYPE_SMS' },
          text: 'Can I move it?',
          status: { value: 'delivered', native: 'delivered' },
          attachments: [],
          createdAt: at,
        },
      },
    })
  })

  test('takes the direction of a text message from the event’s name', async () => {
    const { event, warnings } = await parse(payloads.outbound)
    expect(warnings).toEqual([])
    expect(event).toStrictEqual({
      ...base(payloads.outbound),
      kind: 'message.created',
      occurredAt: at,
      message: message('msg_5'),
      conversation,
      contact,
      snapshot: {
        ...entity('message', 'msg_5'),
        conversationId: 'cnv_81',
        contactId: 'ctc_5',
        type: { value: 'text', native: 'SMS' },
        direction: 'outbound',
        author: { kind: 'agent', basis: 'inferred', native: 'app' },
        sourcesState: 'fetchable',
        channel: { value: 'sms', native: 'SMS' },
        text: 'Of course.',
        status: { value: 'sent', native: 'sent' },
        attachments: [
          {
            ...entity('attachment', 'msg_5#0'),
            ref: 'leadconnector:clinic/attachment/msg_5#0',
            url: 'https://files.example/a.png',
            access: 'open',
          },
        ],
        createdAt: at,
      },
    })
  })

  test('reads an email without the vendor’s text as HTML or as plain text', async () => {
    const { plainText: _, ...email } = payloads.email
    const bodyOf = async (fields: object) => {
      const { event } = await parse({ ...email, ...fields })
      return event?.kind === 'message.created' ? [event.snapshot?.text, event.snapshot?.html] : undefined
    }
    const html = '<p>Caf&eacute;</p><p>8:15</p>'
    expect(await bodyOf({ body: html })).toEqual(['Café\n8:15', html])
    const plain = 'Clinic <desk@clinic.example> wrote:\n> Tuesday'
    expect(await bodyOf({ body: plain, contentType: 'text/plain' })).toEqual([plain, undefined])
    expect(await bodyOf({ body: plain })).toEqual([plain, plain])
    expect(await bodyOf({ body: undefined, plainText: plain, contentType: undefined })).toEqual([plain, undefined])
  })

  test('has the addresses of an email and the vendor’s text', async () => {
    const { event, warnings } = await parse(payloads.email)
    expect(warnings).toEqual([])
    expect(event).toStrictEqual({
      ...base(payloads.email),
      kind: 'message.created',
      occurredAt: at,
      message: message('msg_9'),
      conversation,
      contact,
      snapshot: {
        ...entity('message', 'msg_9'),
        conversationId: 'cnv_81',
        contactId: 'ctc_5',
        type: { value: 'email', native: 'Email' },
        direction: 'outbound',
        author: { kind: 'operator', basis: 'vendor', id: 'usr_1', native: 'app' },
        sourcesState: 'unavailable',
        channel: { value: 'email', native: 'Email' },
        text: 'Tuesday, 8:15',
        html: '<p>Tuesday</p><p>8:15</p>',
        status: { value: 'delivered', native: 'delivered' },
        email: {
          ids: ['eml_2'],
          subject: 'Your slot',
          from: 'desk@harbour.example',
          to: ['ada@quill.example'],
          cc: ['bo@quill.example', 'cy@quill.example'],
          threadId: 'thr_1',
        },
        createdAt: at,
      },
    })
  })

  test('turns a single address of an email into a list', async () => {
    const { event } = await parse({ ...payloads.email, to: 'ada@quill.example' })
    expect(event).toMatchObject({ snapshot: { email: { to: ['ada@quill.example'] } } })
  })

  test('takes the direction of a call from the call’s own field', async () => {
    const { event, warnings } = await parse(payloads.voicemail)
    expect(warnings).toEqual([])
    expect(event).toMatchObject({
      kind: 'message.created',
      native: 'OutboundMessage',
      snapshot: {
        type: { value: 'call', native: 'CALL' },
        direction: 'inbound',
        author: { kind: 'contact' },
        text: null,
        call: { duration: 12, status: { value: 'voicemail', native: 'voicemail' } },
        attachments: [{ url: 'https://files.example/voicemail.mp3' }],
      },
    })
  })

  test('gives an internal comment the direction internal', async () => {
    const { event } = await parse({
      ...payloads.outbound,
      messageType: 'InternalComment',
      userId: 'usr_1',
      mentions: [],
    })
    expect(event).toMatchObject({
      snapshot: { type: { value: 'note' }, direction: 'internal', author: { kind: 'operator', id: 'usr_1' } },
    })
  })

  test.each([
    ['CALL', 'call', 'voice'],
    ['VoiceMail', 'call', 'voice'],
    ['SMS', 'text', 'sms'],
    ['GMB', 'text', 'google'],
    ['FB', 'text', 'messenger'],
    ['IG', 'text', 'instagram'],
    ['Email', 'email', 'email'],
    ['Live Chat', 'text', 'web'],
    ['WhatsApp', 'text', 'whatsapp'],
    ['Custom', 'text', 'unknown'],
    ['InternalComment', 'note', 'internal'],
  ])('knows the short word %s', async (messageType, type, channel) => {
    const { event, warnings } = await parse({ ...payloads.outbound, messageType })
    expect(event).toMatchObject({ snapshot: { type: { value: type }, channel: { value: channel } } })
    expect(warnings).toEqual([])
  })

  test('without an id only says that the conversation has something new', async () => {
    const { messageId: _, ...payload } = payloads.email
    expect((await parse(payload)).event).toStrictEqual({
      ...base(payload),
      kind: 'conversation.updated',
      occurredAt: at,
      conversation,
      contact,
    })
  })

  test('of an unknown kind keeps the event and its snapshot', async () => {
    const { event, warnings } = await parse({ ...payloads.inbound, messageTypeString: 'TYPE_HOLOGRAM' })
    expect(event).toMatchObject({
      kind: 'message.created',
      snapshot: { type: { value: 'unknown', native: 'TYPE_HOLOGRAM' }, text: 'Can I move it?' },
    })
    expect(warnings.map(({ code }) => code)).toEqual(['unknown-term'])
  })
})

describe('an event about a conversation', () => {
  test('has its unread messages and flags', async () => {
    expect(await parse(payloads.unread)).toStrictEqual({
      warnings: [],
      event: {
        ...base(payloads.unread),
        kind: 'conversation.updated',
        conversation,
        contact,
        changes: { unreadCount: 3, isStarred: false, isDeleted: false },
      },
    })
  })

  test('says that two contacts became one', async () => {
    expect(await parse(payloads.merge)).toStrictEqual({
      warnings: [],
      event: {
        ...base(payloads.merge),
        kind: 'conversation.merged',
        conversation,
        merged: 'leadconnector:clinic/conversation/cnv_80',
        contact,
      },
    })
  })
})

describe('an event about a contact', () => {
  test.each([
    ['ContactCreate', 'contact.created'],
    ['ContactUpdate', 'contact.updated'],
    ['ContactTagUpdate', 'contact.updated'],
    ['ContactDelete', 'contact.deleted'],
  ])('%s is %s with the contact as a snapshot', async (type, kind) => {
    const payload = { ...payloads.contact, type }
    expect(await parse(payload)).toStrictEqual({
      warnings: [],
      event: {
        ...base(payload),
        kind,
        contact,
        snapshot: {
          ...entity('contact', 'ctc_5'),
          name: 'Ada Quill',
          firstName: 'Ada',
          lastName: 'Quill',
          email: 'ada@quill.example',
          phone: '+15550100',
          country: 'AT',
          doNotDisturb: false,
          tags: ['vip'],
          customFields: { fld_1: ['a', 'b'] },
          createdAt: '2025-12-31T23:00:00.000Z',
        },
      },
    })
  })

  test('has the channels that must not be used', async () => {
    expect(await parse(payloads.dnd)).toStrictEqual({
      warnings: [],
      event: {
        ...base(payloads.dnd),
        kind: 'contact.updated',
        contact,
        snapshot: {
          ...entity('contact', 'ctc_5'),
          doNotDisturb: true,
          doNotDisturbOn: [{ value: 'sms', native: 'SMS' }],
        },
      },
    })
  })

  test.each([
    ['NoteCreate', 'note.created'],
    ['NoteUpdate', 'note.updated'],
    ['NoteDelete', 'note.deleted'],
  ])('%s is %s', async (type, kind) => {
    const payload = { type, ...envelope, id: 'not_1', body: 'Prefers mornings', contactId: 'ctc_5' }
    expect(await parse(payload)).toStrictEqual({
      warnings: [],
      event: { ...base(payload), kind, noteId: 'not_1', contact },
    })
  })

  test.each([
    ['TaskCreate', 'task.created'],
    ['TaskComplete', 'task.completed'],
    ['TaskDelete', 'task.deleted'],
  ])('%s is %s', async (type, kind) => {
    const payload = { type, ...envelope, id: 'tsk_1', title: 'Call', contactId: 'ctc_5' }
    expect(await parse(payload)).toStrictEqual({
      warnings: [],
      event: { ...base(payload), kind, taskId: 'tsk_1', contact },
    })
  })
})

describe('other events', () => {
  test.each([
    ['UserCreate', 'operator.created', 'operatorId'],
    ['UserUpdate', 'operator.updated', 'operatorId'],
    ['UserDelete', 'operator.deleted', 'operatorId'],
    ['KnowledgeBaseCreate', 'knowledge-base.created', 'knowledgeBaseId'],
    ['KnowledgeBaseUpdate', 'knowledge-base.updated', 'knowledgeBaseId'],
    ['KnowledgeBaseDelete', 'knowledge-base.deleted', 'knowledgeBaseId'],
  ])('named %s are %s', async (type, kind, field) => {
    const payload = { type, ...envelope, id: 'x_1', name: 'Olga' }
    expect(await parse(payload)).toStrictEqual({ warnings: [], event: { ...base(payload), kind, [field]: 'x_1' } })
  })

  test.each([
    ['INSTALL', 'account.connected'],
    ['UNINSTALL', 'account.disconnected'],
    ['UPDATE', 'account.updated'],
  ])('named %s are %s', async (type, kind) => {
    const payload = { type, ...envelope, installType: 'Location', companyId: 'com_1' }
    expect(await parse(payload)).toStrictEqual({ warnings: [], event: { ...base(payload), kind } })
  })

  test('have the new status of an email', async () => {
    expect(await parse(payloads.emailStats)).toStrictEqual({
      warnings: [],
      event: {
        ...base(payloads.emailStats),
        kind: 'email.reported',
        occurredAt: '2026-01-02T09:00:00.000Z',
        status: { value: 'read', native: 'opened' },
        recipient: 'ada@quill.example',
      },
    })
  })

  test('ask a custom provider to deliver a message, without an envelope', async () => {
    const { event, warnings } = await parse(payloads.delivery)
    expect(warnings).toEqual([])
    expect(event).toStrictEqual({
      kind: 'message.delivery-requested',
      message: message('msg_12'),
      contact,
      vendor: 'leadconnector',
      account: 'clinic',
      dedupeKey: 'leadconnector:clinic:loc_1:delivery:msg_12',
      native: 'SMS',
      raw: payloads.delivery,
    })
  })

  test('with an unknown name are kept as unknown', async () => {
    const payload = { type: 'AppointmentCreate', ...envelope, appointment: { id: 'apt_1' } }
    expect(await parse(payload)).toStrictEqual({ warnings: [], event: { ...base(payload), kind: 'unknown' } })
  })

  test('without a required value are kept as unknown, with a warning', async () => {
    const { event, warnings } = await parse({ type: 'ConversationUpdate', ...envelope, newConversationId: 'cnv_81' })
    expect(event).toMatchObject({ kind: 'unknown' })
    expect(warnings).toMatchObject([{ code: 'bad-item', path: 'oldConversationId' }])
  })

  test('named after a member of a prototype are unknown', async () => {
    for (const type of ['constructor', '__proto__', 'toString'])
      expect((await parse({ type, ...envelope })).event).toMatchObject({ kind: 'unknown', native: type })
  })
})

describe('the envelope of an event', () => {
  test('can hold the event’s fields under data', async () => {
    const { type, locationId, appId, versionId, timestamp, webhookId, ...data } = payloads.inbound
    const nested = { type, locationId, appId, versionId, timestamp, webhookId, data }
    const [flat, deep] = [await parse(payloads.inbound), await parse(nested)]
    expect(deep.event).toStrictEqual({ ...flat.event, raw: nested })
  })

  test('without a timestamp produces a warning', async () => {
    const { timestamp: _, ...payload } = payloads.unread
    const { event, warnings } = await parse(payload)
    expect(event).not.toHaveProperty('occurredAt')
    expect(warnings).toMatchObject([{ code: 'degraded', path: 'timestamp' }])
  })

  test('tells the locator function which location it is about', async () => {
    const webhook = testWebhook({
      account: ({ locationId, companyId }) =>
        locationId === 'loc_1' ? 'clinic' : companyId === 'com_2' ? 'agency' : undefined,
    })
    const [mine] = await webhook.parse(payloads.inbound)
    expect(mine).toMatchObject({ account: 'clinic', conversation })
    expect(await webhook.parse({ ...payloads.inbound, locationId: 'loc_2' })).toEqual([])
    const { locationId: _, ...agency } = { type: 'UNINSTALL', ...envelope, companyId: 'com_2' }
    expect(await webhook.parse(agency)).toMatchObject([{ kind: 'account.disconnected', account: 'agency' }])
  })

  test('without an id gives a key of the content, which is the same for every spelling', async () => {
    const { webhookId: _, ...payload } = payloads.inbound
    const reversed = Object.fromEntries(Object.entries(payload).reverse())
    const { event } = await parse(payload)
    expect(event.dedupeKey).toMatch(/^leadconnector:clinic:sha256:/)
    expect((await parse(reversed)).event.dedupeKey).toBe(event.dedupeKey)
    expect((await parse({ ...payload, body: 'Another' })).event.dedupeKey).not.toBe(event.dedupeKey)
  })
})
