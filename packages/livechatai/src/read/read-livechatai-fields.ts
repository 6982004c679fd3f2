import type { FieldProblem } from '@parley/core'

/** The field and the validator's own sentence about it. Anything else may quote what was sent. */
const sentence =
  /^"?([a-zA-Z_][\w.[\]]{0,79})"? ((?:is|are) (?:required|invalid|missing)|(?:must|should) (?:not )?be (?:an? )?(?:string|number|boolean|object|array|integer|email|defined|empty)|should not be empty)\.?$/

/** The fields that a refusal names. The documentation shows none; these are the sentences that validators write. */
export function readFields(sentences: readonly string[]): FieldProblem[] {
  return sentences.flatMap((text): FieldProblem[] => {
    const [, path, problem] = sentence.exec(text.trim()) ?? []
    return path === undefined || problem === undefined ? [] : [{ path, problem }]
  })
}
