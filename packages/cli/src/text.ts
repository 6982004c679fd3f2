import stringWidth from 'string-width'

const graphemes = new Intl.Segmenter()

/** Marks that turn the direction of what follows, so that one text could pass for another. */
const directions = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g

/** A part of a line: without line breaks and control characters, which would move the terminal's cursor. */
export const onLine = (text: string): string => text.replace(directions, '').replace(/[\s\p{Cc}]+/gu, ' ')

/** Lines for people, without what a terminal would obey. Only their colours and line breaks stay. */
export const forPeople = (text: string): string =>
  text
    .replace(directions, '')
    // biome-ignore lint/suspicious/noControlCharactersInRegex: colours start with the escape character
    .replace(/(\u001b\[[\d;]*m)|[^\P{Cc}\n]/gu, (_, colour: string | undefined) => colour ?? ' ')

/** JSON without the control characters that JSON allows, and that a terminal would obey. It means the same. */
export const escapeControls = (json: string): string =>
  json.replace(/[\u007f-\u009f]/g, (control) => `\\u00${control.charCodeAt(0).toString(16)}`)

/** A result as JSON, on one line if there is no indent. */
export const asJson = (value: unknown, indent = 2): string =>
  `${escapeControls(JSON.stringify(value, undefined, indent))}\n`

/** A whole line of its own. */
export const oneLine = (text: string): string => onLine(text).trim()

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

/**
 * Lines that are at most this wide. A word that is wider is broken, as in a language without spaces, but not an address, which
 * would be another one then.
 */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = []
  let line = ''
  for (const word of oneLine(text)
    .split(' ')
    .flatMap((word) => brokenAt(width, word))) {
    if (line !== '' && stringWidth(line) + 1 + stringWidth(word) > width) {
      lines.push(line)
      line = ''
    }
    line += line === '' ? word : ` ${word}`
  }
  return [...lines, line]
}

const isAddress = (word: string): boolean => /^https?:\/\/\S{1,2000}$|^[\w-]+:[^\s/]+\/\w+\/\S{1,500}$/.test(word)

function brokenAt(width: number, word: string): string[] {
  if (word.length * 2 <= width || stringWidth(word) <= width || isAddress(word)) return [word]
  const parts: string[] = []
  let [part, taken] = ['', 0]
  for (const { segment } of graphemes.segment(word)) {
    const wide = stringWidth(segment)
    if (taken + wide > width && part !== '') {
      parts.push(part)
      ;[part, taken] = ['', 0]
    }
    part += segment
    taken += wide
  }
  return [...parts, part]
}

/** Rows as aligned columns, two spaces apart. Letters that take two columns of a terminal count twice. */
export function columns(rows: readonly (readonly string[])[]): string[] {
  const widths: number[] = []
  for (const row of rows)
    for (const [index, cell] of row.entries()) widths[index] = Math.max(widths[index] ?? 0, stringWidth(cell))
  const pad = (cell: string, index: number): string => cell + ' '.repeat((widths[index] ?? 0) - stringWidth(cell))
  return rows.map((row) => row.map((cell, index) => (index === row.length - 1 ? cell : pad(cell, index))).join('  '))
}

/**
 * Rows under their titles, at most this wide as long as a column can be omitted: first those that are empty, then the less
 * important ones, in their order. The first line is that of the titles.
 *
 * @param cuttable the last column counts with at most this width, because the caller cuts it.
 */
export function table(
  titles: readonly string[],
  rows: readonly (readonly string[])[],
  { lessImportant, width, cuttable }: { lessImportant: readonly string[]; width: number; cuttable?: number },
): string[] {
  let shown = [...titles.keys()].filter((column) => column < 2 || rows.some((row) => row[column] !== ''))
  const linesOf = (most = Number.POSITIVE_INFINITY) => {
    const cells = [titles, ...rows].map((row) => shown.map((column) => row[column] ?? ''))
    return columns(cells.map((row) => row.with(-1, cut(row.at(-1) ?? '', most)))).map((line) => line.trimEnd())
  }
  for (const title of lessImportant) {
    if (linesOf(cuttable).every((line) => stringWidth(line) <= width)) break
    shown = shown.filter((column) => titles[column] !== title)
  }
  return linesOf()
}

/** `2026-01-15 05:30-05:00`: the time in the zone of this machine, which commands also take. `Z` is UTC. */
export function day(timestamp: string | null): string {
  if (timestamp === null) return '-'
  const minutes = -new Date(timestamp).getTimezoneOffset()
  const [hours, rest] = [Math.trunc(Math.abs(minutes) / 60), Math.abs(minutes) % 60].map(twoDigits)
  const zone = minutes === 0 ? 'Z' : `${minutes < 0 ? '-' : '+'}${hours}:${rest}`
  return `${localTime(timestamp).slice(0, 16).replace('T', ' ')}${zone}`
}

/** `05:30` in the zone of this machine. */
export const clock = (timestamp: string | null): string =>
  timestamp === null ? '--:--' : localTime(timestamp).slice(11, 16)

/** The same time of the day in UTC as the clock shows in the zone of this machine. */
function localTime(timestamp: string): string {
  const date = new Date(timestamp)
  return new Date(date.getTime() - date.getTimezoneOffset() * 60_000).toISOString()
}

const twoDigits = (number: number): string => String(number).padStart(2, '0')

/** `1,204`, with at most this many digits after the point. */
export const count = (number: number, digits = 0): string =>
  number.toLocaleString('en-US', { maximumFractionDigits: digits })

/** `45 s`, `3 min`, `2 h 5 min`, `3 d 4 h`. */
export function duration(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1000))
  if (seconds < 60) return `${seconds} s`
  const minutes = Math.round(seconds / 60)
  if (minutes < 60) return `${minutes} min`
  const hours = Math.floor(minutes / 60)
  const [large, small, unit, smaller] =
    hours < 48 ? [hours, minutes % 60, 'h', 'min'] : [Math.floor(hours / 24), hours % 24, 'd', 'h']
  return small === 0 ? `${large} ${unit}` : `${large} ${unit} ${small} ${smaller}`
}

/** `1.5 MB`. */
export function size(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB']
  let [value, unit] = [bytes, 0]
  while (value >= 1000 && unit < units.length - 1) [value, unit] = [value / 1000, unit + 1]
  return `${count(value, value < 10 && unit > 0 ? 1 : 0)} ${units[unit]}`
}
