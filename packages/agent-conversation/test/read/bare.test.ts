import { DecodeError } from '@parley/core'
import { told } from '@parley/testkit'
import { describe, expect, it } from 'vitest'
import { readAgent, withoutSecrets } from '../../src/read/agent.ts'
import { readContact, readContactSummary, readFullName } from '../../src/read/contact.ts'
import { readConversation } from '../../src/read/conversation.ts'
import { readFeedback } from '../../src/read/feedback.ts'
import { readFileCitation, readMessage, readResponse, readUrlCitation } from '../../src/read/message.ts'
import { entity } from '../helpers/account.ts'
import { reading } from './readers.ts'

const nulls = (...keys: string[]): Record<string, unknown> => ({
  id: 'x-1',
  ...Object.fromEntries(keys.map((key) => [key, null])),
})

/** What a payload without anything gives: nothing that looks like knowledge, not even a key. */
describe('a payload with an id alone', () => {
  it('is a message', () => {
    const { reading: quiet, told: warnings } = reading(false)
    expect(readMessage({ id: 'x-1' }, quiet, 'c-9')).toStrictEqual({
      ...entity('message', 'x-1'),
      conversationId: 'c-9',
      type: { value: 'text', native: null },
      direction: 'unknown',
      author: { kind: 'unknown', basis: 'inferred' },
      text: null,
      sourcesState: 'unavailable',
    })
    expect(warnings).toEqual([])
  })

  it('is a conversation', () => {
    expect(readConversation({ id: 'x-1' }, reading(false).reading)).toStrictEqual({
      ...entity('conversation', 'x-1'),
      status: { value: 'unknown', native: null },
      control: { holder: 'unknown', basis: 'none', native: null },
    })
  })

  it('is a contact and an agent', () => {
    expect(readContact({ id: 'x-1' }, reading(false).reading)).toStrictEqual(entity('contact', 'x-1'))
    expect(readAgent({ id: 'x-1' }, reading(false).reading)).toStrictEqual({
      ...entity('agent', 'x-1'),
      name: null,
      status: { value: 'unknown', native: null },
    })
  })

  it('is feedback, and a citation', () => {
    expect(readFeedback({ id: 'x-1' }, reading().reading)).toStrictEqual({ id: 'x-1' })
    const source = { ...entity('source', 'm-1#3'), kind: { value: 'website', native: null } }
    expect(readUrlCitation({}, reading(false).reading, 'm-1', 3)).toStrictEqual(source)
    const file = { ...source, kind: { value: 'file', native: null } }
    expect(readFileCitation({}, reading(false).reading, 'm-1', 3)).toStrictEqual(file)
  })
})

describe('a payload of nulls', () => {
  it('is a message without a warning', () => {
    const { reading: quiet, told: warnings } = reading(false)
    const payload = nulls(
      ...['message', 'rawMessage', 'conversationId', 'senderRole', 'source', 'conversationMessageId', 'files'],
      ...['fullAIResponse', 'conversationMessageFeedbacks', 'subagentId', 'isAnonymized', 'createdAt'],
    )
    expect(readMessage(payload, quiet, 'c-9')).toStrictEqual({
      ...entity('message', 'x-1'),
      conversationId: 'c-9',
      type: { value: 'text', native: null },
      direction: 'unknown',
      author: { kind: 'unknown', basis: 'inferred' },
      text: null,
      sourcesState: 'unavailable',
      channel: { value: 'unknown', native: null },
      createdAt: null,
    })
    expect(warnings).toEqual([])
  })
})

describe('the author of a message', () => {
  const authorOf = (fields: object) => {
    const { reading: asked, told: warnings } = reading(false)
    return { author: readMessage({ id: 'x-1', ...fields }, asked, 'c-9').author, warned: told(warnings) }
  }

  it('is a sub-agent only where an agent wrote', () => {
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

  it('is told when nobody knows the role, once', () => {
    expect(authorOf({ senderRole: 'poltergeist' })).toStrictEqual({
      author: { kind: 'unknown', basis: 'vendor', native: 'poltergeist' },
      warned: ['unknown-term senderRole'],
    })
  })

  it('and what cannot be read is told too', () => {
    expect(authorOf({ senderRole: 'assistant', subagentId: {} })).toStrictEqual({
      author: { kind: 'agent', basis: 'vendor', native: 'assistant' },
      warned: ['unreadable-field subagentId'],
    })
  })
})

describe('a list that is none', () => {
  it.each([
    ['files', 'attachments'],
    ['conversationMessageFeedbacks', 'feedback'],
  ])('leaves %s away with a warning', (key, field) => {
    const { reading: asked, told: warnings } = reading()
    expect(Object.keys(readMessage({ id: 'x-1', [key]: 7 }, asked, 'c-9'))).not.toContain(field)
    expect(told(warnings)).toEqual([`unreadable-field ${key}`])
  })
})

describe('names', () => {
  it.each([
    [{}, undefined],
    [{ firstName: null }, null],
    [{ lastName: null }, null],
    [{ firstName: ' ', lastName: '' }, null],
    [{ firstName: ' Ada ', lastName: ' Quill ' }, 'Ada Quill'],
    [{ firstName: 'Ada' }, 'Ada'],
    [{ lastName: 'Quill' }, 'Quill'],
  ])('%j is %j', (raw, name) => {
    expect(readFullName(raw, reading().reading)).toBe(name)
  })
})

describe('the contact of a conversation', () => {
  const contactOf = (raw: object) => readContactSummary(raw as Record<string, unknown>, reading().reading)

  it('may have no id at all', () => {
    expect(contactOf({ user: { email: 'ada@quill.example' } })).toStrictEqual({ id: null, email: 'ada@quill.example' })
    expect(contactOf({ user: { id: '' }, conversationUserId: '' })).toStrictEqual({ id: null })
    expect(contactOf({})).toBeUndefined()
    expect(contactOf({ user: null })).toBeNull()
  })

  it('or only its id', () => {
    const known = { id: 'u-1', ref: 'agent-conversation:hotline/contact/u-1' }
    expect(contactOf({ conversationUserId: 'u-1' })).toStrictEqual(known)
    expect(contactOf({ conversationUserId: 'u-1', user: {} })).toStrictEqual(known)
  })
})

describe('readResponse', () => {
  const responseOf = (body: unknown) => readResponse(body, reading(false).reading, 'c-9')
  const message = { id: 'm-1', message: 'Yes.', senderRole: 'assistant' }

  it('takes a bare message for the answer, unless there is a status', () => {
    expect(responseOf(message)).toMatchObject({ status: 'completed', message: { id: 'm-1' }, error: null })
    expect(responseOf({ ...message, status: 'pending', message: null })).toStrictEqual({
      status: 'pending',
      message: null,
      error: null,
    })
  })

  it('waits where there is neither', () => {
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
  ])('takes %s away at whatever depth', (key) => {
    const payload = { a: [{ b: { [key]: 'planted', c: 1 } }], d: null }
    expect(withoutSecrets(payload)).toStrictEqual({ a: [{ b: { c: 1 } }], d: null })
  })

  it.each(['tokensUsed', 'tokenTrackingId', 'keyword', 'headersNote', 'customInstructionsUrl'])('keeps %s', (key) => {
    expect(withoutSecrets({ a: [{ [key]: 1 }] })).toStrictEqual({ a: [{ [key]: 1 }] })
  })

  it('looks through a hundred levels, and reads nothing that has more', () => {
    const nest = (levels: number): unknown => JSON.parse('{"in":['.repeat(levels / 2) + 1 + ']}'.repeat(levels / 2))
    expect(withoutSecrets(nest(100))).toStrictEqual(nest(100))
    expect(() => withoutSecrets(nest(102))).toThrow(DecodeError)
    expect(() => withoutSecrets(nest(200_000))).toThrow(DecodeError)
  })
})
