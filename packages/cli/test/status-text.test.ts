import type { AccountStatus, StreamStatus, SyncStatus, SyncStream } from '@parley/inbox'
import { describe, expect, it } from 'vitest'
import { hasFailed, needsAction, problemsOf, statusText, summaryOf } from '../src/status-text.ts'

const now = Date.parse('2026-11-29T12:00:00.000Z')
const ago = (seconds: number): string => new Date(now - seconds * 1000).toISOString()

const stream = (name: SyncStream, more: Partial<StreamStatus> = {}): StreamStatus => ({
  stream: name,
  state: 'idle',
  counts: { added: 0, updated: 0, unchanged: 0, deleted: 0, quarantined: 0 },
  lag: null,
  startedAt: null,
  finishedAt: null,
  nextAt: null,
  ...more,
})

const account = (more: Partial<AccountStatus> = {}): AccountStatus => ({
  account: 'acme:desk',
  state: 'active',
  streams: [],
  records: { conversations: 1_204, messages: 20_118, contacts: 0, agents: 0 },
  quarantined: 0,
  postponed: 0,
  missing: 0,
  oldestVerified: null,
  sweepPeriod: 60_000,
  ...more,
})

const of = (...accounts: AccountStatus[]): SyncStatus => ({ isSyncing: true, accounts })
const error = { code: 'authentication', message: 'The key was refused.', action: 'Renew the key.', at: ago(3) }

describe('the table of the status', () => {
  it('has a row for each stream, with the rate and the time left of a backfill', () => {
    const counts = { added: 1_204, updated: 3, unchanged: 9, deleted: 1, quarantined: 0 }
    const status = of(
      account({
        streams: [
          stream('conversations', { counts, lag: 12_000, nextAt: ago(-18) }),
          stream('messages', { state: 'running', left: 3_400, perSecond: 45.25, nextAt: ago(5) }),
          stream('contacts', { state: 'unsupported', error: { ...error, code: 'unsupported' } }),
        ],
      }),
      account({ account: 'acme:two', streams: [stream('messages', { nextAt: ago(1) })] }),
    )
    expect(statusText(status, 120, now).split('\n').slice(0, -1)).toEqual([
      '  stream         state        stored  changes       left   rate    time left  up to date  next',
      'acme:desk',
      '  conversations  idle         1,204   +1,204 ~3 -1                            12 s ago    in 18 s',
      '  messages       running      20,118                3,400  45.3/s  1 min',
      '  contacts       unsupported',
      'acme:two',
      '  messages       idle         20,118                                                      now',
    ])
  })

  it('has the columns that matter most in a narrow terminal', () => {
    const counts = { added: 1_204, updated: 3, unchanged: 9, deleted: 1, quarantined: 0 }
    const running = { counts, left: 3_400, perSecond: 45.25, lag: 12_000, nextAt: ago(-18) }
    const streams = [stream('conversations', running), stream('contacts', { state: 'unsupported' })]
    const status = of(account({ account: 'acme:a-desk-with-a-very-long-name', streams }))
    const headAt = (width: number) => statusText(status, width, now).split('\n')[0]?.trim().split(/ {2,}/)
    expect(headAt(100)).toEqual([
      ...['stream', 'state', 'stored', 'changes', 'left', 'rate', 'time left', 'up to date', 'next'],
    ])
    expect(headAt(80)).toEqual(['stream', 'state', 'stored', 'left', 'time left', 'up to date', 'next'])
    expect(headAt(60)).toEqual(['stream', 'state', 'left', 'time left', 'up to date'])
    expect(headAt(40)).toEqual(['stream', 'state', 'time left'])
    for (let width = 10; width < 120; width++)
      for (const line of statusText(status, width, now).split('\n')) expect(line.length).toBeLessThanOrEqual(width)
  })

  it('leaves out the columns in which there is nothing', () => {
    const status = of(account({ streams: [stream('conversations')] }))
    expect(statusText(status, 120, now)).toBe(
      '  stream         state  stored\nacme:desk\n  conversations  idle   1,204\n',
    )
  })

  it('says below it what to do', () => {
    const status = of(account({ state: 'stopped', error, streams: [stream('messages', { state: 'stopped', error })] }))
    expect(statusText(status, 120, now)).toMatch(
      /stopped[\s\S]*\n\nacme:desk: The key was refused\. Renew the key\.\n$/,
    )
  })
})

describe('the problems of a status', () => {
  it('are those of the accounts and the streams, each once', () => {
    const other = { ...error, message: 'The scope is missing.', action: 'Give it.' }
    const streams = [
      stream('messages', { state: 'stopped', error }),
      stream('contacts', { state: 'stopped', error: other }),
    ]
    expect(problemsOf(of(account({ state: 'stopped', error, streams })), now)).toEqual([
      'acme:desk: The key was refused. Renew the key.',
      'acme:desk contacts: The scope is missing. Give it.',
    ])
  })

  it('are also a pause, a silence, what could not be read and what was not found', () => {
    const streams = [stream('messages', { state: 'stalled' }), stream('contacts', { state: 'unsupported', error })]
    expect(
      problemsOf(of(account({ pausedUntil: ago(-90), streams, quarantined: 1_000, postponed: 3, missing: 2 })), now),
    ).toEqual([
      'acme:desk messages: Nothing was read for five minutes.',
      'acme:desk: it is tried again in 2 min.',
      expect.stringMatching(/1,000 records could not be read/),
      expect.stringMatching(/failed to show 3 records/),
      expect.stringMatching(/2 records were not found/),
    ])
  })
})

describe('the summary of a status', () => {
  it('adds the accounts up, and takes the time of the slowest stream', () => {
    const [slow, quick] = [10, 100].map((perSecond) =>
      account({ streams: [stream('messages', { left: 600, perSecond })] }),
    )
    expect(summaryOf(of(slow as AccountStatus, quick as AccountStatus))).toBe(
      '2,408 conversations, 40,236 messages, 1,200 left, about 1 min',
    )
    expect(summaryOf(of(account()))).toBe('1,204 conversations, 20,118 messages, nothing is known to be left')
  })
})

describe('a status', () => {
  const states = (...given: [StreamStatus['state'], boolean][]) =>
    of(account({ streams: given.map(([state, fails]) => stream('messages', { state, ...(fails && { error }) })) }))

  it.each([
    ['idle', states(['idle', false]), false, false],
    ['unsupported', states(['unsupported', true]), false, false],
    ['waiting', states(['idle', false], ['waiting', true]), false, true],
    ['stalled', states(['stalled', false]), true, true],
    ['stopped', states(['stopped', true]), true, true],
    ['of a paused account', of(account({ state: 'paused', error })), false, true],
    ['of a stopped account', of(account({ state: 'stopped', error })), true, true],
  ])('%s', (_, status, acts, failed) => {
    expect({ acts: needsAction(status), failed: hasFailed(status) }).toEqual({ acts, failed })
  })
})
