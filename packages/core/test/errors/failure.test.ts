import { describe, expect, it } from 'vitest'
import type { ErrorCode } from '../../src/index.ts'
import { parseJson } from '../../src/read/text.ts'
import { parseAnswer } from '../../src/transport/exchange.ts'
import { at, codeOfStatus, failureOf, redact, textsOf } from '../../src/transport/failure.ts'
import type { Problem } from '../../src/transport/protocol.ts'

const place = { vendor: 'acme', account: 'main', operation: 'messages.reply' }
const begin = 'acme "main", messages.reply: '
const failure = (problem: Problem, answer: object = {}, sent: string[] = []) =>
  failureOf(place, { status: 418, ...answer }, problem, ['s3cr3t-key'], () => sent)

describe('the code that follows from an HTTP status', () => {
  it.each([
    [301, 'vendor-fault'],
    [399, 'vendor-fault'],
    [400, 'invalid-request'],
    [401, 'authentication'],
    [402, 'invalid-request'],
    [403, 'permission'],
    [404, 'not-found'],
    [408, 'timeout'],
    [409, 'conflict'],
    [410, 'not-found'],
    [422, 'invalid-request'],
    [429, 'rate-limit'],
    [499, 'invalid-request'],
    [500, 'vendor-fault'],
    [503, 'vendor-fault'],
    [504, 'timeout'],
    [599, 'vendor-fault'],
  ] as const)('is for HTTP %i: %s', (status, code) => {
    expect(codeOfStatus(status)).toBe(code)
  })
})

describe('the message of an error', () => {
  it.each([
    ['authentication', 'the credential was refused'],
    ['permission', 'the credential lacks the permission for this'],
    ['not-found', 'nothing exists under this id'],
    ['invalid-request', 'the request was refused'],
    ['conflict', 'the current state does not allow this'],
    ['rate-limit', 'too many requests'],
    ['timeout', 'the vendor timed out'],
    ['vendor-fault', 'the vendor failed'],
    ['configuration', 'the configuration is wrong'],
    ['unsupported', 'unsupported'],
  ] as [ErrorCode, string][])('is for %s: %s', (code, sentence) => {
    expect(failure({ code })).toMatchObject({ code, message: `${begin}${sentence}; HTTP 418.` })
  })

  it('begins with vendor, account and operation', () => {
    expect(at(place)).toBe('acme "main", messages.reply')
  })

  it('names the fields, the vendor’s code and the advice', () => {
    const fields = [{ path: 'name', problem: 'is required' }, { path: 'tags[0]' }]
    const error = failure({ code: 'conflict', fields, vendorCode: 'E_1', advice: 'Wait a little.' })
    expect(error.message).toBe(
      `${begin}the current state does not allow this (name, tags[0]); HTTP 418, E_1. Wait a little.`,
    )
    expect(error.fields).toStrictEqual(fields)
    expect(error.vendorCode).toBe('E_1')
  })

  it('omits values that are missing', () => {
    const error = failure({ code: 'conflict', fields: [], vendorCode: '', advice: '' })
    expect(error.message).toBe(`${begin}the current state does not allow this; HTTP 418.`)
    expect(error.fields).toBeUndefined()
    expect(JSON.parse(JSON.stringify(error))).toStrictEqual({
      ...place,
      name: 'ConflictError',
      message: error.message,
      code: 'conflict',
      retryable: false,
      status: 418,
      vendorCode: '',
    })
  })

  it('has the code of the HTTP status if the vendor gives none', () => {
    expect(failure({}, { status: 404 })).toMatchObject({ code: 'not-found', status: 404 })
  })

  it.each([
    [{ requestId: 'body' }, { requestId: 'header' }, 'body'],
    [{ requestId: 'body' }, {}, 'body'],
    [{}, { requestId: 'header' }, 'header'],
    [{}, {}, undefined],
  ])('has the vendor’s id of the request: %j, %j', (problem, answer, requestId) => {
    expect(failure(problem, answer).requestId).toBe(requestId)
  })

  it.each([
    ['req s3cr3t-key', 'req [redacted]'],
    ['Bearer abc.def', '[redacted]'],
    ['0af7651916cd43dd8448eb211c80319c', '0af7651916cd43dd8448eb211c80319c'],
  ])('has the id %j without secrets, as %j', (id, said) => {
    expect(failure({ requestId: id }).requestId).toBe(said)
    expect(failure({}, { requestId: id }).requestId).toBe(said)
  })

  it('holds neither secrets nor values of the request', () => {
    const error = failure(
      {
        code: 'conflict',
        vendorCode: `s3cr3t-key ${'x'.repeat(80)}`,
        vendorMessage: `s3cr3t-key ${'y'.repeat(600)}`,
        fields: [{ path: 's3cr3t-key', problem: 'words of a customer are wrong, s3cr3t-key' }],
      },
      { retryAfterMs: 5, outcome: 'not-done' },
      ['words of a customer'],
    )
    expect(error.fields).toStrictEqual([{ path: '[redacted]', problem: '[redacted] are wrong, [redacted]' }])
    expect(error.vendorCode).toBe(`[redacted] ${'x'.repeat(49)}…`)
    expect(error.vendorMessage).toBe(`[redacted] ${'y'.repeat(489)}…`)
    expect(error).toMatchObject({ retryAfterMs: 5, outcome: 'not-done' })
  })
})

describe('the strings of a request', () => {
  const of = (body: unknown, query?: Record<string, string>) => textsOf({ path: '/', body, query } as never)

  it('are found at any depth, longest first, and once each', () => {
    expect(of({ a: 'two words', b: [{ c: 'a long sentence' }, 'two words', 7, null, true] }, { q: 'x' })).toEqual([
      'a long sentence',
      'two words',
      'x',
    ])
  })

  it('are found in a form that is encoded in the URL', () => {
    expect(of(new URLSearchParams({ a: 'one', b: 'three' }))).toEqual(['three', 'one'])
  })

  it('are not searched in a file', () => {
    const form = new FormData()
    form.set('a', 'one')
    for (const file of [form, new Blob(['one']), new TextEncoder().encode('one'), undefined, null, 7])
      expect(of({ file })).toEqual([])
    expect(of(Object.assign(new Uint8Array(2), { note: 'one' }))).toEqual([])
    expect(of(Object.assign(new Blob(['one']), { note: 'one' }))).toEqual([])
    expect(of(Object.assign(form, { note: 'one' }))).toEqual([])
  })

  it('are limited to a thousand', () => {
    expect(of(Array.from({ length: 1_500 }, (_, index) => `text ${index}`))).toHaveLength(1_000)
  })
})

describe('parseAnswer', () => {
  const answer = (status: number, text: string, expect?: 'json' | 'text' | 'none' | 'bytes') =>
    parseAnswer({ status, headers: new Headers(), text } as never, { path: '/', ...(expect && { expect }) }, 'x')

  it.each([
    [200, '{"a":1}', undefined, { a: 1 }, false],
    [200, '', undefined, undefined, false],
    [200, '{"a":', undefined, '{"a":', true],
    [200, 'ok', 'none', 'ok', false],
    [299, '{"a":1}', 'text', '{"a":1}', false],
    [300, '{"a":1}', 'text', { a: 1 }, false],
    [404, 'gone', 'text', 'gone', true],
  ] as const)('reads HTTP %i with %j (%s)', (status, text, expected, body, broken) => {
    expect(answer(status, text, expected)).toMatchObject({ status, body, broken, operation: 'x' })
  })
})

describe('parseJson', () => {
  it.each([
    ['{"a":1e999}', { a: 'Infinity' }],
    ['[-1E+400]', ['-Infinity']],
    [`{"a":{"b":${'9'.repeat(400)}}}`, { a: { b: 'Infinity' } }],
    ['{"a":1.e400}', undefined],
    ['[1.5e308,1e-999,1e300]', [1.5e308, 0, 1e300]],
    ['["1e999",1e999,null,true]', ['1e999', 'Infinity', null, true]],
    ['{"__proto__":{"a":1e999}}', JSON.parse('{"__proto__":{"a":"Infinity"}}')],
  ])('handles %s', (text, value) => {
    if (value === undefined) expect(() => parseJson(text)).toThrow(SyntaxError)
    else expect(parseJson(text)).toStrictEqual(value)
  })
})

describe('redact', () => {
  it.each([
    ['Bearer  two-spaces', [], '[redacted]'],
    ['abc', ['abc'], 'abc'],
    ['abcd', ['abcd'], '[redacted]'],
    ['xabcd', ['  abcd '], 'x[redacted]'],
  ])('removes from %j the secret %j: %j', (text, secrets, expected) => {
    expect(redact(text, secrets)).toBe(expected)
  })

  it('shortens only long strings', () => {
    expect(redact('abc', [], 3)).toBe('abc')
    expect(redact('abcd', [], 3)).toBe('abc…')
  })
})
