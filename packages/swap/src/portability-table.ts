import { ConfigurationError, isRecord } from '@parley/core'
import type { Portability } from './portability.ts'
import type { PortabilityRow } from './row.ts'

interface Section {
  title: string
  about: string
  holds(row: PortabilityRow): boolean
}

const sections: readonly Section[] = [
  {
    title: 'Not carried over',
    about: 'Lost, or refused by the target.',
    holds: ({ level, atSource }) => atSource && (level === 'dropped' || level === 'rejected'),
  },
  {
    title: 'Changes',
    about: 'Carried over in part, or done in another way.',
    holds: ({ kind, level, atSource }) => kind !== 'trait' && atSource && (level === 'partial' || level === 'fallback'),
  },
  {
    title: 'Behaves differently',
    about: 'The same call does something else, or needs something else. Code that relies on it has to change.',
    holds: ({ kind, level }) => kind === 'trait' && level !== 'full',
  },
  {
    title: 'By hand',
    about: 'The source has this but does not expose it through its API, so a person must carry it over.',
    holds: ({ kind, atSource, advice }) => kind === 'field' && !atSource && advice !== undefined,
  },
]

/**
 * Renders a comparison as Markdown: what is lost, what changes, what to do about it, and what is carried over.
 *
 * @throws ConfigurationError
 */
export function portabilityTable(portability: Portability): string {
  const { from, to, rows, summary, gained } = Object(portability) as Portability
  if (!isRecord(from) || !isRecord(to) || !Array.isArray(rows) || !isRecord(summary) || !Array.isArray(gained)) {
    const problem = 'must be what portability(from, to) gives'
    const fields = [{ path: 'portability', problem }]
    throw new ConfigurationError({ message: `portabilityTable: portability ${problem}.`, fields })
  }
  const counts = Object.entries(summary).map(([level, count]) => `${count} ${level}`)
  const over = rows.filter(({ level, atSource }) => atSource && level === 'full')
  return [
    `# From ${from.vendor} to ${to.vendor}`,
    `Of what ${from.vendor} has: ${counts.join(', ')}.`,
    ...sections.map((section) => table(section, rows.filter(section.holds))),
    `## Goes over\n\n${names(over)}`,
    `## New at ${to.vendor}\n\n${gained.length > 0 ? `${gained.map((name) => `\`${name}\``).join(', ')}.` : 'Nothing.'}`,
  ].join('\n\n')
}

function table({ title, about }: Section, rows: readonly PortabilityRow[]): string {
  if (rows.length === 0) return `## ${title}\n\nNothing.`
  const lines = rows.map(({ kind, name, level, atSource, reason = '', advice = '' }) =>
    ['', kind, `\`${name}\``, atSource ? level : '–', cell(reason), cell(advice), ''].join(' | ').trim(),
  )
  return [
    `## ${title}\n\n${about}\n`,
    '| What | Name | Level | Why | What to do |',
    '| --- | --- | --- | --- | --- |',
    ...lines,
  ].join('\n')
}

const cell = (text: string): string => text.replaceAll('|', '\\|').replace(/\s+/g, ' ')

const kinds = {
  operation: 'Operations',
  filter: 'Filters',
  trait: 'Behaviour',
  field: 'Fields',
  limit: 'Limits',
} as const

function names(rows: readonly PortabilityRow[]): string {
  const lists = Object.entries(kinds).flatMap(([kind, label]) => {
    const of = rows.filter((row) => row.kind === kind).map(({ name }) => `\`${name}\``)
    return of.length > 0 ? [`- ${label}: ${of.join(', ')}`] : []
  })
  return lists.length > 0 ? lists.join('\n') : 'Nothing.'
}
