import fc from 'fast-check'
import { expect, it } from 'vitest'
import { disagreementOf, nearestRank } from '../src/evaluate/statistics.ts'

it('the percentile by nearest rank is a value that at least this part of the values does not exceed', () => {
  expect(nearestRank([7], 0.5)).toBe(7)
  expect(nearestRank([1, 2, 3, 4], 0.5)).toBe(2)
  expect(
    nearestRank(
      Array.from({ length: 20 }, (_, index) => index + 1),
      0.95,
    ),
  ).toBe(19)
  expect(
    nearestRank(
      Array.from({ length: 100 }, (_, index) => index + 1),
      0.95,
    ),
  ).toBe(95)
  fc.assert(
    fc.property(
      fc.array(fc.nat(1000), { minLength: 1 }),
      fc.double({ min: 0.01, max: 1, noNaN: true }),
      (values, part) => {
        const sorted = values.toSorted((one, other) => one - other)
        const found = nearestRank(sorted, part)
        expect(sorted.filter((value) => value <= found).length).toBeGreaterThanOrEqual(part * sorted.length)
        expect(sorted.filter((value) => value < found).length).toBeLessThan(part * sorted.length)
      },
    ),
  )
})

it('disagreement is the part of the different words that two texts do not share, as the mean of all pairs', () => {
  expect(disagreementOf(['Open at nine'])).toBeNull()
  expect(disagreementOf(['Open at nine.', 'open, AT NÍNE!'])).toBe(0)
  expect(disagreementOf(['open at nine', 'closed on Sunday'])).toBe(1)
  expect(disagreementOf(['a b c', 'b c d'])).toBe(0.5)
  expect(disagreementOf(['a', 'a', 'b'])).toBeCloseTo(2 / 3)
  expect(disagreementOf(['', '…'])).toBe(0)
})
