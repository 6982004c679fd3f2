import { readFile } from 'node:fs/promises'
import { buffer } from 'node:stream/consumers'
import { CommandError } from './command.ts'

/**
 * The text of these bytes without a byte order mark, which can say that it is UTF-16: a shell of Windows writes that to a file.
 * `undefined`: it has another encoding, and reading it would change words.
 */
export function decodedText(bytes: Uint8Array): string | undefined {
  const mark = ((bytes[0] ?? 0) << 8) | (bytes[1] ?? 0)
  const encoding = mark === 0xfffe ? 'utf-16le' : mark === 0xfeff ? 'utf-16be' : 'utf-8'
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes)
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
