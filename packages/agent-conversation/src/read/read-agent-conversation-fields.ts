import { type FieldProblem, isRaw } from '@parley/core'

const path = /^(?:property )?([a-zA-Z_][\w.[\]]*) (.+)$/

/** The validator's own sentences. Anything else may quote what was sent, and stays with the vendor's words. */
const grammar =
  /^(?:is required|does not exist|should not (?:be empty|exist)|must (?:not )?be (?:(?:an? )?(?:valid )?(?:string|number|integer number|boolean(?: value)?|object|array|email|UUID|phone number|URL address|ISO 8601 date string|empty)|(?:longer|shorter) than or equal to \d+ characters|(?:less|greater) than \d+))$/

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
  return grammar.test(rest) ? [{ path: field, problem: rest }] : []
}

function fromObject(field: unknown, message: unknown): FieldProblem[] {
  if (typeof field !== 'string' || !/^[\w.[\]]{1,80}$/.test(field)) return []
  const problem = typeof message === 'string' ? message.replace(`${field} `, '') : ''
  return [grammar.test(problem) ? { path: field, problem } : { path: field }]
}
