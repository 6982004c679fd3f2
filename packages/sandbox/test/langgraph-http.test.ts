import { beforeEach, describe, expect, it } from 'vitest'
import { createRandom } from '../src/kit/random.ts'
import { testClock } from '../src/kit/test-clock.ts'
import { createLangGraphEmulator } from '../src/langgraph/index.ts'
import { createWorld } from '../src/world/index.ts'
import { webhookReceiver } from './webhook-receiver.ts'

// What a running server said about the same requests (`@langchain/langgraph-api` 1.5.1, langgraph-cli 1.5.1).

/** Loose on purpose: tests look into what came over the wire. */
interface Json {
  // biome-ignore lint/suspicious/noExplicitAny: the wire has no type
  readonly [field: string]: any
}

const world = createWorld(7)
const nobody = '00000000-0000-4000-8000-000000000000'
const busy = 'Thread is already running a task. Wait for it to finish or choose a different multitask strategy.'

function openDesk() {
  const emulator = createLangGraphEmulator({
    world,
    ...testClock(world.now),
    thinkingTime: 0,
    random: createRandom(7, 'langgraph'),
  })
  const { apiKey = '', assistantId } = emulator.credentials
  const send = async (method: string, path: string, body?: unknown, key: string | null = apiKey) => {
    const headers = { 'content-type': 'application/json', ...(key !== null && { 'x-api-key': key }) }
    const response = await emulator.app.request(path, {
      ...{ method, headers },
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    })
    const text = await response.text()
    const type = response.headers.get('content-type') ?? ''
    return { status: response.status, type, headers: response.headers, text, json: (): Json => JSON.parse(text) }
  }
  const asking = (content: string, more: object = {}) => ({
    assistant_id: assistantId,
    input: { messages: [{ role: 'user', content }] },
    ...more,
  })
  const open = async (more: object = {}): Promise<string> => (await send('POST', '/threads', more)).json()['thread_id']
  return { ...emulator, send, asking, open }
}

const receiver = webhookReceiver()
let desk = openDesk()
beforeEach(() => {
  desk = openDesk()
})

describe('a refusal', () => {
  it('is a sentence in plain text where something does not exist', async () => {
    for (const [method, path, body, sentence] of [
      ['GET', `/threads/${nobody}`, undefined, `Thread with ID ${nobody} not found`],
      ['DELETE', `/threads/${nobody}`, undefined, `Thread with ID ${nobody} not found`],
      ['PATCH', `/threads/${nobody}`, { metadata: {} }, 'Thread not found'],
    ] as const) {
      const answer = await desk.send(method, path, body)
      expect([answer.status, answer.text]).toEqual([404, sentence])
      expect(answer.type).toMatch(/^text\/plain/i)
    }
    const wait = await desk.send(
      'POST',
      `/threads/${await desk.open()}/runs/wait`,
      desk.asking('Hi', { assistant_id: 'x' }),
    )
    expect([wait.status, wait.text.slice(0, 27)]).toEqual([404, 'No assistant found for "x".'])
  })

  it('is a list of issues where a request has another shape', async () => {
    const badId = await desk.send('GET', '/threads/nope')
    expect([badId.status, badId.json()]).toEqual([
      400,
      {
        success: false,
        error: {
          issues: [{ validation: 'uuid', code: 'invalid_string', message: 'Invalid uuid', path: ['thread_id'] }],
          name: 'ZodError',
        },
      },
    ])
    const badBody = await desk.send('POST', '/threads/search', { limit: 'many' })
    expect([badBody.status, badBody.json()]).toEqual([
      400,
      {
        success: false,
        error: {
          issues: [
            {
              ...{ code: 'invalid_type', expected: 'number', received: 'string', path: ['limit'] },
              message: 'Expected number, received string',
            },
          ],
          name: 'ZodError',
        },
      },
    ])
    const noJson = await desk.send('POST', '/threads/search', '{')
    expect([noJson.status, noJson.text]).toEqual([400, 'Malformed JSON in request body'])
  })

  it('is a 401 without the key, except for what a server tells everyone', async () => {
    for (const key of [null, 'wrong'])
      expect((await desk.send('GET', '/threads/nope', undefined, key)).status, String(key)).toBe(401)
    expect((await desk.send('GET', '/info', undefined, null)).json()).toMatchObject({ version: '1.5.1' })
    desk.settings.auth = 'none'
    expect((await desk.send('POST', '/threads', {}, null)).status).toBe(200)
  })

  it('is a 409 of a thread that exists, unless nothing is to be done then', async () => {
    const id = await desk.open()
    expect((await desk.send('POST', '/threads', { thread_id: id })).status).toBe(409)
    const again = await desk.send('POST', '/threads', { thread_id: id, if_exists: 'do_nothing' })
    expect([again.status, again.json()['thread_id']]).toEqual([200, id])
  })

  it('is a 422 of a busy thread, and of one that does not exist', async () => {
    const id = await desk.open()
    const background = await desk.send('POST', `/threads/${id}/runs`, desk.asking('first'))
    expect(background.json()).toMatchObject({ thread_id: id, status: 'pending' })
    for (const path of [`/threads/${id}/runs/wait`, `/threads/${nobody}/runs/wait`]) {
      const answer = await desk.send('POST', path, desk.asking('second', { multitask_strategy: 'reject' }))
      expect([answer.status, answer.text]).toEqual([422, busy])
    }
  })
})

describe('a list', () => {
  it('has its number of items in a header, and is as long as its limit', async () => {
    for (let count = 0; count < 3; count++) await desk.open({ metadata: { desk: 'http' } })
    const search = (more: object) => desk.send('POST', '/threads/search', { metadata: { desk: 'http' }, ...more })
    const all = await search({ limit: 10 })
    expect([all.json()['length'], all.headers.get('x-pagination-total')]).toEqual([3, '3'])
    expect(all.headers.get('access-control-expose-headers')).toContain('x-pagination-total')
    const ids = all.json()['map'](({ thread_id }: Json) => thread_id)
    const [first, second] = [await search({ limit: 2 }), await search({ limit: 2, offset: 2 })]
    expect([...first.json()['map'](idOf), ...second.json()['map'](idOf)]).toEqual(ids)
    expect((await desk.send('POST', '/threads/count', { metadata: { desk: 'http' } })).json()).toBe(3)
    expect((await search({ offset: 3 })).json()).toEqual([])
  })
})

const idOf = ({ thread_id }: Json): string => thread_id

describe('a run', () => {
  it('is answered with the state as plain text, and names itself in a header', async () => {
    const id = await desk.open()
    const answer = await desk.send('POST', `/threads/${id}/runs/wait`, desk.asking('When are you open on Saturday?'))
    expect([answer.status, answer.type]).toEqual([200, 'text/plain; charset=UTF-8'])
    expect(answer.headers.get('content-location')).toMatch(new RegExp(`^/threads/${id}/runs/[\\da-f-]{36}$`))
    expect(answer.json()['messages'].map(({ type }: Json) => type)).toEqual(['human', 'ai'])
    const [run, ...more] = (await desk.send('GET', `/threads/${id}/runs`)).json() as unknown as Json[]
    expect([run?.['status'], more]).toEqual(['success', []])
  })

  it('makes its thread only if it may', async () => {
    const path = `/threads/${nobody}/runs/wait`
    expect((await desk.send('POST', path, desk.asking('Hello', { if_not_exists: 'create' }))).status).toBe(200)
    expect((await desk.send('GET', `/threads/${nobody}`)).json()).toMatchObject({ thread_id: nobody, status: 'idle' })
  })

  it('streams its id first, then pieces and states, as events with numbers', async () => {
    const id = await desk.open()
    const body = desk.asking('When are you open on Saturday?', { stream_mode: ['messages-tuple', 'values'] })
    const { status, type, text, headers } = await desk.send('POST', `/threads/${id}/runs/stream`, body)
    expect([status, type, headers.get('cache-control')]).toEqual([200, 'text/event-stream', 'no-cache'])
    const events = text.split('\n\n').filter((event) => event.startsWith('event: '))
    const names = events.map((event) => /^event: (.*)$/m.exec(event)?.[1])
    expect(names[0]).toBe('metadata')
    expect(JSON.parse(/^data: (.*)$/m.exec(events[0] ?? '')?.[1] ?? '')).toMatchObject({ attempt: 1 })
    expect(new Set(names)).toEqual(new Set(['metadata', 'messages', 'values']))
    expect(names.at(-1)).toBe('values')
  })

  it('tells its webhook what came of it, unsigned and as plain text, with wrapped messages', async () => {
    const id = await desk.open()
    await desk.send('POST', `/threads/${id}/runs/wait`, desk.asking('Are you open?', { webhook: receiver.url }))
    await desk.webhooks.settled()
    const { headers, body } = receiver.first
    expect(headers).toMatchObject({ 'content-type': 'text/plain;charset=UTF-8', accept: '*/*' })
    expect(Object.keys(headers).filter((name) => /sign|x-/i.test(name))).toEqual([])
    expect(body).toMatchObject({ thread_id: id, status: 'success', kwargs: { webhook: receiver.url } })
    expect(body.values.messages).toMatchObject([
      {
        lc: 1,
        type: 'constructor',
        id: ['langchain_core', 'messages', 'HumanMessage'],
        kwargs: { content: 'Are you open?' },
      },
      { lc: 1, type: 'constructor', id: ['langchain_core', 'messages', 'AIMessage'] },
    ])
  })
})

describe('a thread that waits for a person', () => {
  it('says for what, and a resume ends it', async () => {
    const id = await desk.open()
    const asked = (await desk.send('POST', `/threads/${id}/runs/wait`, desk.asking('I want to talk to a human'))).json()
    const [interrupt] = asked['__interrupt__']
    expect(interrupt['id']).toMatch(/^[\da-f]{32}$/)
    const thread = (await desk.send('GET', `/threads/${id}`)).json()
    expect(thread['status']).toBe('interrupted')
    expect(Object.values(thread['interrupts']).flat()).toMatchObject([{ id: interrupt['id'] }])
    const body = { ...desk.asking(''), input: undefined, command: { resume: { [interrupt['id']]: 'yes' } } }
    const resumed = (await desk.send('POST', `/threads/${id}/runs/wait`, body)).json()
    expect(resumed['__interrupt__']).toBeUndefined()
    expect((await desk.send('GET', `/threads/${id}`)).json()['status']).toBe('idle')
  })

  it('drops what it waits for without a word when it is asked something else', async () => {
    const id = await desk.open()
    const path = `/threads/${id}/runs/wait`
    await desk.send('POST', path, desk.asking('I want to talk to a human'))
    expect((await desk.send('POST', path, desk.asking('Are you open?'))).json()['__interrupt__']).toBeUndefined()
    expect((await desk.send('GET', `/threads/${id}`)).json()['status']).toBe('idle')
    const late = await desk.send('POST', path, { ...desk.asking(''), input: undefined, command: { resume: 'yes' } })
    expect(late.status).toBe(200)
  })
})

describe('the store', () => {
  const put = (namespace: readonly string[], key: string, value: unknown) =>
    desk.send('PUT', '/store/items', { namespace, key, value })
  const get = async (query: string) => (await desk.send('GET', `/store/items?${query}`)).json()

  it('keeps items by namespace and key, and has null for one that does not exist', async () => {
    expect(await get('namespace=people.ada&key=size')).toBeNull()
    const made = await put(['people', 'ada'], 'size', { shoe: 41 })
    expect([made.status, made.text]).toEqual([204, ''])
    const item = await get('namespace=people.ada&key=size')
    expect(item).toMatchObject({ namespace: ['people', 'ada'], key: 'size', value: { shoe: 41 } })
    await put(['people', 'ada'], 'size', { shoe: 42 })
    const changed = await get('namespace=people.ada&key=size')
    expect([changed['value'], changed['created_at']]).toEqual([{ shoe: 42 }, item['created_at']])
    expect(changed['updated_at'] > item['updated_at']).toBe(true)
    const gone = await desk.send('DELETE', '/store/items', { namespace: ['people', 'ada'], key: 'size' })
    expect([gone.status, await get('namespace=people.ada&key=size')]).toEqual([204, null])
  })

  it('searches below a namespace, and lists namespaces once each', async () => {
    await put(['people', 'ada'], 'size', { shoe: 41 })
    await put(['people', 'ada'], 'name', { first: 'Ada' })
    await put(['people', 'bob'], 'size', { shoe: 44 })
    await put(['shop'], 'hours', { open: 9 })
    const search = async (more: object) =>
      (await desk.send('POST', '/store/items/search', { namespace_prefix: ['people'], ...more })).json()[
        'items'
      ] as Json[]
    expect((await search({})).map(({ key }) => key)).toEqual(['size', 'name', 'size'])
    expect((await search({ filter: { shoe: 44 } })).map(({ namespace }) => namespace)).toEqual([['people', 'bob']])
    expect(await search({ limit: 1, offset: 1 })).toMatchObject([{ key: 'name' }])
    const list = async (more: object) => (await desk.send('POST', '/store/namespaces', more)).json()['namespaces']
    expect(await list({})).toEqual([['people', 'ada'], ['people', 'bob'], ['shop']])
    expect(await list({ prefix: ['people'], max_depth: 1 })).toEqual([['people']])
    expect(await list({ suffix: ['bob'] })).toEqual([['people', 'bob']])
  })

  it('refuses a namespace that is empty or has a period in it', async () => {
    const none = await put([], 'size', {})
    expect([none.status, none.text]).toEqual([400, 'Namespace is required'])
    const dotted = await put(['a.b', ''], 'size', {})
    const sentence = 'Namespace labels cannot be empty or contain periods. Received: a.b.'
    expect([dotted.status, dotted.text]).toEqual([422, sentence])
    expect((await put(['a'], 'size', 'words')).status).toBe(400)
  })

  it('is empty again after a reset', async () => {
    await put(['shop'], 'hours', { open: 9 })
    desk.reset()
    expect(await get('namespace=shop&key=hours')).toBeNull()
  })
})
