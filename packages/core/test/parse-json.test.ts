import fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import { type Payload, PayloadReader } from '../src/index.ts'
import { parseJson, quoteLong } from '../src/read/text.ts'

const long = '9'.repeat(309)

describe('a number in JSON that JavaScript cannot hold', () => {
  it.each(['1e999', '1E+400', '-2.5e309', '1e9999', long, `-${long}`, `1${long}`])('becomes a string: %s', (number) => {
    const text = number.startsWith('-') ? '-Infinity' : 'Infinity'
    expect(parseJson(number)).toBe(text)
    expect(parseJson(`{"a":${number}}`)).toEqual({ a: text })
    expect(parseJson(`{"a":[1, ${number} ,2]}`)).toEqual({ a: [1, text, 2] })
  })

  it.each(Array.from({ length: 40 }, (_, index) => index * 16))('is found behind %i other characters', (before) => {
    expect(parseJson(`{"a":"${'x'.repeat(before)}","b":${long}}`)).toMatchObject({ b: 'Infinity' })
  })
})

it.each(['1e308', '9'.repeat(308), '1e-999', '0.5', '-1e10'])('stays a number if it is in range: %s', (number) => {
  expect(parseJson(`[${number}]`)).toEqual([Number(number)])
})

it('leaves ids and strings that look like large numbers unchanged', () => {
  const value = { id: '4c3e512a-1e999', text: `of 1e999, or ${long}`, list: ['1e999'] }
  expect(parseJson(JSON.stringify(value))).toEqual(value)
})

describe('a whole number in JSON beyond 2^53', () => {
  it.each(['9007199254740992', '9007199254740993', '-9007199254740993', '12345678901234567890', '9'.repeat(40)])(
    'keeps its digits as a string: %s',
    (number) => {
      expect(parseJson(number)).toBe(number)
      expect(parseJson(`{"id": ${number} ,"list":[${number}]}`)).toEqual({ id: number, list: [number] })
    },
  )

  it.each([
    ['9007199254740991', 9007199254740991],
    ['-9007199254740991', -9007199254740991],
    ['3.141592653589793238', Math.PI],
    ['12345678901234567890.5', Number('12345678901234567890.5')],
    ['1234567890123456789e3', Number('1234567890123456789e3')],
    ['0.00000000000000012345', 0.00000000000000012345],
  ])('differs from %s, which stays a number', (text, number) => {
    expect(parseJson(`[${text}]`)).toEqual([number])
  })

  it('can be an id', () => {
    const reading = new PayloadReader({
      vendor: 'acme',
      account: 'a',
      operation: 'x',
      keepRaw: false,
      onWarning: () => {},
    })
    const body = parseJson('{"id":12345678901234567890,"count":12345678901234567890}') as Payload
    expect(reading.id(body)).toBe('12345678901234567890')
    expect(reading.number(body, 'count')).toBe(Number('12345678901234567890'))
  })

  it('is found at any position, and strings stay unchanged, also on a runtime without the source text', () => {
    const value = fc.oneof(
      fc.bigInt().map(String),
      fc.bigInt({ min: -(2n ** 70n), max: 2n ** 70n }).map(String),
      fc.double({ noNaN: true, noDefaultInfinity: true }).map((number) => JSON.stringify(number)),
      fc.string().map((text) => JSON.stringify(text)),
      fc.constantFrom(
        '"12345678901234567890"',
        '"\\"12345678901234567890"',
        '"a12345678901234567890-"',
        '"x\\\\"',
        'null',
      ),
    )
    const expected = (text: string): unknown =>
      /^-?\d+$/.test(text) && !Number.isSafeInteger(Number(text)) ? text : JSON.parse(text)
    fc.assert(
      fc.property(fc.array(value, { maxLength: 8 }), fc.nat(20), (values, spaces) => {
        const text = `[${values.join(`,${' '.repeat(spaces)}`)}]`
        expect(parseJson(text)).toEqual(values.map(expected))
        expect(JSON.parse(quoteLong(text))).toEqual(values.map(expected))
      }),
      { numRuns: 2000 },
    )
  })
})

describe('the reviver, which makes parsing several times as slow,', () => {
  const usesReviver = (text: string): boolean => {
    const parse = vi.spyOn(JSON, 'parse')
    try {
      parseJson(text)
      return parse.mock.calls.some(([, reviver]) => reviver !== undefined)
    } finally {
      parse.mockRestore()
    }
  }

  it.each([
    '{"id":"msg00000000000000017"}',
    '{"id":"12345678901234567890"}',
    '{"id":"a-12345678901234567890"}',
    `["x${long}","4c3e512a"]`,
    '[0.12345678901234567890]',
    '[123456789012345]',
  ])('is not used for a text without a long number: %s', (text) => expect(usesReviver(text)).toBe(false))

  it.each([
    '9007199254740993',
    '-9007199254740993',
    '[-9007199254740993]',
    '{"a":"x12345678901234567890","b": 9007199254740993}',
    '["12345678901234567890",9007199254740993]',
    `["x${long}",1,\n9007199254740993]`,
  ])('is used for a text with a long number: %s', (text) => expect(usesReviver(text)).toBe(true))
})
