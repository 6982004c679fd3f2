import {
  type Adapter,
  isRaw,
  type OperationName,
  type OperationOf,
  type OperationOptions,
  operationNames,
  type Page,
  type Paged,
  pagedOf,
} from '@parley/core'

/** Told what an operation gave. */
type See = (given: unknown, operation: string) => void

type PlaceOf<Name extends OperationName> =
  Required<Parameters<OperationOf<Name>>> extends [...infer Before, unknown] ? Before['length'] : never

/** After how many arguments an operation takes its options, where that is not one. */
const places: { readonly [Name in OperationName as PlaceOf<Name> extends 1 ? never : Name]: PlaceOf<Name> } = {
  'agents.update': 2,
  'agents.actions.list': 2,
  'agents.actions.get': 2,
  'agents.actions.attach': 2,
  'agents.actions.update': 3,
  'agents.actions.remove': 2,
  'agents.followUp.update': 2,
  'agents.workingHours.set': 2,
  'conversations.update': 2,
  'messages.list': 2,
  'messages.ask': 2,
  'messages.stream': 2,
  'messages.reply': 2,
  'messages.note': 2,
  'messages.setStatus': 2,
  'attachments.upload': 2,
  'feedback.give': 2,
}

const groups: ReadonlySet<string> = new Set(operationNames.map((name) => name.slice(0, name.lastIndexOf('.'))))

/**
 * The same adapter, of which each operation is given these options as well.
 *
 * @param see is handed whatever an operation gives: each page of a list, each part of a stream, each result.
 */
export function watched(adapter: Adapter, options: OperationOptions, see: See): Adapter {
  const watch = (holder: object, path: string): object =>
    Object.fromEntries(
      Object.entries(holder).map(([key, member]) => {
        const name = `${path}${key}`
        if (groups.has(name) && isRaw(member)) return [key, watch(member, `${name}.`)]
        const isOperation = path !== '' && typeof member === 'function'
        return [
          key,
          isOperation
            ? (...args: unknown[]) => seen(member(...withOptions(name, args, options)), (given) => see(given, name))
            : member,
        ]
      }),
    )
  return watch(adapter, '') as Adapter
}

function withOptions(name: string, args: readonly unknown[], options: OperationOptions): unknown[] {
  const place = (places as Readonly<Record<string, number>>)[name] ?? 1
  const all = Array.from({ length: Math.max(args.length, place + 1) }, (_, index) => args[index])
  all[place] = { ...options, ...(all[place] as OperationOptions | undefined) }
  return all
}

function seen(given: unknown, see: (given: unknown) => void): unknown {
  if (isRaw(given) && 'pages' in given) return seenList(given as unknown as Paged<unknown>, see)
  if (isRaw(given) && Symbol.asyncIterator in given) return seenParts(given as unknown as AsyncIterable<unknown>, see)
  return Promise.resolve(given).then((value) => {
    see(value)
    return value
  })
}

async function* seenParts<Part>(parts: AsyncIterable<Part>, see: (given: unknown) => void): AsyncGenerator<Part> {
  for await (const part of parts) {
    see(part)
    yield part
  }
}

function seenList<Item>(list: Paged<Item>, see: (given: unknown) => void): Paged<Item> {
  const pages = (): AsyncIterable<Page<Item>> => seenParts(list.pages(), see)
  return pagedOf<Item>({
    first: async () => {
      const page = await list
      see(page)
      return page
    },
    pages,
    async *items() {
      for await (const page of pages()) yield* page.items
    },
  })
}
