import type { Adapter, Clock } from '@parley/core'
import { createInbox, createSync, type Inbox } from '@parley/inbox'
import { type FilledStore, filledStore } from './synced/filled.ts'

interface Made {
  inbox: Inbox
  /** Lets a synced inbox see what has changed at the vendors. */
  refresh(): Promise<void>
}

/** How an inbox is made over accounts. */
interface Way {
  name: string
  isLive: boolean
  make(accounts: Adapter[], clock?: Clock): Promise<Made>
  close(): Promise<void>
}

const live: Way = {
  name: 'a live inbox',
  isLive: true,
  make: async (accounts, clock) => ({
    inbox: createInbox({ accounts, ...(clock && { clock }) }),
    refresh: async () => {},
  }),
  close: async () => {},
}

/** An inbox over a store that a sync has filled from the accounts. The inbox that was made before is empty then. */
async function synced(): Promise<Way> {
  const filled: FilledStore = await filledStore()
  return {
    name: 'a synced inbox',
    isLive: false,
    async make(accounts, clock) {
      await filled.clear()
      const options = { store: filled.store, accounts, ...(clock && { clock }) }
      const sync = createSync(options)
      const refresh = async () => void (await sync.runOnce())
      await refresh()
      return { inbox: createInbox(options), refresh }
    },
    close: () => filled.close(),
  }
}

/** A live and a synced inbox, for `describe.each`. Close them after the tests. */
export const waysOfInboxes = async (): Promise<Way[]> => [live, await synced()]
