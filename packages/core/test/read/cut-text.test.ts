import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { cutText } from '../../src/read/text.ts'

const family = '👨‍👩‍👧‍👦'
const bytes = (text: string): number => new TextEncoder().encode(text).length

describe('a string that is cut', () => {
  it.each([
    ['hello', 5, 'hello'],
    ['hello', 4, 'hell'],
    ['hello', 0, ''],
    ['hello', -1, ''],
    ['a😀b', 2, 'a'],
    ['a😀b', 3, 'a😀'],
    [`a${family}b`, 11, 'a'],
    [`a${family}b`, 12, `a${family}`],
    ['e\u0301e\u0301', 3, 'e\u0301'],
    ['🇦🇹🇩🇪', 6, '🇦🇹'],
    // One character that is too long as a whole is cut between code points, rather than to nothing.
    [family, 4, '👨\u200d'],
    [`x${'\u0301'.repeat(500)}`, 3, `x${'\u0301'.repeat(2)}`],
  ])('from %j to %i is %j', (text, most, expected) => expect(cutText(text, most)).toBe(expected))

  it('can be measured in bytes', () => {
    expect(cutText('größe', 4, bytes)).toBe('gr\u00f6')
    expect(cutText('größe', 3, bytes)).toBe('gr')
    expect(cutText('größe', 7, bytes)).toBe('größe')
  })

  test('is a prefix within the limit that ends between characters', () => {
    const text = fc.string({ unit: 'grapheme', maxLength: 300 })
    fc.assert(
      fc.property(text, fc.nat(300), fc.constantFrom(undefined, bytes), (given, most, sizeOf) => {
        const cut = cutText(given, most, sizeOf)
        expect(given.startsWith(cut)).toBe(true)
        expect((sizeOf ?? ((piece: string) => piece.length))(cut)).toBeLessThanOrEqual(most)
        expect(cut).not.toMatch(/\p{Surrogate}/u)
      }),
    )
  })
})
