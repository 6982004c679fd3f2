import type { Problem } from '@parley/core'
import { describe, expect, it } from 'vitest'
import { createProtocol, isMissingRoute } from '../../src/protocol.ts'

const deployment = { baseUrl: 'https://api.example', authHeader: 'Agent-Secret-Key', authPrefix: '' }
const problemOf = (status: number, body: unknown): Problem | undefined =>
  createProtocol(deployment).readProblem?.({ status, body, headers: new Headers(), operation: 'agents.get' })

const keyAdvice = 'The key may be wrong, expired, revoked or of another region, or the id may belong to another agent.'
const routeAdvice = 'This deployment has no such endpoint; check baseUrl.'
const fault = { status: 500, name: 'BAD_REQUEST', message: 'INVALID_REQUEST', details: [] }

describe('an error answer', () => {
  it.each([
    [300, {}, {}],
    [300, fault, { vendorCode: 'BAD_REQUEST', vendorMessage: 'INVALID_REQUEST' }],
    [400, null, {}],
    [400, ['no'], {}],
    [400, '', {}],
    [502, 'x'.repeat(201), {}],
    [401, undefined, { code: 'authentication', advice: keyAdvice }],
    [401, { message: 'No key' }, { vendorMessage: 'No key', code: 'authentication', advice: keyAdvice }],
    [403, {}, { code: 'authentication', advice: keyAdvice }],
    [402, {}, {}],
    [404, { message: 'Nothing here' }, { vendorMessage: 'Nothing here' }],
    [404, { message: 'Cannot POST /external/x' }, { vendorMessage: 'Cannot POST /external/x', advice: routeAdvice }],
    [404, ' <html>', { advice: routeAdvice }],
    [404, {}, {}],
    [405, {}, { advice: routeAdvice }],
    [400, { message: 'Cannot GET /external/x' }, { vendorMessage: 'Cannot GET /external/x' }],
    [
      500,
      { name: { code: 'X' }, message: 'ENTITY_NOT_FOUND' },
      { vendorCode: 'ENTITY_NOT_FOUND', vendorMessage: 'ENTITY_NOT_FOUND' },
    ],
    [400, { name: 'Bad_Request', message: 7 }, {}],
    [400, { name: 'AB' }, {}],
    [400, { name: `A${'B'.repeat(60)}` }, {}],
    [400, { name: `A${'B'.repeat(59)}` }, { vendorCode: `A${'B'.repeat(59)}` }],
    [400, { name: 'BAD REQUEST' }, {}],
    [400, { name: '1BAD' }, {}],
    [400, { name: ['BAD_REQUEST'] }, {}],
    [400, { message: 'No', details: 'title is required' }, { vendorMessage: 'No' }],
    [400, { details: [{ field: 'title' }, 7] }, { fields: [{ path: 'title' }] }],
    [
      400,
      { message: 'No', details: ['title is required', 'Ada said no'] },
      { vendorMessage: 'No; title is required; Ada said no', fields: [{ path: 'title', problem: 'is required' }] },
    ],
  ] as [number, unknown, Problem][])('with HTTP %i and the body %j has its code', (status, body, problem) => {
    expect(problemOf(status, body)).toStrictEqual(problem)
  })
})

describe('an answer with HTTP 200', () => {
  it.each([
    ['BAD_REQUEST', 'invalid-request'],
    ['FORBIDDEN_ERROR', 'authentication'],
    ['ENTITY_NOT_FOUND_ERROR', 'not-found'],
    ['SOMETHING_ELSE', 'vendor-fault'],
  ] as const)('is an error if its name is %s', (name, code) => {
    const problem = { vendorCode: name, vendorMessage: 'No', code }
    expect(problemOf(299, { status: 400, name, message: 'No' })).toStrictEqual(problem)
  })

  it.each([
    ['a status that is none', { status: 399, message: 'No' }],
    ['a status that is a word', { status: 'active', message: 'No' }],
    ['a status that is a number in a text', { status: '500', message: 'No' }],
    ['no status', { message: 'No' }],
    ['no message', { status: 500 }],
    ['a message that is no text', { status: 500, message: { id: 1 } }],
    ['an id', { status: 500, message: 'No', id: 'x' }],
    ['data', { status: 500, message: 'No', data: [] }],
    ['a list', [{ status: 500, message: 'No' }]],
    ['nothing', undefined],
  ])('is no error with %s', (_, body) => {
    expect(problemOf(200, body)).toBeUndefined()
  })
})

describe('the base URL', () => {
  it.each([
    ['https://api.example', 'https://api.example/external'],
    [' https://api.example// ', 'https://api.example/external'],
    ['https://api.example/other/', 'https://api.example/other'],
    ['https://api.example/a//b', 'https://api.example/a//b'],
  ])('%s becomes %s', (given, url) => {
    expect(createProtocol({ ...deployment, baseUrl: given }).baseUrl).toBe(url)
  })
})

describe('the credential header', () => {
  it.each([
    ['', 'key-1'],
    ['Bearer', 'Bearer key-1'],
    ['Bearer ', 'Bearer key-1'],
    ['Token=', 'Token=key-1'],
    ['Key9', 'Key9key-1'],
  ])('holds the key after the prefix %j', (authPrefix, value) => {
    expect(createProtocol({ ...deployment, authPrefix }).authorize?.('key-1')).toStrictEqual({
      'Agent-Secret-Key': value,
    })
  })
})

describe('a missing route', () => {
  it.each([
    [undefined, false],
    ['', false],
    ['<!doctype html>', true],
    ['\n  <html>', true],
    ['Cannot DELETE /external/x', true],
    ['It says: Cannot GET /external/x', false],
    ['a <b>', false],
    ['Cannot get /x', false],
  ])('is told from a missing entity by %j: %s', (text, expected) => {
    expect(isMissingRoute(text)).toBe(expected)
  })
})
