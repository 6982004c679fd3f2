import type { Problem } from '@parley/core'
import { describe, expect, it } from 'vitest'
import { readProblem, requestId } from '../../src/protocol.ts'

const problemOf = (status: number, body: unknown, operation = 'agents.get'): Problem | undefined =>
  readProblem({ status, body, headers: new Headers(), operation })

const silent = { vendorMessage: undefined, vendorCode: undefined, requestId: undefined }
const said = (vendorMessage: string) => ({ ...silent, vendorMessage })
const location =
  'The token belongs to another location or to an agency; check the options "token" (LEADCONNECTOR_TOKEN) and "locationId" (LEADCONNECTOR_LOCATION_ID).'
const edge = "The response comes from the vendor's edge network, not from its API."
const provider = 'A conversation provider belongs to a marketplace app and works only with that app.'
const version = 'The vendor does not accept the Version header; check the option "version".'
const badToken = 'Check the option "token" (LEADCONNECTOR_TOKEN).'

describe('the error in an answer', () => {
  it.each([
    [300, {}, silent],
    [418, undefined, silent],
    [418, [{ message: 'no' }], silent],
    [418, 'x'.repeat(4001), said('x'.repeat(4000))],
    [418, { message: 'no', error: 'other' }, said('no')],
    [418, { message: ['no', 7, 'never'] }, said('no; never')],
    [418, { message: [7] }, silent],
    [418, { error: 'no' }, said('no')],
    [418, { error: 7 }, silent],
    [418, { error: { message: 'no', code: 'E_1.x-2' } }, { ...said('no'), vendorCode: 'E_1.x-2' }],
    [418, { error: { message: 7, code: 7 } }, silent],
    [418, { error: { code: 'Ada said' } }, silent],
    [418, { error: { code: '' } }, silent],
    [418, { error: { code: 'x'.repeat(61) } }, silent],
    [418, { error: { code: 'x'.repeat(60) } }, { ...silent, vendorCode: 'x'.repeat(60) }],
    [418, { traceId: 'trace-1' }, { ...silent, requestId: 'trace-1' }],
    [418, { traceId: '' }, silent],
    [418, { traceId: 7 }, silent],
  ])('of HTTP %i is read from %j', (status, body, problem) => {
    expect(problemOf(status, body)).toStrictEqual(problem)
  })

  it('has the id of the request for successful answers too', () => {
    const answer = (body: unknown) => ({ status: 200, body, headers: new Headers(), operation: 'x' })
    expect(requestId(answer({ traceId: 'trace-1' }))).toBe('trace-1')
    for (const body of [undefined, null, 'trace-1', [], {}]) expect(requestId(answer(body))).toBeUndefined()
  })
})

describe('the code of an error', () => {
  it.each([
    [404, 'No AI suggestion found', 'agents.get', { code: 'not-found' }],
    [422, 'No AI suggestion found', 'agents.get', { code: 'not-found' }],
    [401, 'No AI suggestion found', 'agents.get', { code: 'authentication', advice: badToken }],
    [403, 'No AI suggestion found', 'agents.get', { code: 'permission', advice: location }],
    [400, 'Message not found', 'agents.get', { code: 'not-found' }],
    [400, 'It does not exist', 'agents.get', { code: 'not-found' }],
    [400, 'No agent found', 'agents.get', { code: 'not-found' }],
    [500, 'Contact not found', 'agents.get', { code: 'not-found' }],
    [422, 'Message not found', 'agents.get', {}],
    [502, 'Message not found', 'agents.get', {}],
    [400, 'Conversation already exists', 'agents.get', { code: 'conflict' }],
    [500, 'Conversation already exists', 'agents.get', { code: 'conflict' }],
    [422, 'Conversation already exists', 'agents.get', {}],
    [400, 'oops', 'agents.get', {}],
    [500, 'oops', 'agents.get', {}],
    [401, 'oops', 'agents.get', { code: 'authentication', advice: badToken }],
    [
      401,
      'The Version header is missing',
      'agents.get',
      { code: 'configuration', aboutCredential: false, advice: version },
    ],
    [401, 'The conversion failed', 'agents.get', { code: 'authentication', advice: badToken }],
    [
      401,
      'The token has no such scope',
      'nothing.known',
      { code: 'permission', aboutCredential: false, advice: 'A scope is missing.' },
    ],
    [
      401,
      'The token is not authorized for this scope.',
      'agents.get',
      {
        code: 'permission',
        aboutCredential: false,
        advice: 'A scope is missing. This operation needs conversation-ai.readonly.',
      },
    ],
    [401, 'The telescope', 'agents.get', { code: 'authentication', advice: badToken }],
    [
      401,
      'No access to the conversation provider',
      'agents.get',
      { code: 'permission', aboutCredential: false, advice: provider },
    ],
    [400, 'No conversationProvider found', 'agents.get', { code: 'permission', advice: provider }],
    [403, 'No access to the conversationprovider', 'agents.get', { code: 'permission', advice: provider }],
    [403, 'oops', 'agents.get', { code: 'permission', advice: location }],
    [
      500,
      'oops',
      'messages.ask',
      {
        code: 'vendor-fault',
        advice: 'When a message is added, the vendor gives this response to a wrong token too.',
      },
    ],
    [502, 'oops', 'messages.ask', {}],
    [500, 'Contact not found', 'messages.ask', { code: 'not-found' }],
  ] as [number, string, string, Problem][])(
    'is derived from HTTP %i and "%s" as %s',
    (status, message, operation, kind) => {
      const { fields: _, ...problem } = problemOf(status, { message }, operation) ?? {}
      expect(problem).toStrictEqual({ ...said(message), ...kind })
    },
  )

  it('of a web page is that of the host in front of the API', () => {
    expect(problemOf(403, '<html>')).toStrictEqual({
      ...said('<html>'),
      code: 'permission',
      advice: edge,
    })
  })
})

describe('the failure in an answer with HTTP 200', () => {
  it.each([
    [{ statusCode: 400, message: 'no' }, 'invalid-request'],
    [{ status: 404, message: 'no' }, 'not-found'],
    [{ statusCode: 409, message: 'no' }, 'conflict'],
    [{ status: 499, message: 'no' }, 'invalid-request'],
    [{ status: 500, message: 'no' }, 'vendor-fault'],
    [{ success: false }, 'vendor-fault'],
    [{ statusCode: 200, status: 400, message: 'no' }, 'invalid-request'],
  ])('is read from %j', (body, code) => {
    expect(problemOf(299, body)?.code).toBe(code)
  })

  it.each([
    { statusCode: 399, message: 'no' },
    { statusCode: '400', message: 'no' },
    { status: 'failed', message: 'no' },
    { statusCode: 400 },
    { success: true },
    { success: null },
    {},
    [],
    undefined,
    'success',
  ])('is not seen in %j', (body) => {
    expect(problemOf(200, body)).toBeUndefined()
  })

  it('is a count of agents without the agents, only in their list', () => {
    expect(problemOf(200, { count: 3 }, 'agents.list')).toMatchObject({ code: 'vendor-fault' })
    expect(problemOf(200, { count: '3', agents: null }, 'agents.list')).toMatchObject({ code: 'vendor-fault' })
    for (const body of [{ count: 0 }, {}, { count: 3, agents: [] }])
      expect(problemOf(200, body, 'agents.list')).toBeUndefined()
    expect(problemOf(200, { count: 3 }, 'agents.get')).toBeUndefined()
  })
})

describe('the fields of an error', () => {
  it.each([
    ['messages.reply', 'message must be a string', 'text'],
    ['messages.note', 'userId must be a string', 'operatorId'],
    ['contacts.get', 'message must be a string', 'message'],
  ])('of %s have the caller’s name if the vendor says "%s"', (operation, said, path) => {
    expect(problemOf(422, { message: [said] }, operation)?.fields).toMatchObject([{ path }])
  })

  const fieldsOf = (status: number, message: unknown) => problemOf(status, { message })?.fields

  it.each([
    ['name must be a string', 'name', 'must be a string'],
    [' name must be a string ', 'name', 'must be a string'],
    ['property name should not exist', 'name', 'should not exist'],
    ['each value in tags must be a string', 'tags', 'each value must be a string'],
    ['contact.email must be an email', 'contact.email', 'must be an email'],
    ['items[0].at must be a valid ISO 8601 date string', 'items[0].at', 'must be a valid ISO 8601 date string'],
    ['limit must be a positive number', 'limit', 'must be a positive number'],
    ['mode must be one of the following values: off, suggestive', 'mode', 'must be one of the following values'],
    ['name must be longer than or equal to 12 characters', 'name', 'must be longer than or equal to 12 characters'],
    ['name must be shorter than or equal to 5 characters', 'name', 'must be shorter than or equal to 5 characters'],
    ['limit must not be less than 1', 'limit', 'must not be less than 1'],
    ['limit must not be greater than 100', 'limit', 'must not be greater than 100'],
    ['tags must contain at least 1 elements', 'tags', 'must contain at least 1 elements'],
    ['tags must contain no more than 10 elements', 'tags', 'must contain no more than 10 elements'],
    ['name should not be empty', 'name', 'should not be empty'],
    ['name should not be null or undefined', 'name', 'should not be null or undefined'],
    ['name is required', 'name', 'is required'],
  ])('are read from "%s"', (sentence, path, problem) => {
    expect(fieldsOf(400, ['Ada said no', sentence])).toStrictEqual([{ path, problem }])
    expect(fieldsOf(422, sentence)).toStrictEqual([{ path, problem }])
    expect(fieldsOf(404, sentence)).toBeUndefined()
  })

  it.each([
    'Ada said name is required',
    'name is required by Ada',
    'name must be Ada',
    'name must be a string, not "Ada"',
    'name must be a string 1234567890123456789012345678901',
    'Name must be a string',
    'name is not Ada',
    'the name must be a string',
    `a${'x'.repeat(81)} is required`,
    '',
  ])('are not read from "%s", which may quote the customer', (sentence) => {
    expect(fieldsOf(400, [sentence])).toStrictEqual([])
  })
})
