import type { ListQuery } from '@parley/core'
import type { Check } from '../check.ts'
import { ensure, ensureFails } from '../support/ensure.ts'
import { listsFor, listsOf } from '../support/lists.ts'
import { placesOf } from '../support/places.ts'

/** Every list takes it, and ignores it: it is no vendor's. The query is another one all the same. */
const otherFilter = { vendor: {} } as ListQuery

export const foreignCursorsAreRefused: Check = {
  group: 'lists',
  name: 'a cursor of another account, query, limit or list is refused',
  async run(bench) {
    const places = await placesOf(bench)
    const elsewhere = listsFor(await bench.open({ account: 'another' }), places)
    const cursors = new Map<string, string>()
    for (const [index, { operation, list }] of (await listsOf(bench)).entries()) {
      const { next } = await list({ limit: 2 })
      if (next === null) continue
      const refuses = async (work: PromiseLike<unknown>, what: string): Promise<void> => {
        const error = await ensureFails(work, 'invalid-request', `${operation} with a cursor of ${what}`)
        const fields = error.fields?.map(({ path }) => path)
        ensure(fields?.includes('cursor'), `${operation} does not name the cursor of ${what} in the error's fields.`)
      }
      await refuses(list({ limit: 3, cursor: next }), 'another limit')
      await refuses(list({ ...otherFilter, limit: 2, cursor: next }), 'another query')
      const same = elsewhere[index]
      if (same) await refuses(same.list({ limit: 2, cursor: next }), 'another account')
      for (const [name, cursor] of cursors) await refuses(list({ limit: 2, cursor }), `the list ${name}`)
      cursors.set(operation, next)
    }
    ensure(cursors.size > 0, 'No list has a second page, so that no cursor can be tried.')
  },
}
