import { readFile, stat } from 'node:fs/promises'
import { basename, extname } from 'node:path'
import type { AttachmentInput } from '@parley/core'
import { CommandError } from '../command.ts'
import { readText } from '../read-text.ts'
import type { Terminal } from '../terminal.ts'

/** The text of a reply or a note: `--text`, else the standard input without its last line breaks. */
export async function textOf(
  { text: given, attach = [] }: { text?: string; attach?: readonly string[] },
  terminal: Terminal,
): Promise<string> {
  const { stdin } = process
  const isFileOnly = attach.length > 0 && stdin.isTTY
  if (given === undefined && !isFileOnly && stdin.isTTY)
    terminal.note('Write the text, then Ctrl-D on a line of its own.\n')
  const read = given ?? (isFileOnly ? '' : (await readText('-')).replace(/[\r\n]+$/, ''))
  if (read.trim() === '' && attach.length === 0)
    throw new CommandError('The text must not be empty. Use --text, or the standard input.', 2)
  return read
}

const mediaTypes: Readonly<Record<string, string>> = {
  ...{ '.png': 'image/png', '.jpg': 'image/jpeg', '.jpeg': 'image/jpeg', '.gif': 'image/gif', '.webp': 'image/webp' },
  ...{ '.pdf': 'application/pdf', '.txt': 'text/plain', '.csv': 'text/csv' },
  ...{ '.mp3': 'audio/mpeg', '.mp4': 'video/mp4' },
}

/** The most bytes of a file, as of all files of a reply. */
const mostBytes = 50 * 2 ** 20

/** The files of a reply, read before anything is recorded. */
export const filesOf = (files: readonly string[] = []): Promise<AttachmentInput[]> =>
  Promise.all(
    files.map(async (file) => {
      try {
        const found = await stat(file)
        if (!found.isFile()) throw new CommandError(`The file ${file} cannot be read: it is no file.`)
        if (found.size > mostBytes) throw new CommandError(`The file ${file} is larger than 50 MiB.`)
        const contentType = mediaTypes[extname(file).toLowerCase()]
        return { fileName: basename(file), content: await readFile(file), ...(contentType && { contentType }) }
      } catch (error) {
        throw CommandError.ofFile(`The file ${file} cannot be read`, error)
      }
    }),
  )
