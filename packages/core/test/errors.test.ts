import { inspect } from 'node:util'
import { describe, expect, test } from 'vitest'
import * as core from '../src/index.ts'
import {
  createError,
  type ErrorCode,
  IncompleteError,
  isParleyError,
  type ParleyErrorDetails,
  RateLimitError,
} from '../src/index.ts'

const codes: ErrorCode[] = [
  'authentication',
  'permission',
  'not-found',
  'invalid-request',
  'conflict',
  'rate-limit',
  'unsupported',
  'timeout',
  'network',
  'vendor-fault',
  'response',
  'configuration',
]

const details: ParleyErrorDetails = {
  message: 'acme "main", messages.reply: it failed.',
  vendor: 'acme',
  account: 'main',
  operation: 'messages.reply',
  status: 500,
  requestId: 'r-1',
  vendorCode: 'E1',
  fields: [{ path: 'text', problem: 'is too long' }],
  retryAfterMs: 1000,
  vendorMessage: 'planted words',
  cause: new Error('planted cause'),
}

const classes: Record<string, unknown> = { ...core }

describe.each(codes)('an error with the code %s', (code) => {
  const error = createError(code, details)

  test('has a message, a code and its fields', () => {
    expect(error.code).toBe(code)
    expect(error.name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)).toContain(code.split('-')[0])
    expect(classes[error.name]).toBe(error.constructor)
    expect(isParleyError(error)).toBe(true)
  })

  test('keeps the vendor’s own words and the cause for the program', () => {
    expect(error.vendorMessage).toBe('planted words')
    expect(error.cause).toBe(details.cause)
  })

  test('shows neither the vendor’s words nor the cause when it is logged', () => {
    const printings = [
      JSON.stringify(error),
      JSON.stringify({ ...error }),
      String(error),
      error.stack,
      inspect(error),
      inspect({ nested: [error] }, { depth: 9 }),
      inspect(error, { showHidden: true, depth: 9 }),
      inspect(new Error('outer', { cause: error })),
    ]
    for (const printed of printings) expect(printed).not.toContain('planted')
  })

  test('prints what helps to fix it', () => {
    const printed = inspect(error)
    expect(printed).toContain(`${error.name}: ${details.message}`)
    expect(printed).toContain('at ')
    for (const word of [code, 'acme', 'messages.reply', '500', 'r-1', 'E1', 'is too long', '1000'])
      expect(printed).toContain(word)
  })

  test('survives JSON', () => {
    const { vendorMessage: _, cause: __, ...shown } = details
    expect(JSON.parse(JSON.stringify(error))).toEqual({ ...shown, name: error.name, code, retryable: error.retryable })
  })

  test('has no field that was not set', () => {
    const bare = createError(code, { message: 'x', vendor: undefined, status: undefined })
    expect(Object.keys(bare).sort()).toEqual(['code', 'name', 'retryable'])
    expect('cause' in bare).toBe(false)
  })
})

test('each code has an exported class', () => {
  const kinds = Object.keys(classes).filter(
    (name) => /^[A-Z]\w+Error$/.test(name) && !['ParleyError', 'DecodeError'].includes(name),
  )
  // `incomplete` has fields of its own, and a test of its own below.
  expect(kinds).toHaveLength(codes.length + 1)
})

test('isRetryable is true for errors that a further try can mend', () => {
  const retryable = codes.filter((code) => createError(code, { message: 'x' }).retryable)
  expect(retryable).toEqual(['rate-limit', 'timeout', 'network', 'vendor-fault'])
})

test('isRetryable is false for a write that may have happened', () => {
  for (const code of codes) expect(createError(code, { message: 'x', outcome: 'unknown' }).retryable).toBe(false)
  expect(createError('network', { message: 'x', outcome: 'not-done' }).retryable).toBe(true)
})

describe('isParleyError', () => {
  test('recognizes the errors of another copy of the library', async () => {
    const copy = (await import(
      '../src/errors/parley-error.ts?copy' as string
    )) as typeof import('../src/errors/parley-error.ts')
    const error = new copy.ParleyError('network', true, { message: 'x' })
    expect(copy.ParleyError).not.toBe(core.ParleyError)
    expect(error).not.toBeInstanceOf(core.ParleyError)
    expect(isParleyError(error)).toBe(true)
    expect(copy.isParleyError(new RateLimitError({ message: 'x' }))).toBe(true)
  })

  test.each([null, undefined, 'text', 5, {}, [], new Error('x'), { code: 'network', retryable: true }])(
    'refuses %o',
    (value) => {
      expect(isParleyError(value)).toBe(false)
    },
  )

  test('refuses an error that was parsed from JSON', () => {
    expect(isParleyError(JSON.parse(JSON.stringify(new RateLimitError({ message: 'x' }))))).toBe(false)
  })
})

test('an incomplete list names its accounts, and can be retried only from a cursor', () => {
  const error = { code: 'timeout', message: 'acme:main: no answer.', retryable: true }
  const accounts = [{ account: 'acme:main', state: 'timeout', error }] as const
  const incomplete = new IncompleteError({ message: 'x', accounts, cursor: 'opaque' })
  expect(incomplete).toMatchObject({ code: 'incomplete', accounts, cursor: 'opaque', retryable: true })
  expect(JSON.parse(JSON.stringify(incomplete))).toEqual({
    ...{ code: 'incomplete', name: 'IncompleteError', message: 'x', retryable: true },
    accounts: [{ account: 'acme:main', state: 'timeout', error }],
  })
  expect(inspect(incomplete, { showHidden: true })).not.toContain('opaque')
  expect(new IncompleteError({ message: 'x', accounts }).retryable).toBe(false)
  expect(createError('incomplete', { message: 'x' })).toMatchObject({ accounts: [], cursor: null, retryable: false })
})

test('an error’s message stays in one line, whatever a name in it contains', () => {
  const path = 'headers.a\nb\r\tc\u2028\u202e\0'
  const error = createError('invalid-request', { message: `acme: ${path} cannot be sent.`, fields: [{ path }] })
  const escaped = String.raw`acme: headers.a\u000ab\u000d\u0009c\u2028\u202e\u0000 cannot be sent.`
  expect(error.message).toBe(escaped)
  expect(String(error)).toContain(escaped)
  expect(error.stack?.split('\n')[0]).toContain(escaped)
  expect(error.fields).toEqual([{ path }])
})
