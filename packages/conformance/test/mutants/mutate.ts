import {
  type Adapter,
  type Entity,
  InvalidRequestError,
  isParleyError,
  type OperationName,
  type Page,
  type Paged,
  pagedOf,
  type RuntimeOptions,
} from '@parley/core'

/** An adapter that does one thing wrong. */
export interface Mutant {
  options?: (options: object) => object
  adapter?: (adapter: Adapter, options: RuntimeOptions) => Adapter
}

// biome-ignore lint/suspicious/noExplicitAny: whatever the operation is, it is taken as it comes
type Any = any
type Call = (...args: Any[]) => Any

/** Puts another function in an operation's place, `agents.actions.get` included. */
export function replace(adapter: Adapter, name: OperationName, make: (original: Call) => Call): Adapter {
  const put = (holder: Any, [key = '', ...rest]: readonly string[]): Any => {
    if (holder?.[key] === undefined) return holder
    return { ...holder, [key]: rest.length > 0 ? put(holder[key], rest) : make(holder[key]) }
  }
  return put(adapter, name.split('.'))
}

/** Changes each page of a list. */
export const pages =
  (name: OperationName, change: (page: Page<Any>, query: Any) => Page<Any>): NonNullable<Mutant['adapter']> =>
  (adapter) =>
    replace(adapter, name, (list) => (...args) => {
      const query = args.find((arg) => typeof arg === 'object' && arg !== null && !('ref' in arg)) ?? {}
      return changed(list(...args), (page) => change(page, query))
    })

const changed = (list: Paged<Any>, change: (page: Page<Any>) => Page<Any>): Paged<Any> =>
  pagedOf({
    first: () => list.then(change),
    async *pages() {
      for await (const page of list.pages()) yield change(page)
    },
    async *items() {
      for await (const page of list.pages()) yield* change(page).items
    },
  })

/** Changes each item of a list and what its `get` gives. */
export const each =
  (
    group: 'agents' | 'conversations' | 'messages' | 'contacts',
    change: (item: Any) => Entity,
  ): NonNullable<Mutant['adapter']> =>
  (adapter, options) => {
    const listed = pages(`${group}.list`, (page) => ({ ...page, items: page.items.map(change) }))(adapter, options)
    return replace(
      listed,
      `${group}.get`,
      (get) =>
        async (...args) =>
          change(await get(...args)),
    )
  }

/** Changes the query of a list before it is asked. */
export const query =
  (name: OperationName, change: (query: Any) => Any): NonNullable<Mutant['adapter']> =>
  (adapter) =>
    replace(adapter, name, (list) => (...args) => {
      const at = name === 'messages.list' ? 1 : 0
      const given = args.length > at ? args : [...args, {}]
      return list(...given.with(at, change(given[at] ?? {})))
    })

/** Changes what an operation gives. */
export const result =
  (name: OperationName, change: (value: Any) => Any): NonNullable<Mutant['adapter']> =>
  (adapter) =>
    replace(
      adapter,
      name,
      (call) =>
        async (...args) =>
          change(await call(...args)),
    )

/** Changes the errors of an operation, a list or not. */
export const errors =
  (name: OperationName, change: (error: Any) => unknown): NonNullable<Mutant['adapter']> =>
  (adapter) =>
    replace(
      adapter,
      name,
      (call) =>
        (...args) =>
          Promise.resolve(call(...args)).catch((error) => {
            throw change(error)
          }),
    )

export const without =
  (name: string): ((fields: object) => object) =>
  (fields: object): object =>
    Object.fromEntries(Object.entries(fields).filter(([key]) => key !== name))
export const refused = (message: string): InvalidRequestError => new InvalidRequestError({ message })
export const unless =
  (code: string, other: unknown): ((error: unknown) => unknown) =>
  (error: unknown) =>
    isParleyError(error) && error.code === code ? other : error
