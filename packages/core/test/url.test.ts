import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { pathOf } from '../src/index.ts'
import { urlOf } from '../src/transport/exchange.ts'

describe('pathOf', () => {
  test('encodes ids, and marks them until they are sent', () => {
    const path = pathOf`/conversations/${'a/b?c#{d}'}/messages/${'é 1'}`
    expect(path).toBe('/conversations/{a%2Fb%3Fc%23%7Bd%7D}/messages/{%C3%A9%201}')
    expect(urlOf('', `${path}/text`, undefined)).toBe('/conversations/a%2Fb%3Fc%23%7Bd%7D/messages/%C3%A9%201/text')
    expect(pathOf`/agents`).toBe('/agents')
  })

  test('lets no id change the path', () => {
    const id = fc.oneof(
      fc.string(),
      fc.string({ unit: 'binary' }),
      fc.string({ unit: fc.constantFrom('.', '/', '%', '2', 'e', '\\') }),
    )
    fc.assert(
      fc.property(id, (value) => {
        let path: string
        try {
          path = pathOf`/conversations/${value}/messages`
        } catch (error) {
          expect(error).toMatchObject({ code: 'invalid-request' })
          return
        }
        expect(new URL(urlOf('https://acme.test', path, undefined)).pathname).toMatch(
          /^\/conversations\/[^/]+\/messages$/,
        )
      }),
      { numRuns: 2000 },
    )
  })

  test.each(['', '.', '..'])('refuses %j, which would change the path', (id) => {
    expect(() => pathOf`/conversations/${id}`).toThrow(
      expect.objectContaining({ code: 'invalid-request', fields: [{ path: 'id', problem: expect.any(String) }] }),
    )
  })
})

describe('urlOf', () => {
  test('adds the query', () => {
    const query = { q: 'a b&c', page: 2, all: true, none: null, gone: undefined, ids: ['x', 'y'], empty: [] }
    expect(urlOf('https://acme.test/v1', '/things', query)).toBe(
      'https://acme.test/v1/things?q=a%20b%26c&page=2&all=true&ids=x&ids=y',
    )
  })

  test('adds the query to a path that has one already', () => {
    expect(urlOf('https://acme.test', '/things?a=1', { b: 2 })).toBe('https://acme.test/things?a=1&b=2')
    expect(urlOf('https://acme.test', '/things', {})).toBe('https://acme.test/things')
    expect(urlOf('https://acme.test', '/things', undefined)).toBe('https://acme.test/things')
  })

  test('keeps every string, and replaces half characters', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (key, value) => {
        const url = new URL(urlOf('https://acme.test', '/', { [`k${key}`]: value }))
        expect([...url.searchParams]).toEqual([[`k${key}`, value]])
      }),
    )
    expect(urlOf('https://acme.test', '/', { q: 'a\ud800b' })).toBe('https://acme.test/?q=a%EF%BF%BDb')
  })
})
