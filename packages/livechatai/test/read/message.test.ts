import { told } from '@parley/testkit'
import { describe, expect, it } from 'vitest'
import { readMessage, readReply } from '../../src/read/message.ts'
import { documentedConversation } from '../fixtures/conversations.ts'
import { agentAnswer, image, question, replied, teammate, teammateAnswer } from '../fixtures/messages.ts'
import { entity, reader } from '../helpers/account.ts'

const text = { value: 'text', native: 'TEXT' }
const contact = { kind: 'contact', basis: 'vendor', native: 'user' }

function read(raw: object, keepRaw = true) {
  const { reading, warnings } = reader(keepRaw)
  return { message: readMessage(raw as Record<string, unknown>, reading, 'c-1'), warnings }
}

describe('a message', () => {
  it('from the documented example is the customer’s and keeps its distance', () => {
    const [raw] = documentedConversation.messages
    const { message, warnings } = read(raw as object)
    expect(message).toStrictEqual({
      ...entity('message', 'msg_1234567890', raw),
      conversationId: 'c-1',
      type: text,
      direction: 'inbound',
      author: contact,
      text: 'What are your business hours?',
      sourcesState: 'inline',
      sources: [
        {
          ...entity('source', 'src_1234567890', raw?.source[0]),
          kind: { value: 'website', native: 'WEBSITE' },
          url: 'https://example.com/page',
          score: { value: 0.85, metric: 'distance', higherIsBetter: null },
        },
      ],
      createdAt: '2024-01-15T10:30:00.000Z',
    })
    expect(warnings).toEqual([])
  })

  it('of the agent has the author agent', () => {
    expect(read(agentAnswer).message).toStrictEqual({
      ...entity('message', 'm-2', agentAnswer),
      conversationId: 'c-1',
      type: text,
      direction: 'outbound',
      author: { kind: 'agent', basis: 'vendor', native: 'assistant' },
      text: 'It left the **depot** today.',
      sourcesState: 'inline',
      sources: [
        {
          ...entity('source', 's-1', agentAnswer.source[0]),
          kind: { value: 'faq', native: 'QA' },
          url: null,
          score: { value: 0.19, metric: 'distance', higherIsBetter: null },
        },
        {
          ...entity('source', 'm-2#1', agentAnswer.source[1]),
          kind: { value: 'file', native: 'PDF' },
          url: 'https://shop.test/carriers.pdf',
        },
      ],
      createdAt: '2026-02-01T08:04:12.000Z',
    })
  })

  it('is attributed to the teammate in its payload', () => {
    expect(read(teammateAnswer).message).toStrictEqual({
      ...entity('message', 'm-3', teammateAnswer),
      conversationId: 'c-1',
      type: text,
      direction: 'outbound',
      author: {
        kind: 'operator',
        basis: 'inferred',
        id: 'u-1',
        native: 'assistant',
        name: 'Teo Marsh',
        email: 'teo@shop.test',
        avatarUrl: 'https://shop.test/teo.png',
      },
      text: 'I have asked the carrier.',
      sourcesState: 'inline',
      sources: [],
      createdAt: '2026-02-01T08:04:14.000Z',
    })
  })

  it('stays the agent’s if the teammate has no id', () => {
    expect(read({ ...teammateAnswer, agent: { name: 'Somebody' } }).message.author).toStrictEqual({
      kind: 'agent',
      basis: 'vendor',
      native: 'assistant',
    })
  })

  it('of the type image has its URL as attachment', () => {
    const { message } = read(image)
    expect(message).toStrictEqual({
      ...entity('message', 'm-4', image),
      conversationId: 'c-1',
      type: { value: 'image', native: 'IMAGE' },
      direction: 'inbound',
      author: contact,
      text: null,
      attachments: [
        { ...entity('attachment', 'm-4#0', image.content), url: 'https://shop.test/photo.png', access: 'open' },
      ],
      sourcesState: 'inline',
      sources: [],
      createdAt: '2026-02-01T08:04:16.000Z',
    })
    expect(read({ ...image, content: 'a photo of a parcel' }).message).toMatchObject({ text: 'a photo of a parcel' })
    expect(read({ ...image, content: 'a photo of a parcel' }).message).not.toHaveProperty('attachments')
  })

  it('keeps unknown words', () => {
    const { message, warnings } = read({
      ...question,
      role: 'moderator',
      type: 'CAROUSEL',
      source: [{ id: 's', type: 'X' }],
    })
    expect(message).toMatchObject({
      author: { kind: 'unknown', basis: 'vendor', native: 'moderator' },
      direction: 'unknown',
      type: { value: 'unknown', native: 'CAROUSEL' },
      sources: [{ kind: { value: 'unknown', native: 'X' } }],
    })
    expect(told(warnings)).toEqual(['unknown-term role', 'unknown-term type', 'unknown-term source[0].type'])
  })

  it.each([undefined, null])('with few values (%s) has only those', (nothing) => {
    const raw = { id: 7, content: nothing, role: nothing, type: nothing, source: nothing, agent: nothing }
    const { message, warnings } = read(raw, false)
    expect(message).toStrictEqual({
      ...entity('message', '7'),
      conversationId: 'c-1',
      type: { value: 'unknown', native: null },
      direction: 'unknown',
      author: { kind: 'unknown', basis: 'inferred' },
      ...(nothing === null && { text: null }),
      sourcesState: 'unavailable',
    })
    expect(warnings).toEqual([])
  })

  it('drops fields that cannot be read with a warning', () => {
    const raw = { ...question, content: {}, role: ['user'], createdAt: 'last Tuesday', source: ['x', { distance: {} }] }
    const { message, warnings } = read(raw, false)
    expect(message).toStrictEqual({
      ...entity('message', 'm-1'),
      conversationId: 'c-1',
      type: text,
      direction: 'unknown',
      author: { kind: 'unknown', basis: 'inferred' },
      sourcesState: 'inline',
      sources: [{ ...entity('source', 'm-1#1'), kind: { value: 'unknown', native: null } }],
    })
    expect(told(warnings)).toEqual([
      'unreadable-field role',
      'unreadable-field content',
      'bad-item source[0]',
      'unreadable-field source[1].distance',
      'unreadable-field createdAt',
    ])
  })
})

describe('the message of a reply endpoint', () => {
  const read = (raw: object) => readReply(raw as Record<string, unknown>, reader().reading, 'c-1')

  it('is attributed to the teammate', () => {
    expect(read(replied)).toStrictEqual({
      ...entity('message', 'm-3', replied),
      conversationId: 'c-1',
      type: text,
      direction: 'outbound',
      author: {
        kind: 'operator',
        basis: 'vendor',
        native: 'AGENT',
        id: 'u-1',
        name: 'Teo Marsh',
        email: 'teo@shop.test',
        avatarUrl: 'https://shop.test/teo.png',
      },
      text: 'I have asked the carrier.',
      sourcesState: 'unavailable',
      createdAt: '2026-02-01T08:04:14.000Z',
    })
  })

  it('has only the values of its payload', () => {
    expect(read({ id: 'm', sender: null, agent: teammate })).toMatchObject({
      author: { kind: 'unknown', native: null },
    })
    expect(read({ id: 'm' })).toStrictEqual({
      ...entity('message', 'm', { id: 'm' }),
      conversationId: 'c-1',
      type: { value: 'unknown', native: null },
      direction: 'unknown',
      author: { kind: 'unknown', basis: 'inferred' },
      sourcesState: 'unavailable',
    })
  })
})
