/** One recorded response of a server. */
export interface Exchange {
  method: string
  url: string
  status: number
  body: unknown
}

/** Passes requests on and records their responses for `replay`. */
export function record(send: typeof fetch): { fetch: typeof fetch; exchanges: Exchange[] } {
  const exchanges: Exchange[] = []
  return {
    exchanges,
    fetch: async (input, init) => {
      const request = new Request(input, init)
      const { method, url } = request
      const answer = await send(request)
      const text = await answer.text()
      exchanges.push({ method, url, status: answer.status, body: parse(text) })
      return new Response(text, { status: answer.status, headers: answer.headers })
    },
  }
}

/** Returns the recorded responses. Repeated requests get their responses in the recorded order. */
export function replay(exchanges: readonly Exchange[]): typeof fetch {
  const asked = new Map<string, number>()
  return async (input, init) => {
    const { method, url } = new Request(input, init)
    const key = `${method} ${url}`
    const same = exchanges.filter((exchange) => `${exchange.method} ${exchange.url}` === key)
    const count = asked.get(key) ?? 0
    asked.set(key, count + 1)
    const exchange = same[Math.min(count, same.length - 1)]
    const { status, body } = exchange ?? { status: 404, body: {} }
    return new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json' } })
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}
