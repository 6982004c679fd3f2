import { describe, expect, test } from 'vitest'
import { type Author, createTransport, type InputRequest, type Message, type SendAttempt } from '../../src/index.ts'
import { answerOf, findAnswer, requestFor } from '../../src/operations.ts'

const message = (id: string, kind: Author['kind'], more: Partial<Message> = {}) =>
  ({ id, type: { value: 'text', native: null }, author: { kind, basis: 'vendor' }, text: id, ...more }) as Message

describe('answerIn', () => {
  test.each<[string, Message[], string | undefined]>([
    ['is the agent’s next message', [message('q', 'contact'), message('a', 'agent')], 'a'],
    ['skips what a person writes', [message('q', 'contact'), message('o', 'operator'), message('a', 'agent')], 'a'],
    [
      'is missing when the contact has spoken again',
      [message('q', 'contact'), message('q2', 'contact'), message('a', 'agent')],
      undefined,
    ],
    ['is missing when the question is', [message('a', 'agent')], undefined],
    [
      'is the message that names the question, wherever it is',
      [message('a', 'agent', { inReplyTo: 'q' }), message('q', 'contact'), message('b', 'agent')],
      'a',
    ],
    [
      'is the agent’s among several that name the question',
      [
        message('q', 'contact'),
        message('o', 'operator', { inReplyTo: 'q' }),
        message('a', 'agent', { inReplyTo: 'q' }),
      ],
      'a',
    ],
    [
      'is a person’s when only that names the question',
      [message('q', 'contact'), message('o', 'operator', { inReplyTo: 'q' }), message('a', 'agent')],
      'o',
    ],
    [
      'is none that names another question',
      [message('q', 'contact'), message('b', 'agent', { inReplyTo: 'q0' }), message('a', 'agent')],
      'a',
    ],
    [
      'is not the call of a tool',
      [
        message('q', 'contact'),
        message('t', 'agent', { type: { value: 'tool', native: null } }),
        message('a', 'agent'),
      ],
      'a',
    ],
    [
      'is not a tool’s message that names the question',
      [
        message('q', 'contact'),
        message('t', 'agent', { type: { value: 'tool', native: null }, inReplyTo: 'q' }),
        message('a', 'agent', { inReplyTo: 'q' }),
      ],
      'a',
    ],
    [
      'is missing when there is only the call of a tool',
      [message('q', 'contact'), message('t', 'agent', { type: { value: 'tool', native: null }, inReplyTo: 'q' })],
      undefined,
    ],
  ])('finds the answer %s', (_, messages, id) => expect(findAnswer(messages, 'q')?.id).toBe(id))
})

describe('answerOf', () => {
  const transport = createTransport(
    { vendor: 'acme', baseUrl: 'https://acme.example', authorize: () => ({}), readProblem: () => undefined },
    { credential: 'none' },
  )
  const call = transport.begin('messages.ask')
  const attempt = { kind: 'ask', conversationId: 'c', messageId: 'q', text: 'When?' } as SendAttempt

  test('has neither text nor sources for an answer without a message', () => {
    expect(answerOf({ call, attempt }, 'pending')).toStrictEqual({
      outcome: 'pending',
      text: null,
      message: null,
      messages: [],
      sources: [],
      sourcesState: 'unavailable',
      conversationId: 'c',
      conversationRef: 'acme:default/conversation/c',
      attempt,
      warnings: call.reading.warnings,
    })
  })

  test('has the text and the sources of the message, and the contact if it is known', () => {
    const sources = [{ id: 's' }] as never
    const found = message('a', 'agent', { sources, sourcesState: 'inline' })
    expect(answerOf({ call, attempt, contactId: null }, 'answered', found)).toStrictEqual({
      outcome: 'answered',
      text: 'a',
      message: found,
      messages: [found],
      sources,
      sourcesState: 'inline',
      conversationId: 'c',
      conversationRef: 'acme:default/conversation/c',
      contactId: null,
      attempt,
      warnings: call.reading.warnings,
    })
  })

  const tool = { type: { value: 'tool', native: null } } as const
  test.each<[string, Message[], string | null, string | undefined]>([
    ['one message', [message('a', 'agent')], 'a', 'a'],
    ['several texts, with an empty line between them', [message('a', 'agent'), message('b', 'agent')], 'a\n\nb', 'b'],
    ['the call of a tool, which is no text', [message('t', 'agent', tool), message('a', 'agent')], 'a', 'a'],
    ['a call after the text', [message('a', 'agent'), message('t', 'agent', tool)], 'a', 'a'],
    ['an empty message at the end', [message('a', 'agent'), message('b', 'agent', { text: '' })], 'a', 'a'],
    ['nothing but a call', [message('t', 'agent', tool)], null, undefined],
  ])('takes the text and the message from %s', (_, messages, text, id) => {
    const answer = answerOf({ call, attempt }, 'answered', messages)
    expect(answer.text).toBe(text)
    expect(answer.message?.id).toBe(id)
    expect(answer.messages).toEqual(messages)
  })
})

describe('requestFor', () => {
  const transport = createTransport(
    { vendor: 'acme', baseUrl: 'https://acme.example', authorize: () => ({}), readProblem: () => undefined },
    { credential: 'none' },
  )
  const call = transport.begin('messages.provideInput')
  const [one, two] = [
    { id: 'one', text: null },
    { id: 'two', text: null },
  ]

  test('is the one that is named, or the only one', () => {
    expect(requestFor(call, [one, two], 'two')).toBe(two)
    expect(requestFor(call, [one], undefined)).toBe(one)
  })

  test.each<[string, string, InputRequest[], string | undefined]>([
    ['conflict', 'nothing is waited for', [], undefined],
    ['conflict', 'another request is waited for', [one], 'two'],
    ['invalid-request', 'several are waited for and none is named', [one, two], undefined],
  ])('is refused as %s when %s', (code, _, waiting, requestId) => {
    const refuse = () => requestFor(call, waiting, requestId)
    expect(refuse).toThrow(expect.objectContaining({ code, outcome: 'not-done' }))
  })
})
