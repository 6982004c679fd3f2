import type { Store } from '@parley/inbox'
import type { Connected } from '../../packages/inbox/src/store/connected.ts'
import { storeOf } from '../../packages/inbox/src/store/database.ts'

/** A store whose database fails as soon as it is used. */
export function untouchedStore(): Store {
  const touched = (): never => {
    throw new Error('The database was used.')
  }
  const untouched = new Proxy({}, { get: touched })
  const { db, pool } = { db: untouched, pool: untouched } as Pick<Connected, 'db' | 'pool'>
  return storeOf({ db, pool, notice: null, close: async () => {} })
}
