import { DecodeError, type Message } from '@parley/core'
import { bareSuite, told } from '@parley/testkit'
import { describe, expect, it } from 'vitest'
import { unwrap } from '../../src/protocol.ts'
import { readAction } from '../../src/read/action.ts'
import { readAgent } from '../../src/read/agent.ts'
import { readContact } from '../../src/read/contact.ts'
import { readConversation } from '../../src/read/conversation.ts'
import { readGeneration, readGenerationSources } from '../../src/read/generation.ts'
import { addEmail, readAuthor, readEmail, readMessage, setBody } from '../../src/read/message.ts'
import { entity, reader } from '../helpers/account.ts'

const unknown = { value: 'unknown', native: null }
const message = {
  conversationId: 'c-9',
  direction: 'unknown',
  author: { kind: 'unknown', basis: 'inferred' },
  sourcesState: 'unavailable',
}

bareSuite('leadconnector', 'clinic', [
  {
    name: 'a message',
    kind: 'message',
    read: (payload, reading) => readMessage(payload, reading, 'c-9'),
    bare: { ...message, type: unknown, text: null },
    nulls: [
      [
        ...['messageType', 'type', 'direction', 'body', 'status', 'error', 'attachments', 'altId', 'meta'],
        ...['dateAdded', 'dateUpdated', 'source', 'userId', 'contactId'],
      ],
      { failure: null, externalId: null, createdAt: null, updatedAt: null },
    ],
  },
  {
    name: 'an email',
    kind: 'message',
    read: (payload, reading) => readEmail({ conversationId: 'c-9', ...payload }, reading),
    bare: {
      ...message,
      type: { value: 'email', native: null },
      channel: { value: 'email', native: null },
      email: {},
    },
    nulls: [
      [
        ...['direction', 'status', 'body', 'subject', 'from', 'to', 'cc', 'bcc', 'threadId', 'replyToMessageId'],
        ...['error', 'attachments', 'altId', 'dateAdded'],
      ],
      {
        ...{ text: null, email: { subject: null, from: null, threadId: null }, inReplyTo: null },
        ...{ failure: null, externalId: null, createdAt: null },
      },
    ],
  },
  {
    name: 'a conversation',
    kind: 'conversation',
    read: readConversation,
    bare: { status: unknown, control: { holder: 'unknown', basis: 'none', native: null } },
    nulls: [
      ['type', 'lastMessageType', 'contactId', 'unreadCount', 'starred', 'tags', 'dateAdded'],
      { createdAt: null },
    ],
  },
  { name: 'a contact', kind: 'contact', read: readContact, bare: {} },
  { name: 'an agent', kind: 'agent', read: readAgent, bare: { name: null, status: unknown } },
  {
    name: 'a generation',
    kind: 'generation',
    read: (_, reading) => readGeneration({}, reading, 'x-1'),
    bare: {
      messageId: 'x-1',
      prompt: null,
      history: [],
      response: { author: { kind: 'agent', basis: 'vendor' }, text: null },
      sources: [],
      actions: [],
    },
  },
])

it.each([undefined, null, ''])('a message or an email of a conversation with the id %j cannot be read', (id) => {
  const payload = { id: 'x-1', conversationId: id }
  expect(() => readEmail(payload, reader(false).reading)).toThrow(DecodeError)
  expect(() => readMessage(payload, reader(false).reading)).toThrow(DecodeError)
})

it.each([
  [null, null],
  [7, '7'],
])('an action of the type %j has the native word %j', (type, native) => {
  const raw = { id: 'x-1', type, name: null, agentId: null, details: null }
  expect(readAction(raw, reader(false).reading, 'a-1')).toMatchObject({ kind: 'unknown', native, agentId: 'a-1' })
})

describe('the author of a message', () => {
  const authorOf = (raw: Record<string, unknown>, type: Parameters<typeof readAuthor>[1] = 'text') => {
    const { reading, warnings } = reader(false)
    return [readAuthor(raw, type, reading), told(warnings)]
  }

  it.each([
    [{ direction: 'outbound', userId: 'u-1' }, 'activity', { kind: 'system', basis: 'vendor' }],
    [{ userId: 'u-1' }, 'note', { kind: 'operator', basis: 'vendor', id: 'u-1' }],
    [{}, 'note', { kind: 'operator', basis: 'vendor' }],
    [
      { direction: 'inbound', contactId: 'c-1', userId: 'u-1' },
      'text',
      { kind: 'contact', basis: 'vendor', id: 'c-1' },
    ],
    [{ direction: 'inbound', contactId: '' }, 'text', { kind: 'contact', basis: 'vendor' }],
    [{ direction: 'sideways', userId: 'u-1' }, 'text', { kind: 'unknown', basis: 'inferred' }],
    [{ direction: 'outbound', userId: 'u-1' }, 'text', { kind: 'operator', basis: 'vendor', id: 'u-1' }],
    [
      { direction: 'outbound', userId: 'u-1', source: 'app' },
      'text',
      { kind: 'operator', basis: 'vendor', native: 'app', id: 'u-1' },
    ],
    [{ direction: 'outbound', source: 'app', userId: '' }, 'text', { kind: 'agent', basis: 'inferred', native: 'app' }],
    [
      { direction: 'outbound', source: 'workflow' },
      'text',
      { kind: 'automation', basis: 'inferred', native: 'workflow' },
    ],
    [
      { direction: 'outbound', source: 'campaign' },
      'text',
      { kind: 'automation', basis: 'vendor', native: 'campaign' },
    ],
    [
      { direction: 'outbound', source: 'bulk_actions' },
      'text',
      { kind: 'automation', basis: 'vendor', native: 'bulk_actions' },
    ],
    [{ direction: 'outbound', source: 'api' }, 'text', { kind: 'automation', basis: 'inferred', native: 'api' }],
    [{ direction: 'outbound' }, 'text', { kind: 'unknown', basis: 'inferred' }],
    [{ direction: 'outbound', source: null }, 'text', { kind: 'unknown', basis: 'inferred' }],
  ] as const)('of the payload %j and the type %s is derived from direction, source and user', (raw, type, author) => {
    expect(authorOf(raw, type)).toStrictEqual([author, []])
  })

  it('is unknown with a warning if the source is unknown', () => {
    const author = { kind: 'unknown', basis: 'inferred', native: 'oracle' }
    expect(authorOf({ direction: 'outbound', source: 'oracle' })).toStrictEqual([author, ['unknown-term source']])
  })
})

describe('the name of a contact', () => {
  it.each([
    [{ name: 'Ada', firstName: 'X' }, 'Ada'],
    [{ name: '', firstName: 'Ada', lastName: 'Quill' }, 'Ada Quill'],
    [{ firstName: 'Ada' }, 'Ada'],
    [{ lastName: 'Quill', firstName: null }, 'Quill'],
    [{ name: null }, null],
    [{ name: '' }, null],
    [{}, undefined],
  ])('is taken from the payload %j as %j', (raw, name) => {
    expect(readContact({ id: 'x-1', ...raw }, reader(false).reading).name).toBe(name)
  })
})

describe('the channels on which a contact is not to be disturbed', () => {
  const offOf = (dndSettings: unknown) => {
    const { reading, warnings } = reader(false)
    return [readContact({ id: 'x-1', dndSettings }, reading).doNotDisturbOn, told(warnings)]
  }
  const sms = { value: 'sms', native: 'SMS' }

  it.each([
    [{ SMS: { status: 'active' }, Email: { status: 'inactive' } }, [sms], []],
    [{ SMS: { status: 'permanent' } }, [sms], []],
    [{ SMS: {}, Email: { status: null }, Call: null }, [], []],
    [{ SMS: { status: 'perhaps' } }, [], ['unknown-term dndSettings.SMS.status']],
    [{ SMS: true }, [], ['unknown-term dndSettings.SMS.status']],
    [{ Pigeon: { status: 'active' } }, [{ value: 'unknown', native: 'Pigeon' }], ['unknown-term dndSettings.Pigeon']],
    [[], undefined, ['unreadable-field dndSettings']],
    [null, undefined, []],
  ])('are read from %j', (settings, channels, warned) => {
    expect(offOf(settings)).toStrictEqual([channels, warned])
  })
})

describe('the custom fields of a contact', () => {
  it.each([
    [[{ id: 'a', value: 1 }, { id: 'b' }], { a: 1, b: null }, []],
    [[], {}, []],
    [null, undefined, []],
    [[{ value: 1 }], {}, ['bad-item customFields[0].id']],
    [{ a: 1 }, undefined, ['unreadable-field customFields']],
  ])('are read from %j', (customFields, found, warned) => {
    const { reading, warnings } = reader(false)
    expect(readContact({ id: 'x-1', customFields }, reading).customFields).toStrictEqual(found)
    expect(told(warnings)).toEqual(warned)
  })
})

describe('a conversation', () => {
  const of = (raw: object) => readConversation({ id: 'x-1', ...raw }, reader(false).reading)

  it('has no contact and no assignee if the ids are empty', () => {
    expect(of({ contactId: '', email: 'ada@quill.example' })).not.toHaveProperty('contact')
    expect(of({ assignedTo: '' }).assignee).toBeNull()
    expect(of({ assignedTo: null }).assignee).toBeNull()
    expect(of({ assignedTo: 'u-1' }).assignee).toStrictEqual({ id: 'u-1' })
  })

  it.each([
    [{ fullName: 'Ada', contactName: 'A' }, 'Ada'],
    [{ fullName: '', contactName: 'A' }, 'A'],
    [{ contactName: 'A' }, 'A'],
    [{ fullName: '' }, null],
    [{ fullName: null, contactName: null }, null],
  ])('takes the name of its contact from %j: %j', (raw, name) => {
    expect(of({ contactId: 'c-1', ...raw }).contact).toStrictEqual({
      id: 'c-1',
      ref: 'leadconnector:clinic/contact/c-1',
      name,
    })
  })

  it('has a contact without a name if the vendor sends no name', () => {
    expect(of({ contactId: 'c-1' }).contact).toStrictEqual({ id: 'c-1', ref: 'leadconnector:clinic/contact/c-1' })
  })

  it.each([
    [{ sort: [1767312000000] }, '2026-01-02T00:00:00.000Z'],
    [{ sort: [1767312000000], lastMessageDate: null }, null],
    [{ sort: [] }, undefined],
    [{ sort: 1767312000000 }, undefined],
  ])('takes its last activity from the sort value of %j', (raw, at) => {
    expect(of(raw).lastActivityAt).toBe(at)
  })

  it.each(['TYPE_NO_SHOW', 100])('has no last message if the last message is of the type %s', (lastMessageType) => {
    const empty = of({ lastMessageType, type: 'TYPE_EMAIL', lastMessageBody: 'x' })
    expect(empty.lastMessage).toBeNull()
    expect(empty.channel).toStrictEqual({ value: 'email', native: 'TYPE_EMAIL' })
  })

  it.each([
    [{ deleted: true }, { value: 'deleted', native: true }],
    [{ deleted: 'true' }, { value: 'unknown', native: null }],
    [{ deleted: false }, { value: 'unknown', native: null }],
  ])('with the payload %j has the status %j', (raw, status) => {
    expect(of(raw).status).toStrictEqual(status)
  })

  it.each([
    [{ lastMessageBody: 'Hi' }, { text: 'Hi' }],
    [{ lastMessageType: 'TYPE_SMS' }, { channel: { value: 'sms', native: 'TYPE_SMS' } }],
    [{ lastMessageDate: 1767312000000 }, { at: '2026-01-02T00:00:00.000Z' }],
    [{ lastMessageDate: null }, undefined],
    [{ lastMessageDirection: 'inbound' }, undefined],
    [
      { lastMessageBody: 'Hi', lastMessageDirection: 'inbound' },
      { text: 'Hi', author: 'contact' },
    ],
    [
      { lastMessageBody: 'Hi', lastMessageDirection: 'outbound' },
      { text: 'Hi', author: 'unknown' },
    ],
    [
      { lastMessageBody: 'Hi', lastMessageDirection: 'outbound', lastOutboundMessageAction: 'manual' },
      { text: 'Hi', author: 'operator' },
    ],
    [
      { lastMessageBody: 'Hi', lastMessageDirection: 'outbound', lastOutboundMessageAction: 'automated' },
      { text: 'Hi', author: 'unknown' },
    ],
    [
      { lastMessageType: 'TYPE_INTERNAL_COMMENT', lastMessageDirection: 'outbound' },
      { author: 'operator', channel: { value: 'internal', native: 'TYPE_INTERNAL_COMMENT' } },
    ],
    [
      { lastMessageType: 'TYPE_ACTIVITY_CONTACT', lastMessageDirection: 'outbound' },
      { author: 'system', channel: { value: 'system', native: 'TYPE_ACTIVITY_CONTACT' } },
    ],
    [
      { lastMessageType: 'TYPE_EMAIL', lastMessageDirection: 'inbound', lastMessageBody: '<p>Hi &amp;</p><p>bye</p>' },
      { text: 'Hi &\nbye', author: 'contact', channel: { value: 'email', native: 'TYPE_EMAIL' } },
    ],
    [
      {
        lastMessageType: 'TYPE_EMAIL',
        lastMessageDirection: 'inbound',
        lastMessageBody: 'Desk <d@clinic.example> wrote',
      },
      { text: 'Desk <d@clinic.example> wrote', author: 'contact', channel: { value: 'email', native: 'TYPE_EMAIL' } },
    ],
    [
      { lastMessageType: 'TYPE_SMS', lastMessageDirection: 'inbound', lastMessageBody: '<p>Hi</p>' },
      { text: '<p>Hi</p>', author: 'contact', channel: { value: 'sms', native: 'TYPE_SMS' } },
    ],
  ])('with the payload %j has the last message %j', (raw, preview) => {
    expect(of(raw).lastMessage).toStrictEqual(preview)
  })
})

describe('the body of an email', () => {
  it('is HTML if it looks like HTML', () => {
    const message = {} as Message
    setBody(message, '<p>Hi <b>Ada</b></p>', {}, reader(false).reading, true)
    expect(message).toStrictEqual({ text: 'Hi Ada', html: '<p>Hi <b>Ada</b></p>' })
  })

  it('is plain text if it does not look like HTML', () => {
    const message = {} as Message
    setBody(message, '1 < 2 > 0', {}, reader(false).reading, true)
    expect(message).toStrictEqual({ text: '1 < 2 > 0' })
  })

  it('is HTML if the vendor declares HTML', () => {
    const message = {} as Message
    setBody(message, 'a &lt; b', { contentType: 'text/html' }, reader(false).reading, true)
    expect(message).toStrictEqual({ text: 'a < b', html: 'a &lt; b' })
  })

  it('has every named character once the reading is settled', async () => {
    const message = {} as Message
    const { reading } = reader(false)
    setBody(message, '<p>Caf&eacute;&hellip;</p>', {}, reading, true)
    expect(message).not.toHaveProperty('text')
    await reading.settled()
    expect(message.text).toBe('Café…')
  })

  it('is added to the fields that the list gave', () => {
    const message = { id: 'x-1', email: { ids: ['e-1'] } } as Message
    addEmail(message as never, { subject: 'Slot', to: 'ada@quill.example', cc: ['b@x.example'] }, reader(false).reading)
    expect(message).toStrictEqual({
      id: 'x-1',
      email: { ids: ['e-1'], subject: 'Slot', to: ['ada@quill.example'], cc: ['b@x.example'] },
    })
  })
})

describe('the direction of a message', () => {
  const of = (raw: object) => {
    const { reading, warnings } = reader(false)
    return [readMessage({ id: 'x-1', ...raw }, reading, 'c-9').direction, told(warnings)]
  }

  it.each([
    [{ messageType: 'TYPE_INTERNAL_COMMENT', direction: 'outbound' }, 'internal', []],
    [{ messageType: 'TYPE_ACTIVITY_CONTACT', direction: 'outbound' }, 'internal', []],
    [{ messageType: 'TYPE_LIVE_CHAT_INFO_MESSAGE', direction: 'outbound' }, 'outbound', []],
    [{ messageType: 'TYPE_SMS', direction: 'inbound' }, 'inbound', []],
    [{ messageType: 'TYPE_SMS' }, 'unknown', []],
    [{ messageType: 'TYPE_SMS', direction: 'INBOUND' }, 'inbound', []],
    [{ messageType: 'TYPE_SMS', direction: 'sideways' }, 'unknown', ['unknown-term direction']],
    [{ messageType: 'TYPE_SMS', direction: {} }, 'unknown', ['unreadable-field direction']],
  ])('of the payload %j is %s', (raw, direction, warned) => {
    expect(of(raw)).toStrictEqual([direction, warned])
  })
})

describe('the sources of a generation', () => {
  it('are read list by list, and get a position as id if they have none', () => {
    const raw = {
      richText: [{ id: '', title: 'R', content: null }],
      website: [{ url: 'https://a.example' }, null],
      faqs: [{ id: 'chk_1' }],
      rich_text: [{}],
      richTexts: [{}],
    }
    const { reading, warnings } = reader(false)
    expect(readGenerationSources(raw, reading, 'm-1')).toStrictEqual([
      { ...entity('source', 'chk_1'), kind: { value: 'faq', native: 'faqs' } },
      { ...entity('source', 'm-1#1'), kind: { value: 'website', native: 'website' }, url: 'https://a.example' },
      { ...entity('source', 'm-1#2'), kind: { value: 'rich-text', native: 'richText' }, title: 'R', text: null },
      { ...entity('source', 'm-1#3'), kind: { value: 'rich-text', native: 'richTexts' } },
      { ...entity('source', 'm-1#4'), kind: { value: 'rich-text', native: 'rich_text' } },
    ])
    expect(told(warnings)).toEqual(['bad-item website[1]'])
  })
})

describe('unwrap of the protocol', () => {
  it('returns the first wrapper that holds an object, or the body itself', () => {
    expect(unwrap({ a: 1, b: { id: 'b' }, c: { id: 'c' } }, 'a', 'b', 'c')).toStrictEqual({ id: 'b' })
    expect(unwrap({ a: [] }, 'a')).toStrictEqual({ a: [] })
    for (const body of [null, [], 'x', undefined]) expect(() => unwrap(body, 'a')).toThrow(DecodeError)
  })
})
