import { readFile } from 'node:fs/promises'
import { buffer } from 'node:stream/consumers'
import { CommandError } from './command.ts'

/** The text of these bytes without a byte order mark. `undefined`: they are no UTF-8, so that reading them would change words. */
export function decodedText(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return undefined
  }
}

/** The text of a file, or of the standard input (`-`). @throws CommandError if it cannot be read, or has another encoding. */
export async function readText(file: string): Promise<string> {
  const name = file === '-' ? 'The standard input' : `The file ${file}`
  const bytes = await (file === '-' ? buffer(process.stdin) : readFile(file)).catch((error: unknown) => {
    throw CommandError.ofFile(`${name} cannot be read`, error)
  })
  const read = decodedText(bytes)
  if (read === undefined) throw new CommandError(`${name} is not UTF-8. Save it as UTF-8.`, 2)
  return read
}
