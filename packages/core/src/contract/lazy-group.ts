import { argumentsNow } from '../input/fields.ts'
import { pagedOf } from '../paging/paged.ts'
import type { Transport } from '../transport/transport.ts'
import type { Page, Paged } from './results.ts'

/** The operations that give a list. `stream` gives a stream, and every other operation a promise. */
const listNames = ['list', 'search', 'export', 'suggestions'] as const

type Kind<Result> =
  Result extends Paged<infer _Item> ? 'list' : Result extends AsyncIterable<unknown> ? 'stream' : 'promise'
type KindOf<Name> = Name extends (typeof listNames)[number] ? 'list' : Name extends 'stream' ? 'stream' : 'promise'

/**
 * The names of a group's operations. An operation of a group inside it has that group's name in front: `actions.list`. An
 * operation whose result is of another kind than its name says does not compile.
 */
export type NamesIn<Group> = {
  [Name in keyof Group & string]: Group[Name] extends (...args: never[]) => infer Result
    ? Kind<Result> extends KindOf<Name>
      ? Name
      : never
    : `${Name}.${NamesIn<Group[Name]>}`
}[keyof Group & string]

type Operation = (...args: unknown[]) => unknown
type Members = Record<string, unknown>
/** Loads an operation, and gives it with its arguments. */
type Ready = () => Promise<[operation: Operation, args: unknown[]]>

/**
 * A group of operations whose code is loaded when one of them is first used, before anything is sent. A program that only
 * reads does not load what sends. Every operation gets its arguments as they are at the call.
 *
 * ```ts
 * contacts: lazyGroup(transport, 'contacts', async () => (await import('./contacts.ts')).createContacts(transport), [
 *   'list',
 *   'get',
 * ])
 * ```
 *
 * @param transport loads the code within the time limits of the operation.
 * @param name the name of the group, for errors.
 * @param names every operation of the group, because a program asks which there are before any is loaded. The compiler
 * refuses a list that lacks one.
 */
export function lazyGroup<Group extends object, const Names extends readonly NamesIn<Group>[]>(
  transport: Pick<Transport, 'settings' | 'load'>,
  name: string,
  load: () => Promise<Group>,
  names: [Exclude<NamesIn<Group>, Names[number]>] extends [never]
    ? Names
    : readonly Exclude<NamesIn<Group>, Names[number]>[],
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
  const members: Members = {}
  for (const path of names) {
    const operation = `${name}.${path}`
    const steps = path.split('.')
    const member = (from: Group) =>
      steps.reduce<unknown>((holder, step) => (holder as Members)[step], from) as Operation
    const key = steps.at(-1) as string
    const inner = steps.length > 1 ? (steps[0] as string) : undefined
    if (inner) members[inner] ??= {}
    const holder = inner ? (members[inner] as Members) : members
    const place = { vendor: protocol.vendor, account, operation }
    const kind = key === 'stream' ? 'stream' : (listNames as readonly string[]).includes(key) ? 'list' : 'promise'
    holder[key] = (...given: unknown[]) => {
      const taken = argumentsNow(place, given)
      if (group && 'args' in taken) return member(group)(...taken.args)
      return later[kind](async () => {
        if ('error' in taken) throw taken.error
        const { args } = taken
        return [member(group ?? (await transport.load(operation, args.at(-1), loaded))), args]
      })
    }
  }
  return members as Group
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
