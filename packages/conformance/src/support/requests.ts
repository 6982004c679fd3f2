import {
  type Adapter,
  isRecord,
  type OperationName,
  type OperationOf,
  type OperationOptions,
  operationNames,
  type Page,
  type Paged,
  pagedOf,
} from '@parley/core'

/** Passes requests on and counts them. */
export function counting(send: typeof fetch): { fetch: typeof fetch; count(): number; writes(): number } {
  let [all, writes] = [0, 0]
  return {
    count: () => all,
    writes: () => writes,
    fetch: async (input, init) => {
      all++
      if (methodOf(input, init) !== 'GET') writes++
      return send(input, init)
    },
  }
}

/** Passes requests on and records each one: method, address and body. */
export function recording(send: typeof fetch): { fetch: typeof fetch; all(): readonly string[] } {
  const all: string[] = []
  return {
    all: () => all,
    fetch: async (input, init) => {
      const url = input instanceof Request ? input.url : String(input)
      const body =
        input instanceof Request ? await input.clone().text() : typeof init?.body === 'string' ? init.body : ''
      all.push(`${methodOf(input, init)} ${url} ${body}`)
      return send(input, init)
    },
  }
}

/** Never answers. A request ends only when its signal aborts. */
export function silent(): { fetch: typeof fetch; asked: Promise<void>; count(): number } {
  let resolve = () => {}
  const asked = new Promise<void>((done) => {
    resolve = done
  })
  let count = 0
  return {
    asked,
    count: () => count,
    fetch: (input, init) => {
      count++
      resolve()
      const signal = init?.signal ?? (input instanceof Request ? input.signal : undefined)
      return new Promise((_, reject) => {
        if (signal?.aborted) reject(signal.reason)
        signal?.addEventListener('abort', () => reject(signal.reason), { once: true })
      })
    },
  }
}

/** Carries out the first write but drops its response, like a connection that breaks too early. */
export function losing(send: typeof fetch): { fetch: typeof fetch; lost(): number } {
  let lost = 0
  return {
    lost: () => lost,
    fetch: async (input, init) => {
      const write = methodOf(input, init) !== 'GET'
      const answer = await send(input, init)
      if (!write || lost > 0) return answer
      lost++
      await answer.arrayBuffer()
      throw new TypeError('fetch failed')
    },
  }
}

const methodOf = (input: Parameters<typeof fetch>[0], init: RequestInit | undefined): string =>
  init?.method ?? (input instanceof Request ? input.method : 'GET')

/** Answers every request itself, and counts them. */
export function answering(answer: () => Response): { fetch: typeof fetch; count(): number } {
  let count = 0
  return {
    count: () => count,
    fetch: async () => {
      count++
      return answer()
    },
  }
}

/** Reaches nobody: every connection is refused, which proves that nothing arrived. */
export const unreachable: typeof fetch = () =>
  Promise.reject(
    new TypeError('fetch failed', { cause: Object.assign(new Error('refused'), { code: 'ECONNREFUSED' }) }),
  )

/** Drops every write before it arrives. The error does not show whether the write arrived. */
export const dropping =
  (send: typeof fetch): typeof fetch =>
  async (input, init) => {
    if (methodOf(input, init) !== 'GET') throw new TypeError('fetch failed')
    return send(input, init)
  }

/** Refuses every request that only reads, and counts the others. */
export function unreadable(send: typeof fetch): { fetch: typeof fetch; passed(): number } {
  let passed = 0
  return {
    passed: () => passed,
    fetch: async (input, init) => {
      if (methodOf(input, init) === 'GET') return Response.json({ message: 'No.' }, { status: 403 })
      passed++
      return send(input, init)
    },
  }
}

/** Carries out all requests. The caller aborts before the response to the write with this number arrives. */
export function abandoning(send: typeof fetch, caller: AbortController, last: number): typeof fetch {
  let writes = 0
  return async (input, init) => {
    const answer = await send(input, init)
    if (methodOf(input, init) === 'GET' || ++writes !== last) return answer
    await answer.arrayBuffer()
    caller.abort()
    throw caller.signal.reason
  }
}

/** Replaces the adapter's page size by a larger one, in whichever parameter it is sent. */
export function enlarging(send: typeof fetch, asked: number, sent: number): { fetch: typeof fetch } {
  const isSize = (name: string): boolean => /limit|size|length|perpage/i.test(name)
  return {
    fetch: async (input, init) => {
      const request = new Request(input, init)
      const url = new URL(request.url)
      for (const [name, value] of url.searchParams)
        if (isSize(name) && value === String(asked)) url.searchParams.set(name, String(sent))
      const text = request.method === 'GET' ? undefined : await request.text()
      const body = text?.replace(new RegExp(`("\\w*(?:[lL]imit|[sS]ize)":)${asked}\\b`), `$1${sent}`)
      const { method, headers, signal } = request
      return send(url.href, { method, headers, signal, ...(body !== undefined && { body }) })
    },
  }
}

/** Receives each result of an operation. */
type See = (given: unknown, operation: string) => void

type PlaceOf<Name extends OperationName> =
  Required<Parameters<OperationOf<Name>>> extends [...infer Before, unknown] ? Before['length'] : never

/** The index of the options among an operation's arguments, where it is not 1. */
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
  'conversations.assign': 2,
  'messages.list': 2,
  'messages.ask': 2,
  'messages.stream': 2,
  'messages.reply': 2,
  'messages.note': 2,
  'messages.provideInput': 2,
  'messages.setStatus': 2,
  'sources.list': 2,
  'attachments.upload': 2,
  'feedback.give': 2,
}

const groups: ReadonlySet<string> = new Set(operationNames.map((name) => name.slice(0, name.lastIndexOf('.'))))

/**
 * The same adapter, with these options added to every operation.
 *
 * @param see receives every result: each page of a list, each part of a stream, each returned value.
 */
export function watched(adapter: Adapter, options: OperationOptions, see: See): Adapter {
  const watch = (holder: object, path: string): object =>
    Object.fromEntries(
      Object.entries(holder).map(([key, member]) => {
        const name = `${path}${key}`
        if (groups.has(name) && isRecord(member)) return [key, watch(member, `${name}.`)]
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
  if (isRecord(given) && 'pages' in given) return seenList(given as unknown as Paged<unknown>, see)
  if (isRecord(given) && Symbol.asyncIterator in given)
    return seenParts(given as unknown as AsyncIterable<unknown>, see)
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

/** Values that a JavaScript program may pass as an id by mistake. `..` would lead to another endpoint. */
export const noIds: readonly unknown[] = ['', ' ', undefined, null, 7, {}, '..']

/**
 * An id of the same form that does not exist. The last letters and digits of a real id are replaced by their neighbors, so
 * that a vendor that checks the form still looks for the id.
 */
export function otherId(id: string): string {
  const characters = [...id]
  for (let index = Math.max(0, characters.length - 6); index < characters.length; index++)
    characters[index] = neighbour(characters[index] as string)
  return characters.join('')
}

function neighbour(character: string): string {
  if (/[a-eA-E0-8]/.test(character)) return String.fromCharCode(character.charCodeAt(0) + 1)
  if (character === 'f') return 'a'
  if (character === '9') return '0'
  if (/[g-yF-Y]/.test(character)) return String.fromCharCode(character.charCodeAt(0) + 1)
  return character === 'z' ? 'g' : character === 'Z' ? 'A' : character
}
