import { inspect } from 'node:util'
import { describe, expect, it } from 'vitest'
import { ConflictError, ParleyError, readRetryAfter } from '../../src/index.ts'
import { acme } from '../helpers/acme.ts'

const error = new ConflictError({ message: 'No.', vendorMessage: 'planted', cause: new Error('planted') })

describe('an error in Node.js', () => {
  it('is printed with its name before its stack', () => {
    const printed = inspect(error)
    expect(printed).toMatch(/^ConflictError: No\.\n +at /)
    expect(printed).not.toContain('planted')
    const odd = new ConflictError({ message: 'An Error: inside.' })
    expect(inspect(odd)).toMatch(/^ConflictError: An Error: inside\./)
  })

  it('is printed without a stack if it has none', () => {
    const bare = new ConflictError({ message: 'No.' })
    Object.defineProperty(bare, 'stack', { value: undefined })
    expect(inspect(bare)).toMatch(/^ConflictError: No\. \{/)
  })

  it('has a name on its prototype, a writable cause, and the vendor’s words only if there are some', () => {
    expect(new ParleyError('conflict', false, { message: 'No.' }).name).toBe('ParleyError')
    expect(Object.getOwnPropertyDescriptor(error, 'cause')).toMatchObject({
      configurable: true,
      writable: true,
      enumerable: false,
    })
    expect(Object.hasOwn(new ConflictError({ message: 'No.' }), 'vendorMessage')).toBe(false)
  })
})

describe('an answer that is not JSON', () => {
  const messageOf = async (text: string, headers: Record<string, string>) => {
    const fetch = async () => new Response(text, { status: 200, headers })
    const call = acme('https://acme.example', { fetch }).begin('messages.list')
    const failed = await call.request({ path: '/x' }).then(
      () => undefined,
      (reason: Error & { requestId?: string }) => reason,
    )
    return [failed?.message, failed?.requestId]
  }
  const said = (what: string) =>
    `acme "main", messages.list: the response is ${what}, not what the API documents; HTTP 200.`

  it.each([
    ['{"a":', { 'content-type': 'application/json' }, 'not complete JSON'],
    ['a < b', { 'content-type': 'text/plain; note=html' }, 'not complete JSON'],
    ['oops', { 'content-type': 'text/html; charset=utf-8' }, 'an HTML page'],
    [' \n<html>', { 'content-type': 'text/plain' }, 'an HTML page'],
  ])('with the body %j (%j) is reported as %s', async (text, headers, what) => {
    expect(await messageOf(text, headers as never)).toStrictEqual([said(what), undefined])
  })

  it('is reported with the vendor’s id of the request', async () => {
    expect(await messageOf('{', { 'x-request-id': 'req-1' })).toStrictEqual([said('not complete JSON'), 'req-1'])
  })
})

describe('a lost answer', () => {
  it('is reported as such', async () => {
    const fetch = async () => {
      throw new TypeError('fetch failed')
    }
    const call = acme('https://acme.example', { fetch }).begin('messages.list')
    await expect(call.request({ path: '/x', method: 'POST' })).rejects.toMatchObject({
      code: 'network',
      message: 'acme "main", messages.list: the connection failed.',
    })
  })
})

describe('the time to wait in an error', () => {
  const now = Date.parse('2026-01-15T10:30:00.000Z')

  it.each([
    ['0.125s', 125],
    ['1.75 S', 1750],
    ['12.5ms', 13],
    ['x 7s', undefined],
    ['7s x', undefined],
    ['1.s', undefined],
    ['on Thu, 15 Jan 2026 10:30:30 GMT', undefined],
    ['Thu 15 Jan 2026 10:30:30 GMT', 30_000],
  ])('of %j is %j', (value, wait) => {
    expect(readRetryAfter(new Headers({ 'retry-after': value }), now)).toBe(wait)
  })
})
