import { ConfigurationError, didYouMean, isRecord, tryParseJson } from '@parley/core'
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
 * that an earlier one has, and more than 10,000 questions. It quotes no question.
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
  const text = typeof file === 'string' ? file.replace(/^\uFEFF/, '') : textOf(file, fail)
  const rows = format === 'csv' ? csvRows(text, fail) : jsonRows(text, fail)
  const places = new Map<string, number>()
  const questions: Question[] = []
  for (const row of rows) {
    if (questions.length === mostQuestions)
      fail(
        row.line,
        `there are more than ${mostQuestions.toLocaleString('en')} questions, which is the most; keep a part of them`,
      )
    const question = questionOf(row, questions.length + 1, fail)
    const earlier = places.get(question.id)
    if (earlier !== undefined) fail(row.line, `the id is that of line ${earlier}, and must be another one`)
    places.set(question.id, row.line)
    questions.push(question)
  }
  if (questions.length === 0) fail(undefined, 'there is no question')
  return questions
}

type Fail = (line: number | undefined, problem: string) => never

function textOf(bytes: Uint8Array, fail: Fail): string {
  const [first, second] = bytes
  const isUtf16 = (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)
  const decoder = new TextDecoder(isUtf16 ? (first === 0xff ? 'utf-16le' : 'utf-16be') : 'utf-8', { fatal: true })
  try {
    return decoder.decode(bytes)
  } catch {
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

function csvRows(text: string, fail: Fail): Row[] {
  let records: { record: string[]; info: { lines: number } }[]
  try {
    records = parse(text, {
      // One more than there may be, and the titles, so that a file of any length is refused quickly.
      to: mostQuestions + 2,
      info: true,
      skip_empty_lines: true,
      relax_column_count: true,
      trim: true,
    }) as unknown as typeof records
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    const isOpen = error.code === 'CSV_QUOTE_NOT_CLOSED'
    const problem = isOpen
      ? 'a quote that begins here is not closed'
      : 'a quote is in the middle of a value; put the value in double quotes, and double each quote in it'
    return fail(typeof error['lines'] === 'number' ? lineOfQuote(text, error['lines'], isOpen) : undefined, problem)
  }
  const [head, ...rest] = records
  if (!head) return []
  const titles = head.record.map((title) => title.toLowerCase())
  for (const title of titles) checkName(title, 'column', head.info.lines, fail)
  if (!titles.includes('question'))
    fail(head.info.lines, 'the first line must have the titles of the columns, one of them question')
  for (const [index, title] of titles.entries())
    if (titles.indexOf(title) < index) fail(head.info.lines, `there are two columns ${title}`)
  let before = head.info.lines
  return rest.map(({ record, info }) => {
    const line = before + 1
    before = info.lines
    // An empty line is skipped, so a record can begin later. It ends at `info.lines`.
    const at = record.some((value) => value.includes('\n')) ? line : info.lines
    if (record.length > titles.length)
      fail(
        at,
        `there are ${record.length} values for ${titles.length} columns; put a value with a comma in double quotes`,
      )
    return { line: at, values: Object.fromEntries(titles.map((title, index) => [title, record[index] || undefined])) }
  })
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
