import type { AccountStatus, StreamStatus, SyncStatus } from '@parley/inbox'
import { color } from './color.ts'
import { count, cut, duration, table, wrap } from './text.ts'

const states: Record<string, (text: string) => string> = {
  running: color.cyan,
  paused: color.yellow,
  waiting: color.yellow,
  stalled: color.red,
  stopped: color.red,
  unsupported: color.dim,
}

const titles = ['stream', 'state', 'stored', 'changes', 'left', 'rate', 'time left', 'up to date', 'next']
/** The columns that are left out in a narrow terminal, the first one first. */
const lessImportant = ['changes', 'rate', 'stored', 'next', 'left', 'up to date', 'time left']

/**
 * The status for people: a row for each stream under its account, and below the table what stands against them and what to do.
 * A column in which there is nothing to say, or for which there is no space, is left out.
 */
export function statusText(status: SyncStatus, width: number, now: number = Date.now()): string {
  const rows = status.accounts.map(({ streams, ...account }) => streams.map((one) => cellsOf(account, one, now)))
  const lines = table(titles, rows.flat(), { lessImportant, width: width - 2 }).map((line) => `  ${line}`)
  const [head = '', ...rest] = lines
  const body = status.accounts.flatMap(({ account }, index) => [account, ...rest.splice(0, rows[index]?.length)])
  const problems = problemsOf(status, now).flatMap((problem) => wrap(problem, width))
  return [color.dim(head), ...body, ...(problems.length > 0 ? ['', ...problems.map(color.yellow)] : [])]
    .map((line) => `${cut(line, width)}\n`)
    .join('')
}

/** The same in one line, for a log. */
export const summaryOf = (status: SyncStatus): string =>
  `${storedText(status)}, ${restText(status) || 'nothing is known to be left'}`

/** `1,204 conversations, 23,118 messages` */
export function storedText({ accounts }: SyncStatus): string {
  const sum = (of: (account: AccountStatus) => number): number =>
    accounts.reduce((all, account) => all + of(account), 0)
  const conversations = count(sum(({ records }) => records.conversations))
  return `${conversations} conversations, ${count(sum(({ records }) => records.messages))} messages`
}

/** `800 left, about 20 s`. Empty: nothing is known to be left. */
export function restText({ accounts }: SyncStatus): string {
  const streams = accounts.flatMap((account) => account.streams)
  const left = streams.reduce((all, stream) => all + (stream.left ?? 0), 0)
  if (left === 0) return ''
  // The accounts are read side by side, so the slowest stream determines when all is read.
  const longest = Math.max(0, ...streams.map(msLeft))
  return longest > 0 ? `${count(left)} left, about ${duration(longest)}` : `${count(left)} left`
}

/** Whether a person must act before everything is synced. */
export const needsAction = ({ accounts }: SyncStatus): boolean =>
  accounts.some(({ state, streams }) => state === 'stopped' || streams.some(isBlocked))

const isBlocked = ({ state }: StreamStatus): boolean => state === 'stopped' || state === 'stalled'

/** Whether an account or a stream failed when it was last read. What the vendor does not have is no failure. */
export const hasFailed = ({ accounts }: SyncStatus): boolean =>
  accounts.some(({ error, streams }) => error !== undefined || streams.some(isFailed))

const isFailed = ({ state, error }: StreamStatus): boolean =>
  state === 'stalled' || (state !== 'unsupported' && error !== undefined)

function cellsOf(account: Pick<AccountStatus, 'records' | 'state'>, stream: StreamStatus, now: number): string[] {
  const { counts, left, perSecond, lag, nextAt } = stream
  const records: Partial<Record<string, number>> = account.records
  const stored = records[stream.stream]
  const state = account.state === 'active' ? stream.state : account.state
  const next = nextAt === null || stream.state === 'running' ? Number.NaN : Date.parse(nextAt)
  return [
    stream.stream,
    (states[state] ?? String)(state),
    stored === undefined || stream.state === 'unsupported' ? '' : count(stored),
    changesOf(counts),
    left ? count(left) : '',
    left && perSecond ? `${count(perSecond, 1)}/s` : '',
    msLeft(stream) > 0 ? duration(msLeft(stream)) : '',
    lag === null ? '' : `${duration(lag)} ago`,
    Number.isNaN(next) ? '' : next <= now ? 'now' : `in ${duration(next - now)}`,
  ]
}

/** Since the account was first synced: `+1,204 ~3 -1`. */
const changesOf = ({ added, updated, deleted }: StreamStatus['counts']): string =>
  Object.entries({ '+': added, '~': updated, '-': deleted })
    .flatMap(([sign, number]) => (number === 0 ? [] : [sign + count(number)]))
    .join(' ')

const msLeft = ({ left, perSecond }: StreamStatus): number => (left && perSecond ? (left / perSecond) * 1000 : 0)

/** What stands against the accounts, and what to do about it. */
export const problemsOf = ({ accounts }: SyncStatus, now: number): string[] =>
  accounts.flatMap(({ account, error, pausedUntil, streams, quarantined, postponed, missing }) => [
    ...(error === undefined ? [] : [`${account}: ${error.message} ${error.action}`]),
    // The error of a stopped account is also that of the stream in which it was noticed.
    ...streams
      .filter((stream) => isFailed(stream) && (stream.error === undefined || stream.error.message !== error?.message))
      .map(
        ({ stream, error }) =>
          `${account} ${stream}: ${error ? `${error.message} ${error.action}` : 'Nothing was read for five minutes.'}`,
      ),
    ...(pausedUntil === undefined
      ? []
      : [`${account}: it is tried again in ${duration(Date.parse(pausedUntil) - now)}.`]),
    ...(quarantined === 0
      ? []
      : [
          `${account}: ${count(quarantined)} records could not be read, and are kept aside. A newer version of Parley may read them.`,
        ]),
    ...(postponed === 0
      ? []
      : [
          `${account}: the vendor failed to show ${count(postponed)} records. Each is asked for again, at the latest after a day.`,
        ]),
    ...(missing === 0
      ? []
      : [
          `${account}: ${count(missing)} records were not found any more. Each is looked for once more before it counts as deleted.`,
        ]),
  ])

/** A problem without numbers, so that a count or a time that changes is no new problem. */
export const kindOf = (problem: string): string => problem.replaceAll(/\d+/g, '')
