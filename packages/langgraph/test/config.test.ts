import { isParleyError, open } from '@parley/core'
import { langGraph, langGraphDefinition } from '@parley/langgraph'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { threadId, threadOf } from './fixtures/threads.ts'

afterEach(() => vi.unstubAllEnvs())

const refusal = (options: object): string => {
  try {
    langGraph(options)
  } catch (error) {
    if (isParleyError(error) && error.code === 'configuration') return error.message
    throw error
  }
  throw new Error('the configuration was accepted')
}

/** Reads a thread, and returns the request. */
async function requestWith(options: object): Promise<Request> {
  const requests: Request[] = []
  const fetch: typeof globalThis.fetch = async (request) => {
    requests.push(request as Request)
    return Response.json(threadOf([]))
  }
  await langGraph({ fetch, ...options }).conversations.get(threadId)
  return requests[0] as Request
}

describe('the configuration of langGraph', () => {
  it('needs no option: a server of your own listens at its usual address without a key', async () => {
    vi.stubEnv('LANGGRAPH_API_KEY', '')
    const request = await requestWith({})
    expect(request.url).toBe(`http://127.0.0.1:2024/threads/${threadId}`)
    expect(request.headers.has('x-api-key')).toBe(false)
    expect(langGraph()).toMatchObject({ vendor: 'langgraph', account: 'default' })
  })

  it('takes the key and the assistant from the environment', async () => {
    vi.stubEnv('LANGGRAPH_API_KEY', 'from-env')
    expect((await requestWith({})).headers.get('x-api-key')).toBe('from-env')
  })

  it('asks a function for the key', async () => {
    expect((await requestWith({ apiKey: async () => 'from-function' })).headers.get('x-api-key')).toBe('from-function')
  })

  it.each([
    ['https://desk.example', 'https://desk.example'],
    ['https://desk.example///', 'https://desk.example'],
    ['https://proxy.example/graphs/', 'https://proxy.example/graphs'],
  ])('with the base URL %s sends its requests to %s', async (baseUrl, base) => {
    expect((await requestWith({ baseUrl })).url).toBe(`${base}/threads/${threadId}`)
  })

  it.each([
    ['apiKey', ''],
    ['apiKey', 7],
    ['apiKey', ['planted']],
    ['assistantId', ' '],
    ['graphId', 7],
    ['messagesKey', ''],
    ['operatorName', () => 'x'],
    ['contactKey', {}],
    ['baseUrl', 'desk.example'],
    ['baseUrl', 'https://user:planted@desk.example'],
    ['timeout', 0],
    ['raw', 'no'],
  ])('is refused with the wrong option %s: %o', (option, value) => {
    const message = refusal({ [option]: value })
    expect(message).toContain(`option "${option}`)
    expect(message).not.toContain('planted')
  })

  it('names an option that does not exist, and the one that was probably meant', () => {
    expect(refusal({ asistantId: 'x' })).toContain('did you mean "assistantId"')
  })

  it('can be opened from plain JSON', () => {
    const config = {
      ...{ vendor: 'langgraph', account: 'shop', baseUrl: 'https://desk.example', apiKey: { env: 'DESK_KEY' } },
      ...{ assistantId: 'desk', graphId: 'desk', messagesKey: 'chat', operatorName: 'team', contactKey: 'customer' },
    }
    const environment = { DESK_KEY: 'key' }
    const adapter = open(JSON.parse(JSON.stringify(config)), [langGraphDefinition as never], { environment })
    expect(adapter).toMatchObject({ vendor: 'langgraph', account: 'shop' })
  })

  it('is described by the definition', () => {
    expect(langGraphDefinition).toMatchObject({
      label: 'LangGraph',
      env: { apiKey: 'LANGGRAPH_API_KEY', assistantId: 'LANGGRAPH_ASSISTANT_ID' },
    })
  })
})
