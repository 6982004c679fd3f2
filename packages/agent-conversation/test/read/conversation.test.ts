import { describe, expect, it } from 'vitest'
import { readConversation } from '../../src/read/conversation.ts'
import { fullConversation, listedConversation, olderConversation } from '../fixtures/conversations.ts'
import { entity, reader } from '../helpers/account.ts'

describe('a conversation', () => {
  it('from the documented example keeps every value', () => {
    const { reading, warnings } = reader()
    expect(readConversation(listedConversation, reading)).toStrictEqual({
      ...entity('conversation', 'c-0001', listedConversation),
      contact: { id: 'u-77', ref: 'agent-conversation:hotline/contact/u-77', name: 'Mara Okoye' },
      title: 'Parcel delay',
      status: { value: 'unknown', native: null },
      control: { holder: 'agent', basis: 'vendor', native: 'ai' },
      isAnonymized: false,
      lastActivityAt: '2026-02-01T08:04:11.520Z',
      feedback: [],
      createdAt: '2026-02-01T08:00:00.000Z',
      updatedAt: '2026-02-01T08:04:11.520Z',
    })
    expect(warnings).toEqual([])
  })

  it('keeps every documented field', () => {
    const { reading, warnings } = reader()
    const knowledge = { agentId: 'agent-1', stateNames: new Map([['state-1', 'In Process']]) }
    expect(readConversation(fullConversation, reading, knowledge)).toStrictEqual({
      ...entity('conversation', 'c-0002', fullConversation),
      agentId: 'agent-1',
      contact: {
        id: 'u-78',
        ref: 'agent-conversation:hotline/contact/u-78',
        name: 'Ilse Brand',
        email: 'ilse@brand.example',
        phone: '+15550178',
        externalId: 'crm-78',
      },
      title: 'Broken lamp',
      summary: 'The lamp arrived broken.',
      status: { value: 'unknown', native: null },
      channel: { value: 'voice', native: null },
      control: { holder: 'operator', basis: 'vendor', native: 'manual' },
      assignee: {
        id: 'p-1',
        name: 'Tom Sand',
        email: 'tom@desk.example',
        avatarUrl: 'https://files.example/tom.png',
      },
      isAnonymized: false,
      state: { id: 'state-1', name: 'In Process' },
      lastActivityAt: '2026-02-01T07:30:00.000Z',
      qualityScore: 4,
      feedback: [
        {
          id: 'f-1',
          vote: { value: 'down', native: 'down' },
          comment: 'Too slow',
          question: 'Where is it?',
          answer: null,
          authorEmail: 'ilse@brand.example',
          createdAt: '2026-02-01T07:20:00.000Z',
        },
      ],
      customFields: { orderNo: 'A-19', items: 2 },
      createdAt: '2026-02-01T07:00:00.000Z',
      updatedAt: '2026-02-01T07:30:00.000Z',
    })
    expect(warnings).toEqual([])
  })

  it('of an older edition has only the values of that edition', () => {
    const { reading, warnings } = reader(false)
    expect(readConversation(olderConversation, reading)).toStrictEqual({
      ...entity('conversation', 'c-0003'),
      contact: { id: 'u-79', ref: 'agent-conversation:hotline/contact/u-79' },
      title: 'Invoice',
      status: { value: 'unknown', native: null },
      control: { holder: 'unknown', basis: 'none', native: null },
    })
    expect(warnings).toEqual([])
  })

  it('has null for each value that is null', () => {
    const raw = {
      id: 'c-4',
      title: null,
      summary: null,
      score: null,
      metadata: null,
      aiCallId: null,
      mode: null,
      conversationStateId: null,
      user: null,
      assignedUser: null,
      feedbacks: null,
      createdAt: null,
      updatedAt: null,
      isAnonymized: null,
    }
    const { reading, warnings } = reader(false)
    expect(readConversation(raw, reading)).toStrictEqual({
      ...entity('conversation', 'c-4'),
      contact: null,
      title: null,
      summary: null,
      status: { value: 'unknown', native: null },
      control: { holder: 'unknown', basis: 'none', native: null },
      assignee: null,
      state: null,
      lastActivityAt: null,
      qualityScore: null,
      createdAt: null,
      updatedAt: null,
    })
    expect(warnings).toEqual([])
  })

  it('drops fields that cannot be read with a warning and keeps the others', () => {
    const raw = {
      id: 'c-5',
      title: { de: 'x' },
      mode: 'paused',
      metadata: 'none',
      user: 'u-1',
      conversationUserId: 'u-1',
      createdAt: 'yesterday',
      updatedAt: '2026-02-01T08:00:00Z',
      feedbacks: ['good'],
      assignedUser: [],
    }
    const { reading, warnings } = reader(false)
    expect(readConversation(raw, reading)).toStrictEqual({
      ...entity('conversation', 'c-5'),
      contact: { id: 'u-1', ref: 'agent-conversation:hotline/contact/u-1' },
      status: { value: 'unknown', native: null },
      control: { holder: 'unknown', basis: 'vendor', native: 'paused' },
      lastActivityAt: '2026-02-01T08:00:00.000Z',
      feedback: [],
      updatedAt: '2026-02-01T08:00:00.000Z',
    })
    expect(warnings.map(({ code, path }) => `${code} ${path}`).sort()).toEqual([
      'bad-item feedbacks[0]',
      'unknown-term mode',
      'unreadable-field assignedUser',
      'unreadable-field createdAt',
      'unreadable-field metadata',
      'unreadable-field title',
      'unreadable-field user',
    ])
  })

  it('of an anonymised contact has no name instead of a blank one', () => {
    const raw = { id: 'c-6', isAnonymized: true, user: { id: 'u-6', firstName: '', lastName: ' ', isAnonymized: true } }
    expect(readConversation(raw, reader(false).reading)).toMatchObject({
      contact: { id: 'u-6', name: null },
      isAnonymized: true,
    })
  })
})
