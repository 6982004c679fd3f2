import { copyOfPlain } from '../input/check.ts'
import { pagedOf } from '../paging/paged.ts'
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

/**
 * A group of operations whose code is loaded when one of them is first used, before anything is sent. A program that only
 * reads does not load what sends.
 *
 * ```ts
 * contacts: lazyGroup(async () => (await import('./contacts.ts')).createContacts(context), { list: 'list', get: 'promise' })
 * ```
 *
 * @param kinds every operation of the group, since a program asks which there are before any is loaded.
 */
export function lazyGroup<Group extends object>(load: () => Promise<Group>, kinds: OperationKinds<Group>): Group {
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
  const members = (kindsOf: object, pick: (from: Group) => unknown): object =>
    Object.fromEntries(
      Object.entries(kindsOf).map(([name, kind]: [string, keyof typeof later | object]) => {
        const member = (from: Group): unknown => (pick(from) as Record<string, unknown>)[name]
        if (typeof kind === 'object') return [name, members(kind, member)]
        const operation = async () => member(group ?? (await loaded())) as Operation
        const first = later[kind](operation)
        return [
          name,
          (...args: unknown[]) => (group ? (member(group) as Operation)(...args) : first(...args.map(copied))),
        ]
      }),
    )
  return members(kinds, (from) => from) as Group
}

/** An input as it is now, because the caller may change it while the code is loaded. */
function copied(value: unknown): unknown {
  try {
    return copyOfPlain(value)
  } catch {
    // The operation says what is wrong with it.
    return value
  }
}

/** What an operation gives before its code is there. */
const later = {
  promise:
    (operation: () => Promise<Operation>): Operation =>
    async (...args) =>
      (await operation())(...args),
  list: (operation: () => Promise<Operation>): Operation => {
    // In an object, because a list that is returned by an asynchronous function would be awaited.
    const listed = async (args: unknown[]) => ({ list: (await operation())(...args) as Paged<unknown> })
    return (...args) =>
      pagedOf<unknown>({
        first: async () => (await listed(args)).list,
        async *pages(): AsyncGenerator<Page<unknown>, void, undefined> {
          yield* (await listed(args)).list.pages()
        },
        async *items(): AsyncGenerator<unknown, void, undefined> {
          yield* (await listed(args)).list
        },
      })
  },
  stream: (operation: () => Promise<Operation>): Operation =>
    async function* (...args) {
      yield* (await operation())(...args) as AsyncIterable<unknown>
    },
}
