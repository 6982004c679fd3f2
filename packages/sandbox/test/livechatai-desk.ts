import { createRandom } from '../src/kit/random.ts'
import { testClock } from '../src/kit/test-clock.ts'
import { createLiveChatAIEmulator, type LiveChatAISettings } from '../src/livechatai/index.ts'
import { createWorld, type World } from '../src/world/index.ts'

export type Row = Readonly<Record<string, unknown>>

interface Answer {
  readonly status: number
  readonly body: Row
  readonly headers: Headers
  /** What stands at a path into the body: `data.meta.total`. */
  at(path: string): unknown
  text(path: string): string
  rows(path: string): readonly Row[]
}

export interface TestDesk {
  readonly world: World
  readonly settings: LiveChatAISettings
  readonly apiKey: string
  readonly agentId: string
  readonly userId: string
  get(path: string): Promise<Answer>
  post(path: string, body?: unknown): Promise<Answer>
  delete(path: string, body?: unknown): Promise<Answer>
  raw(path: string, init?: RequestInit): Promise<Response>
  reset(): void
}

const world = createWorld(7)

/** An emulator of its own, with the key already in every request. */
export function openDesk(settings: Partial<LiveChatAISettings> = {}): TestDesk {
  const random = createRandom(7, 'livechatai')
  const emulator = createLiveChatAIEmulator({ world, ...testClock(world.now), thinkingTime: 0, random })
  Object.assign(emulator.settings, settings)
  const { apiKey = '', agentId = '', operatorId: userId = '' } = emulator.credentials
  const raw = async (path: string, init: RequestInit = {}): Promise<Response> =>
    emulator.app.request(`/api/v2${path}`, { headers: { authorization: `Bearer ${apiKey}` }, ...init })
  const call = async (method: string, path: string, body?: unknown): Promise<Answer> =>
    answerOf(await raw(path, { method, ...(body === undefined ? {} : { body: JSON.stringify(body) }) }))
  return {
    world,
    settings: emulator.settings,
    apiKey,
    agentId,
    userId,
    get: (path) => call('GET', path),
    post: (path, body = {}) => call('POST', path, body),
    delete: (path, body) => call('DELETE', path, body),
    raw,
    reset: emulator.reset,
  }
}

async function answerOf(response: Response): Promise<Answer> {
  const text = await response.text()
  const body: Row = text === '' ? {} : JSON.parse(text)
  const at = (path: string): unknown => {
    let value: unknown = body
    for (const key of path.split('.')) value = (value as Row | null | undefined)?.[key]
    return value
  }
  return {
    status: response.status,
    headers: response.headers,
    body,
    at,
    text: (path) => String(at(path)),
    rows: (path) => at(path) as readonly Row[],
  }
}

/** Every row of a list, page by page in the largest pages. */
export async function everyRow(desk: TestDesk, path: string, rowsAt: string, size = 'limit'): Promise<Row[]> {
  const rows: Row[] = []
  for (let page = 1; ; page++) {
    const answer = await desk.get(`${path}${path.includes('?') ? '&' : '?'}page=${page}&${size}=100`)
    const found = answer.rows(rowsAt)
    rows.push(...found)
    if (found.length < 100) return rows
  }
}

export const everyConversation = (desk: TestDesk, query = ''): Promise<Row[]> =>
  everyRow(desk, `/conversations?agentId=${desk.agentId}${query}`, 'data.conversations', 'perPage')
