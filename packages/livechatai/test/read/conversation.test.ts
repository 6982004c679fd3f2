import { told } from '@parley/testkit'
import { describe, expect, it } from 'vitest'
import { readConversation } from '../../src/read/conversation.ts'
import { documentedConversation, listedConversation, retrievedConversation } from '../fixtures/conversations.ts'
import { agentAnswer, question, teammate } from '../fixtures/messages.ts'
import { entity, reader } from '../helpers/account.ts'

function read(raw: object, agentId?: string, keepRaw = true) {
  const { reading, warnings } = reader(keepRaw)
  return { conversation: readConversation(raw as Record<string, unknown>, reading, agentId), warnings }
}

describe('a conversation', () => {
  it('from the documented example keeps every value', () => {
    const { conversation, warnings } = read(documentedConversation)
    expect(conversation).toStrictEqual({
      ...entity('conversation', 'chat_1234567890', documentedConversation),
      agentId: 'clx1234567890abcdef',
      contact: { id: 'contact_1234567890', ref: 'livechatai:shop/contact/contact_1234567890' },
      status: { value: 'open', native: false },
      channel: { value: 'whatsapp', native: 'WHATSAPP' },
      control: { holder: 'operator', basis: 'inferred', native: false },
      assignee: {
        id: 'agent_1234567890',
        name: 'Jane Smith',
        email: 'jane@company.com',
        avatarUrl: 'https://example.com/avatar.jpg',
      },
      isStarred: false,
      isMuted: false,
      lastMessage: { author: 'contact', text: 'What are your business hours?', at: '2024-01-15T10:30:00.000Z' },
      lastActivityAt: '2024-01-20T14:45:00.000Z',
      createdAt: '2024-01-15T10:30:00.000Z',
      updatedAt: '2024-01-20T14:45:00.000Z',
    })
    expect(warnings).toEqual([])
  })

  it('from a list has its contact and the agent of the list', () => {
    const { conversation, warnings } = read(listedConversation, 'bot-1')
    expect(conversation).toStrictEqual({
      ...entity('conversation', 'c-1', listedConversation),
      agentId: 'bot-1',
      contact: {
        id: 'p-1',
        ref: 'livechatai:shop/contact/p-1',
        name: 'Rosa Lind',
        email: 'rosa@shop.test',
        phone: null,
        externalId: 'crm-88',
      },
      status: { value: 'closed', native: true },
      channel: { value: 'slack', native: 'SLACK' },
      control: { holder: 'operator', basis: 'inferred', native: true },
      assignee: { id: 'u-1', name: 'Teo Marsh', email: 'teo@shop.test', avatarUrl: null },
      isStarred: true,
      isMuted: true,
      lastActivityAt: '2026-02-01T08:04:05.000Z',
      createdAt: '2026-02-01T08:00:00.000Z',
      updatedAt: '2026-02-01T08:05:00.000Z',
    })
    expect(warnings).toEqual([])
  })

  it('without messages and channel has neither', () => {
    const raw = { ...retrievedConversation, lastMessageDate: null }
    expect(read(raw).conversation).toStrictEqual({
      ...entity('conversation', 'c-1', raw),
      agentId: 'bot-1',
      contact: { id: 'p-1', ref: 'livechatai:shop/contact/p-1' },
      status: { value: 'open', native: false },
      control: { holder: 'agent', basis: 'inferred', native: false },
      assignee: null,
      isStarred: false,
      isMuted: false,
      lastMessage: null,
      lastActivityAt: null,
      createdAt: '2026-02-01T08:00:00.000Z',
      updatedAt: '2026-02-01T08:05:00.000Z',
    })
  })

  it('has the newest message as preview, at any position and without a warning', () => {
    const { conversation, warnings } = read({
      ...retrievedConversation,
      messages: [agentAnswer, { ...question, type: 'CAROUSEL' }, 'no message'],
    })
    expect(conversation.lastMessage).toStrictEqual({
      author: 'agent',
      text: 'It left the **depot** today.',
      at: '2026-02-01T08:04:12.000Z',
    })
    expect(warnings).toEqual([])
    expect(read({ ...retrievedConversation, messages: [{ content: 'x' }] }).conversation).not.toHaveProperty(
      'lastMessage',
    )
  })

  it('of a payload with only an id has no other value', () => {
    expect(read({ id: 'c-1' }, undefined, false).conversation).toStrictEqual({
      ...entity('conversation', 'c-1'),
      status: { value: 'unknown', native: null },
      control: { holder: 'unknown', basis: 'none', native: null },
    })
  })

  it.each([
    [{ contact: null }, null],
    [{ contactId: null }, null],
    [
      { contact: null, contactId: 'p-1' },
      { id: 'p-1', ref: 'livechatai:shop/contact/p-1' },
    ],
    [{ contact: { name: 'Rosa' } }, { id: null, name: 'Rosa' }],
    [
      { contact: { name: 'Rosa' }, contactId: 'p-1' },
      { id: 'p-1', ref: 'livechatai:shop/contact/p-1', name: 'Rosa' },
    ],
  ])('takes its contact from %o', (fields, contact) => {
    expect(read({ id: 'c-1', ...fields }).conversation.contact).toStrictEqual(contact)
  })

  it.each([
    [
      { isAgent: true, agent: null },
      { holder: 'operator', basis: 'inferred', native: true },
    ],
    [{ isAgent: true }, { holder: 'operator', basis: 'inferred', native: true }],
    [
      { isAgent: false, agent: teammate },
      { holder: 'operator', basis: 'inferred', native: false },
    ],
    [{ agent: teammate }, { holder: 'operator', basis: 'inferred', native: null }],
    [
      { isAgent: false, agent: null },
      { holder: 'agent', basis: 'inferred', native: false },
    ],
    [{ isAgent: false }, { holder: 'agent', basis: 'inferred', native: false }],
    [{ agent: null }, { holder: 'agent', basis: 'inferred', native: null }],
    [{}, { holder: 'unknown', basis: 'none', native: null }],
  ])('takes its control from %o', (fields, control) => {
    expect(read({ id: 'c-1', ...fields }).conversation.control).toStrictEqual(control)
  })

  it('keeps an unknown channel, and warns about values that cannot be read', () => {
    const { conversation, warnings } = read({
      ...retrievedConversation,
      integrationType: 'TELEGRAM',
      createdAt: 'last Tuesday',
      isStarred: 'perhaps',
      agent: 'Teo',
    })
    expect(conversation.channel).toStrictEqual({ value: 'unknown', native: 'TELEGRAM' })
    expect(conversation).not.toHaveProperty('createdAt')
    expect(told(warnings)).toEqual([
      'unknown-term integrationType',
      'unreadable-field agent',
      'unreadable-field isStarred',
      'unreadable-field createdAt',
    ])
  })
})
