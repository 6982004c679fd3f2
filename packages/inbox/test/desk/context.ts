import type { Adapter } from '@parley/core'
import { createInbox, type Store } from '@parley/inbox'
import { accountsOf } from '../../src/accounts.ts'
import type { DeskContext } from '../../src/desk/context.ts'
import { databaseOf } from '../../src/store/database.ts'

/** What the parts of a desk over these accounts share. */
export const contextFor =
  (store: Store) =>
  (adapters: readonly Adapter[]): DeskContext => ({
    ...{ db: databaseOf(store), accounts: accountsOf(adapters), inbox: createInbox({ store, accounts: adapters }) },
    clock: { now: () => 0, after: () => () => {} },
    onError(error) {
      throw error
    },
  })
