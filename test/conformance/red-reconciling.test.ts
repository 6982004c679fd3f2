import { agentConversation } from '@parley/agent-conversation'
import { type CreateOptions, checks, type Harness, runCheck } from '@parley/conformance'
import type { Adapter, Reconciliation, SendAttempt } from '@parley/core'
import { leadConnector } from '@parley/leadconnector'
import { liveChatAI } from '@parley/livechatai'
import { defaultNow, sandbox, testClock } from '@parley/sandbox'
import { afterAll, describe, expect, it } from 'vitest'
import { threadOf } from './support/thread.ts'

const clock = testClock(defaultNow, { automatic: true })
const desk = await sandbox.start({ clock })
afterAll(() => desk.stop())
const { leadConnector: crm, liveChatAI: live, agentConversation: agent } = desk
crm.settings.rateLimit = false

type Reconcile = (attempt: SendAttempt) => Promise<Reconciliation>

/** What an adapter can get wrong about a message, and the check that has to see it. */
const mistakes: readonly {
  name: string
  check: string
  reconcile: (right: Reconcile, adapter: Adapter) => Reconcile
}[] = [
  {
    name: 'proves too early that it was never stored',
    check: 'a message that was never stored reconciles as unknown while it may be on its way',
    reconcile: (right) => (attempt) => right(earlier(attempt, 20)),
  },
  {
    name: 'takes an attempt of another process for one of its own',
    check: 'a message that was never stored reconciles as unknown in another process for ten minutes longer',
    reconcile: (right) => (attempt) => right(earlier(attempt, 11)),
  },
  {
    name: 'ignores the newest message that was seen',
    check: 'a message that was never stored reconciles as not-done when the same words were seen before',
    reconcile: (right) => (attempt) => right(without(attempt, 'after')),
  },
  {
    name: 'ignores the id that it knows',
    check: 'a known id of a message that the vendor lost reconciles as unknown',
    reconcile: (right) => (attempt) => right({ ...attempt, messageId: null }),
  },
  {
    name: 'ignores that it is for later',
    check: 'a message for later reconciles as unknown before its time',
    reconcile: (right) => (attempt) => right(without(attempt, 'sendAt')),
  },
  {
    name: 'takes a text that the vendor rewrote for another message',
    check: 'a message whose text the vendor rewrote (footer) reconciles as unknown',
    reconcile: (right, adapter) => notDoneWithoutTheText(right, adapter),
  },
  {
    name: 'never dares to say that it was not stored',
    check: 'a message that was never stored reconciles as not-done once it is old enough',
    reconcile: (right) => async (attempt) => ({ ...(await right(attempt)), outcome: 'unknown' }),
  },
]

function earlier(attempt: SendAttempt, minutes: number): SendAttempt {
  const moved = (instant: string): string => new Date(Date.parse(instant) - minutes * 60_000).toISOString()
  const { startedAt, deadline = startedAt } = attempt
  return { ...attempt, startedAt: moved(startedAt), deadline: moved(deadline) }
}

const without = (attempt: SendAttempt, key: 'after' | 'sendAt'): SendAttempt => {
  const { [key]: _, ...rest } = attempt
  return rest
}

const notDoneWithoutTheText =
  (right: Reconcile, { messages }: Adapter): Reconcile =>
  async (attempt) => {
    const reconciliation = await right(attempt)
    const thread = await messages?.list?.(attempt.conversationId ?? '')
    const isThere = thread?.items.some(({ text }) => text === attempt.text)
    return reconciliation.outcome === 'unknown' && !isThere
      ? { ...reconciliation, outcome: 'not-done' }
      : reconciliation
  }

const name = (vendor: { credentials: Readonly<Record<string, string>> }, key: string) => vendor.credentials[key] ?? ''

const accounts: readonly {
  vendor: string
  create: (options: CreateOptions) => Adapter
  own: Pick<Harness, 'reset' | 'thread' | 'use'>
}[] = [
  {
    vendor: 'leadconnector',
    create: (options) =>
      leadConnector({
        ...{ baseUrl: crm.url, clock, rate: false },
        ...{ token: name(crm, 'token'), locationId: name(crm, 'locationId') },
        ...options,
      }),
    own: { reset: crm.reset, thread: threadOf(crm, clock, {}) },
  },
  {
    vendor: 'livechatai',
    create: (options) =>
      liveChatAI({
        ...{ baseUrl: `${live.url}/api/v2`, clock, rate: false },
        ...{ apiKey: name(live, 'apiKey'), agentId: name(live, 'agentId'), userId: name(live, 'userId') },
        ...options,
      }),
    own: { reset: live.reset, thread: threadOf(live, clock, {}) },
  },
  {
    vendor: 'agent-conversation',
    create: (options) =>
      agentConversation({ baseUrl: `${agent.url}/external`, apiKey: name(agent, 'apiKey'), clock, ...options }),
    own: { reset: agent.reset, thread: threadOf(agent, clock, {}) },
  },
]

describe.each(accounts)('an adapter for $vendor is caught', ({ vendor, create, own }) => {
  it.each(mistakes)('when it $name', async ({ check: wanted, reconcile }) => {
    const check = checks.find(({ name }) => name === wanted)
    if (!check) throw new Error(`There is no check "${wanted}"`)
    const harness = (change: (adapter: Adapter) => Adapter): Harness => ({
      ...{ name: vendor, fetch, ...own },
      create: (options) => ({ adapter: change(create(options)) }),
    })
    const wrong = (adapter: Adapter): Adapter => ({
      ...adapter,
      messages: { ...adapter.messages, reconcile: reconcile(adapter.messages?.reconcile as Reconcile, adapter) },
    })
    const error = (await runCheck(harness(wrong), check)).error
    expect(String(error)).toMatch(/reconciles (as|in|with)/)
    expect(
      (
        await runCheck(
          harness((adapter) => adapter),
          check,
        )
      ).status,
    ).toBe('passed')
  })
})
