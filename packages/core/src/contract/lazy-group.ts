import { argumentsNow } from '../input/fields.ts'
import { pagedOf } from '../paging/paged.ts'
import type { Transport } from '../transport/transport.ts'
import type { Page, Paged } from './results.ts'

/** How each operation of a group answers: with a promise, a list, or a stream. Groups inside a group are objects. */
export type OperationKinds<Group> = {
  readonly [Name in keyof Group]-?: Group[Name] extends (...args: never[]) => infer Result
    ? Result extends Paged<infer _Item>
      ? 'list'
      : Result extends AsyncIterable<unknown>
        ? 'stream'
        : 'promise'
    : OperationKinds<Group[Name]>
}

type Operation = (...args: unknown[]) => unknown
/** Loads an operation, and gives it with its arguments. */
type Ready = () => Promise<[operation: Operation, args: unknown[]]>

/**
 * A group of operations whose code is loaded when one of them is first used, before anything is sent. A program that only
 * reads does not load what sends. Every operation gets its arguments as they are at the call.
 *
 * ```ts
 * contacts: lazyGroup(transport, 'contacts', async () => (await import('./contacts.ts')).createContacts(transport), {
 *   list: 'list',
 *   get: 'promise',
 * })
 * ```
 *
 * @param transport loads the code within the time limits of the operation.
 * @param name the name of the group, for errors.
 * @param kinds every operation of the group, since a program asks which there are before any is loaded.
 */
export function lazyGroup<Group extends object>(
  transport: Pick<Transport, 'settings' | 'load'>,
  name: string,
  load: () => Promise<Group>,
  kinds: OperationKinds<Group>,
): Group {
  const { account, protocol } = transport.settings
  let group: Group | undefined
  let loading: Promise<Group> | undefined
  const loaded = (): Promise<Group> => {
    loading ??= load().then(
      (made) => {
        group = made
        return made
      },
      (error: unknown) => {
        loading = undefined
        throw error
      },
    )
    return loading
  }
  const members = (kindsOf: object, path: string, pick: (from: Group) => unknown): object =>
    Object.fromEntries(
      Object.entries(kindsOf).map(([key, kind]: [string, keyof typeof later | object]) => {
        const operation = `${path}.${key}`
        const member = (from: Group): unknown => (pick(from) as Record<string, unknown>)[key]
        if (typeof kind === 'object') return [key, members(kind, operation, member)]
        const place = { vendor: protocol.vendor, account, operation }
        const run = (...given: unknown[]) => {
          const taken = argumentsNow(place, given)
          if (group && 'args' in taken) return (member(group) as Operation)(...taken.args)
          return later[kind](async () => {
            if ('error' in taken) throw taken.error
            const { args } = taken
            return [member(group ?? (await transport.load(operation, args.at(-1), loaded))) as Operation, args]
          })
        }
        return [key, run]
      }),
    )
  return members(kinds, name, (from) => from) as Group
}

/** What an operation gives before its code is there, or if its arguments cannot be read. */
const later = {
  promise: async (ready: Ready): Promise<unknown> => {
    const [operation, args] = await ready()
    return operation(...args)
  },
  list: (ready: Ready): Paged<unknown> => {
    // In an object, because a list that is returned by an asynchronous function would be awaited.
    const listed = async () => {
      const [operation, args] = await ready()
      return { list: operation(...args) as Paged<unknown> }
    }
    return pagedOf<unknown>({
      first: async () => (await listed()).list,
      async *pages(): AsyncGenerator<Page<unknown>, void, undefined> {
        yield* (await listed()).list.pages()
      },
      async *items(): AsyncGenerator<unknown, void, undefined> {
        yield* (await listed()).list
      },
    })
  },
  async *stream(ready: Ready): AsyncGenerator<unknown, void, undefined> {
    const [operation, args] = await ready()
    yield* operation(...args) as AsyncIterable<unknown>
  },
}
