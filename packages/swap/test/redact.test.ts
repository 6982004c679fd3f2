import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { redact } from '../src/evaluate/redact.ts'
import { folded } from '../src/evaluate/statistics.ts'

const ada = { names: ['Ada Lark', 'Zoë O’Neil'], values: ['+43 660 1234567', 'cust-48151'] }

describe('a text without the details of people', () => {
  it.each([
    ['I am Ada Lark.', 'I am [name].'],
    ['I am ADA\nLARK, and zoe o’neil too', 'I am [name], and [name] too'],
    ['Adam and the larks stay', 'Adam and the larks stay'],
    ['Write to ada.lark@example.com, please', 'Write to [email], please'],
    ['My number is +43 (660) 12 34 567', 'My number is [phone]'],
    ['Call ０６６０ １２３４５６７ today', 'Call [phone] today'],
    ['My order 10045231 is late', 'My order [number] is late'],
    ['Card 4111 1111 1111 1111, exp 12/28', 'Card [number], exp 12/28'],
    ['IBAN AT61 1904 3002 3457 3201', 'IBAN [number]'],
    ['See https://shop.example/orders?token=abc and www.shop.example/x', 'See [link] and [link]'],
    ['I am CUST-48151', 'I am [id]'],
    ['Open from 10:00 to 16:00 for 25 to 500 euro', 'Open from 10:00 to 16:00 for 25 to 500 euro'],
  ])('%j becomes %j', (text, expected) => {
    expect(redact(text, ada)).toBe(expected)
  })

  it('has no name in a script without spaces', () => {
    expect(redact('私は山田太郎です', { names: ['山田太郎'] })).toBe('私は[name]です')
  })

  const letters = fc.string({ unit: fc.constantFrom(...'abcdeéöıçłśKLMÑÅ'), minLength: 3, maxLength: 9 })
  const around = fc.constantFrom(' ', '\n', ', ', ' "', '(', '\u00a0', '\t', ' – ', '! ')
  const variant = fc.constantFrom(
    (text: string) => text,
    (text: string) => text.toUpperCase(),
    (text: string) => text.toLowerCase(),
    (text: string) => text.normalize('NFD'),
    (text: string) => `${text[0]}\u200b${text.slice(1)}`,
  )

  it('has none of the known names, however they are written', () => {
    fc.assert(
      fc.property(letters, letters, around, around, variant, (first, last, before, after, vary) => {
        const text = redact(`Hello${before}${vary(first)} ${vary(last)}${after}again 12`, {
          names: [`${first} ${last}`],
        })
        const words = folded(text).split(/[^\p{L}\p{N}]+/u)
        expect(words).not.toContain(folded(first))
        expect(words).not.toContain(folded(last))
        expect(text).toContain('12')
      }),
      { numRuns: 500 },
    )
  })

  it('has no phone and no long number, however their digits are written', () => {
    const digit = fc.constantFrom(...'0123456789', ...'０１２３４５６７８９')
    const separator = fc.constantFrom('', ' ', '-', '.', '/', '\u00a0')
    fc.assert(
      fc.property(fc.array(fc.tuple(digit, separator), { minLength: 5, maxLength: 18 }), (parts) => {
        const number = parts.map(([one, between], index) => (index === parts.length - 1 ? one : one + between)).join('')
        expect(redact(`Call ${number} now`)).not.toMatch(/\d{3}/)
      }),
      { numRuns: 500 },
    )
  })
})
