import type { FieldLevel, FieldSupport } from './fields.ts'

/** What the tables of adapters are written with: each entry has a reason, and where there is some, advice. */
const support =
  (level: FieldLevel, given?: false) =>
  (reason: string, advice?: string): FieldSupport => {
    const entry: FieldSupport = { level, reason }
    if (given === false) entry.given = given
    if (advice !== undefined) entry.advice = advice
    return entry
  }

/** A field of which some goes over. */
export const partialField: (reason: string, advice?: string) => FieldSupport = support('partial')

/** A field that is accepted and lost. */
export const droppedField: (reason: string, advice?: string) => FieldSupport = support('dropped')

/** A field that is lost, and that the vendor never gives either. */
export const missingField: (reason: string, advice?: string) => FieldSupport = support('dropped', false)

/** A field that the vendor keeps to itself: neither written nor read, but to be seen where `byHand` says. */
export const hiddenField = (reason: string, byHand: string): FieldSupport => ({
  level: 'dropped',
  given: false,
  reason,
  advice: `Set it there: ${byHand}`,
  byHand,
})
