import type { Adapter } from '@parley/core'
import { createDesk, createInbox, createStore, createSync } from '@parley/inbox'
import { leadConnectorWebhook } from '@parley/leadconnector/webhook'
import { createServer, type TokenAccess } from '@parley/server'

/** What a server is started with, as JSON. */
export interface ServerGiven {
  url: string
  /** `vendor:account`. */
  accounts: string[]
  tokens: TokenAccess[]
  /** The account with a webhook, its location, and the key with which its vendor signs. */
  webhook: { account: string; locationId: string; publicKey: string }
}

/** What the server tells its parent from time to time. */
export interface Told {
  /** The address, once. */
  url?: string
  /** An error that no answer shows. */
  error?: string
  /** Resident memory, in bytes. */
  rss?: number
  /** Seconds of processor time since the start. */
  cpu?: number
  /** Open connections, also those to the database. */
  connections?: number
}

/** An account that is never read: everything is in the store. */
function silent(name: string): Adapter {
  const [vendor = '', account = ''] = name.split(':')
  const limits = { pageSize: {}, filters: {}, text: {}, rate: [], notes: [] }
  return { vendor, account, limits, unsupported: {} }
}

/* A process that serves the store of the benchmark until its parent ends it. */
const given = JSON.parse(process.env['PARLEY_BENCH_SERVER'] ?? '') as ServerGiven
const tell = (told: Told) => void process.send?.(told)
const onError = (error: unknown) => tell({ error: String(error) })
const store = await createStore({ url: given.url, connections: 10 })
const accounts = given.accounts.map(silent)
const desk = createDesk({ store, accounts, onError })
const { account, locationId, publicKey } = given.webhook
const server = createServer({
  ...{ store, desk, onError, tokens: given.tokens, people: [{ id: 'bob', role: 'operator' }] },
  inbox: createInbox({ store, accounts }),
  sync: createSync({ store, accounts }),
  webhooks: {
    [account]: leadConnectorWebhook({
      ...{ account: account.split(':')[1] ?? '', locationId },
      publicKeys: [publicKey],
    }),
  },
})
process.once('disconnect', () => process.exit())
setInterval(() => {
  const { user, system } = process.cpuUsage()
  const connections = process.getActiveResourcesInfo().filter((resource) => resource === 'TCPSocketWrap').length
  tell({ rss: process.memoryUsage.rss(), cpu: (user + system) / 1e6, connections })
}, 200)
tell(await server.listen({ port: 0 }))
await desk.run({ signal: new AbortController().signal })
