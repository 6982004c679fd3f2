import { testClock } from '../src/kit/test-clock.ts'
import { createLeadConnectorEmulator } from '../src/leadconnector/index.ts'
import type { LeadConnectorSettings } from '../src/leadconnector/settings.ts'
import { createWorld } from '../src/world/index.ts'

export const world = createWorld(7)

/** What came back, loose enough for a test to reach into. */
// biome-ignore lint/suspicious/noExplicitAny: tests read fields of many shapes
export type Body = any

export interface Answer {
  readonly status: number
  readonly headers: Headers
  readonly body: Body
}

export interface CallOptions {
  readonly token?: string | null
  readonly version?: string | null
  readonly form?: FormData | URLSearchParams
}

/** An emulator of its own for one test, with a clock that stands still. */
export function openDesk(changes: Partial<LeadConnectorSettings> = {}, thinkingTime = 0) {
  const clock = testClock(world.now)
  const emulator = createLeadConnectorEmulator({
    world,
    now: clock.now,
    after: clock.after,
    thinkingTime,
    random: () => 0.5,
  })
  Object.assign(emulator.settings, changes)
  const names = emulator.credentials as Record<
    | 'token'
    | 'readonlyToken'
    | 'accessToken'
    | 'companyToken'
    | 'locationId'
    | 'secondLocationId'
    | 'secondToken'
    | 'emptyLocationId'
    | 'emptyToken'
    | 'companyId'
    | 'clientId'
    | 'clientSecret'
    | 'refreshToken'
    | 'authorizationCode'
    | 'userId'
    | 'agentId'
    | 'conversationProviderId',
    string
  >

  async function call(method: string, path: string, body?: unknown, options: CallOptions = {}): Promise<Answer> {
    const { token = names.token, version = '2021-04-15', form } = options
    const headers: Record<string, string> = {}
    if (token !== null) headers['authorization'] = `Bearer ${token}`
    if (version !== null) headers['version'] = version
    if (body !== undefined) headers['content-type'] = 'application/json'
    const sent = form ?? (body === undefined ? null : typeof body === 'string' ? body : JSON.stringify(body))
    const response = await emulator.app.request(path, { method, headers, body: sent })
    const isText = !(response.headers.get('content-type') ?? '').includes('json')
    return {
      status: response.status,
      headers: response.headers,
      body: isText ? await response.text() : await response.json(),
    }
  }

  const get = (path: string, query: Record<string, string | number> = {}, options: CallOptions = {}) => {
    const text = new URLSearchParams(Object.entries(query).map(([key, value]) => [key, String(value)])).toString()
    return call('GET', text ? `${path}?${text}` : path, undefined, options)
  }

  async function search(query: Record<string, string | number> = {}): Promise<Body[]> {
    const { body } = await get('/conversations/search', { locationId: names.locationId, limit: 100, ...query })
    return body.conversations
  }

  /** Every conversation, by the exact cursor. */
  async function everyConversation(): Promise<Body[]> {
    const all: Body[] = []
    for (let cursor = ''; ; ) {
      const path = `/conversations/search?locationId=${names.locationId}&limit=100${cursor}`
      const { conversations } = (await call('GET', path)).body
      all.push(...conversations)
      if (conversations.length < 100) return all
      cursor = conversations
        .at(-1)
        .sort.map((value: number) => `&startAfterDate=${value}`)
        .join('')
    }
  }

  return { emulator, names, clock, call, get, search, everyConversation }
}
