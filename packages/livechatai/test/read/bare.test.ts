import { DecodeError } from '@parley/core'
import { bareSuite, told } from '@parley/testkit'
import { describe, expect, it } from 'vitest'
import { agentOf, bareOf, dataOf } from '../../src/protocol.ts'
import { readAgent } from '../../src/read/agent.ts'
import { readContact } from '../../src/read/contact.ts'
import { readConversation, readPreview, readTeammate } from '../../src/read/conversation.ts'
import { readAnswer, readMessage, readReply } from '../../src/read/message.ts'
import { entity, reader } from '../helpers/account.ts'

const unknown = { value: 'unknown', native: null }
const message = {
  conversationId: 'c-9',
  type: unknown,
  direction: 'unknown',
  author: { kind: 'unknown', basis: 'inferred' },
  sourcesState: 'unavailable',
}

bareSuite('livechatai', 'shop', [
  {
    name: 'a message',
    kind: 'message',
    read: (payload, reading) => readMessage(payload, reading, 'c-9'),
    bare: message,
    nulls: [['content', 'role', 'type', 'source', 'agent', 'createdAt'], { text: null, createdAt: null }],
  },
  {
    name: 'a reply',
    kind: 'message',
    read: (payload, reading) => readReply(payload, reading, 'c-9'),
    bare: message,
  },
  {
    name: 'a conversation',
    kind: 'conversation',
    read: readConversation,
    bare: { status: unknown, control: { holder: 'unknown', basis: 'none', native: null } },
  },
  { name: 'a contact', kind: 'contact', read: readContact, bare: {} },
  { name: 'an agent', kind: 'agent', read: readAgent, bare: { name: null, status: unknown } },
  { name: 'a teammate', read: (_, reading) => readTeammate({}, reading), bare: { id: null } },
])

describe('the author of a message', () => {
  const authorOf = (fields: object) => {
    const { reading, warnings } = reader(false)
    return { author: readMessage({ id: 'x-1', ...fields }, reading, 'c-9').author, warned: told(warnings) }
  }
  const basis = 'vendor'

  it('is unknown with a warning if the role is unknown or cannot be read', () => {
    expect(authorOf({ role: 'poltergeist' })).toStrictEqual({
      author: { kind: 'unknown', basis, native: 'poltergeist' },
      warned: ['unknown-term role'],
    })
    expect(authorOf({ role: {} })).toStrictEqual({
      author: { kind: 'unknown', basis: 'inferred' },
      warned: ['unreadable-field role'],
    })
    expect(authorOf({ role: 'user' })).toStrictEqual({ author: { kind: 'contact', basis, native: 'user' }, warned: [] })
  })

  it('is an operator only if the teammate has an id', () => {
    const agent = { kind: 'agent', basis, native: 'assistant' }
    expect(authorOf({ role: 'assistant', agent: {} }).author).toStrictEqual(agent)
    expect(authorOf({ role: 'assistant', agent: { id: '' } }).author).toStrictEqual(agent)
    expect(authorOf({ role: 'assistant', agent: { id: 'u-1' } }).author).toStrictEqual({
      kind: 'operator',
      basis: 'inferred',
      id: 'u-1',
      native: 'assistant',
    })
  })
})

describe('the author of a reply', () => {
  const authorOf = (fields: object) => {
    const { reading, warnings } = reader(false)
    return { author: readReply({ id: 'x-1', ...fields }, reading, 'c-9').author, warned: told(warnings) }
  }

  it('is an operator with the known values of the teammate', () => {
    const author = { kind: 'operator', basis: 'vendor', native: 'AGENT' }
    expect(authorOf({ sender: 'AGENT' }).author).toStrictEqual(author)
    expect(authorOf({ sender: 'AGENT', agent: { id: '' } }).author).toStrictEqual(author)
    expect(authorOf({ sender: 'AGENT', agent: { id: 'u-1', name: null } }).author).toStrictEqual({
      ...author,
      id: 'u-1',
      name: null,
    })
    expect(authorOf({ sender: 'AGENT', agent: 'Teo' })).toStrictEqual({ author, warned: ['unreadable-field agent'] })
  })

  it('is unknown for any other word', () => {
    expect(authorOf({ sender: 'BOT', agent: { id: 'u-1' } })).toStrictEqual({
      author: { kind: 'unknown', basis: 'vendor', native: 'BOT' },
      warned: ['unknown-term sender'],
    })
    expect(authorOf({ sender: null }).author).toStrictEqual({ kind: 'unknown', basis: 'vendor', native: null })
  })
})

describe('the citations of a message', () => {
  const sourcesOf = (source: unknown) => {
    const { reading, warnings } = reader(false)
    const { sources, sourcesState } = readMessage({ id: 'x-1', source }, reading, 'c-9')
    return { sources, sourcesState, warned: told(warnings) }
  }

  it('are dropped with a warning if they are no list', () => {
    expect(sourcesOf(7)).toStrictEqual({
      sources: undefined,
      sourcesState: 'unavailable',
      warned: ['unreadable-field source'],
    })
  })

  it('can be none', () => {
    expect(sourcesOf([])).toStrictEqual({ sources: [], sourcesState: 'inline', warned: [] })
  })
})

describe('a message of the type image', () => {
  const contentOf = (content: unknown, type = 'IMAGE') => {
    const { text, attachments } = readMessage({ id: 'x-1', type, content }, reader(false).reading, 'c-9')
    return { text, urls: attachments?.map(({ url }) => url) }
  }
  const url = 'https://files.example/a.png'

  it.each([
    [url, { text: null, urls: [url] }],
    ['http://files.example/a.png', { text: null, urls: ['http://files.example/a.png'] }],
    ['HTTPS://files.example/a.png', { text: null, urls: ['HTTPS://files.example/a.png'] }],
    [`x${url}`, { text: `x${url}`, urls: undefined }],
    [`see ${url}`, { text: `see ${url}`, urls: undefined }],
    [`${url} is nice`, { text: `${url} is nice`, urls: undefined }],
    ['https://[', { text: 'https://[', urls: undefined }],
    ['mailto:ada@quill.example', { text: 'mailto:ada@quill.example', urls: undefined }],
    ['', { text: '', urls: undefined }],
    [null, { text: null, urls: undefined }],
    [undefined, { text: undefined, urls: undefined }],
  ])('is read from the content %j', (content, expected) => {
    expect(contentOf(content)).toStrictEqual(expected)
  })

  it('has no attachment if it is of another type', () => {
    expect(contentOf(url, 'TEXT')).toStrictEqual({ text: url, urls: undefined })
  })
})

describe('readAnswer', () => {
  const answerOf = (raw: object, conversationId: string | null = null) =>
    readAnswer(raw as Record<string, unknown>, reader(false).reading, { conversationId })
  const none = { conversationId: null, contactId: null, messageId: null, text: null, message: null }

  it.each([
    [{}, none],
    [
      { responseMessageId: 'm-2', conversationId: 'c-1' },
      { ...none, conversationId: 'c-1' },
    ],
    [
      { responseMessageId: 'm-2', response: '', conversationId: 'c-1' },
      { ...none, conversationId: 'c-1' },
    ],
    [
      { responseMessageId: 'm-2', response: 'Yes.' },
      { ...none, text: 'Yes.' },
    ],
    [
      { responseMessageId: '', response: 'Yes.', conversationId: 'c-1' },
      { ...none, conversationId: 'c-1', text: 'Yes.' },
    ],
    [{ contactId: '', messageId: '' }, none],
  ])('finds no message in %j', (raw, found) => {
    expect(answerOf(raw)).toStrictEqual(found)
  })

  it('finds a message that answers no known one', () => {
    expect(answerOf({ responseMessageId: 'm-2', response: 'Yes.' }, 'c-7').message).toStrictEqual({
      ...entity('message', 'm-2'),
      conversationId: 'c-7',
      type: { value: 'text', native: null },
      direction: 'outbound',
      author: { kind: 'agent', basis: 'vendor' },
      text: 'Yes.',
      sourcesState: 'unavailable',
    })
  })
})

describe('readPreview', () => {
  const previewOf = (messages: unknown) => readPreview({ messages }, reader(false).reading, 'c-9')

  it.each([
    [undefined, undefined],
    [{}, undefined],
    [[], null],
    [[null, 7], undefined],
    [[{ role: 'user' }], undefined],
    [[{ id: 'a' }], { author: 'unknown' }],
    [[{ id: 'a', content: 'Hi', role: 'user' }, null], { author: 'contact', text: 'Hi' }],
    [
      [
        { id: 'a', content: 'first', createdAt: '2026-01-02T00:00:00Z' },
        { id: 'b', content: 'second', createdAt: '2026-01-02T00:00:00Z' },
        { id: 'c', content: 'older', createdAt: '2026-01-01T00:00:00Z' },
        { id: 'd', content: 'when' },
      ],
      { author: 'unknown', text: 'second', at: '2026-01-02T00:00:00.000Z' },
    ],
    [
      [
        { id: 'a', content: 'x' },
        { id: 'b', content: 'y' },
      ],
      { author: 'unknown', text: 'y' },
    ],
  ])('of %j is the newest message', (messages, preview) => {
    expect(previewOf(messages)).toStrictEqual(preview)
  })

  it('does not repeat the warnings of the list of messages', () => {
    const { reading, warnings } = reader(true)
    expect(readPreview({ messages: [{ id: 'a', role: 'poltergeist' }] }, reading, 'c-9')).toStrictEqual({
      author: 'unknown',
    })
    expect(warnings).toEqual([])
  })
})

describe('the attributes of a contact', () => {
  const attributesOf = (attributes: unknown) => {
    const { reading, warnings } = reader(false)
    return { found: readContact({ id: 'x-1', attributes }, reading).customFields, warned: told(warnings) }
  }

  it('are read from pairs and from an object', () => {
    expect(attributesOf([{ key: 'a', value: 1 }, { key: 'b' }])).toStrictEqual({ found: { a: 1, b: null }, warned: [] })
    expect(attributesOf({ a: 1 })).toStrictEqual({ found: { a: 1 }, warned: [] })
    expect(attributesOf([])).toStrictEqual({ found: {}, warned: [] })
    expect(attributesOf(null)).toStrictEqual({ found: undefined, warned: [] })
    expect(attributesOf([{ value: 1 }, { key: 'a', value: 2 }])).toStrictEqual({
      found: { a: 2 },
      warned: ['bad-item attributes[0].key'],
    })
    expect(attributesOf(7)).toStrictEqual({ found: undefined, warned: ['unreadable-field attributes'] })
  })
})

describe('the envelope of an answer', () => {
  const pathOf = (unwrap: () => unknown): string => {
    try {
      return `it was read: ${JSON.stringify(unwrap())}`
    } catch (error) {
      if (error instanceof DecodeError) return error.path
      throw error
    }
  }

  it.each([null, [], 'x', {}, { data: null }, { data: [] }])('has no data in %j', (body) => {
    expect(pathOf(() => dataOf(body))).toBe('data')
  })

  it('can be missing around an entity', () => {
    expect(bareOf({ id: 'a', data: { id: 'b' } })).toStrictEqual({ id: 'a', data: { id: 'b' } })
    expect(bareOf({ data: { id: 'b' } })).toStrictEqual({ id: 'b' })
    expect(bareOf({ data: [] })).toStrictEqual({ data: [] })
    expect(bareOf({})).toStrictEqual({})
    for (const body of [null, [], 'x']) expect(pathOf(() => bareOf(body))).toBe('')
  })

  it('of an agent holds the first value that has an id', () => {
    const agent = { id: 'a' }
    expect(agentOf({ data: { agent } })).toBe(agent)
    expect(agentOf({ data: { agent: {}, id: 'b' } })).toMatchObject({ id: 'b' })
    expect(agentOf({ data: [], agent })).toBe(agent)
    expect(agentOf({ agent: {}, id: 'c' })).toMatchObject({ id: 'c' })
    expect(pathOf(() => agentOf({ data: {} }))).toBe('data.id')
    for (const body of [null, [], 'x']) expect(pathOf(() => agentOf(body))).toBe('')
  })
})
