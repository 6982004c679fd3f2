import type { Adapter } from '@parley/core'
import type { LangGraph } from '@parley/langgraph'
import { type VendorOptionCalls, type VendorOptionNames, vendorOptionsSuite } from '@parley/testkit'
import { expect, it, vi } from 'vitest'
import { account } from './helpers/account.ts'

const calls: VendorOptionCalls<LangGraph> = {
  'agents.list': [{}],
  'agents.create': [{ name: 'Night desk' }],
  'agents.update': ['a-1', { name: 'Night desk' }],
  'conversations.list': [{}],
  'operators.list': [{}],
  'conversations.create': [{ contact: 'p-1' }],
  'conversations.update': ['c-1', { title: 'Parcel' }],
  'messages.list': ['c-1', {}],
  'messages.ask': ['c-1', { text: 'When do you open?' }],
  'messages.stream': ['c-1', { text: 'When do you open?' }],
  'messages.provideInput': ['c-1', { value: 'yes' }],
  'messages.reply': ['c-1', { text: 'At nine.' }],
}

const assistant = { config: true, context: true, metadata: true, graphId: true } as const
const run = { config: true, context: true, metadata: true, webhook: true, multitaskStrategy: true } as const

const options: VendorOptionNames<'langgraph'> = {
  'agents.create': assistant,
  'agents.update': assistant,
  'conversations.list': { status: true, metadata: true, values: true },
  'conversations.create': { metadata: true, graphId: true },
  'conversations.update': { metadata: true },
  'messages.ask': { ...run, input: true, background: true },
  'messages.provideInput': run,
  'messages.reply': { asNode: true },
}

vendorOptionsSuite({ vendor: 'langgraph', create: (fetch) => account({ fetch }).adapter, calls, options })

it('a stream is refused before anything is sent if it is to run in the background', async () => {
  const fetched = vi.fn<typeof fetch>()
  const { adapter } = account({ fetch: fetched })
  const { messages }: Adapter = adapter
  const input = { text: 'When do you open?', vendor: { langgraph: { background: true } } }
  const parts = messages?.stream?.('c-1', input)[Symbol.asyncIterator]()
  const fields = [{ path: 'vendor.langgraph.background', problem: 'is not an option of this operation' }]
  await expect(parts?.next()).rejects.toMatchObject({ code: 'invalid-request', fields, outcome: 'not-done' })
  expect(fetched).not.toHaveBeenCalled()
})
