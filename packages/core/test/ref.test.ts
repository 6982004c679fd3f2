import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  accountName,
  buildRef,
  type EntityKind,
  encodeRefId,
  isParleyError,
  PayloadReader,
  parseRef,
  refPrefix,
} from '../src/index.ts'

const kinds: EntityKind[] = ['agent', 'conversation', 'message', 'source', 'contact', 'attachment', 'generation']

const text = fc.oneof(
  fc.string({ unit: 'binary', minLength: 1 }),
  fc.string({ minLength: 1 }),
  // What `encodeURIComponent` leaves as it is, what a ref is made of, and what stands for itself in one.
  fc.string({ unit: fc.constantFrom(..."!'()*%/:#~.@+=-_ \n a2Fu"), minLength: 1, maxLength: 6 }),
  // Halves of characters too, alone and side by side.
  fc.array(fc.integer({ min: 0xd700, max: 0xe000 }), { minLength: 1 }).map((codes) => String.fromCharCode(...codes)),
)
const parts = fc.record({ vendor: text, account: text, kind: fc.constantFrom(...kinds), id: text })

describe('a ref', () => {
  test('is readable for a plain id, and encoded otherwise', () => {
    expect(buildRef({ vendor: 'acme', account: 'main', kind: 'message', id: 'msg_1#0' })).toBe(
      'acme:main/message/msg_1#0',
    )
    expect(buildRef({ vendor: 'acme', account: 'a/b', kind: 'contact', id: 'x y:/%' })).toBe(
      'acme:a%2Fb/contact/x%20y%3A%2F%25',
    )
    expect(refPrefix('acme', 'main', 'agent') + encodeRefId('é')).toBe('acme:main/agent/%C3%A9')
  })

  test('is read back whole with any characters', () => {
    fc.assert(
      fc.property(parts, (given) => {
        const ref = buildRef(given)
        expect(parseRef(ref)).toEqual(given)
        expect(ref).toMatch(/^[\w.~#@+=%:/-]+$/)
      }),
      { numRuns: 2000 },
    )
  })

  test('is never shared by two different entities', () => {
    const close = fc.string({ unit: fc.constantFrom('a', '/', ':', '%', '2', 'F', '#'), minLength: 1, maxLength: 4 })
    const parts = fc.record({ vendor: close, account: close, kind: fc.constantFrom(...kinds), id: close })
    fc.assert(
      fc.property(parts, parts, (one, other) => {
        expect(buildRef(one) === buildRef(other)).toBe(JSON.stringify(one) === JSON.stringify(other))
      }),
      { numRuns: 2000 },
    )
  })

  test('is the same however its parts are put together', () => {
    fc.assert(
      fc.property(parts, fc.nat(20), (given, index) => {
        const { vendor, account, kind, id } = given
        const ref = buildRef(given)
        expect(refPrefix(vendor, account, kind) + encodeRefId(id)).toBe(ref)
        expect(ref.startsWith(`${accountName(vendor, account)}/${kind}/`)).toBe(true)
        const reading = new PayloadReader({ vendor, account, operation: 'test', keepRaw: false, onWarning: () => {} })
        const part = buildRef({ ...given, id: `${id}#${index}` })
        expect(reading.partRef(kind, id, index)).toBe(part)
        expect(reading.ref(kind, id)).toBe(ref)
        expect(reading.partRef(kind, id, index)).toBe(part)
      }),
      { numRuns: 2000 },
    )
  })

  test('is accepted only in the spelling that is built', () => {
    const piece = fc.oneof(
      fc.constantFrom(
        'a',
        "'",
        '!',
        '#',
        '%',
        '%25',
        '%2f',
        '%2F',
        '%61',
        '%ud83d',
        '%uD83D',
        '%ude00',
        '%23',
        ' ',
        '',
      ),
      fc.constantFrom('%F0%9F%98%80', '%f0%9f%98%80', '%C3%A9', '%E9', 'é', '/', ':', '\ud83d'),
    )
    const part = fc.array(piece, { minLength: 1, maxLength: 2 }).map((pieces) => pieces.join(''))
    let accepted = 0
    fc.assert(
      fc.property(piece, fc.constantFrom(...kinds), part, (account, kind, id) => {
        const ref = `acme:${account}/${kind}/${id}`
        let parsed: ReturnType<typeof parseRef> | undefined
        try {
          parsed = parseRef(ref)
        } catch (error) {
          expect(isParleyError(error) && error.code).toBe('invalid-request')
        }
        if (!parsed) return
        accepted += 1
        expect(buildRef(parsed)).toBe(ref)
      }),
      { numRuns: 5000 },
    )
    expect(accepted).toBeGreaterThan(100)
  })

  test.each(['vendor', 'account', 'id'])('cannot be built with an empty %s', (path) => {
    const given = { vendor: 'acme', account: 'main', kind: 'message', id: '1', [path]: '' } as const
    const refused = expect.objectContaining({
      code: 'invalid-request',
      message: `Cannot build a ref: ${path} must be a non-empty string.`,
      fields: [{ path, problem: 'must be a non-empty string' }],
    })
    expect(() => buildRef(given)).toThrow(refused)
    if (path === 'id') expect(() => encodeRefId('')).toThrow(refused)
    else expect(() => refPrefix(given.vendor, given.account, 'message')).toThrow(refused)
  })

  test('cannot be built for an unknown kind', () => {
    const given = { vendor: 'acme', account: 'main', kind: 'robot' as EntityKind, id: '1' }
    expect(() => buildRef(given)).toThrow(
      expect.objectContaining({ fields: [{ path: 'kind', problem: expect.any(String) }] }),
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
    'acme:main/message/a/b',
    'acme:main/message/a:b',
    'acme:main/message/a b',
    'acme:main/message/%61',
    'acme:main/message/a%2fb',
    'acme:main/message/%uD83D',
    'acme:main/message/%ud83d%ude00',
    "acme:main/message/'",
    'acme:main/message/%',
    'acme:main/message/é',
  ])('cannot be read from %j', (text) => {
    expect(() => parseRef(text)).toThrow(expect.objectContaining({ code: 'invalid-request' }))
  })

  test('cannot be read with a broken encoding, and the error does not quote it', () => {
    try {
      parseRef('acme:main/message/%ZZplanted')
      expect.unreachable()
    } catch (error) {
      expect(isParleyError(error) && error.fields).toMatchObject([{ path: 'ref' }])
      expect(String(error)).not.toContain('planted')
    }
  })
})
