import type { Problem } from '@parley/core'
import { describe, expect, it } from 'vitest'
import { createProtocol, readProblem } from '../../src/protocol.ts'

const problemOf = (status: number, body: unknown): Problem | undefined =>
  readProblem({ status, body, headers: new Headers(), operation: 'agents.get' })

const keyAdvice = 'Check apiKey (LIVECHATAI_API_KEY).'
const addressAdvice = 'This address does not serve the API; check baseUrl.'
const planAdvice = 'The workspace’s message quota seems to be used up; retry in its next cycle.'

describe('an error answer', () => {
  it.each([
    [300, {}, {}],
    [400, undefined, {}],
    [400, ['no'], {}],
    [400, '', {}],
    [500, { message: 'No' }, { vendorMessage: 'No' }],
    [500, { error: 'No' }, { vendorMessage: 'No' }],
    [500, { error: { message: 'No', code: 'E_1' } }, { vendorMessage: 'No', vendorCode: 'E_1' }],
    [500, { detail: 'No' }, { vendorMessage: 'No' }],
    [500, { message: 7, error: 'No' }, { vendorMessage: 'No' }],
    [500, { message: ['No', 7, 'never'] }, { vendorMessage: 'No; never' }],
    [500, { message: [7] }, {}],
    [500, { code: 12 }, { vendorCode: '12' }],
    [500, { code: 'E_1', error: { code: 'E_2' } }, { vendorCode: 'E_1' }],
    [500, { code: 'Ada said no' }, {}],
    [500, { code: 'x'.repeat(61) }, {}],
    [500, { code: {} }, {}],
    [
      400,
      { message: ['name must be a string', 'Ada said no'] },
      { vendorMessage: 'name must be a string; Ada said no', fields: [{ path: 'name', problem: 'must be a string' }] },
    ],
    [401, {}, { advice: keyAdvice }],
    [400, '<html>', { vendorMessage: '<html>' }],
    [404, '<html>', { vendorMessage: '<html>', code: 'configuration', advice: addressAdvice }],
    [
      404,
      '\n <html><body>Gone</body>',
      { vendorMessage: '<html><body>Gone</body>', code: 'configuration', advice: addressAdvice },
    ],
    [404, { message: '<html>' }, { vendorMessage: '<html>' }],
    [404, undefined, {}],
    [404, ['<html>'], {}],
  ] as [number, unknown, Problem][])('with HTTP %i and the body %j has its code', (status, body, problem) => {
    expect(problemOf(status, body)).toStrictEqual(problem)
  })
})

describe('a used-up plan', () => {
  it.each([
    'quota exceeded',
    'no credits left',
    'MESSAGE_LIMIT',
    'messagelimit',
    'monthly limit',
    'plan - limit',
    'usage limit',
    'workspace limit',
  ])('is recognized by "%s"', (message) => {
    const words = { vendorMessage: message, advice: planAdvice }
    expect(problemOf(402, { message })).toStrictEqual({ ...words, code: 'permission' })
    expect(problemOf(403, { message })).toStrictEqual({ ...words, code: 'permission' })
    expect(problemOf(429, { message })).toStrictEqual({ ...words, doNotRetry: true })
    expect(problemOf(200, { status: 'error', message })).toStrictEqual({ ...words, code: 'permission' })
  })

  it('is recognized by its code too', () => {
    expect(problemOf(402, { code: 'PLAN_LIMIT' })).toMatchObject({ code: 'permission', advice: planAdvice })
  })

  it.each([
    [300, 'quota exceeded'],
    [400, 'quota exceeded'],
    [401, 'quota exceeded'],
    [500, 'quota exceeded'],
    [429, 'rate limit'],
    [429, 'the limit of this plan'],
    [403, ''],
    [403, undefined],
  ])('is not recognized in HTTP %i with "%s"', (status, message) => {
    const problem = problemOf(status, { message })
    expect(problem?.advice).not.toBe(planAdvice)
    expect(problem).not.toHaveProperty('doNotRetry')
  })
})

describe('an answer with HTTP 200', () => {
  it.each([
    ['unauthorized', 'authentication'],
    ['unauthorised', 'authentication'],
    ['unauthenticated', 'authentication'],
    ['invalid key', 'authentication'],
    ['invalidtoken', 'authentication'],
    ['invalid_api_key', 'authentication'],
    ['invalid apikey', 'authentication'],
    ['no valid api key', 'authentication'],
    ['401', 'authentication'],
    ['forbidden', 'permission'],
    ['no permission', 'permission'],
    ['access denied', 'permission'],
    ['accessdenied', 'permission'],
    ['403', 'permission'],
    ['not found', 'not-found'],
    ['notfound', 'not-found'],
    ['not_found', 'not-found'],
    ['does not exist', 'not-found'],
    ['404', 'not-found'],
    ['too many requests', 'rate-limit'],
    ['toomany requests', 'rate-limit'],
    ['too manyrequests', 'rate-limit'],
    ['ratelimit', 'rate-limit'],
    ['rate_limit', 'rate-limit'],
    ['429', 'rate-limit'],
    ['conflict', 'conflict'],
    ['already exists', 'conflict'],
    ['409', 'conflict'],
    ['bad request', 'invalid-request'],
    ['badrequest', 'invalid-request'],
    ['validation failed', 'invalid-request'],
    ['an invalid thing', 'invalid-request'],
    ['required', 'invalid-request'],
    ['missing', 'invalid-request'],
    ['422', 'invalid-request'],
    ['14010', 'vendor-fault'],
    ['1401', 'vendor-fault'],
    ['4010', 'vendor-fault'],
    ['1403', 'vendor-fault'],
    ['4030', 'vendor-fault'],
    ['1404', 'vendor-fault'],
    ['4040', 'vendor-fault'],
    ['1429', 'vendor-fault'],
    ['4290', 'vendor-fault'],
    ['1409', 'vendor-fault'],
    ['4090', 'vendor-fault'],
    ['500', 'vendor-fault'],
    ['accessXdenied', 'vendor-fault'],
    ['rateXlimit', 'vendor-fault'],
    ['badXrequest', 'vendor-fault'],
    ['oops', 'vendor-fault'],
  ] as const)('with the words "%s" is %s', (message, code) => {
    expect(problemOf(299, { status: 'error', message })).toStrictEqual({ vendorMessage: message, code })
  })

  it.each([
    ['NOT_FOUND', 'forbidden', 'not-found'],
    // A code that says no more than that there was an error leaves it to the words.
    ['error', 'forbidden', 'permission'],
    ['ApiError', 'forbidden', 'permission'],
    ['error_404', 'forbidden', 'vendor-fault'],
    ['my.error', 'forbidden', 'vendor-fault'],
    ['BAD_REQUEST_ERROR', 'forbidden', 'permission'],
  ])('with the code %s and the words "%s" is %s', (vendorCode, message, code) => {
    expect(problemOf(200, { status: 'error', code: vendorCode, message })).toMatchObject({ vendorCode, code })
  })

  it('without a code and words is a fault', () => {
    expect(problemOf(200, { status: 'error' })).toStrictEqual({ code: 'vendor-fault' })
    expect(problemOf(200, { status: 'error', code: 'error' })).toStrictEqual({
      vendorCode: 'error',
      code: 'vendor-fault',
    })
  })

  it.each([{ status: 'success' }, { error: 'No' }, {}, undefined, 'error', ['error'], null])(
    'is no error with %j',
    (body) => {
      expect(problemOf(200, body)).toBeUndefined()
    },
  )

  it('with an error quotes no key and no address', () => {
    expect(problemOf(200, { status: 'error', message: 'oops' })).not.toHaveProperty('advice')
  })
})

describe('the base URL', () => {
  it.each([
    ['https://api.example', 'https://api.example/api/v2'],
    [' https://api.example// ', 'https://api.example/api/v2'],
    ['https://api.example/other/', 'https://api.example/other'],
    ['https://api.example/a//b', 'https://api.example/a//b'],
  ])('%s becomes %s', (given, url) => {
    expect(createProtocol(given, 'agt_1')).toMatchObject({ vendor: 'livechatai', baseUrl: url })
  })

  it('does not change the header of the key', () => {
    expect(createProtocol('https://api.example', 'agt_1').authorize?.('key-1')).toStrictEqual({
      authorization: 'Bearer key-1',
    })
  })
})
