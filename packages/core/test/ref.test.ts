import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { buildRef, type EntityKind, encodeRefId, isParleyError, parseRef, refPrefix } from '../src/index.ts'

const kinds: EntityKind[] = ['agent', 'conversation', 'message', 'source', 'contact', 'attachment', 'generation']

describe('refs', () => {
  test('are readable for plain ids, and encoded otherwise', () => {
    expect(buildRef({ vendor: 'acme', account: 'main', kind: 'message', id: 'msg_1#0' })).toBe(
      'acme:main/message/msg_1#0',
    )
    expect(buildRef({ vendor: 'acme', account: 'a/b', kind: 'contact', id: 'x y:/%' })).toBe(
      'acme:a%2Fb/contact/x%20y%3A%2F%25',
    )
    expect(refPrefix('acme', 'main', 'agent') + encodeRefId('é')).toBe('acme:main/agent/%C3%A9')
  })

  test('come back whole, whatever the characters', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary', minLength: 1 }),
      fc.string({ minLength: 1 }),
      // Halves of characters too, alone and side by side.
      fc
        .array(fc.integer({ min: 0xd700, max: 0xe000 }), { minLength: 1 })
        .map((codes) => String.fromCharCode(...codes)),
    )
    const parts = fc.record({ vendor: text, account: text, kind: fc.constantFrom(...kinds), id: text })
    fc.assert(
      fc.property(parts, (given) => {
        const ref = buildRef(given)
        expect(parseRef(ref)).toEqual(given)
        expect(ref).toMatch(/^[\x21-\x7e]+$/)
      }),
      { numRuns: 2000 },
    )
  })

  test('two different entities never share one', () => {
    const text = fc.string({ unit: fc.constantFrom('a', '/', ':', '%', '2', 'F', '#'), minLength: 1, maxLength: 4 })
    const parts = fc.record({ vendor: text, account: text, kind: fc.constantFrom(...kinds), id: text })
    fc.assert(
      fc.property(parts, parts, (one, other) => {
        expect(buildRef(one) === buildRef(other)).toBe(JSON.stringify(one) === JSON.stringify(other))
      }),
      { numRuns: 2000 },
    )
  })

  test.each([
    '',
    'acme',
    'acme:main',
    'acme:main/message',
    'acme:main/message/',
    ':main/message/1',
    'acme:main/robot/1',
  ])('%j is none', (text) => {
    expect(() => parseRef(text)).toThrow(expect.objectContaining({ code: 'invalid-request' }))
  })

  test('a broken encoding is none, and the error does not quote it', () => {
    try {
      parseRef('acme:main/message/%ZZplanted')
      expect.unreachable()
    } catch (error) {
      expect(isParleyError(error) && error.fields).toMatchObject([{ path: 'ref' }])
      expect(String(error)).not.toContain('planted')
    }
  })
})
