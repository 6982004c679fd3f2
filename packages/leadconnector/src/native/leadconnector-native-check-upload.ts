import type { FieldProblem, NativeGiven } from '@parley/core'

const mostFiles = 5
const mostBytes = 5 * 1024 * 1024

/** "Upload file attachments". */
export function checkUpload({ body }: NativeGiven): FieldProblem | undefined {
  const files = [body('fileAttachment')].flat()
  if (files.length > mostFiles) return problem(`must have at most ${mostFiles} files`)
  const isLarge = files.some((file) => file instanceof Blob && file.size > mostBytes)
  return isLarge ? problem('must have at most 5 MB per file') : undefined
}

const problem = (text: string): FieldProblem => ({ path: 'body.fileAttachment', problem: text })
