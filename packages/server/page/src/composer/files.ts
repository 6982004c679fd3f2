import type { Mode } from './drafts.ts'

/** The largest body that the server reads, in bytes, and what may be in it besides the files. */
const bodies: Record<Mode, number> = { reply: 36 * 2 ** 20, note: 4 * 2 ** 20 }
const besides = 2 ** 16
/** The most files of a reply. */
const mostFiles = 20

/** The most bytes of all files of a reply. In base64, three bytes are four characters. */
export const mostBytes: number = Math.floor(((bodies.reply - besides) * 3) / 4)

/** The most characters of a text. */
export const mostText = 1_000_000

/** Whether a note is too long for its body, with what JSON needs to write it. */
export const isTooLong = (mode: Mode, text: string): boolean =>
  text.length > mostText || new Blob([JSON.stringify(text)]).size > bodies[mode] - besides

export type FileProblem = 'too-many' | 'too-large' | 'empty'

/** The files that may be added to those that are there, and why the others may not. */
export function fitting(
  present: readonly File[],
  added: readonly File[],
): { files: File[]; problems: { name: string; problem: FileProblem }[] } {
  const files = [...present]
  const problems: { name: string; problem: FileProblem }[] = []
  for (const file of added) {
    const total = files.reduce((sum, { size }) => sum + size, file.size)
    const problem =
      file.size === 0 ? 'empty' : files.length >= mostFiles ? 'too-many' : total > mostBytes ? 'too-large' : undefined
    if (problem) problems.push({ name: file.name, problem })
    else files.push(file)
  }
  return { files, problems }
}

/** The bytes of a file in base64. @throws if the browser cannot read the file any more. */
export async function base64Of(file: Blob): Promise<string> {
  const bytes = new Uint8Array(await file.arrayBuffer())
  let text = ''
  // A call takes a limited number of arguments.
  for (let start = 0; start < bytes.length; start += 0x8000)
    text += String.fromCharCode(...bytes.subarray(start, start + 0x8000))
  return btoa(text)
}
