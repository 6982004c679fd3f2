import { type FieldProblem, isRaw } from '@parley/core'

const path = /^(?:property )?([a-zA-Z_][\w.[\]]*) (.+)$/

/** The validator's own sentences. Anything else may quote what was sent, and stays with the vendor's words. */
const grammar = [
  /^(?:must|should) (?:not )?be (?:an? )?(?:string|number|boolean|object|array|email|UUID|empty|defined|null)$/,
  /^must be (?:an? )?(?:valid )?(?:ISO 8601 date string|phone number|URL address|enum value|boolean value|integer number)$/,
  /^must be (?:longer|shorter) than or equal to \d+ characters$/,
  /^must not be (?:less|greater) than \d+$/,
  /^should not (?:be empty|exist)$/,
  /^is required$/,
  /^does not exist$/,
]

/**
 * The fields that `details` of a 400 names. Its items are not documented: sentences of the validator, or objects with a
 * field and sentences.
 */
export function readFields(details: unknown): FieldProblem[] {
  if (!Array.isArray(details)) return []
  return details.flatMap((detail): FieldProblem[] => {
    if (typeof detail === 'string') return fromSentence(detail)
    return isRaw(detail) ? fromObject(detail['property'] ?? detail['field'] ?? detail['path'], detail['message']) : []
  })
}

function fromSentence(sentence: string): FieldProblem[] {
  const [, field, rest = ''] = path.exec(sentence.trim()) ?? []
  if (field === undefined) return []
  if (/^must be one of the following values:/.test(rest)) return [{ path: field, problem: 'is not an allowed value' }]
  return isGrammar(rest) ? [{ path: field, problem: rest }] : []
}

function fromObject(field: unknown, message: unknown): FieldProblem[] {
  if (typeof field !== 'string' || !/^[\w.[\]]{1,80}$/.test(field)) return []
  const problem = typeof message === 'string' ? message.replace(`${field} `, '') : ''
  return [isGrammar(problem) ? { path: field, problem } : { path: field }]
}

const isGrammar = (problem: string): boolean => grammar.some((sentence) => sentence.test(problem))
