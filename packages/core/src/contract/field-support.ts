import type { FieldLevel, FieldSupport, FieldTable, PortableModel } from './fields.ts'

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

/** The levels, best first. */
export const fieldLevels: readonly FieldLevel[] = ['full', 'partial', 'fallback', 'dropped', 'rejected']

/** Whether a table has one answer for all fields of a model. */
export const isWholeModel = (entry: FieldTable[PortableModel] | undefined): entry is FieldSupport =>
  entry !== undefined && 'level' in entry && typeof entry.level === 'string'

/** What a table says about one field: the field's own answer, or that for its whole model. `undefined`: nothing. */
export function fieldSupport(table: FieldTable, model: PortableModel, field: string): FieldSupport | undefined {
  const entry = table[model]
  if (isWholeModel(entry)) return entry
  const support = (entry as Readonly<Record<string, FieldSupport | 'full'>> | undefined)?.[field]
  return support === 'full' ? { level: 'full' } : support
}
