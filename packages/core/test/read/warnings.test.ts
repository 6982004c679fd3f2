import { describe, expect, it } from 'vitest'
import { compact, DecodeError, PayloadReader, type Warning } from '../../src/index.ts'

function reader(keepRaw = true): { reading: PayloadReader; told: Warning[] } {
  const told: Warning[] = []
  const context = { vendor: 'acme', account: 'main', operation: 'test.read', keepRaw }
  return { reading: new PayloadReader({ ...context, onWarning: (warning) => told.push(warning) }), told }
}

const place = { vendor: 'acme', account: 'main', operation: 'test.read' }
const left = (key: string, expected: string) => `acme sent a ${key} that is not ${expected}; the field is omitted.`

describe('the message of a warning', () => {
  it.each([
    ['text', { a: {} }, 'a string'],
    ['number', { a: {} }, 'a number'],
    ['flag', { a: {} }, 'true or false'],
    ['time', { a: {} }, 'an instant'],
    ['object', { a: 7 }, 'an object'],
    ['texts', { a: 7 }, 'a list'],
  ] as const)('about %s names the field', (method, raw, expected) => {
    const { reading, told } = reader()
    expect(reading[method](raw as never, 'a')).toBeUndefined()
    expect(told).toStrictEqual([{ ...place, code: 'unreadable-field', path: 'a', message: left('a', expected) }])
    expect(reading.warnings).toStrictEqual(told)
  })

  it('stays in one line, whatever the name of a field contains', () => {
    const { reading, told } = reader()
    reading.warn('degraded', 'acme sent a\nb.')
    expect(told[0]?.message).toBe(String.raw`acme sent a\u000ab.`)
  })

  it('about an element of a list names its position', () => {
    const { reading, told } = reader()
    expect(reading.texts({ a: ['x', {}, 7] }, 'a')).toStrictEqual(['x', '7'])
    expect(told.map(({ message }) => message)).toStrictEqual([left('a[1]', 'a string')])
  })

  it('about a term, a list and an object says what was expected', () => {
    const { reading, told } = reader()
    expect(reading.term({ a: {} }, 'a', () => 'unknown')).toBeUndefined()
    expect(reading.list({ b: {} }, 'b', () => 1)).toBeUndefined()
    expect(reading.nested({ c: 7 }, 'c', () => 1)).toBeUndefined()
    expect(told.map(({ message }) => message)).toStrictEqual([
      left('a', 'a string'),
      left('b', 'a list'),
      left('c', 'an object'),
    ])
  })

  it('about an unknown word names the word’s field', () => {
    const { reading, told } = reader()
    expect(reading.term({ a: 'odd' }, 'a', () => 'unknown')).toStrictEqual({ value: 'unknown', native: 'odd' })
    const message = 'acme sent a value for a that this version of Parley does not know.'
    expect(told).toStrictEqual([{ ...place, code: 'unknown-term', path: 'a', raw: 'odd', message }])
  })

  it('about an incomplete object or item names the missing field', () => {
    const { reading, told } = reader()
    const needs = (raw: Readonly<Record<string, unknown>>) => reading.id(raw)
    expect(reading.nested({ a: { b: 1 } }, 'a', needs)).toBeUndefined()
    expect(reading.items([{ id: 'x' }, 7], 'list', needs)).toStrictEqual(['x'])
    expect(told).toStrictEqual([
      {
        ...place,
        code: 'unreadable-field',
        path: 'a.id',
        raw: { b: 1 },
        message: 'acme sent an object without its required fields; the object is omitted.',
      },
      {
        ...place,
        code: 'bad-item',
        path: 'list[1]',
        raw: 7,
        message: 'acme sent an item that cannot be read; the item is skipped.',
      },
    ])
  })

  it('holds no payload unless payloads are kept', () => {
    const { reading, told } = reader(false)
    reading.term({ a: 'odd' }, 'a', () => 'unknown')
    reading.nested({ a: { b: 1 } }, 'a', (raw) => reading.id(raw))
    reading.items([7], 'list', (raw) => reading.id(raw))
    reading.warn('degraded', 'B.', { raw: undefined })
    expect(told).toHaveLength(4)
    for (const warning of [...told, ...reading.warnings]) expect(warning).not.toHaveProperty('raw')
  })

  it('has neither a path nor a payload if none is given, and can have undefined as payload', () => {
    const { reading, told } = reader()
    reading.warn('degraded', 'A.')
    reading.warn('degraded', 'B.', { raw: undefined })
    expect(told).toStrictEqual([
      { ...place, code: 'degraded', message: 'A.' },
      { ...place, code: 'degraded', message: 'B.', raw: undefined },
    ])
  })
})

describe('a number in a payload', () => {
  it.each([
    [0, 0],
    ['7.5', 7.5],
    [' 7 ', 7],
    [null, null],
    ['', undefined],
    [' ', undefined],
    ['x', undefined],
    [[], undefined],
    [true, undefined],
    [Number.NaN, undefined],
    [Number.POSITIVE_INFINITY, undefined],
    ['Infinity', undefined],
  ])('is read from %j as %j', (value, expected) => {
    const { reading, told } = reader()
    expect(reading.number({ a: value }, 'a')).toBe(expected)
    expect(told).toHaveLength(expected === undefined ? 1 : 0)
  })
})

describe('an id in a payload', () => {
  it.each([
    ['x', 'x'],
    [7, '7'],
    [0, '0'],
  ])('is read from %j as %j', (id, expected) => {
    expect(reader().reading.id({ id })).toBe(expected)
  })

  it.each(['', null, undefined, true, {}, [], Number.NaN, Number.POSITIVE_INFINITY])('is not read from %j', (id) => {
    expect(() => reader().reading.id({ id })).toThrow('unreadable: id')
  })

  it('is not read from another key either', () => {
    expect(() => reader().reading.id({ id: 'x' }, 'key')).toThrow(new DecodeError('key'))
  })
})

describe('the ref of a part of an entity', () => {
  it('depends on the id only, whatever was read before', () => {
    const { reading } = reader()
    const plain = 'acme:main/source/m-1#0'
    expect(reading.partRef('source', 'm-1', 0)).toBe(plain)
    reading.ref('message', 'm-1')
    expect(reading.partRef('source', 'm-1', 0)).toBe(plain)
    reading.ref('message', 'm/1')
    expect(reading.partRef('source', 'm/1', 2)).toBe('acme:main/source/m%2F1%232')
    expect(reading.partRef('source', 'm-1', 0)).toBe(plain)
  })
})

describe('compact', () => {
  it('creates ordinary fields, even one that is called like the prototype', () => {
    const result = compact<Record<string, unknown>>(JSON.parse('{"__proto__":{"a":1},"b":2}'))
    expect(Object.getPrototypeOf(result)).toBe(Object.prototype)
    for (const key of ['__proto__', 'b'])
      expect(Object.getOwnPropertyDescriptor(result, key)).toMatchObject({
        enumerable: true,
        configurable: true,
        writable: true,
      })
  })
})
