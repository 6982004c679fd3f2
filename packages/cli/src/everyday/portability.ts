import { type Adapter, accountName } from '@parley/core'
import { type Portability, type PortabilityRow, portability, portabilityTable } from '@parley/swap'
import { color } from '../color.ts'
import { CommandError, type Run } from '../command.ts'
import type { Config } from '../config-file.ts'
import { lines } from '../rows.ts'
import { cut, wrap } from '../text.ts'
import { definitionOf, vendors } from '../vendors.ts'
import { configOf, type LiveOptions } from './open.ts'
import { openForLooks } from './open-for-looks.ts'
import { printOne } from './print.ts'

export interface PortabilityOptions extends LiveOptions {
  all?: boolean
  markdown?: boolean
}

export async function showPortability(from: string, to: string, options: PortabilityOptions, run: Run): Promise<void> {
  const config = await configOf(options)
  const report = await portability(adapterOf(from, config), adapterOf(to, config))
  if (options.markdown && !options.json) return run.terminal.print(`${portabilityTable(report)}\n`)
  const rows = options.all ? report.rows : report.rows.filter(isDifferent)
  await printOne(run, options, { ...report, rows }, portabilityText)
}

/** What the source does not have cannot be lost, unless a person has to carry it over. */
const isDifferent = ({ level, atSource, advice, kind }: PortabilityRow): boolean =>
  level !== 'full' && (atSource || kind === 'trait' || (kind === 'field' && advice !== undefined))

function adapterOf(name: string, { accounts }: Config): Adapter {
  const [vendor = '', account] = name.split(':')
  if (!definitionOf(vendor)) {
    const known = vendors.map((definition) => definition.vendor).join(', ')
    throw new CommandError(`There is no vendor ${vendor}. There is ${known}.`, 2)
  }
  if (account === undefined) return openForLooks({ vendor, account: 'default' }).adapter
  const found = accounts.find((each) => accountName(each.vendor, each.account) === name)
  if (found) return openForLooks(found).adapter
  const names = accounts.map((each) => accountName(each.vendor, each.account)).join(', ')
  throw new CommandError(`There is no account ${name}. There is ${names}.`, 2)
}

const titles: Record<PortabilityRow['kind'], string> = {
  operation: 'Operations',
  filter: 'Filters of conversations',
  trait: 'Behaviour',
  field: 'Fields',
  limit: 'Limits',
}

const levels: Record<PortabilityRow['level'], (text: string) => string> = {
  full: color.green,
  partial: color.yellow,
  fallback: color.yellow,
  dropped: color.red,
  rejected: color.red,
}

/** A block for each row, because its sentences are too long for a column. */
function portabilityText({ from, to, rows, summary, gained }: Portability, width: number): string {
  const counts = Object.entries(summary).map(([level, count]) => `${count} ${level}`)
  const kinds = (Object.keys(titles) as PortabilityRow['kind'][]).filter((kind) =>
    rows.some((row) => row.kind === kind),
  )
  return lines([
    color.bold(cut(`From ${nameOf(from)} to ${nameOf(to)}`, width)),
    ...wrap(`Of what ${from.vendor} has: ${counts.join(', ')}.`, width),
    ...kinds.flatMap((kind) => [
      '',
      color.underline(titles[kind]),
      ...rows.filter((row) => row.kind === kind).flatMap((row) => rowLines(row, width)),
    ]),
    ...(gained.length > 0 ? ['', ...wrap(`New at ${to.vendor}: ${gained.join(', ')}.`, width)] : []),
  ])
}

const nameOf = ({ vendor, account }: Portability['from']): string =>
  account === 'default' ? vendor : accountName(vendor, account)

const rowLines = ({ name, level, atSource, reason, advice }: PortabilityRow, width: number): string[] => [
  cut(`  ${levels[level]((atSource ? level : 'by hand').padEnd(8))}  ${name}`, width),
  ...[reason ?? '', advice ? `→ ${advice}` : '']
    .filter(Boolean)
    .flatMap((text) => wrap(text, width - 12).map((line) => color.dim(`            ${line}`))),
]
