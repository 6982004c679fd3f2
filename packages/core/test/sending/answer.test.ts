import { describe, expect, test } from 'vitest'
import { type Author, createTransport, type Message, type SendAttempt } from '../../src/index.ts'
import { answerOf, findAnswer } from '../../src/operations.ts'

const message = (id: string, kind: Author['kind'], more: Partial<Message> = {}) =>
  ({ id, author: { kind, basis: 'vendor' }, text: id, ...more }) as Message

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
      sources: [],
      sourcesState: 'unavailable',
      conversationId: 'c',
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
      sources,
      sourcesState: 'inline',
      conversationId: 'c',
      contactId: null,
      attempt,
      warnings: call.reading.warnings,
    })
  })
})
