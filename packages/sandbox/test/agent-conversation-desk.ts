import { afterAll, beforeAll, beforeEach } from 'vitest'
import {
  type AgentConversationSettings,
  type AgentConversationWebhooks,
  createAgentConversationEmulator,
} from '../src/agent-conversation/index.ts'
import { type ServedEmulator, serveEmulator } from '../src/kit/serve.ts'
import { type TestClock, testClock } from '../src/kit/test-clock.ts'
import { createWorld, type World } from '../src/world/index.ts'

interface Answer<Body> {
  readonly status: number
  readonly body: Body
  readonly headers: Headers
}

interface CallOptions {
  readonly body?: unknown
  readonly key?: string
  readonly headers?: Record<string, string>
}

/** Loose on purpose: tests look into what came over the wire. */
export interface Json {
  // biome-ignore lint/suspicious/noExplicitAny: the wire has no type
  readonly [field: string]: any
}

export interface TestDesk {
  readonly world: World
  readonly clock: TestClock
  readonly served: ServedEmulator<AgentConversationSettings, AgentConversationWebhooks>
  call<Body = Json>(method: string, path: string, options?: CallOptions): Promise<Answer<Body>>
}

const world = createWorld(7)

/** One emulator per test file, as new for each test, with a clock that only moves when told. */
export function agentConversationDesk(thinkingTime = 0): TestDesk {
  const clock = testClock(world.now)
  let served: ServedEmulator<AgentConversationSettings, AgentConversationWebhooks> | undefined
  let initial: AgentConversationSettings | undefined
  const desk: TestDesk = {
    world,
    clock,
    get served() {
      if (!served) throw new Error('not served yet')
      return served
    },
    async call(method, path, { body, key, headers } = {}) {
      const response = await fetch(`${desk.served.url}/external${path}`, {
        method,
        headers: {
          'Agent-Secret-Key': key ?? desk.served.credentials['apiKey'] ?? '',
          ...(body !== undefined && { 'content-type': 'application/json' }),
          ...headers,
        },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      })
      const text = await response.text()
      return { status: response.status, body: text === '' ? null : JSON.parse(text), headers: response.headers }
    },
  }
  beforeAll(async () => {
    const name = 'agentConversation'
    served = await serveEmulator(createAgentConversationEmulator, { world, clock, name, thinkingTime })
    initial = { ...served.settings }
  })
  beforeEach(() => {
    served?.reset()
    Object.assign(served?.settings ?? {}, initial)
  })
  afterAll(() => served?.stop())
  return desk
}

export const forbidden = {
  status: 403,
  body: { status: 403, name: 'FORBIDDEN_ERROR', message: 'INVALID_CREDENTIALS', details: [] },
}

export const notFound = {
  status: 404,
  body: { status: 404, name: 'ENTITY_NOT_FOUND_ERROR', message: 'ENTITY_NOT_FOUND', details: [] },
}

/** The documented slip: the body of a 400 claims 500. */
export const badRequest = (...details: string[]) => ({
  status: 400,
  body: { status: 500, name: 'BAD_REQUEST', message: 'INVALID_REQUEST', details },
})
