import type { RuntimeOptions } from '@parley/core'
import { type LangGraphOptions, langGraph } from '@parley/langgraph'
import { type Sandbox, sandbox, testClock } from '@parley/sandbox'
import { failure, loadStreamCode } from '@parley/testkit'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'

await loadStreamCode()

const clock = testClock('2026-02-01T08:00:00.000Z', { automatic: true })
let server: Sandbox<'langGraph'>
let initial: Sandbox<'langGraph'>['langGraph']['settings']

beforeAll(async () => {
  server = await sandbox.start({ seed: 7, clock, vendors: ['langGraph'] })
  initial = { ...server.langGraph.settings }
})
afterEach(() => {
  Object.assign(server.langGraph.settings, initial)
  server.langGraph.reset()
})
afterAll(() => server.stop())

const account = (options: Partial<LangGraphOptions> & RuntimeOptions = {}) =>
  langGraph({ ...server.langGraph.accountOptions, clock, random: () => 0, ...options })

async function countThreads(): Promise<number> {
  let count = 0
  for await (const _ of account().conversations.list()) count++
  return count
}

const input = { text: 'When do you open?' }

async function finishOf(stream: ReturnType<ReturnType<typeof account>['messages']['stream']>) {
  for await (const part of stream) if (part.type === 'finish') return part.answer
  return undefined
}

describe('a question to an assistant that does not exist', () => {
  it.each([
    ['assistantId', { assistantId: 'dask' }, input],
    ['agentId', {}, { ...input, agentId: 'nobody' }],
  ])('names %s, and leaves no thread', async (path, options, asked) => {
    const adapter = account(options)
    const before = await countThreads()
    for (const ask of [
      () => adapter.messages.ask({ contact: 'p-1' }, asked),
      () => finishOf(adapter.messages.stream({ contact: 'p-1' }, asked)),
    ]) {
      const error = await failure(ask())
      expect(error).toMatchObject({ code: 'not-found', outcome: 'not-done', fields: [{ path }] })
      expect(error.message).toContain(path)
      expect(error.message).not.toContain('do not repeat')
    }
    expect(await countThreads()).toBe(before)
  })

  it('leaves one thread of a visitor, and asks in it when there is an assistant', async () => {
    const before = await countThreads()
    const adapter = account({ assistantId: 'dask' })
    const ask = (agentId?: string) =>
      adapter.messages.ask({ visitor: { externalId: 'web-1' } }, { ...input, ...(agentId && { agentId }) })
    const first = await failure(ask())
    expect(first).toMatchObject({ code: 'not-found', outcome: 'partly-done', fields: [{ path: 'assistantId' }] })
    expect(await failure(ask())).toMatchObject({ code: 'not-found', outcome: 'not-done' })
    expect(await countThreads()).toBe(before + 1)
    expect(await ask('desk')).toMatchObject({ outcome: 'answered', conversationId: first.conversationId })
  })
})

describe('a question whose run is going on', () => {
  it('is pending, also when it is reconciled, and has its answer later', async () => {
    const slow = await sandbox.start({ seed: 7, clock, vendors: ['langGraph'], thinkingTime: 20_000 })
    const adapter = langGraph({ ...slow.langGraph.accountOptions, clock, random: () => 0 })
    const answer = await adapter.messages.ask({ contact: 'p-1' }, input, { timeout: 6_000 })
    expect(answer).toMatchObject({ outcome: 'pending' })
    const background = { ...input, vendor: { langgraph: { background: true } } }
    const { attempt } = await adapter.messages.ask({ contact: 'p-2' }, background)
    expect(await adapter.messages.reconcile(attempt)).toMatchObject({
      ...{ outcome: 'done', message: null, answer: { outcome: 'pending' } },
    })
    await clock.advance(30_000)
    for (const each of [answer.attempt, attempt])
      expect(await adapter.messages.reconcile(each)).toMatchObject({ outcome: 'done', answer: { outcome: 'answered' } })
    await slow.stop()
  })
})

describe('an input for LangChain’s human-in-the-loop middleware', () => {
  const approval = {
    action_requests: [{ name: 'refund', args: {}, description: 'Refund 20?' }],
    review_configs: [{ action_name: 'refund', allowed_decisions: ['approve', 'reject'] }],
  }

  it('is refused unless it decides on each action, and the thread goes on waiting', async () => {
    server.langGraph.settings.interrupts = [approval]
    const { messages } = account()
    const { conversationId } = await messages.ask({ contact: 'p-1' }, input)
    const id = conversationId ?? ''
    const decision = { type: 'approve' }
    for (const value of ['approve', { decisions: [] }, { decisions: [decision, decision] }, { decisions: ['approve'] }])
      expect(await failure(messages.provideInput(id, { value }))).toMatchObject({
        ...{ code: 'invalid-request', outcome: 'not-done', fields: [{ path: 'value' }] },
      })
    expect(await messages.provideInput(id, { value: { decisions: [decision] } })).toMatchObject({ outcome: 'answered' })
  })
})
