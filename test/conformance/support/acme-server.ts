export interface Chat {
  id: string
  state: 'open' | 'done'
  via: 'chat' | 'mail' | 'phone'
  bot: boolean
  customer: { id: string; name: string }
  updated: string
}

export const chats: readonly Chat[] = Array.from({ length: 45 }, (_, index) => ({
  id: `chat-${100 + index}`,
  state: index % 3 === 0 ? 'done' : 'open',
  via: (['chat', 'mail', 'phone'] as const)[index % 3] ?? 'chat',
  bot: index % 2 === 0,
  customer: { id: `customer-${index % 9}`, name: `Person Number${index % 9}` },
  updated: new Date(Date.UTC(2026, 0, 15) - index * 3_600_000).toISOString(),
}))

export const linesOf = ({ id, updated }: Chat) =>
  ['customer', 'bot', 'staff'].map((from, index) => ({
    id: `${id}-line-${index}`,
    from,
    text: `Line ${index} of ${id}.`,
    at: new Date(Date.parse(updated) - (3 - index) * 60_000).toISOString(),
  }))

/** The made-up vendor of the documentation, in memory. */
export function acmeServer(token: string, { empty = false }: { empty?: boolean } = {}): { fetch: typeof fetch } {
  const all = empty ? [] : chats
  return {
    fetch: async (input, init) => {
      const request = new Request(input, init)
      if (request.headers.get('authorization') !== `Bearer ${token}`)
        return Response.json({ code: 'key' }, { status: 401 })
      const { pathname, searchParams } = new URL(request.url)
      if (pathname === '/chats') return Response.json(pageOf(all, searchParams))
      const [, id, lines] = /^\/chats\/([^/]+)(\/lines)?$/.exec(pathname) ?? []
      const chat = all.find((candidate) => candidate.id === id)
      if (!chat) return Response.json({ code: 'unknown' }, { status: 404 })
      return Response.json(lines ? { lines: linesOf(chat) } : chat)
    },
  }
}

function pageOf(all: readonly Chat[], query: URLSearchParams) {
  const [page, size] = [Number(query.get('page')), Number(query.get('size'))]
  const state = query.get('state')
  const found = all.filter((chat) => state === null || chat.state === state)
  const sorted = query.get('sort') === 'asc' ? found.toReversed() : found
  return { chats: sorted.slice((page - 1) * size, page * size), more: page * size < sorted.length }
}
