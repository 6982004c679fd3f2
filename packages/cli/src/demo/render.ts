import { color } from '../color.ts'
import { clock, columns, cut, day, oneLine, wrap } from '../text.ts'
import type { ConversationRow, DemoReport, MessageRow, Part, SourceRow } from './report.ts'

const shownAgents = 4

const authorColor: Record<string, (text: string) => string> = {
  contact: color.cyan,
  agent: color.magenta,
  operator: color.green,
}
const paint = (author: string): string => (authorColor[author] ?? color.dim)(author)

/** The report for people. */
export function render(report: DemoReport, width: number): string {
  const lines: string[] = [
    '',
    color.bold('Parley') +
      color.dim(
        ` · one interface, ${report.accounts.length} ${report.accounts.length === 1 ? 'account' : 'accounts'}, ${report.mode === 'live' ? 'live' : 'emulated over real HTTP'}`,
      ),
    ...report.accounts.map(({ account, label, operations }) =>
      color.dim(`  ${account.padEnd(28)} ${label}, ${operations} operations`),
    ),
    ...report.skipped.map(({ account, reason }) => color.yellow(`  ${account} left out: ${reason}`)),
    ...section('Agents'),
    ...report.agents.flatMap((part) =>
      either(part, (agents) => [
        `  ${color.bold(part.account)}`,
        ...agents
          .slice(0, shownAgents)
          .map(
            ({ name, status, channels }) =>
              `    ${oneLine(name ?? '(no name)')} ${color.dim([status, ...channels].join(', '))}`,
          ),
        ...(agents.length > shownAgents ? [color.dim(`    and ${agents.length - shownAgents} more`)] : []),
      ]),
    ),
    ...section('Latest conversations of all accounts'),
    ...conversations(report.conversations.items, width),
    ...report.conversations.accounts
      .filter(({ state }) => state !== 'ok' && state !== 'done')
      .map(({ account, state, error }) => color.yellow(`  ${account} is missing (${state}): ${error?.message ?? ''}`)),
    ...section('One conversation of each'),
    ...report.threads.flatMap((part) =>
      either(part, (thread) =>
        thread
          ? [
              `  ${color.bold(part.account)} ${color.dim(`${oneLine(thread.contact ?? 'unknown contact')}, ${thread.channel ?? 'channel unknown'}, ${thread.earlier} before these`)}`,
              ...thread.messages.flatMap((message) => messageLines(message, width)),
              '',
            ]
          : [color.dim(`  ${part.account}: none of the latest conversations has an answer with sources.`), ''],
      ),
    ),
  ]
  if (report.mode === 'sandbox') lines.push(...speaking(report, width))
  const warnings = Object.entries(report.warnings).map(([code, count]) => `${count} ${code}`)
  lines.push(
    color.dim(
      `${report.requests} requests in ${(report.durationMs / 1000).toFixed(1)} s; warnings: ${warnings.join(', ') || 'none'}`,
    ),
    '',
  )
  return lines.join('\n')
}

function speaking(report: DemoReport, width: number): string[] {
  return [
    ...section(`The same question to each agent: "${report.question}"`),
    ...report.answers.flatMap((part) =>
      either(part, ({ outcome, text, sources }) => [
        `  ${color.bold(part.account)} ${color.dim(outcome)}`,
        ...wrap(text ?? '(no answer)', width - 4).map((line) => `    ${line}`),
        ...sources.map((source) => sourceLine(source, width)),
        '',
      ]),
    ),
    ...section('An operator answers'),
    ...report.replies.flatMap((part) =>
      either(part, ({ steps }) => [
        `  ${color.bold(part.account)}`,
        ...steps.flatMap((step) =>
          wrap(step, width - 6).map((line, index) => `    ${index === 0 ? '·' : ' '} ${line}`),
        ),
        '',
      ]),
    ),
  ]
}

const section = (title: string): string[] => ['', color.bold(color.underline(title)), '']

const either = <T>(part: Part<T>, show: (value: T) => string[]): string[] =>
  part.failure
    ? [`  ${color.bold(part.account)}`, color.yellow(`    ${part.failure.code}: ${part.failure.message}`), '']
    : show(part.value)

function conversations(items: readonly ConversationRow[], width: number): string[] {
  const rows = items.map((row) => [
    day(row.at),
    row.account,
    row.channel ?? '-',
    row.status,
    row.control,
    cut(oneLine(row.contact ?? '-'), 18),
    row.lastMessage
      ? `${paint(row.lastMessage.author)}: ${oneLine(row.lastMessage.text || '(no text)')}`
      : color.dim('(empty)'),
  ])
  const head = ['last activity', 'account', 'channel', 'status', 'in control', 'contact', 'last message']
  const [titles = '', ...lines] = columns([head, ...rows])
  return [color.dim(`  ${titles}`), ...lines.map((line) => `  ${cut(line, width - 2)}`)]
}

function messageLines({ at, author, name, text, sources }: MessageRow, width: number): string[] {
  const who = name ? `${paint(author)} ${color.dim(oneLine(name))}` : paint(author)
  return [
    `    ${color.dim(clock(at))} ${who}`,
    ...wrap(text || '(no text)', width - 12).map((line) => `            ${line}`),
    ...sources.map((source) => `        ${sourceLine(source, width - 8)}`),
  ]
}

const sourceLine = ({ kind, title, url, score }: SourceRow, width: number): string => {
  const where = [title && oneLine(title), url && oneLine(url)].filter(Boolean).join(' ')
  return color.dim(cut(`    from ${kind}: ${where}${score ? ` (${score})` : ''}`, width))
}
