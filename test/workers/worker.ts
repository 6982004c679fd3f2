import { agentConversation } from '@parley/agent-conversation'
import type { Adapter, Event } from '@parley/core'
import { createStore, createSync } from '@parley/inbox'
import { langGraph } from '@parley/langgraph'
import { leadConnector } from '@parley/leadconnector'
import { liveChatAI } from '@parley/livechatai'
import type { SandboxVendor } from '@parley/sandbox'
import { withPages } from '../sync/simulation/pages.ts'

/** What a worker is started with, as JSON. */
export interface WorkerOptions {
  url: string
  accounts: { vendor: SandboxVendor; options: object; pageSize: number }[]
}

// biome-ignore lint/suspicious/noExplicitAny: adapters with different options have no narrower type
const create: Readonly<Record<SandboxVendor, (options: any) => Adapter>> = {
  agentConversation,
  langGraph,
  leadConnector,
  liveChatAI,
}

/*
 * A process that syncs accounts until it gets a SIGTERM. Its parent sends webhook events, and gets the key of each when it is
 * stored. Errors that no state shows are printed.
 */
const { url, accounts } = JSON.parse(process.argv[2] ?? '') as WorkerOptions
const stop = new AbortController()
process.once('SIGTERM', () => stop.abort())
process.once('disconnect', () => process.exit())
const store = await createStore({ url, connections: 5 })
const sync = createSync({
  store,
  accounts: accounts.map(({ vendor, options, pageSize }) => withPages(create[vendor](options), pageSize)),
  every: { conversations: 1_000, contacts: 3_000, agents: 5_000, sweep: 4_000, scan: 8_000 },
  sweepSize: 100,
  onError: (error) => console.log(String((error as Error).stack ?? error)),
})
process.on('message', async (event: Event) => {
  await sync.receive(event)
  process.send?.(event.dedupeKey)
})
await sync.run({ signal: stop.signal })
await store.close()
process.exit()
