/** Lets requests through and counts them. */
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

/** Lets requests through, and tells what they were: method, address and body. */
export function recording(send: typeof fetch): { fetch: typeof fetch; all(): readonly string[] } {
  const all: string[] = []
  return {
    all: () => all,
    fetch: async (input, init) => {
      const url = input instanceof Request ? input.url : String(input)
      all.push(`${methodOf(input, init)} ${url} ${typeof init?.body === 'string' ? init.body : ''}`)
      return send(input, init)
    },
  }
}

/** Never answers, and ends only when it is given up. */
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

/** Carries the first write out and loses its answer, as a connection does that breaks a moment too early. */
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

/** Answers everything by itself, and counts. */
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

/** Loses every write before it arrives, in a way that leaves open whether it did. */
export const dropping =
  (send: typeof fetch): typeof fetch =>
  async (input, init) => {
    if (methodOf(input, init) !== 'GET') throw new TypeError('fetch failed')
    return send(input, init)
  }

/** Carries everything out until the write with this number; its answer never comes, because the caller gives up. */
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

/** Asks the server for larger pages than the adapter did, in whichever parameter the size is sent. */
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
