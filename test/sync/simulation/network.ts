import { untilAborted } from '../../../packages/core/src/transport/clock.ts'
import { spoilJson } from '../../../packages/sandbox/src/kit/faults.ts'
import type { Process } from './machine.ts'
import type { Random } from './random.ts'
import type { VendorAccount } from './vendors.ts'

/** What can happen to a request. Those of `spoiling` change the content of the answer. */
export const requestFaults = [
  'status429',
  'status5xx',
  'html',
  'hang',
  'resetBefore',
  'resetAfter',
  'truncate',
  'slow',
] as const
/** With these, what was sent can be missing or wrong until it is read again. */
export const lossyFaults = ['drop', 'unknownValues', 'unreadable'] as const
export const spoilingFaults = ['duplicate', 'reorder', ...lossyFaults, 'wrongPlace'] as const

export type RequestFault = (typeof requestFaults)[number] | (typeof spoilingFaults)[number]

export type Rates = Partial<Record<RequestFault, number>>

/** Counts what happened. */
export type Count = (what: string) => void

const broken = (code: string) => new TypeError('fetch failed', { cause: Object.assign(new Error(code), { code }) })

/** The requests of a process to an account, with faults by the seed. */
export function connect(
  process: Process,
  account: VendorAccount,
  { random, rates, count }: { random: Random; rates: Rates; count: Count },
): typeof fetch {
  const happens = (fault: RequestFault): boolean => {
    const is = random.chance(rates[fault] ?? 0)
    if (is) count(`fault: ${fault}`)
    return is
  }
  const wait = (milliseconds: number, signal: AbortSignal): Promise<void> =>
    new Promise((resolve, reject) => {
      const fail = () => {
        cancel()
        reject(signal.reason)
      }
      const cancel = process.clock.after(milliseconds, () => {
        signal.removeEventListener('abort', fail)
        resolve()
      })
      if (signal.aborted) fail()
      else signal.addEventListener('abort', fail)
    })

  /** Items that a list has shown, and how often the vendor's answers had changed by then. */
  const shown = new Map<string, { changes: number; items: Json[] }>()

  return async (input, init) => {
    const request = new Request(input, init)
    const { signal } = request
    signal.throwIfAborted()
    let changes = 0
    const fault = requestFaults.find(happens)
    const asked = process.step({
      what: () => `${request.method} ${new URL(request.url).pathname}`,
      async work(): Promise<Response | undefined> {
        count('request')
        if (fault === 'status429')
          return Response.json({ message: 'Too many requests' }, { status: 429, headers: { 'retry-after': '2' } })
        if (fault === 'status5xx' && random.chance(0.5)) return Response.json({ message: 'down' }, { status: 503 })
        if (fault === 'html')
          return new Response('<html>502</html>', { status: 502, headers: { 'content-type': 'text/html' } })
        if (fault === 'resetBefore' || (fault === 'hang' && random.chance(0.5))) return undefined
        // The signal belongs to the client, and not to the vendor's work.
        const body = request.method === 'GET' ? {} : { body: await request.arrayBuffer() }
        const { method, headers, url } = request
        changes = account.changes
        return account.answer(new Request(url, { method, headers, ...body }))
      },
    })
    const answer = await untilAborted(asked, signal)
    const latency = fault === 'slow' ? random.between(1_000, 20_000) : random.between(1, 300)
    if (fault === 'hang') await wait(Number.MAX_SAFE_INTEGER, signal)
    await wait(latency, signal)
    if (fault === 'resetBefore' || fault === 'resetAfter') throw broken('ECONNRESET')
    if (!answer) throw broken('ECONNRESET')
    if (fault === 'status5xx') return Response.json({ message: 'down' }, { status: 503 })
    if (!answer.headers.get('content-type')?.includes('json') || !answer.ok) return answer
    let text = await answer.text()
    const { pathname } = new URL(request.url)
    // The text of a message that a list omits is read once.
    if (/\/messages\/(?!export$)[^/]+(\/[^/]+)?$/.test(pathname))
      return fault === 'truncate' ? cut(text, answer) : answerOf(text, answer)
    const known = shown.get(pathname)
    // Only as the vendor would still show them, so that nothing in the answer is wrong but a place.
    const before = known?.changes === changes ? known.items : []
    if (rates.wrongPlace)
      shown.set(pathname, { changes, items: [...before, ...(listIn(JSON.parse(text) as Json) ?? [])].slice(-100) })
    let isReordered = false
    // A vendor that withholds a record from two lists in a row is not told from one that has deleted it.
    for (const each of spoilingFaults) {
      const isHappening =
        each === 'drop'
          ? rates.drop && !account.dropped.has(pathname) && happens(each) && account.dropped.add(pathname)
          : // A wrong place that another one hides cannot be noticed.
            !(each === 'wrongPlace' && isReordered) && happens(each)
      if (!isHappening) continue
      isReordered ||= each === 'reorder'
      text =
        each === 'unreadable'
          ? withUnreadable(text, random)
          : each === 'wrongPlace'
            ? withOlder(text, before, random)
            : spoilJson(text, each, random)
    }
    return fault === 'truncate' ? cut(text, answer) : answerOf(text, answer)
  }
}

function answerOf(body: string | ReadableStream<Uint8Array>, { status, headers: given }: Response): Response {
  const headers = new Headers(given)
  headers.delete('content-length')
  return new Response(body, { status, headers })
}

const cut = (text: string, answer: Response): Response => answerOf(half(text), answer)

/** Half of the text, and then the connection breaks. */
function half(text: string): ReadableStream<Uint8Array> {
  const bytes = new TextEncoder().encode(text)
  let isSent = false
  return new ReadableStream({
    pull(controller) {
      if (isSent) controller.error(broken('ECONNRESET'))
      else controller.enqueue(bytes.subarray(0, Math.ceil(bytes.length / 2)))
      isSent = true
    },
  })
}

type Json = null | boolean | number | string | Json[] | { [key: string]: Json }

/** One item of the first list without what identifies it. */
function withUnreadable(text: string, random: Random): string {
  const body = JSON.parse(text) as Json
  const list = listIn(body)
  if (!list || list.length === 0) return text
  const at = random.between(0, list.length - 1)
  list[at] = random.chance(0.5) ? { unreadable: true } : 'unreadable'
  return JSON.stringify(body)
}

/** An item of another page at the top of this one. */
function withOlder(text: string, others: readonly Json[], random: Random): string {
  const body = JSON.parse(text) as Json
  const list = listIn(body)
  if (!list || list.length === 0 || others.length === 0) return text
  list.unshift(random.pick(others))
  return JSON.stringify(body)
}

function listIn(body: Json): Json[] | undefined {
  if (Array.isArray(body)) return body
  if (typeof body !== 'object' || body === null) return undefined
  for (const value of Object.values(body)) {
    const list = listIn(value)
    if (list?.some((item) => typeof item === 'object' && item !== null)) return list
  }
  return undefined
}
