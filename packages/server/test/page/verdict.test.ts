import { expect, test } from 'vitest'
import type { Problem, Send } from '../../page/src/api.ts'
import { type Answer, pauseAfter, verdictOf } from '../../page/src/composer/verdict.ts'

const problem = (status: number, more?: Partial<Problem>): Answer => ({
  is: 'problem',
  status,
  problem: more && ({ status, code: 'vendor-fault', ...more } as Problem),
})

test.each([
  ['a send', { is: 'send', send: {} as Send }, 'recorded'],
  ['no server', { is: 'nothing' }, 'again'],
  ['an ended session', problem(401, { code: 'authentication' }), 'signed-out'],
  ['a conversation that has moved on', problem(409, { outcome: 'not-done' }), 'refused'],
  ['a wrong request', problem(400, {}), 'refused'],
  ['a person without permission', problem(403, {}), 'refused'],
  ['a vendor that cannot', problem(422, { retryable: false }), 'refused'],
  ['a body that is too large for a proxy', problem(413), 'refused'],
  ['a busy proxy', problem(429), 'again'],
  ['a proxy without a server', problem(502), 'again'],
  ['a server that is shutting down', problem(503, { code: 'shutting-down' }), 'again'],
  ['a server that failed', problem(500, { code: 'internal' }), 'again'],
  ['a vendor that could not be read', problem(502, { retryable: true }), 'again'],
  ['wrong credentials of the vendor', problem(502, { code: 'authentication', retryable: false }), 'refused'],
  ['a wrong configuration', problem(500, { code: 'configuration' }), 'refused'],
  ['a failure of which nothing is known', problem(502, { outcome: 'unknown', retryable: false }), 'again'],
  ['a failure that certainly did nothing', problem(503, { outcome: 'not-done', retryable: true }), 'refused'],
  ['a failure that did a part', problem(502, { outcome: 'partly-done' }), 'refused'],
] as const)('after the answer of %s, the outbox does what is safe', (_, answer, verdict) => {
  expect(verdictOf(answer)).toBe(verdict)
})

test('the pauses grow, and are as long as the server asks for, but never longer than five minutes', () => {
  const nothing: Answer = { is: 'nothing' }
  expect([1, 2, 3, 4, 5, 6, 50].map((tries) => pauseAfter(tries, nothing))).toEqual([
    1_000, 2_000, 4_000, 8_000, 15_000, 30_000, 30_000,
  ])
  expect(pauseAfter(1, problem(503, { retryAfterMs: 9_000 }))).toBe(9_000)
  expect(pauseAfter(1, problem(503, { retryAfterMs: 9_000_000 }))).toBe(300_000)
})
