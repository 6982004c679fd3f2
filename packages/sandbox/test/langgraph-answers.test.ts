import { describe, expect, it } from 'vitest'
import { createRandom } from '../src/kit/random.ts'
import { testClock } from '../src/kit/test-clock.ts'
import { createLangGraphEmulator } from '../src/langgraph/index.ts'
import { createWorld } from '../src/world/index.ts'

/** Loose on purpose: tests look into what came over the wire. */
interface Json {
  // biome-ignore lint/suspicious/noExplicitAny: the wire has no type
  readonly [field: string]: any
}

const world = createWorld(7)
const question = 'When are you open on Saturday?'

type Settings = ReturnType<typeof createLangGraphEmulator>['settings']

/** A thread of a server with these settings. */
async function openThread(changes: Partial<Settings> = {}) {
  const emulator = createLangGraphEmulator({
    world,
    ...testClock(world.now),
    thinkingTime: 0,
    random: createRandom(7, 'langgraph'),
  })
  const { apiKey = '', assistantId } = emulator.credentials
  Object.assign(emulator.settings, changes)
  async function send(method: string, path: string, body?: unknown): Promise<string> {
    const headers = { 'x-api-key': apiKey, 'content-type': 'application/json' }
    const response = await emulator.app.request(path, {
      ...{ method, headers },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
    return response.text()
  }
  const call = async (...args: Parameters<typeof send>): Promise<Json> => JSON.parse(await send(...args))
  const { thread_id: id } = await call('POST', '/threads', {})
  const run = (more: object) => ({ assistant_id: assistantId, ...more })
  const asking = (text: string) => run({ input: { messages: [{ role: 'user', content: text }] } })
  return {
    settings: emulator.settings,
    ask: (text = question) => call('POST', `/threads/${id}/runs/wait`, asking(text)),
    stream: (text = question) =>
      send('POST', `/threads/${id}/runs/stream`, { ...asking(text), stream_mode: ['messages-tuple', 'values'] }),
    resume: (resume: unknown) => call('POST', `/threads/${id}/runs/wait`, run({ command: { resume } })),
    thread: () => call('GET', `/threads/${id}`),
    state: () => call('GET', `/threads/${id}/state`),
    history: () => call('GET', `/threads/${id}/history`),
  }
}

const said = ({ messages }: Json): [type: string, content: string][] =>
  messages.map(({ type, content }: Json) => [type, content])

/** The ids of what a thread lists as waiting, by task. */
const listed = ({ interrupts }: Json): string[][] =>
  Object.values(interrupts as Record<string, Json[]>).map((list) => list.map(({ id }) => id))

describe('the answers of the emulated graph', () => {
  it('come from the articles of the shop', async () => {
    const { ask } = await openThread()
    expect(said(await ask())).toEqual([
      ['human', question],
      ['ai', expect.stringContaining('Saturday')],
    ])
  })

  it('follow the calls of tools, by the setting or by the words "please call"', async () => {
    const types = ['human', 'ai', 'tool', 'ai', 'tool', 'ai']
    const { ask, settings } = await openThread({ tools: ['track_order', 'search_articles'] })
    const { messages } = await ask()
    expect(messages.map(({ type }: Json) => type)).toEqual(types)
    const calls = messages.flatMap(({ tool_calls: list = [] }: Json) => list.map(({ name }: Json) => name))
    expect(calls).toEqual(['track_order', 'search_articles'])
    settings.tools = []
    const { messages: more } = await ask('Please call track_order for my bike')
    expect(more.slice(types.length).map(({ type }: Json) => type)).toEqual(['human', 'ai', 'tool', 'ai'])
  })

  it('are empty by a setting', async () => {
    const { ask } = await openThread({ emptyReplies: true })
    expect(said(await ask())).toEqual([
      ['human', question],
      ['ai', ''],
    ])
  })

  it.each([
    ['the setting', { failReplies: true }, question],
    ['the word FAIL500', {}, 'FAIL500'],
  ])('fail by %s, and the thread has the question', async (_, settings, text) => {
    const { ask, thread, state } = await openThread(settings)
    expect(await ask(text)).toEqual({
      __error__: { error: 'Error', message: expect.stringContaining('model is down') },
    })
    const { status, values } = await thread()
    expect([status, said(values)]).toEqual(['error', [['human', text]]])
    expect((await state())['next']).toEqual([])
  })

  it('go on after a failure that the setting no longer makes', async () => {
    const { ask, thread, settings } = await openThread({ failReplies: true })
    await ask()
    settings.failReplies = false
    await ask()
    expect((await thread())['status']).toBe('idle')
  })

  it('come after the first text, which is a message of its own', async () => {
    const { ask, stream, history } = await openThread({ firstText: 'One moment.' })
    expect(said(await ask())).toEqual([
      ['human', question],
      ['ai', 'One moment.'],
      ['ai', expect.stringContaining('Saturday')],
    ])
    const states = (await history()) as Json[]
    expect(states.map(({ next }) => next)).toEqual([[], ['answer'], ['announce'], ['__start__']])
    expect((await stream()).match(/"content":"( moment\.|One)"/g)).toHaveLength(2)
  })

  it('come after a first text also at the words "one moment"', async () => {
    const { ask } = await openThread()
    const [, first] = said(await ask('Take one moment. When do you open?'))
    expect(first).toEqual(['ai', 'One moment, please.'])
  })

  it.each([
    ['waits', { interrupts: ['Which size?'] }, 'interrupted'],
    ['fails', { failReplies: true }, 'error'],
  ])('are only the first text where the graph %s', async (_, settings, status) => {
    const { ask, thread } = await openThread({ firstText: 'One moment.', ...settings })
    await ask()
    const now = await thread()
    expect([now['status'], said(now['values'])]).toEqual([
      status,
      [
        ['human', question],
        ['ai', 'One moment.'],
      ],
    ])
  })
})

it('a run that is cancelled while it works still calls its webhook', async () => {
  const clock = testClock(world.now)
  const emulator = createLangGraphEmulator({
    world,
    ...clock,
    thinkingTime: 5_000,
    random: createRandom(7, 'langgraph'),
  })
  emulator.settings.auth = 'none'
  const call = async (path: string, body: unknown): Promise<Json> =>
    (await emulator.app.request(path, { method: 'POST', body: JSON.stringify(body) })).json()
  const { thread_id: id } = await call('/threads', {})
  const input = { messages: [{ role: 'user', content: question }] }
  const webhook = 'http://127.0.0.1:9/hooks'
  const { run_id: run } = await call(`/threads/${id}/runs`, { assistant_id: 'desk', input, webhook })
  await clock.advance(1_000)
  await emulator.app.request(`/threads/${id}/runs/${run}/cancel`, { method: 'POST' })
  await clock.advance(5_000)
  await emulator.webhooks.settled()
  expect(emulator.webhooks.log.map(({ event }) => event)).toEqual(['run.interrupted'])
})

describe('the emulated graph that waits for a person', () => {
  const choice = { question: 'Which size?', choices: ['small', 'large'] }

  it('asks what the setting says, whatever the question is', async () => {
    const { ask, resume, thread } = await openThread({ interrupts: [choice] })
    expect(await ask()).toEqual({ __interrupt__: [{ id: expect.any(String), value: choice }] })
    expect(said(await resume('large'))).toEqual([
      ['human', question],
      ['ai', 'large'],
    ])
    const { status, interrupts } = await thread()
    expect([status, interrupts]).toEqual(['idle', {}])
  })

  it('asks for a person at the word "human"', async () => {
    const { ask } = await openThread()
    const { __interrupt__: list } = await ask('I want a human')
    expect(list).toMatchObject([{ value: { reason: 'handoff', question: 'I want a human' } }])
  })

  it('waits for several values, each in a branch of its own', async () => {
    const { ask, thread, state } = await openThread({ interrupts: [choice, 'For whom?', 'When?'] })
    // The result of a run has only the last one.
    expect(await ask()).toEqual({ __interrupt__: [{ id: expect.any(String), value: 'When?' }] })
    expect(listed(await thread())).toHaveLength(3)
    const { next, tasks } = await state()
    expect(next).toEqual(['answer_1', 'answer_2', 'answer_3'])
    expect(tasks.map(({ interrupts }: Json) => interrupts[0].value)).toEqual([choice, 'For whom?', 'When?'])
  })

  it('ends when each branch has its value, and lists until then what an earlier run has ended', async () => {
    const { ask, resume, thread, state } = await openThread({ interrupts: ['A?', 'B?', 'C?'] })
    await ask()
    const [a, b, c] = listed(await thread()).flat() as [string, string, string]
    expect(said(await resume({ [b]: 'two' }))).toEqual([
      ['human', question],
      ['ai', 'two'],
    ])
    expect(listed(await thread())).toEqual([[a], [], [c]])
    expect(said((await thread())['values'])).toEqual([['human', question]])
    expect((await state())['next']).toEqual(['answer_1', 'answer_3'])
    await resume({ [a]: 'one' })
    expect(listed(await thread())).toEqual([[], [b], [c]])
    const { next, tasks, values } = await state()
    expect(next).toEqual(['answer_3'])
    expect(tasks.map(({ result }: Json) => result !== null)).toEqual([true, true, false])
    expect(said(values)).toEqual([
      ['human', question],
      ['ai', 'one'],
      ['ai', 'two'],
    ])
    await resume({ [c]: 'three' })
    const { status, interrupts, values: all } = await thread()
    expect([status, interrupts]).toEqual(['idle', {}])
    expect(said(all).map(([, content]) => content)).toEqual([question, 'one', 'two', 'three'])
  })

  it('gives a value that names no branch to all of them', async () => {
    const { ask, resume, thread } = await openThread({ interrupts: ['A?', 'B?'] })
    await ask()
    expect(said(await resume('yes')).map(([, content]) => content)).toEqual([question, 'yes', 'yes'])
    expect((await thread())['status']).toBe('idle')
  })

  it('goes on waiting if the value is for another thread', async () => {
    const { ask, resume, thread } = await openThread({ interrupts: ['A?'] })
    await ask()
    expect(await resume({ ['0'.repeat(32)]: 'yes' })).toMatchObject({ __interrupt__: [{ value: 'A?' }] })
    expect((await thread())['status']).toBe('interrupted')
  })

  it('fails when it goes on, by the setting, and again with any other value', async () => {
    const { ask, resume, thread, state, settings } = await openThread({ interrupts: ['A?'] })
    await ask()
    settings.failReplies = true
    expect(await resume('no')).toMatchObject({ __error__: {} })
    expect([(await thread())['status'], listed(await thread())]).toEqual(['error', [[]]])
    expect((await state())['tasks']).toMatchObject([{ interrupts: [{ value: 'A?' }], error: expect.any(String) }])
    settings.failReplies = false
    expect(await resume('yes')).toMatchObject({ __error__: {} })
  })
})
