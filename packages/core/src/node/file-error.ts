import { ConfigurationError } from '../errors/kinds.ts'

/** Whether a file is not there (`ENOENT`), or is there already (`EEXIST`). */
export const isCode = (error: unknown, code: string): boolean =>
  error instanceof Error && (error as { code?: unknown }).code === code

/** The error for a file of the store. Names it, and never says what is in it. */
export function fileError(path: string, problem: string, cause?: unknown): ConfigurationError {
  const code = cause instanceof Error ? (cause as { code?: unknown }).code : undefined
  const said = typeof code === 'string' ? ` (${code})` : ''
  return new ConfigurationError({
    message: `The token store's file ${path} ${problem}${said}.`,
    fields: [{ path: 'folder', problem: `${problem}${said}` }],
  })
}
