import { PassThrough } from 'node:stream'
import type { AccountStatus, StreamStatus, SyncStatus } from '@parley/inbox'
import { describe, expect, it } from 'vitest'
import { noteFirstSync } from '../src/inbox/first-sync.ts'
import { onEnter } from '../src/inbox/serve.ts'

const stream = (given: Partial<StreamStatus>): StreamStatus => ({
  ...{ stream: 'messages', state: 'running', lag: null, startedAt: null, finishedAt: null, nextAt: null },
  counts: { added: 0, updated: 0, unchanged: 0, deleted: 0, quarantined: 0 },
  ...given,
})
const status = (streams: StreamStatus[], given: Partial<AccountStatus> = {}): SyncStatus =>
  ({
    accounts: [
      {
        ...{ account: 'acme:desk', state: 'active', quarantined: 0, postponed: 0, missing: 0, streams },
        records: { conversations: 2, messages: 1234, contacts: 0, agents: 0 },
        ...given,
      },
    ],
  }) as SyncStatus
const error = { code: 'authentication', message: 'The key is invalid.', action: 'Set another key.', at: '' }

async function notesOf(...looks: SyncStatus[]): Promise<string[]> {
  const notes: string[] = []
  const note = (text: string) => void notes.push(text)
  let looked = 0
  const progress = noteFirstSync(async () => looks[Math.min(looked++, looks.length - 1)] as SyncStatus, {
    ...{ print: async () => {}, width: 100, note, renote: note },
  })
  await expect.poll(() => looked).toBeGreaterThan(looks.length)
  await progress[Symbol.asyncDispose]()
  return notes
}

describe('the progress of the first sync', () => {
  it('is a line until everything is read, and then no more', async () => {
    const done = status([stream({ state: 'idle', lag: 5 }), stream({ stream: 'live', state: 'idle' })])
    expect(await notesOf(status([stream({ left: 8, perSecond: 2 })]), status([stream({})]), done)).toEqual([
      'Reading: 2 conversations, 1,234 messages so far, 8 left, about 4 s.\n',
      'Reading: 2 conversations, 1,234 messages so far, more may follow.\n',
      'Everything is read: 2 conversations, 1,234 messages. New messages appear by themselves.\n',
    ])
  })

  it('has each problem once, with what to do, also when everything is read', async () => {
    const stopped = status([stream({ state: 'stopped', error })], { state: 'stopped', error })
    const notes = await notesOf(status([stream({ state: 'idle', lag: 5 })]), stopped, stopped)
    expect(notes.slice(1)).toEqual(['acme:desk: The key is invalid. Set another key.\n'])
  })
})

describe('Enter', () => {
  it('is listened to at a terminal only, and until the end', () => {
    let pressed = 0
    const press = (isTTY: boolean) => {
      const input = Object.assign(new PassThrough(), { isTTY })
      using _ = onEnter(input as never, () => {
        pressed += 1
      })
      input.emit('data', '\n')
      return input
    }
    expect(press(false).listenerCount('data')).toBe(0)
    expect(pressed).toBe(0)
    const input = press(true)
    expect(pressed).toBe(1)
    input.emit('data', '\n')
    expect([pressed, input.isPaused()]).toEqual([1, true])
  })
})
