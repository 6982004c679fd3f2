import { agentConversation } from '@parley/agent-conversation'
import type { Adapter } from '@parley/core'
import { createDesk, createInbox, createStore, createSync } from '@parley/inbox'
import { langGraph } from '@parley/langgraph'
import { leadConnector } from '@parley/leadconnector'
import { liveChatAI } from '@parley/livechatai'
import type { SandboxVendor } from '@parley/sandbox'
import { createServer, type TokenAccess } from '@parley/server'

/** What a server is started with, as JSON. */
export interface DeskServerOptions {
  url: string
  accounts: { vendor: SandboxVendor; options: object }[]
  tokens: TokenAccess[]
}

// biome-ignore lint/suspicious/noExplicitAny: adapters with different options have no narrower type
const create: Readonly<Record<SandboxVendor, (options: any) => Adapter>> = {
  agentConversation,
  langGraph,
  leadConnector,
  liveChatAI,
}

/*
 * A process that syncs, sends and serves until it gets a SIGTERM. Its parent gets the address. Errors that no state shows are
 * printed.
 */
const { url, accounts: given, tokens } = JSON.parse(process.argv[2] ?? '') as DeskServerOptions
const stop = new AbortController()
process.once('SIGTERM', () => stop.abort())
process.once('disconnect', () => process.exit())
const onError = (error: unknown) => console.log(String((error as Error).stack ?? error))
const store = await createStore({ url, connections: 8 })
const accounts = given.map(({ vendor, options }) => create[vendor](options))
const every = { conversations: 1_000, contacts: 10_000, agents: 10_000, sweep: 5_000, scan: 20_000 }
const sync = createSync({ store, accounts, every, onError })
const inbox = createInbox({ store, accounts })
const desk = createDesk({ store, accounts, onError })
const server = createServer({ ...{ store, desk, inbox, sync, tokens }, onError })
process.send?.((await server.listen({ port: 0 })).url)
await Promise.all([sync.run({ signal: stop.signal }), desk.run({ signal: stop.signal })])
await server.close()
await store.close()
process.exit()
