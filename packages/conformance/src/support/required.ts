import type { Adapter } from '@parley/core'

/** The lists of something: their query comes second. */
export const listsOfParents: ReadonlySet<string> = new Set(['messages.list', 'sources.list', 'agents.actions.list'])

// biome-ignore lint/suspicious/noExplicitAny: whatever the group is, it is taken as it comes
type Any = any

/** Passes the fields that the vendor requires to every list, so that a check can ask for one without knowing them. */
export const withRequired = (adapter: Adapter, required: Readonly<Record<string, object>> = {}): Adapter =>
  Object.entries(required).reduce((one, [name, fields]) => {
    const place = listsOfParents.has(name) ? 1 : 0
    const complete =
      (list: (...args: unknown[]) => unknown) =>
      (...args: unknown[]): unknown => {
        const query = args[place]
        const isQuery = query === undefined || (typeof query === 'object' && query !== null && !Array.isArray(query))
        const before = Array.from({ length: place }, (_, index) => args[index])
        return isQuery ? list(...before, { ...fields, ...query }, ...args.slice(place + 1)) : list(...args)
      }
    return put(one, name.split('.'), complete)
  }, adapter)

function put(holder: Any, [key = '', ...rest]: readonly string[], change: (list: Any) => Any): Any {
  if (holder?.[key] === undefined) return holder
  return { ...holder, [key]: rest.length > 0 ? put(holder[key], rest, change) : change(holder[key]) }
}
