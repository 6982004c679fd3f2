import { cutText } from '@parley/core'

/** A text on one line, without control characters that would move the terminal's cursor. */
export const oneLine = (text: string): string => text.replace(/[\s\p{Cc}]+/gu, ' ').trim()

/** Cuts a text to this many visible characters. Colour escape sequences do not count and are closed. */
export function cut(text: string, width: number): string {
  let visible = 0
  let result = ''
  // biome-ignore lint/suspicious/noControlCharactersInRegex: colours start with the escape character
  for (const part of text.split(/(\u001b\[[\d;]*m)/)) {
    if (part.startsWith('\u001b')) result += part
    else if (visible + part.length <= width) {
      result += part
      visible += part.length
    } else if (visible < width) {
      result += `${cutText(part, width - visible - 1)}…`
      visible = width
    }
  }
  return result
}

export function wrap(text: string, width: number): string[] {
  const lines: string[] = []
  let line = ''
  for (const word of oneLine(text).split(' ')) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line)
      line = ''
    }
    line += line === '' ? word : ` ${word}`
  }
  return [...lines, line]
}

/** Rows as aligned columns, two spaces apart. */
export function columns(rows: readonly (readonly string[])[], lengthOf: (text: string) => number): string[] {
  const widths: number[] = []
  for (const row of rows)
    for (const [index, cell] of row.entries()) widths[index] = Math.max(widths[index] ?? 0, lengthOf(cell))
  return rows.map((row) =>
    row
      .map((cell, index) =>
        index === row.length - 1 ? cell : cell + ' '.repeat((widths[index] ?? 0) - lengthOf(cell)),
      )
      .join('  '),
  )
}

/** `2026-01-15 10:30`, in UTC. */
export const day = (timestamp: string | null): string => timestamp?.slice(0, 16).replace('T', ' ') ?? '-'

/** `10:30`, in UTC. */
export const clock = (timestamp: string | null): string => timestamp?.slice(11, 16) ?? '--:--'
