import type { Expectations } from '@parley/conformance'
import type { LiveServer } from './server.ts'

/** What the server itself returns, as far as the checks need it. Read by plain requests and never by the adapter. */
export interface Thread {
  thread_id: string
  status: string
  metadata: Record<string, unknown>
  values: { messages?: StoredMessage[] } | null
  interrupts: Record<string, unknown[]>
  created_at: string
  updated_at: string
}

interface StoredMessage {
  id: string
  type: string
  name?: string
  content: string | { type: string; text?: string }[]
  tool_calls?: unknown[]
}

export interface Api {
  request<T>(method: string, path: string, body?: object): Promise<{ status: number; body: T }>
  thread(id: string): Promise<Thread>
  threads(): Promise<Thread[]>
  /** Asks as a program does that knows nothing of the adapter. */
  ask(threadId: string, text: string): Promise<unknown>
  /** Puts messages into the state of a thread whose graph is known. @returns their ids. */
  plant(threadId: string, messages: readonly object[]): Promise<string[]>
  /** Creates a thread. @returns its id. */
  open(metadata?: object): Promise<string>
}

/** The server's API without the adapter. */
export function apiOf({ url, apiKey }: Pick<LiveServer, 'url' | 'apiKey'>): Api {
  async function request<T>(method: string, path: string, body?: object): Promise<{ status: number; body: T }> {
    const headers = { 'content-type': 'application/json', ...(apiKey !== undefined && { 'x-api-key': apiKey }) }
    const response = await fetch(url + path, { method, headers, ...(body && { body: JSON.stringify(body) }) })
    const text = await response.text()
    return { status: response.status, body: parsed(text) as T }
  }
  return {
    request,
    thread: async (id) => (await request<Thread>('GET', `/threads/${id}`)).body,
    async threads() {
      const all: Thread[] = []
      for (;;) {
        const page = { limit: 100, offset: all.length, sort_by: 'created_at', sort_order: 'asc' }
        const { body } = await request<Thread[]>('POST', '/threads/search', page)
        all.push(...body)
        if (body.length < page.limit) return all
      }
    },
    ask: async (id, text) => (await request('POST', `/threads/${id}/runs/wait`, inputOf(text))).body,
    async plant(id, messages) {
      const marked = messages.map((message) => ({ id: crypto.randomUUID(), ...message }))
      const { status, body } = await request('POST', `/threads/${id}/state`, { values: { messages: marked } })
      if (status !== 200) throw new Error(`The state cannot be changed: ${JSON.stringify(body)}`)
      return marked.map((message) => message.id)
    },
    open: async (metadata = {}) => (await request<Thread>('POST', '/threads', { metadata })).body.thread_id,
  }
}

/** The result of a run is JSON that the server calls plain text. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

const inputOf = (text: string) => ({ assistant_id: 'desk', input: { messages: [{ role: 'user', content: text }] } })

export const messagesOf = ({ values }: Thread): StoredMessage[] => values?.messages ?? []

export const textOf = ({ content }: StoredMessage): string =>
  typeof content === 'string' ? content : content.map(({ text = '' }) => text).join('')

interface Assistant {
  assistant_id: string
  name: string
  description?: string | null
  created_at: string
}

/** The most threads whose messages are compared one by one. */
const maxThreads = 40

/** What the server has, in the words of the contract. */
export async function readExpectations(api: Api): Promise<Expectations> {
  const [{ body: assistants }, threads] = await Promise.all([
    api.request<Assistant[]>('POST', '/assistants/search', { limit: 1000 }),
    api.threads(),
  ])
  return {
    agents: assistants.map(({ assistant_id, name, created_at }) => ({
      id: assistant_id,
      name,
      createdAt: new Date(created_at).toISOString(),
    })),
    conversations: threads.map((thread) => ({
      id: thread.thread_id,
      contact: typeof thread.metadata['contact'] === 'string' ? { id: thread.metadata['contact'] } : null,
      title: thread.metadata['title'] as string | undefined,
      status: { value: 'open', native: thread.status },
      control: { holder: thread.status === 'interrupted' ? 'operator' : 'agent' },
      agentId: thread.metadata['assistant_id'] as string | undefined,
      createdAt: new Date(thread.created_at).toISOString(),
      updatedAt: new Date(thread.updated_at).toISOString(),
    })),
    messages: Object.fromEntries(threads.slice(0, maxThreads).map((thread) => [thread.thread_id, expected(thread)])),
  }
}

const expected = (thread: Thread) =>
  messagesOf(thread).map((message) => {
    const calls = message.type === 'ai' && textOf(message) === '' && (message.tool_calls?.length ?? 0) > 0
    const isTool = message.type === 'tool' || calls
    const author = message.type === 'human' ? 'contact' : message.name === 'operator' ? 'operator' : 'agent'
    return {
      id: message.id,
      conversationId: thread.thread_id,
      type: { value: isTool ? ('tool' as const) : ('text' as const), native: message.type },
      author: { kind: author as 'contact' | 'operator' | 'agent' },
      direction: isTool ? ('internal' as const) : author === 'contact' ? ('inbound' as const) : ('outbound' as const),
      ...(!calls && { text: textOf(message) }),
      // The server gives messages no time.
      sentAt: undefined,
    }
  })
