import stringWidth from 'string-width'

const graphemes = new Intl.Segmenter()

/** A text on one line, without control characters that would move the terminal's cursor. */
export const oneLine = (text: string): string => text.replace(/[\s\p{Cc}]+/gu, ' ').trim()

/** Cuts a text to this many columns of a terminal. Colour escape sequences do not count and are closed. */
export function cut(text: string, width: number): string {
  let left = width
  let result = ''
  // biome-ignore lint/suspicious/noControlCharactersInRegex: colours start with the escape character
  for (const part of text.split(/(\u001b\[[\d;]*m)/)) {
    if (part.startsWith('\u001b')) result += part
    else if (stringWidth(part) <= left) {
      result += part
      left -= stringWidth(part)
    } else if (left > 0) {
      for (const { segment } of graphemes.segment(part)) {
        left -= stringWidth(segment)
        if (left < 1) break
        result += segment
      }
      result += '…'
      left = 0
    }
  }
  return result
}

export function wrap(text: string, width: number): string[] {
  const lines: string[] = []
  let line = ''
  for (const word of oneLine(text).split(' ')) {
    if (line !== '' && stringWidth(line) + 1 + stringWidth(word) > width) {
      lines.push(line)
      line = ''
    }
    line += line === '' ? word : ` ${word}`
  }
  return [...lines, line]
}

/** Rows as aligned columns, two spaces apart. Letters that take two columns of a terminal count twice. */
export function columns(rows: readonly (readonly string[])[]): string[] {
  const widths: number[] = []
  for (const row of rows)
    for (const [index, cell] of row.entries()) widths[index] = Math.max(widths[index] ?? 0, stringWidth(cell))
  const pad = (cell: string, index: number): string => cell + ' '.repeat((widths[index] ?? 0) - stringWidth(cell))
  return rows.map((row) => row.map((cell, index) => (index === row.length - 1 ? cell : pad(cell, index))).join('  '))
}

/** `2026-01-15 10:30`, in UTC. */
export const day = (timestamp: string | null): string => timestamp?.slice(0, 16).replace('T', ' ') ?? '-'

/** `10:30`, in UTC. */
export const clock = (timestamp: string | null): string => timestamp?.slice(11, 16) ?? '--:--'
