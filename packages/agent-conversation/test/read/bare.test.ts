import { DecodeError } from '@parley/core'
import { bareSuite, told } from '@parley/testkit'
import { describe, expect, it } from 'vitest'
import { readAgent, withoutSecrets } from '../../src/read/agent.ts'
import { readContact, readContactSummary, readFullName } from '../../src/read/contact.ts'
import { readConversation } from '../../src/read/conversation.ts'
import { readFeedback } from '../../src/read/feedback.ts'
import { readFileCitation, readMessage, readResponse, readUrlCitation } from '../../src/read/message.ts'
import { entity, reader } from '../helpers/account.ts'

const unknown = { value: 'unknown', native: null }

bareSuite('agent-conversation', 'hotline', [
  {
    name: 'a message',
    kind: 'message',
    read: (payload, reading) => readMessage(payload, reading, 'c-9'),
    bare: {
      conversationId: 'c-9',
      type: { value: 'text', native: null },
      direction: 'unknown',
      author: { kind: 'unknown', basis: 'inferred' },
      text: null,
      sourcesState: 'unavailable',
    },
    nulls: [
      [
        ...['message', 'rawMessage', 'conversationId', 'senderRole', 'source', 'conversationMessageId', 'files'],
        ...['fullAIResponse', 'conversationMessageFeedbacks', 'subagentId', 'isAnonymized', 'createdAt'],
      ],
      { channel: unknown, createdAt: null },
    ],
  },
  {
    name: 'a conversation',
    kind: 'conversation',
    read: readConversation,
    bare: { status: unknown, control: { holder: 'unknown', basis: 'none', native: null } },
  },
  { name: 'a contact', kind: 'contact', read: (payload, reading) => readContact(payload, reading), bare: {} },
  { name: 'an agent', kind: 'agent', read: readAgent, bare: { name: null, status: unknown } },
  { name: 'feedback', read: readFeedback, bare: { id: 'x-1' } },
  {
    name: 'the citation of a page',
    read: (_, reading) => readUrlCitation({}, reading, 'm-1', 3),
    bare: { ...entity('source', 'm-1#3'), kind: { value: 'website', native: null } },
  },
  {
    name: 'the citation of a file',
    read: (_, reading) => readFileCitation({}, reading, 'm-1', 3),
    bare: { ...entity('source', 'm-1#3'), kind: { value: 'file', native: null } },
  },
])

describe('the author of a message', () => {
  const authorOf = (fields: object) => {
    const { reading, warnings } = reader(false)
    return { author: readMessage({ id: 'x-1', ...fields }, reading, 'c-9').author, warned: told(warnings) }
  }

  it('is a sub-agent only if an agent wrote the message', () => {
    const basis = 'vendor'
    expect(authorOf({ senderRole: 'assistant', subagentId: 'sub-1' })).toStrictEqual({
      author: { kind: 'agent', basis, native: 'assistant', id: 'sub-1' },
      warned: [],
    })
    expect(authorOf({ senderRole: 'manual_assistant', subagentId: 'sub-1' })).toStrictEqual({
      author: { kind: 'operator', basis, native: 'manual_assistant' },
      warned: [],
    })
    expect(authorOf({ senderRole: 'assistant', subagentId: '' }).author).toStrictEqual({
      kind: 'agent',
      basis,
      native: 'assistant',
    })
  })

  it('is unknown with one warning for an unknown role', () => {
    expect(authorOf({ senderRole: 'poltergeist' })).toStrictEqual({
      author: { kind: 'unknown', basis: 'vendor', native: 'poltergeist' },
      warned: ['unknown-term senderRole'],
    })
  })

  it('produces a warning for an id that cannot be read', () => {
    expect(authorOf({ senderRole: 'assistant', subagentId: {} })).toStrictEqual({
      author: { kind: 'agent', basis: 'vendor', native: 'assistant' },
      warned: ['unreadable-field subagentId'],
    })
  })
})

describe('a value that should be a list', () => {
  it.each([
    ['files', 'attachments'],
    ['conversationMessageFeedbacks', 'feedback'],
  ])('is dropped with a warning if it is none: %s', (key, field) => {
    const { reading, warnings } = reader()
    expect(Object.keys(readMessage({ id: 'x-1', [key]: 7 }, reading, 'c-9'))).not.toContain(field)
    expect(told(warnings)).toEqual([`unreadable-field ${key}`])
  })
})

describe('the full name of a contact', () => {
  it.each([
    [{}, undefined],
    [{ firstName: null }, null],
    [{ lastName: null }, null],
    [{ firstName: ' ', lastName: '' }, null],
    [{ firstName: ' Ada ', lastName: ' Quill ' }, 'Ada Quill'],
    [{ firstName: 'Ada' }, 'Ada'],
    [{ lastName: 'Quill' }, 'Quill'],
  ])('of %j is %j', (raw, name) => {
    expect(readFullName(raw, reader().reading)).toBe(name)
  })
})

describe('the contact of a conversation', () => {
  const contactOf = (raw: object) => readContactSummary(raw as Record<string, unknown>, reader().reading)

  it('can be without an id', () => {
    expect(contactOf({ user: { email: 'ada@quill.example' } })).toStrictEqual({ id: null, email: 'ada@quill.example' })
    expect(contactOf({ user: { id: '' }, conversationUserId: '' })).toStrictEqual({ id: null })
    expect(contactOf({})).toBeUndefined()
    expect(contactOf({ user: null })).toBeNull()
  })

  it('can be only an id', () => {
    const known = { id: 'u-1', ref: 'agent-conversation:hotline/contact/u-1' }
    expect(contactOf({ conversationUserId: 'u-1' })).toStrictEqual(known)
    expect(contactOf({ conversationUserId: 'u-1', user: {} })).toStrictEqual(known)
  })
})

describe('readResponse', () => {
  const responseOf = (body: unknown) => readResponse(body, reader(false).reading, 'c-9')
  const message = { id: 'm-1', message: 'Yes.', senderRole: 'assistant' }

  it('takes a bare message for the answer, unless the payload has a status', () => {
    expect(responseOf(message)).toMatchObject({ status: 'completed', message: { id: 'm-1' }, error: null })
    expect(responseOf({ ...message, status: 'pending', message: null })).toStrictEqual({
      status: 'pending',
      message: null,
      error: null,
    })
  })

  it('is pending without a message and a status', () => {
    expect(responseOf({})).toStrictEqual({ status: 'pending', message: null, error: null })
    expect(responseOf(undefined)).toStrictEqual({ status: 'pending', message: null, error: null })
    expect(responseOf({ message })).toMatchObject({ status: 'completed', message: { id: 'm-1' } })
    expect(responseOf({ status: {}, message })).toMatchObject({ status: 'completed' })
  })
})

describe('withoutSecrets', () => {
  it.each([
    ...['apiKey', 'agentApiKey', 'agent_api_key', 'agentSecretKey', 'agent_secret_key', 'secretKey', 'SECRET-KEY'],
    ...['licenseKey', 'botToken', 'clientSecret', 'password', 'headers', 'instructions'],
  ])('removes %s at any depth', (key) => {
    const payload = { a: [{ b: { [key]: 'planted', c: 1 } }], d: null }
    expect(withoutSecrets(payload)).toStrictEqual({ a: [{ b: { c: 1 } }], d: null })
  })

  it.each(['tokensUsed', 'tokenTrackingId', 'keyword', 'headersNote', 'customInstructionsUrl'])('keeps %s', (key) => {
    expect(withoutSecrets({ a: [{ [key]: 1 }] })).toStrictEqual({ a: [{ [key]: 1 }] })
  })

  it('accepts a hundred levels, and refuses more', () => {
    const nest = (levels: number): unknown => JSON.parse('{"in":['.repeat(levels / 2) + 1 + ']}'.repeat(levels / 2))
    expect(withoutSecrets(nest(100))).toStrictEqual(nest(100))
    expect(() => withoutSecrets(nest(102))).toThrow(DecodeError)
    expect(() => withoutSecrets(nest(200_000))).toThrow(DecodeError)
  })
})
