import { describe, expect, it } from 'vitest'
import { isParleyError, saysMissing } from '../../src/index.ts'
import { addressedProblem } from '../../src/transport/failure.ts'

const answer = (status: number, body: unknown) => ({ status, body, headers: new Headers(), operation: 'things.get' })

describe('a 404 for a path that is not served', () => {
  it.each([
    '<!DOCTYPE html><title>404</title>',
    '404 page not found',
    'Not Found',
    { statusCode: 404, message: 'Cannot GET /v2/things/1', error: 'Not Found' },
    { message: 'no Route matched with those values' },
    { message: 'Missing Authentication Token' },
    { message: 'The route v2/things could not be found.' },
    { error: { message: 'Endpoint does not exist' } },
    { detail: 'The requested URL was not found on the server.' },
  ])('has advice about the base URL: %o', (body) => {
    expect(addressedProblem(answer(404, body), {})).toEqual({ advice: expect.stringContaining('baseUrl') })
    expect(addressedProblem(answer(404, body), undefined)).toEqual({ advice: expect.stringContaining('baseUrl') })
  })

  it.each([
    [404, undefined],
    [404, {}],
    [404, { message: 'Conversation not found' }],
    [404, { message: 'Not Found' }],
    [404, { error: { code: 'gone' } }],
    [404, { message: 'Path to the file was not kept' }],
    [400, { message: 'Cannot GET /v2/things/1' }],
    [500, '<html></html>'],
  ])('is not recognized in HTTP %i with %o', (status, body) => {
    expect(addressedProblem(answer(status, body), {})).toEqual({})
  })

  it.each([undefined, {}, { message: 'Not Found' }, '<html></html>'])(
    'has advice at a list without an id: %o',
    (body) => {
      const list = { ...answer(404, body), operation: 'agents.list' }
      expect(addressedProblem(list, { vendorMessage: 'x' })).toEqual({
        ...{ vendorMessage: 'x', reason: 'nothing exists at this address', advice: expect.stringContaining('baseUrl') },
      })
      expect(addressedProblem({ ...list, status: 400 }, {})).toEqual({})
    },
  )

  it('does not replace the adapter’s own decision', () => {
    expect(addressedProblem(answer(404, '<html></html>'), { code: 'not-found' })).toEqual({ code: 'not-found' })
    expect(addressedProblem(answer(404, '<html></html>'), { advice: 'Look.' })).toEqual({ advice: 'Look.' })
  })
})

describe('saysMissing', () => {
  const error = (code: string, said: object) =>
    Object.assign(Object.create({}), { code, ...said, [Symbol.for('parley.error')]: true })

  it('matches the vendor’s words for the thing, and nothing else', () => {
    expect(isParleyError(error('not-found', {}))).toBe(true)
    expect(saysMissing(error('not-found', { vendorMessage: 'Contact not found' }), /^contact/i)).toBe(true)
    expect(saysMissing(error('not-found', { vendorCode: 'NO_CONTACT' }), /^no_contact$/i)).toBe(true)
    expect(saysMissing(error('not-found', { vendorMessage: 'Location not found' }), /^contact/i)).toBe(false)
    expect(saysMissing(error('not-found', {}), /^contact/i)).toBe(false)
    expect(saysMissing(error('permission', { vendorMessage: 'Contact not found' }), /^contact/i)).toBe(false)
    expect(saysMissing(new Error('Contact not found'), /contact/i)).toBe(false)
  })
})
