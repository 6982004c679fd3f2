import { describe, expect, it } from 'vitest'
import { readAgent } from '../../src/read/agent.ts'
import { readContact } from '../../src/read/contact.ts'
import { readConversation } from '../../src/read/conversation.ts'
import { agentItemPayload, agentPayload } from '../fixtures/agents.ts'
import { contactPayload } from '../fixtures/contacts.ts'
import { conversationItemPayload, conversationPayload } from '../fixtures/conversations.ts'
import { entity, reader } from '../helpers/account.ts'

const noControl = { holder: 'unknown', basis: 'none', native: null }

describe('an agent', () => {
  it('from the endpoint for one agent keeps every value', () => {
    const { reading } = reader()
    expect(readAgent(agentPayload, reading)).toStrictEqual({
      ...entity('agent', 'agt_m41', agentPayload),
      name: 'Night desk',
      businessName: 'Harbour Dental',
      status: { value: 'active', native: 'suggestive' },
      mode: { value: 'suggestive', native: 'suggestive' },
      channels: [
        { value: 'sms', native: 'SMS' },
        { value: 'web', native: 'Live_Chat' },
      ],
      isDefault: true,
      instructions: 'Never quote prices.',
      personality: 'Calm',
      goal: 'Offer a slot',
      knowledgeBaseIds: ['kb_2'],
      actions: [{ id: 'act_7', type: { value: 'hand-over', native: 'humanHandOver' } }],
      replyDelayMs: 20_000,
      maxMessages: 40,
      pause: { onOperatorMessage: true, onAutomationMessage: false, durationMs: null },
      attributes: { sleepEnabled: false },
    })
    expect(reading.warnings).toEqual([])
  })

  it('from the search keeps every value', () => {
    expect(readAgent(agentItemPayload, reader().reading)).toStrictEqual({
      ...entity('agent', 'agt_m41', agentItemPayload),
      name: 'Night desk',
      status: { value: 'active', native: 'suggestive' },
      mode: { value: 'suggestive', native: 'suggestive' },
      channels: [
        { value: 'sms', native: 'SMS' },
        { value: 'web', native: 'LIVE_CHAT' },
      ],
      isDefault: true,
      goal: 'Offer a slot',
      actions: [],
      replyDelayMs: 120_000,
      maxMessages: 40,
      attributes: { sleepEnabled: false },
      createdAt: '2026-02-03T08:00:00.000Z',
      updatedAt: '2026-02-04T09:30:00.000Z',
    })
  })

  it('is inactive if its mode is off, and of unknown status without a mode', () => {
    expect(readAgent({ id: 'a', mode: 'off' }, reader().reading)).toStrictEqual({
      ...entity('agent', 'a', { id: 'a', mode: 'off' }),
      name: null,
      status: { value: 'inactive', native: 'off' },
      mode: { value: 'off', native: 'off' },
    })
    expect(readAgent({ id: 'a' }, reader().reading).status).toStrictEqual({ value: 'unknown', native: null })
  })

  it('keeps channels that are managed elsewhere, its full prompt and unknown fields', () => {
    const raw = {
      id: 'a',
      channels: null,
      fullPrompt: 'Be kind.',
      sleepTime: 2,
      sleepTimeUnit: 'hours',
      emailWaitTime: 3,
      workingHours: null,
    }
    const agent = readAgent(raw, reader().reading)
    expect(agent).not.toHaveProperty('channels')
    expect(agent).toMatchObject({
      prompt: 'Be kind.',
      pause: { durationMs: 7_200_000 },
      attributes: { emailWaitTime: 3, workingHours: null },
    })
  })

  it('drops a time whose unit is unknown with a warning', () => {
    const { reading } = reader()
    expect(readAgent({ id: 'a', waitTime: 5, waitTimeUnit: 'moons' }, reading)).not.toHaveProperty('replyDelayMs')
    expect(reading.warnings.map(({ code, path }) => [code, path])).toEqual([['unreadable-field', 'waitTimeUnit']])
  })
})

describe('a conversation', () => {
  it('from the search keeps every value', () => {
    const { reading } = reader()
    expect(readConversation(conversationItemPayload, reading)).toStrictEqual({
      ...entity('conversation', 'cnv_81', conversationItemPayload),
      contact: {
        id: 'ctc_5',
        ref: 'leadconnector:clinic/contact/ctc_5',
        name: 'Ada Quill',
        email: null,
        phone: '+15550100',
      },
      status: { value: 'unknown', native: null },
      channel: { value: 'sms', native: 'TYPE_SMS' },
      control: noControl,
      assignee: { id: 'usr_9' },
      unreadCount: 0,
      labels: ['vip'],
      lastMessage: {
        text: 'See you Tuesday',
        at: '2026-01-02T00:00:00.000Z',
        author: 'unknown',
        channel: { value: 'sms', native: 'TYPE_SMS' },
      },
      lastActivityAt: '2026-01-02T00:00:00.000Z',
      createdAt: '2026-01-01T00:00:00.000Z',
      updatedAt: '2026-01-02T00:00:00.000Z',
    })
    expect(reading.warnings).toEqual([])
  })

  it('from the endpoint for one conversation keeps every value', () => {
    expect(readConversation(conversationPayload, reader().reading)).toStrictEqual({
      ...entity('conversation', 'cnv_81', conversationPayload),
      contact: { id: 'ctc_5', ref: 'leadconnector:clinic/contact/ctc_5' },
      status: { value: 'unknown', native: null },
      channel: { value: 'sms', native: 2 },
      control: noControl,
      unreadCount: 3,
      isStarred: true,
      lastMessage: { at: '2026-01-02T00:00:00.250Z', channel: { value: 'sms', native: 2 } },
      lastActivityAt: '2026-01-02T00:00:00.250Z',
    })
  })

  it.each([
    [{ _seconds: 1767312000, _nanoseconds: 0 }, '2026-01-02T00:00:00.000Z'],
    ['1767312000000', '2026-01-02T00:00:00.000Z'],
    [1767312000000, '2026-01-02T00:00:00.000Z'],
    ['2026-01-02T00:00:00Z', '2026-01-02T00:00:00.000Z'],
  ])('takes its last activity from %j', (lastMessageDate, instant) => {
    const raw = { ...conversationPayload, lastMessageDate }
    expect(readConversation(raw, reader().reading).lastActivityAt).toBe(instant)
  })

  it.each([
    ['TYPE_NO_SHOW', 'TYPE_PHONE'],
    [100, 1],
  ])('without messages has the channel of its type (%s)', (lastMessageType, type) => {
    const raw = { id: 'c', contactId: 'ctc_5', lastMessageType, type, fullName: '', contactName: '' }
    expect(readConversation(raw, reader().reading)).toStrictEqual({
      ...entity('conversation', 'c', raw),
      contact: { id: 'ctc_5', ref: 'leadconnector:clinic/contact/ctc_5', name: null },
      status: { value: 'unknown', native: null },
      channel: { value: 'sms', native: type },
      control: noControl,
      lastMessage: null,
    })
  })

  it.each([
    [1, undefined],
    ['TYPE_PHONE', undefined],
    [2, 'email'],
    ['TYPE_FB_MESSENGER', 'messenger'],
  ])('of the type %j without a last message has the channel %s', (type, channel) => {
    const raw = { id: 'c', contactId: 'ctc_5', locationId: 'loc_1', deleted: false, inbox: true, unreadCount: 1, type }
    expect(readConversation(raw, reader().reading).channel?.value).toBe(channel)
  })

  it('that is deleted has the status deleted and no known holder', () => {
    const raw = { ...conversationPayload, deleted: true, assignedTo: null }
    expect(readConversation(raw, reader().reading)).toMatchObject({
      status: { value: 'deleted', native: true },
      assignee: null,
    })
  })

  it.each([
    [{ lastMessageDirection: 'inbound' }, 'contact'],
    [{ lastMessageDirection: 'outbound', lastOutboundMessageAction: 'manual' }, 'operator'],
    [{ lastMessageDirection: 'outbound', lastOutboundMessageAction: 'automated' }, 'unknown'],
    [{ lastMessageType: 'TYPE_ACTIVITY_CONTACT' }, 'system'],
    [{ lastMessageType: 'TYPE_INTERNAL_COMMENT' }, 'operator'],
  ])('with the last message %j has a preview written by %s', (fields, author) => {
    const raw = { ...conversationItemPayload, ...fields }
    expect(readConversation(raw, reader().reading).lastMessage?.author).toBe(author)
  })
})

describe('a contact', () => {
  it('keeps every value of the payload', () => {
    const { reading } = reader()
    expect(readContact(contactPayload, reading)).toStrictEqual({
      ...entity('contact', 'ctc_5', contactPayload),
      name: 'Ada Quill',
      firstName: 'Ada',
      lastName: 'Quill',
      email: 'ada@quill.example',
      phone: '+15550100',
      companyName: null,
      country: 'AT',
      timezone: 'Europe/Vienna',
      assigneeId: 'usr_9',
      origin: 'public api',
      doNotDisturb: false,
      doNotDisturbOn: [
        { value: 'sms', native: 'SMS' },
        { value: 'voice', native: 'Call' },
      ],
      tags: ['vip'],
      customFields: { fld_1: 'Tuesday', fld_2: ['a', 'b'] },
      createdAt: '2025-11-03T08:00:00.000Z',
      updatedAt: '2026-01-02T00:00:00.000Z',
      lastActivityAt: '2026-01-02T00:00:00.000Z',
    })
    expect(reading.warnings).toEqual([])
  })

  it('of a payload with only an id has no other value', () => {
    expect(readContact({ id: 'c' }, reader().reading)).toStrictEqual(entity('contact', 'c', { id: 'c' }))
  })

  it('gets its name from the parts of the name', () => {
    expect(readContact({ id: 'c', firstName: 'Ada', lastName: null }, reader().reading).name).toBe('Ada')
  })
})
