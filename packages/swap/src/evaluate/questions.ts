import { ConfigurationError, didYouMean, isParleyError, isRecord, tryParseJson } from '@parley/core'
import { CsvError, parse } from 'csv-parse/browser/esm/sync'
import type { Question } from './evaluation.ts'
import { mostQuestions } from './plan.ts'

export interface ReadQuestionsOptions {
  /** `csv`: with a line of titles. `jsonl`: a JSON object, or a string, on each line. */
  format: 'csv' | 'jsonl'
  /** What errors call the file. Default: `the questions`. */
  name?: string
}

/** The columns of a CSV file and the fields of an object, with the field of `Question` that each is. */
const fields = { question: 'text', id: 'id', expected: 'expected', contains: 'contains', source: 'source' } as const
const names = Object.keys(fields) as (keyof typeof fields)[]

/** A question with the line where it begins. */
interface Row {
  line: number
  values: Record<string, unknown>
}

/**
 * Reads questions from a file.
 *
 * - **CSV** has a line of titles: `question`, and if you want `id`, `expected`, `contains` (several texts, with `|` between them) and
 *   `source`. Commas separate; a text with a comma, a quote or a line break is in double quotes.
 * - **JSON Lines** has on each line a string, or an object with the same fields, where `contains` is a list.
 *
 * Blank lines are skipped. A question without an `id` gets `q` and its number in the file: `q1`. The file is UTF-8, or UTF-16 with a
 * byte order mark.
 *
 * @param file the bytes of the file, or its text.
 * @throws ConfigurationError that names the file and the line: of what cannot be read, an unknown column, a missing question, an id
 * that an earlier one has, more than 10,000 questions, and more than 32 MiB. It quotes no question.
 */
export function readQuestions(
  file: Uint8Array | string,
  { format, name = 'the questions' }: ReadQuestionsOptions,
): Question[] {
  const fail = (line: number | undefined, problem: string): never => {
    const path = line === undefined ? name : `${name}, line ${line}`
    throw new ConfigurationError({ message: `${path}: ${problem}.`, fields: [{ path, problem }] })
  }
  if (format !== 'csv' && format !== 'jsonl') fail(undefined, 'the format must be csv or jsonl')
  if (typeof file !== 'string' && !(file instanceof Uint8Array)) fail(undefined, 'the file must be bytes or a string')
  if (file.length > mostBytes) fail(undefined, 'the file is larger than 32 MiB')
  const text = typeof file === 'string' ? file.replace(/^\uFEFF/, '') : textOf(file, fail)
  const rows = format === 'csv' ? csvRows(text, fail) : jsonRows(text, fail)
  const places = new Map<string, number>()
  const questions: Question[] = []
  for (const row of rows) {
    if (questions.length === mostQuestions) fail(row.line, tooMany)
    const question = questionOf(row, questions.length + 1, fail)
    const earlier = places.get(question.id)
    if (earlier !== undefined) fail(row.line, `the id is that of line ${earlier}, and must be another one`)
    places.set(question.id, row.line)
    questions.push(question)
  }
  if (questions.length === 0) fail(undefined, 'there is no question')
  return questions
}

const mostBytes = 33_554_432
const tooMany = `there are more than ${mostQuestions.toLocaleString('en')} questions, which is the most; keep a part of them`

type Fail = (line: number | undefined, problem: string) => never

function textOf(bytes: Uint8Array, fail: Fail): string {
  const [first, second] = bytes
  const isUtf16 = (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)
  const decoder = new TextDecoder(isUtf16 ? (first === 0xff ? 'utf-16le' : 'utf-16be') : 'utf-8', { fatal: true })
  // The byte order mark of UTF-32 begins like that of UTF-16.
  if (isUtf16 && bytes[2] === 0 && bytes[3] === 0) fail(undefined, 'the file is UTF-32; save it as UTF-8')
  try {
    const text = decoder.decode(bytes)
    const nul = text.indexOf('\0')
    if (nul >= 0) fail(text.slice(0, nul).split('\n').length, 'there is a NUL character; save the file as UTF-8')
    return text
  } catch (error) {
    if (isParleyError(error)) throw error
    const encoding = isUtf16 ? 'UTF-16, as its byte order mark says' : 'UTF-8'
    return fail(isUtf16 ? undefined : firstBadLine(bytes), `the file is not ${encoding}; save it as UTF-8`)
  }
}

/** The line with the first byte that is not UTF-8. A line break is never a part of another character. */
function firstBadLine(bytes: Uint8Array): number {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  let line = 1
  for (let start = 0; start < bytes.length; line++) {
    const end = bytes.indexOf(10, start)
    try {
      decoder.decode(bytes.subarray(start, end < 0 ? undefined : end))
    } catch {
      return line
    }
    if (end < 0) break
    start = end + 1
  }
  return line
}

function csvRows(file: string, fail: Fail): Row[] {
  // The parser counts a line break of Windows inside quotes as two.
  const text = file.replace(/\r\n?/g, '\n')
  let titles: string[] | undefined
  const rows: Row[] = []
  let begins = 1
  const onRecord = (record: string[], { lines }: { lines: number }): null => {
    const line = begins
    begins = lines + 1
    if (record.every((value) => value === '')) return null
    if (!titles) titles = titlesOf(record, line, fail)
    else if (record.length > titles.length)
      fail(
        line,
        `there are ${record.length} values for ${titles.length} columns; put a value with a comma in double quotes`,
      )
    // Here, so that a file of any length is refused quickly.
    else if (rows.length === mostQuestions) fail(line, tooMany)
    else
      rows.push({ line, values: Object.fromEntries(titles.map((title, index) => [title, record[index] || undefined])) })
    return null
  }
  try {
    // Empty lines too: their number is a part of where the next record begins.
    parse(text, { on_record: onRecord, skip_empty_lines: false, relax_column_count: true, trim: true })
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    const isOpen = error.code === 'CSV_QUOTE_NOT_CLOSED'
    const problem = isOpen
      ? 'a quote that begins here is not closed'
      : 'a quote is in the middle of a value; put the value in double quotes, and double each quote in it'
    return fail(typeof error['lines'] === 'number' ? lineOfQuote(text, error['lines'], isOpen) : undefined, problem)
  }
  return rows
}

function titlesOf(record: readonly string[], line: number, fail: Fail): string[] {
  const titles = record.map((title) => title.toLowerCase())
  for (const [index, title] of titles.entries()) {
    checkName(title, 'column', line, fail)
    if (titles.indexOf(title) < index) fail(line, `there are two columns ${title}`)
  }
  if (!titles.includes('question'))
    fail(line, 'the first line must have the titles of the columns, one of them question')
  return titles
}

/** Where the quote begins that is not closed: the parser only knows where the file ends. */
function lineOfQuote(text: string, last: number, isOpen: boolean): number {
  if (!isOpen) return last
  let isInside = false
  let [line, begins] = [1, 1]
  for (const character of text) {
    if (character === '"') {
      isInside = !isInside
      if (isInside) begins = line
    } else if (character === '\n') line++
  }
  return isInside ? begins : last
}

function jsonRows(text: string, fail: Fail): Row[] {
  const rows: Row[] = []
  let line = 0
  for (let start = 0; start <= text.length; ) {
    const end = text.indexOf('\n', start)
    const content = text.slice(start, end < 0 ? undefined : end).trim()
    start = end < 0 ? text.length + 1 : end + 1
    line++
    if (content === '') continue
    const value = tryParseJson(content)
    if (typeof value === 'string') rows.push({ line, values: { question: value } })
    else if (isRecord(value)) {
      for (const field of Object.keys(value)) checkName(field, 'field', line, fail)
      rows.push({ line, values: value })
    } else fail(line, value === undefined ? 'this is no JSON' : 'a question must be a string or an object')
    if (rows.length > mostQuestions) break
  }
  return rows
}

function checkName(name: string, what: string, line: number, fail: Fail): void {
  if (Object.hasOwn(fields, name)) return
  // A title that is a question is a customer's text.
  const shown = name.length <= 30 && /^[\w -]*$/.test(name) ? ` "${name}"` : ''
  fail(line, `there is no ${what}${shown}${didYouMean(name, names)}; ${what}s are ${names.join(', ')}`)
}

function questionOf({ line, values }: Row, number: number, fail: Fail): Question {
  const textOf = (name: string): string | undefined => {
    const value = values[name]
    if (value === undefined || value === null) return undefined
    if (typeof value !== 'string') return fail(line, `${name} must be a string`)
    return value.trim() === '' ? undefined : value.trim()
  }
  const text = textOf('question') ?? fail(line, 'the question is missing')
  const { contains: given } = values
  const contains = typeof given === 'string' ? given.split('|').map((each) => each.trim()) : given
  if (
    contains != null &&
    !(Array.isArray(contains) && contains.every((each) => typeof each === 'string' && each.trim() !== ''))
  )
    fail(line, 'contains must be a list of non-empty strings')
  const [expected, source] = [textOf('expected'), textOf('source')]
  return {
    id: textOf('id') ?? `q${number}`,
    text,
    ...(expected !== undefined && { expected }),
    ...(contains != null && { contains: contains as string[] }),
    ...(source !== undefined && { source }),
  }
}
