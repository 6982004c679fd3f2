import { describe, expect, it } from 'vitest'
import { parseJson } from '../src/read/parse-json.ts'

const long = '9'.repeat(309)

describe('a number that is too large for one', () => {
  it.each(['1e999', '1E+400', '-2.5e309', '1e9999', long, `-${long}`, `1${long}`])('becomes a text: %s', (number) => {
    const text = number.startsWith('-') ? '-Infinity' : 'Infinity'
    expect(parseJson(number)).toBe(text)
    expect(parseJson(`{"a":${number}}`)).toEqual({ a: text })
    expect(parseJson(`{"a":[1, ${number} ,2]}`)).toEqual({ a: [1, text, 2] })
  })

  it.each(Array.from({ length: 40 }, (_, index) => index * 16))('is found behind %i other characters', (before) => {
    expect(parseJson(`{"a":"${'x'.repeat(before)}","b":${long}}`)).toMatchObject({ b: 'Infinity' })
  })
})

it.each(['1e308', '9'.repeat(308), '1e-999', '0.5', '-1e10'])('%s stays a number', (number) => {
  expect(parseJson(`[${number}]`)).toEqual([Number(number)])
})

it('ids and texts that look like large numbers stay what they are', () => {
  const value = { id: '4c3e512a-1e999', text: `of 1e999, or ${long}`, list: ['1e999'] }
  expect(parseJson(JSON.stringify(value))).toEqual(value)
})
