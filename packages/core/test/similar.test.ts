import { didYouMean } from '@parley/core'
import { describe, expect, test } from 'vitest'

describe('didYouMean', () => {
  const names = ['apiKey', 'status', 'search', 'since', 'conversations.list', 'order']

  test.each([
    ['apikey', 'apiKey'],
    ['api_key', 'apiKey'],
    ['stauts', 'status'],
    ['ordre', 'order'],
    ['conversations.lst', 'conversations.list'],
    ['sinze', 'since'],
  ])('matches %s with %s', (name, meant) => {
    expect(didYouMean(name, names)).toBe(` (did you mean "${meant}"?)`)
  })

  test.each(['', 'x', 'colour', '__proto__', 'limit', '…', 'a'.repeat(10_000)])(
    'matches %s with none of them',
    (name) => {
      expect(didYouMean(name, names)).toBe('')
    },
  )

  test('returns the nearest name, and never the same one', () => {
    expect(didYouMean('contct', ['contract', 'contact'])).toBe(' (did you mean "contact"?)')
    expect(didYouMean('status', ['status'])).toBe('')
  })
})
