import { describe, expect, test } from 'vitest'
import type { Problem, Send } from '../../page/src/api.ts'
import { createOutbox, type OutboxParts, type Pending, type Refusal } from '../../page/src/composer/outbox.ts'
import type { Answer } from '../../page/src/composer/verdict.ts'
import { storageOf } from './storage.ts'

interface TestFile {
  name: string
}

const conversation = 'acme:shop/conversation/1'

const sendOf = (pending: Pending, change: Partial<Send> = {}): Send =>
  ({ id: `send-${pending.text}`, state: 'sent', key: pending.key, text: pending.text, ...change }) as Send

const accepts = (pending: Pending): Answer => ({ is: 'send', send: sendOf(pending) })
const problem = (status: number, more: Partial<Problem> = {}): Answer => ({
  is: 'problem',
  status,
  problem: { status, code: 'conflict', ...more } as Problem,
})

/** One browser with its tabs, and a server that answers as the test says. */
function browser() {
  const storage = storageOf()
  const open = new Set<string>()
  let keys = 0
  const world = {
    storage,
    open,
    time: 1_000_000,
    person: 'ada' as string | null,
    isServerThere: true,
    answer: accepts as (pending: Pending) => Answer | Promise<Answer>,
    /** The sends that the server has. */
    has: [] as Send[],
    requests: [] as (Pick<Pending, 'key' | 'text' | 'expectLastMessage'> & { tab: string; files: string[] })[],
    recorded: [] as string[],
    refused: [] as (Refusal & { text: string; bytes: number })[],
    timers: [] as { at: number; work: () => void }[],
    signedOut: 0,
    /** Lets time pass, and everything that is due happen. */
    async pass(milliseconds: number) {
      world.time += milliseconds
      for (let round = 0; round < 20; round++) {
        for (const timer of world.timers.splice(0))
          if (timer.at <= world.time) timer.work()
          else world.timers.push(timer)
        await new Promise((resolve) => setImmediate(resolve))
      }
    },
    tab(name: string) {
      open.add(name)
      const parts: OutboxParts<TestFile> = {
        storage,
        tab: name,
        async request({ key, text, expectLastMessage }, files) {
          const guard = expectLastMessage === undefined ? {} : { expectLastMessage }
          world.requests.push({ key, text, ...guard, tab: name, files: files.map((file) => file.name) })
          if (!world.isServerThere) return { is: 'nothing' }
          const pending = JSON.parse(storage.values.get(`parley-send:${key}`) ?? '{}') as Pending
          return world.answer(pending)
        },
        async recorded({ key }) {
          if (!world.isServerThere) throw new TypeError('no server')
          return world.has.find((send) => send.key === key)
        },
        async person() {
          if (!world.isServerThere) throw new TypeError('no server')
          return world.person
        },
        isOpen: async (other) => open.has(other),
        alone: (work) => work(),
        clock: {
          now: () => world.time,
          after(milliseconds, work) {
            const timer = { at: world.time + milliseconds, work }
            world.timers.push(timer)
            return () => {
              world.timers = world.timers.filter((one) => one !== timer)
            }
          },
        },
        newKey: () => `key-${++keys}`,
        onRecorded: ({ text }) => world.recorded.push(text),
        onRefused: ({ text }, refusal, files) => world.refused.push({ ...refusal, text, bytes: files.length }),
        onSignedOut: () => void world.signedOut++,
      }
      return createOutbox<TestFile>(parts)
    },
  }
  return world
}

const reply = (text: string, expectLastMessage: string | null = 'seen') => ({
  ...{ person: 'ada', conversation, kind: 'reply' as const },
  ...{ text, expectLastMessage },
})

describe('the outbox of the page', () => {
  test('stores a send before the first request and forgets it when the server has recorded it', async () => {
    const world = browser()
    const outbox = world.tab('a')
    outbox.start('ada')
    outbox.add(reply('hello'))
    expect([...world.storage.values.keys()]).toEqual(['parley-send:key-1'])
    await world.pass(0)
    expect(world.recorded).toEqual(['hello'])
    expect(world.storage.values.size).toBe(0)
    expect(outbox.list()).toEqual([])
  })

  test('repeats a send with the same key until a server answers', async () => {
    const world = browser()
    const outbox = world.tab('a')
    outbox.start('ada')
    world.answer = () => ({ is: 'nothing' })
    outbox.add(reply('hello'))
    await world.pass(0)
    expect(outbox.list()[0]?.state).toEqual({ is: 'waiting', problem: undefined })
    await world.pass(1_000)
    world.answer = accepts
    await world.pass(2_000)
    expect(world.requests.map(({ key }) => key)).toEqual(['key-1', 'key-1', 'key-1'])
    expect(world.recorded).toEqual(['hello'])
  })

  test('sends what a reload has interrupted with the same key', async () => {
    const world = browser()
    const before = world.tab('a')
    before.start('ada')
    world.answer = () => new Promise(() => {})
    before.add(reply('hello'))
    await world.pass(0)
    world.open.delete('a')
    world.answer = accepts
    world.tab('b').start('ada')
    await world.pass(0)
    expect(world.requests.map(({ key, tab }) => [key, tab])).toEqual([
      ['key-1', 'a'],
      ['key-1', 'b'],
    ])
    expect(world.recorded).toEqual(['hello'])
  })

  test('leaves a send to the tab that has it as long as that tab is open', async () => {
    const world = browser()
    const first = world.tab('a')
    const second = world.tab('b')
    first.start('ada')
    world.answer = () => ({ is: 'nothing' })
    first.add(reply('hello'))
    await world.pass(0)
    second.start('ada')
    await world.pass(10_000)
    expect(new Set(world.requests.map(({ tab }) => tab))).toEqual(new Set(['a']))
  })

  test('gives the text back if the server refuses it, with the newer messages', async () => {
    const world = browser()
    const outbox = world.tab('a')
    outbox.start('ada')
    world.answer = () => problem(409, { outcome: 'not-done', newer: [] })
    outbox.add(reply('hello'))
    await world.pass(0)
    expect(world.refused).toMatchObject([{ text: 'hello', why: 'refused', status: 409, problem: { newer: [] } }])
    expect(outbox.list()).toEqual([])
  })

  test('sends a second reply only after the first, and expects the first to be the newest', async () => {
    const world = browser()
    const outbox = world.tab('a')
    outbox.start('ada')
    outbox.add(reply('one'))
    outbox.add(reply('two'))
    await world.pass(0)
    expect(world.requests).toMatchObject([
      { text: 'one', expectLastMessage: 'seen' },
      { text: 'two', expectLastMessage: 'send-one' },
    ])
  })

  test('gives a second reply back if the first one was refused or failed', async () => {
    for (const answer of [
      () => problem(409),
      (pending: Pending): Answer => ({ is: 'send', send: sendOf(pending, { state: 'failed' }) }),
    ]) {
      const world = browser()
      const outbox = world.tab('a')
      outbox.start('ada')
      world.answer = answer
      outbox.add(reply('one'))
      outbox.add(reply('two'))
      await world.pass(0)
      expect(world.requests.map(({ text }) => text)).toEqual(['one'])
      expect(world.refused.at(-1)).toMatchObject({ text: 'two', why: 'earlier' })
      expect(outbox.list()).toEqual([])
    }
  })

  test('keeps a send while nobody is signed in, and never sends it in the name of somebody else', async () => {
    const world = browser()
    const outbox = world.tab('a')
    outbox.start('ada')
    world.person = null
    outbox.add(reply('hello'))
    await world.pass(0)
    expect(outbox.list()[0]?.state).toEqual({ is: 'signed-out' })
    expect(world.signedOut).toBe(1)
    world.person = 'bob'
    outbox.start('bob')
    await world.pass(60_000)
    expect(outbox.list()).toEqual([])
    expect(world.requests).toEqual([])
    world.person = 'ada'
    outbox.start('ada')
    await world.pass(0)
    expect(world.recorded).toEqual(['hello'])
  })

  test('keeps a send whose request was answered with 401', async () => {
    const world = browser()
    const outbox = world.tab('a')
    outbox.start('ada')
    world.answer = () => problem(401, { code: 'authentication' })
    outbox.add(reply('hello'))
    await world.pass(0)
    expect(outbox.list()[0]?.state).toEqual({ is: 'signed-out' })
    world.answer = accepts
    outbox.start('ada')
    await world.pass(0)
    expect(world.recorded).toEqual(['hello'])
  })

  test('gives the text back if a reload has lost the files and the server has no such send', async () => {
    const world = browser()
    const before = world.tab('a')
    before.start('ada')
    world.answer = () => new Promise(() => {})
    before.add(reply('look'), [{ name: 'plan.pdf' }])
    await world.pass(0)
    expect(before.hasFiles()).toBe(true)
    world.open.delete('a')
    const after = world.tab('b')
    after.start('ada')
    await world.pass(1_000)
    // The server may still be working on the request of the closed tab.
    expect(world.refused).toEqual([])
    await world.pass(30_000)
    expect(world.requests.map(({ tab, files }) => [tab, files])).toEqual([['a', ['plan.pdf']]])
    expect(world.refused).toMatchObject([{ text: 'look', why: 'files', files: ['plan.pdf'] }])
  })

  test('forgets a send with lost files that the server has', async () => {
    const world = browser()
    const before = world.tab('a')
    before.start('ada')
    world.answer = (pending) => {
      world.has.push(sendOf(pending))
      return new Promise(() => {})
    }
    before.add(reply('look'), [{ name: 'plan.pdf' }])
    await world.pass(0)
    world.open.delete('a')
    world.tab('b').start('ada')
    await world.pass(0)
    expect(world.recorded).toEqual(['look'])
    expect(world.refused).toEqual([])
  })

  test('asks the person before it sends what is older than fifteen minutes', async () => {
    const world = browser()
    const outbox = world.tab('a')
    outbox.start('ada')
    world.isServerThere = false
    outbox.add(reply('we close in five minutes'))
    await world.pass(0)
    world.isServerThere = true
    await world.pass(16 * 60_000)
    expect(outbox.list()[0]?.state).toEqual({ is: 'old' })
    expect(world.requests).toEqual([])
    outbox.sendNow('key-1')
    await world.pass(0)
    expect(world.recorded).toEqual(['we close in five minutes'])
  })

  test('takes a send back only if the server does not have it', async () => {
    for (const isThere of [false, true]) {
      const world = browser()
      const outbox = world.tab('a')
      outbox.start('ada')
      world.answer = (pending) => {
        if (isThere) world.has = [sendOf(pending)]
        return { is: 'nothing' }
      }
      outbox.add(reply('hello'))
      await world.pass(0)
      expect(await outbox.withdraw('key-1')).toBe(!isThere)
      expect(world.refused.map(({ why }) => why)).toEqual(isThere ? [] : ['withdrawn'])
      expect(world.recorded).toEqual(isThere ? ['hello'] : [])
      expect(outbox.list()).toEqual([])
    }
  })

  test('takes nothing back while no server answers', async () => {
    const world = browser()
    const outbox = world.tab('a')
    outbox.start('ada')
    world.isServerThere = false
    outbox.add(reply('hello'))
    await world.pass(0)
    expect(await outbox.withdraw('key-1')).toBeUndefined()
    expect(outbox.list()).toHaveLength(1)
  })

  test('removes what a person has sent, also while it waits for a server, and never puts it back', async () => {
    const world = browser()
    const outbox = world.tab('a')
    outbox.start('ada')
    world.isServerThere = false
    outbox.add(reply('hello'))
    outbox.add({ ...reply('other'), person: 'bob' })
    await world.pass(0)
    outbox.removeAll('ada')
    await world.pass(100_000)
    expect(outbox.list()).toEqual([])
    expect([...world.storage.values.keys()]).toEqual(['parley-send:key-2'])
  })

  test('works without a storage of the browser', async () => {
    const world = browser()
    world.storage.setItem = () => {
      throw new Error('full')
    }
    const outbox = world.tab('a')
    outbox.start('ada')
    outbox.add(reply('hello'))
    expect(outbox.list()).toHaveLength(1)
  })
})
