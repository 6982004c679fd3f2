import type { FieldLimit, NativeEndpoint } from '@parley/core'

type Row = readonly [route: string, endpoint: NativeEndpoint]

interface Column {
  head: string
  cell(row: Row): string
}

/** The endpoints of one vendor: a table for each first segment of the path, without empty columns. */
export function nativeTables(endpoints: Readonly<Record<string, NativeEndpoint>>): string[] {
  const rows = Object.entries(endpoints)
  const used = columns.filter(({ cell }) => rows.some((row) => cell(row) !== ''))
  return [...new Set(rows.map(familyOf))].flatMap((family) => [
    `### \`${family}\``,
    [
      line(used.map(({ head }) => head)),
      line(used.map(() => '---')),
      ...rows.filter((row) => familyOf(row) === family).map((row) => line(used.map(({ cell }) => cell(row)))),
    ].join('\n'),
  ])
}

const familyOf = ([route]: Row): string => `/${route.split('/')[1]}`

const columns: readonly Column[] = [
  { head: 'Route', cell: ([route]) => code(route) },
  { head: 'What it does', cell: ([route, endpoint]) => sentencesOf(endpoint, route.split(' ')[0] as string) },
  { head: 'Scope', cell: ([, { scope }]) => (scope ? code(scope) : '') },
  { head: 'Credential', cell: ([, { credential }]) => (credential ? `the option ${code(credential)}` : '') },
  {
    head: 'Required',
    cell: ([, { required = {} }]) => [...named('query', required), ...named('body', required)].join(', '),
  },
  {
    head: 'Limits',
    cell: ([, { limits = {} }]) =>
      Object.entries(limits)
        .map(([name, limit]) => `${code(name)} ${limitOf(limit)}`)
        .join(', '),
  },
  {
    head: 'Headers',
    cell: ([, { headers = {} }]) =>
      Object.entries(headers)
        .map(([name, value]) => code(`${name}: ${value}`))
        .join(', '),
  },
]

/** Of two names with a bar between them, one is enough. */
const named = (part: 'query' | 'body', required: NonNullable<NativeEndpoint['required']>): string[] =>
  (required[part] ?? []).map((names) =>
    names
      .split(' | ')
      .map((name) => code(`${part}.${name}`))
      .join(' or '),
  )

function sentencesOf(
  { summary, body, answer, streams, timeout, safe, notes = [], ...endpoint }: NativeEndpoint,
  method: string,
): string {
  const { idempotent = safe || ['GET', 'PUT', 'DELETE'].includes(method) } = endpoint
  const sentences = [
    `${summary}.`,
    body === 'form' && 'Takes a form.',
    answer === 'bytes' && 'Answers with bytes.',
    answer === 'text' && 'Answers with a text.',
    streams && `With ${code(streams)} it answers with a stream.`,
    timeout && `Has ${timeout / 1_000} seconds by default.`,
    method !== 'GET' && idempotent === true && 'May be tried again.',
    typeof idempotent === 'function' && 'May be tried again, depending on what it is given.',
    ...notes,
  ]
  return sentences.filter(Boolean).join(' ')
}

function limitOf({ min, max, minLength, maxLength, minItems, maxItems }: FieldLimit): string {
  return [range(min, max), range(minLength, maxLength, 'character'), range(minItems, maxItems, 'element')]
    .filter(Boolean)
    .join(', ')
}

function range(min: number | undefined, max: number | undefined, unit = ''): string {
  if (min === undefined && max === undefined) return ''
  const last = max ?? min
  const units = unit && ` ${unit}${last === 1 ? '' : 's'}`
  if (max === undefined) return `at least ${min}${units}`
  return min === undefined ? `at most ${max}${units}` : `${min} to ${max}${units}`
}

const code = (text: string): string => `\`${text}\``
const line = (cells: readonly string[]): string => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`
