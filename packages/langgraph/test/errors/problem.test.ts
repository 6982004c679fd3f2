import type { Problem } from '@parley/core'
import { describe, expect, it } from 'vitest'
import { createProtocol, readProblem } from '../../src/protocol.ts'
import { badId, busy, failedRun, notFound } from '../fixtures/threads.ts'

const problemOf = (status: number, body: unknown, isErrorPart = false): Problem | undefined =>
  readProblem({ status, body, headers: new Headers(), operation: 'agents.get', ...(isErrorPart && { isErrorPart }) })

const noAssistant = 'No assistant found for "x"'

describe('an error answer', () => {
  it.each([
    [404, notFound, { code: 'not-found', vendorMessage: notFound, vendorCode: 'NOT_FOUND' }],
    [404, noAssistant, { code: 'not-found', vendorMessage: noAssistant, vendorCode: 'NOT_FOUND' }],
    [404, '404 Not Found', { vendorMessage: '404 Not Found' }],
    [404, '<html>Not found', { vendorMessage: '<html>Not found' }],
    [409, 'Thread already exists', { vendorMessage: 'Thread already exists', vendorCode: 'CONFLICT' }],
    [500, 'Internal Server Error', { vendorMessage: 'Internal Server Error' }],
    [422, 'Other words', { vendorMessage: 'Other words' }],
    [400, 'Thread is already running a task.', { vendorMessage: 'Thread is already running a task.' }],
    [400, badId, { code: 'not-found', vendorCode: 'ZodError' }],
    [
      409,
      'Thread is busy',
      { code: 'conflict', vendorMessage: 'Thread is busy', advice: expect.stringContaining('again') },
    ],
    [
      400,
      {
        success: false,
        error: { name: 'ZodError', issues: [{ path: ['limit'], message: 'Ada said no' }, { path: [] }] },
      },
      { vendorCode: 'ZodError', fields: [{ path: 'limit' }] },
    ],
    [400, { error: { issues: [] } }, { vendorCode: 'ZodError' }],
    [
      422,
      { detail: [{ loc: ['body', 'assistant_id'], msg: 'Field required', type: 'missing' }] },
      { fields: [{ path: 'assistant_id', problem: 'Field required' }] },
    ],
    [422, { detail: [] }, {}],
    [404, { detail: 'Thread not found' }, { vendorMessage: 'Thread not found' }],
    [500, { error: 'Error', message: 'No' }, { vendorCode: 'Error', vendorMessage: 'No' }],
    [500, { error: 'Ada said no', message: 7 }, {}],
    [403, undefined, {}],
    [403, ['no'], {}],
  ] as [number, unknown, Problem][])('with HTTP %i and the body %j is read', (status, body, problem) => {
    expect(problemOf(status, body)).toStrictEqual(problem)
  })

  it.each([
    [422, busy],
    [422, { detail: busy }],
    [409, { detail: busy }],
  ])('of a busy thread is a conflict, after which the question can be asked again: HTTP %i with %j', (status, body) => {
    expect(problemOf(status, body)).toStrictEqual({
      ...{ code: 'conflict', vendorMessage: busy, advice: expect.stringContaining('multitaskStrategy') },
    })
  })

  it('of a thread without a graph is a conflict', () => {
    const words = 'Thread x has no graph ID'
    for (const body of [words, { detail: words }])
      expect(problemOf(400, body)).toMatchObject({ code: 'conflict', advice: expect.stringContaining('graphId') })
  })

  it.each([{}, failedRun, [], 'text', undefined])('is none with HTTP 200 and %j', (body) => {
    expect(problemOf(200, body)).toBeUndefined()
  })
})

describe('an event named error', () => {
  it.each([
    [
      { error: 'Error', message: '500 down' },
      { code: 'vendor-fault', vendorCode: 'Error', vendorMessage: '500 down' },
    ],
    [{ error: {}, message: {} }, { code: 'vendor-fault' }],
    ['text', { code: 'vendor-fault' }],
  ] as [unknown, Problem][])('with %j is a fault', (body, problem) => {
    expect(problemOf(200, body, true)).toStrictEqual(problem)
  })
})

describe('the key', () => {
  it('is sent as x-api-key, and not at all where there is none', () => {
    const { authorize } = createProtocol('https://desk.example')
    expect(authorize?.('key-1')).toStrictEqual({ 'x-api-key': 'key-1' })
    expect(authorize?.('none')).toStrictEqual({})
  })
})
