/** The used part of Stryker's report (the mutation testing elements schema). */
export interface Report {
  files: Record<string, { source: string; mutants: Mutant[] }>
}

interface Mutant {
  mutatorName: string
  replacement?: string
  status: string
  statusReason?: string
  location: { start: Position; end: Position }
}

interface Position {
  line: number
  column: number
}

/** The number of detected mutants, and of all mutants. A mutant that is declared equivalent does not count. */
export interface Score {
  killed: number
  tried: number
  ignored: number
}

const found: ReadonlySet<string> = new Set(['Killed', 'Timeout'])
const missed: ReadonlySet<string> = new Set(['Survived', 'NoCoverage'])

export function scoreOf({ files }: Report): Score {
  const all = Object.values(files).flatMap(({ mutants }) => mutants.map(({ status }) => status))
  const count = (statuses: ReadonlySet<string>): number => all.filter((status) => statuses.has(status)).length
  return { killed: count(found), tried: count(found) + count(missed), ignored: count(new Set(['Ignored'])) }
}

export const add = (one: Score, other: Score): Score => ({
  killed: one.killed + other.killed,
  tried: one.tried + other.tried,
  ignored: one.ignored + other.ignored,
})

export const percentOf = ({ killed, tried }: Score): number => (tried === 0 ? 0 : (100 * killed) / tried)

/** One line per undetected mutant: its position, the original code, and the changed code. */
export function survivorsOf({ files }: Report): string[] {
  return Object.entries(files).flatMap(([path, { source, mutants }]) => {
    const lines = source.split('\n')
    return mutants
      .filter(({ status }) => missed.has(status))
      .map(({ mutatorName, status, replacement = '', location: { start, end } }) => {
        const was = textBetween(lines, start, end)
        return `${path}:${start.line}:${start.column} ${mutatorName} (${status}): ${oneLine(was)} => ${oneLine(replacement)}`
      })
  })
}

function textBetween(lines: readonly string[], start: Position, end: Position): string {
  const part = lines.slice(start.line - 1, end.line)
  if (part.length === 1) return part[0]?.slice(start.column - 1, end.column - 1) ?? ''
  const last = part.length - 1
  return part
    .map((line, index) =>
      index === 0 ? line.slice(start.column - 1) : index === last ? line.slice(0, end.column - 1) : line,
    )
    .join('\n')
}

const oneLine = (text: string): string => {
  const line = text.replace(/\s+/g, ' ')
  return line.length > 120 ? `${line.slice(0, 117)}...` : line
}
