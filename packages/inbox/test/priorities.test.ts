import { type Adapter, type Clock, createTransport, type OperationOptions } from '@parley/core'
import { beforeEach, describe, expect, it } from 'vitest'
import { createInbox } from '../src/index.ts'

/** Lets everything run that waits for nothing but its turn. */
async function idle(): Promise<void> {
  for (let turn = 0; turn < 5; turn++) await new Promise((resolve) => setImmediate(resolve))
}

/** Time that jumps to the next timer as soon as nothing else is left to do. */
function jumpingClock(): Clock & { until<T>(work: Promise<T>): Promise<T> } {
  let now = 0
  const timers = new Set<{ due: number; callback: () => void }>()
  return {
    now: () => now,
    after(milliseconds, callback) {
      const timer = { due: now + milliseconds, callback }
      timers.add(timer)
      return () => timers.delete(timer)
    },
    async until(work) {
      let isDone = false
      const end = () => {
        isDone = true
      }
      work.then(end, end)
      for (;;) {
        await idle()
        if (isDone) return work
        const [next] = [...timers].sort((one, other) => one.due - other.due)
        if (!next) continue
        timers.delete(next)
        now = Math.max(now, next.due)
        next.callback()
      }
    },
  }
}

let scopes = 0
const sent: string[] = []
beforeEach(() => {
  sent.length = 0
})

/** An account whose vendor takes one request a second, and an inbox over it. The operations are named after their requests. */
function limited(clock: Clock) {
  const protocol = {
    ...{ vendor: 'acme', baseUrl: 'https://acme.example', scope: `inbox ${++scopes}`, authorize: () => ({}) },
    ...{ readProblem: () => undefined, rate: { requests: 1, perMs: 1000 } },
  }
  const fetch = async (request: Request | URL | string): Promise<Response> => {
    sent.push(new URL(request instanceof Request ? request.url : request).pathname.slice(1))
    return Response.json({})
  }
  const transport = createTransport(protocol, {
    account: 'a',
    credential: 'key',
    clock,
    fetch: fetch as typeof globalThis.fetch,
  })
  const request = async (name: string, options?: OperationOptions): Promise<never> => {
    await transport.begin(name, options).request({ path: `/${name}` })
    return {} as never
  }
  const list = (name: string) => (query: object | undefined, options?: OperationOptions) =>
    transport.list(name, query, options, async (call) => {
      await call.request({ path: `/${name}` })
      return { items: [], next: null, warnings: [] }
    })
  const adapter: Adapter = {
    ...{ vendor: 'acme', account: 'a', unsupported: {} },
    limits: { pageSize: {}, filters: {}, text: {}, rate: [], notes: [] },
    conversations: { list: list('conversations.list'), get: (_, options) => request('conversations.get', options) },
    contacts: { list: list('contacts.list') },
    feedback: { list: list('feedback.list') },
    messages: {
      list: (_, query, options) => list('messages.list')(query, options),
      export: list('messages.export'),
      reply: (_, _input, options) => request('messages.reply', options),
    },
  }
  return createInbox({ accounts: [adapter], clock, deadline: 60_000 })
}

describe('requests of an inbox that wait for a vendor’s rate limit', () => {
  const ref = 'acme:a/conversation/1'

  it('are sent in the order of what a person waits for: a reply, one conversation, lists of many, whole accounts', async () => {
    const clock = jumpingClock()
    const inbox = limited(clock)
    await clock.until(inbox.conversations.get(ref))
    const lists = [
      inbox.messages.export('acme:a').then(),
      inbox.feedback.list('acme:a').then(),
      inbox.conversations.list().then(),
      inbox.contacts.list().then(),
    ]
    await idle()
    const awaited = [
      inbox.conversations.get(ref),
      inbox.messages.list(ref).then(),
      inbox.messages.reply(ref, { text: 'Hello' }),
    ]
    await clock.until(Promise.all([...lists, ...awaited]))
    expect(sent).toEqual([
      ...['conversations.get', 'messages.reply', 'conversations.get', 'messages.list'],
      ...['conversations.list', 'contacts.list', 'messages.export', 'feedback.list'],
    ])
  })

  it('have the priority that the caller gives', async () => {
    const clock = jumpingClock()
    const inbox = limited(clock)
    await clock.until(inbox.conversations.get(ref))
    const waiting: Promise<unknown>[] = [
      inbox.conversations.get(ref, { priority: 'sweep' }),
      inbox.contacts.list().then(),
      inbox.messages.export('acme:a', {}, { priority: 'live' }).then(),
    ]
    await idle()
    waiting.push(inbox.conversations.list({}, { priority: 'send' }).then())
    await clock.until(Promise.all(waiting))
    expect(sent.slice(1)).toEqual(['conversations.list', 'messages.export', 'contacts.list', 'conversations.get'])
  })
})
