import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { asJson, columns, count, cut, duration, forPeople, oneLine, size, wrap } from '../src/text.ts'

describe('text for a terminal', () => {
  it('keeps a contact’s text on one line and without control characters', () => {
    expect(oneLine('  one\n two\u001b[2J\tthree ')).toBe('one two [2J three')
  })

  it('has no mark that turns the direction of what follows', () => {
    expect(oneLine('invoice\u202efdp.\u2066exe\u2069\u200f')).toBe('invoicefdp.exe')
    expect(forPeople('a\u202eb\u009b2J\u001b]0;x\u0007\r\n\u001b[31mred\u001b[39m\n')).toBe(
      'ab 2J ]0;x  \n\u001b[31mred\u001b[39m\n',
    )
  })

  it('is the same as JSON, without the control characters that JSON allows', () => {
    const value = { text: '\u007f\u0080\u009b\u009f\u00a0\u202e\\u009b' }
    expect(asJson(value)).not.toMatch(/[\u007f-\u009f]/)
    expect(asJson(value)).toContain('\\u009b')
    expect(JSON.parse(asJson(value))).toEqual(value)
    expect(asJson(value, 0).split('\n')).toHaveLength(2)
  })

  it('is cut to the visible width, without colours', () => {
    expect(cut('abcdef', 4)).toBe('abc…')
    expect(cut('abc', 4)).toBe('abc')
    expect(cut('\u001b[31mabcdef\u001b[39m', 4)).toBe('\u001b[31mabc…\u001b[39m')
  })

  it('is cut between two characters', () => {
    expect(cut('ab😀cd', 5)).toBe('ab😀…')
    expect(cut('ab😀cd', 4)).toBe('ab…')
    expect(cut('a👨‍👩‍👧bcdef', 7)).toBe('a👨‍👩‍👧bcd…')
    expect(cut('a👨‍👩‍👧bcdef', 3)).toBe('a…')
    expect(cut('日本語です', 6)).toBe('日本…')
  })

  it('is wrapped without losing a word', () => {
    fc.assert(
      fc.property(
        fc.array(fc.stringMatching(/^[a-z]{1,12}$/), { minLength: 1 }),
        fc.integer({ min: 12, max: 40 }),
        (all, width) => {
          const lines = wrap(all.join(' '), width)
          expect(lines.join(' ').split(' ')).toEqual(all)
          for (const line of lines) expect(line.length).toBeLessThanOrEqual(width)
        },
      ),
    )
  })

  it('aligns columns by their visible width', () => {
    expect(
      columns([
        ['a', 'bb', 'c'],
        ['aaa', 'b', 'cc'],
        ['日本', '\u001b[31mb\u001b[39m', 'c'],
      ]),
    ).toEqual(['a     bb  c', 'aaa   b   cc', '日本  \u001b[31mb\u001b[39m   c'])
  })

  it.each([
    [0, '0 s'],
    [-5, '0 s'],
    [59_400, '59 s'],
    [59_500, '1 min'],
    [3_540_000, '59 min'],
    [3_590_000, '1 h'],
    [7_500_000, '2 h 5 min'],
    [172_800_000, '2 d'],
    [273_600_000, '3 d 4 h'],
  ])('has %i ms as %s', (ms, text) => {
    expect(duration(ms)).toBe(text)
  })

  it('has numbers in groups, and sizes in units', () => {
    expect([count(1_204), count(45.25, 1), count(0)]).toEqual(['1,204', '45.3', '0'])
    expect([size(999), size(1_500), size(12_345_678), size(81e9), size(5e15)]).toEqual([
      '999 B',
      '1.5 kB',
      '12 MB',
      '81 GB',
      '5,000 TB',
    ])
  })
})
