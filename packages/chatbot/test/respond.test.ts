import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type Adapter, ConfigurationError, memoryStore, type RuntimeOptions, VendorFaultError } from '@parley/core'
import { defaultNow, sandbox } from '@parley/sandbox'
import { DefaultChatTransport, readUIMessageStream, TextStreamChatTransport, type UIMessage } from 'ai'
import { afterAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { loadVendors } from '../../../test/vendors.ts'
import { type ChatbotDataParts, type ChatbotOptions, createChatbot, uiMessages } from '../src/index.ts'

// With the real time, because a clock that runs by itself takes the loading of code for waiting.
const desk = await sandbox.start({ now: defaultNow, scale: 0.2 })
afterAll(() => desk.stop())
const vendors = await loadVendors()
beforeEach(() => {
  for (const { name } of vendors) {
    desk[name].reset()
    desk[name].faults.clear()
  }
})

type Shown = UIMessage<unknown, ChatbotDataParts>

const hours = 'When are you open on Saturday?'
const visitor = { externalId: 'web-1', name: 'Ada Lark' }
const says = (text: string, id = 'm-1'): Shown => ({ id, role: 'user', parts: [{ type: 'text', text }] })

/** What the AI SDK's own client makes of the answers. */
async function shownBy(
  respond: (request: Request) => Promise<Response>,
  messages: Shown[],
): Promise<Shown | undefined> {
  const transport = new DefaultChatTransport<Shown>({
    api: 'https://site.example/chat',
    fetch: (address, init) => respond(new Request(address as string, init as RequestInit)),
  })
  const stream = await transport.sendMessages({
    ...{ trigger: 'submit-message', chatId: 'c', messageId: undefined, messages, abortSignal: undefined },
  })
  let shown: Shown | undefined
  for await (const message of readUIMessageStream<Shown>({ stream, terminateOnError: true })) shown = message
  return shown
}

const textOf = (message: Shown | undefined): string =>
  (message?.parts ?? []).map((part) => (part.type === 'text' ? part.text : '')).join('')

describe.each(vendors.map((vendor) => [vendor.label, vendor] as const))('a browser’s answer over %s', (_, vendor) => {
  const agentWith = (options: RuntimeOptions = {}): Adapter =>
    vendor.create({ ...desk[vendor.name].accountOptions, rate: false, ...options })
  const botOf = (options: Partial<ChatbotOptions> = {}) => createChatbot({ agent: agentWith(), ...options })
  const posts = () => desk[vendor.name].requests.filter(({ method }) => method === 'POST').length

  it('is what the AI SDK’s client shows, with its sources and how the question ended', async () => {
    const bot = botOf()
    const message = await shownBy((request) => bot.respond(visitor, request), [says(hours)])
    expect(textOf(message)).toContain('Saturday from 10:00')
    expect(message?.parts).toContainEqual({ type: 'data-outcome', data: { outcome: 'answered' } })
    const answer = await bot.ask(visitor, { id: 'm-1', text: hours })
    expect(textOf(message)).toBe(answer.text)
    const agent = agentWith()
    const sources =
      answer.sourcesState === 'fetchable'
        ? ((await agent.sources?.list?.(answer.message?.id ?? ''))?.items ?? [])
        : answer.sources
    const cited = (message?.parts ?? []).flatMap((part) =>
      part.type === 'source-url' || part.type === 'source-document' ? [part.sourceId] : [],
    )
    expect(cited).toEqual(sources.map(({ id }) => id))
    const { messages } = await bot.history(visitor)
    expect(uiMessages(messages).map(({ role }) => role)).toEqual(['user', 'assistant'])
  })

  it('comes once for a message that is sent twice', async () => {
    const bot = botOf()
    const respond = (request: Request) => bot.respond(visitor, request)
    const first = await shownBy(respond, [says(hours)])
    const before = posts()
    const again = await shownBy(respond, [says(hours)])
    expect(textOf(again)).toBe(textOf(first))
    expect(posts()).toBe(before)
  })

  it('can be the text alone', async () => {
    const bot = botOf()
    const response = await bot.respond(visitor, { message: says(hours) }, { format: 'text' })
    expect(response.headers.get('content-type')).toBe('text/plain; charset=utf-8')
    expect(await response.text()).toContain('Saturday from 10:00')
    const transport = new TextStreamChatTransport<Shown>({
      api: 'https://site.example/chat',
      fetch: (address, init) =>
        bot.respond(visitor, new Request(address as string, init as RequestInit), { format: 'text' }),
    })
    const stream = await transport.sendMessages({
      ...{ trigger: 'submit-message', chatId: 'c', messageId: undefined, abortSignal: undefined },
      messages: [says(hours)],
    })
    let shown: Shown | undefined
    for await (const message of readUIMessageStream<Shown>({ stream })) shown = message
    expect(textOf(shown)).toContain('Saturday from 10:00')
  })

  it('can be asked for with a request of node:http', async () => {
    const bot = botOf()
    const statuses: number[] = []
    const server = createServer(async (request, response) => {
      const answer = await bot.respond(visitor, request, { format: 'text' })
      statuses.push((await bot.respond(visitor, request)).status)
      response.writeHead(answer.status).end(await answer.text())
    })
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
    const { port } = server.address() as AddressInfo
    const post = (body: string) => fetch(`http://127.0.0.1:${port}/`, { method: 'POST', body })
    const answer = await post(JSON.stringify({ message: says(hours) }))
    expect(await answer.text()).toContain('Saturday from 10:00')
    expect((await post('{')).status).toBe(400)
    expect(statuses).toEqual([400, 400])
    server.close()
  })

  it.each(['ui', 'text'] as const)('is kept although the browser goes away (%s)', async (format) => {
    const bot = botOf()
    const response = await bot.respond(visitor, { message: says(hours) }, { format })
    await response.body?.cancel()
    await vi.waitFor(async () => expect((await bot.status(visitor)).open).toEqual([]), { timeout: 20_000 })
    const before = posts()
    expect(await bot.ask(visitor, { id: 'm-1', text: hours })).toMatchObject({
      outcome: 'answered',
      text: expect.stringContaining('Saturday from 10:00'),
    })
    expect(posts()).toBe(before)
  })

  it('says that a person answers', async () => {
    const bot = botOf()
    await bot.ask(visitor, { text: hours })
    if ((await bot.handOff(visitor)).by === 'application') return
    const message = await shownBy((request) => bot.respond(visitor, request), [says('Is anybody there?', 'm-2')])
    expect(textOf(message)).toBe('')
    expect(message?.parts).toContainEqual({
      type: 'data-handOff',
      data: expect.objectContaining({ holder: 'operator' }),
    })
    expect(message?.parts).toContainEqual({ type: 'data-outcome', data: { outcome: 'unanswered' } })
  })

  it('asks nothing for a body that is no UI message, and says what is wrong with it', async () => {
    const errors: unknown[] = []
    const bot = botOf({ onError: (error) => errors.push(error) })
    const before = desk[vendor.name].requests.length
    const post = (body: string) => new Request('https://site.example/chat', { method: 'POST', body })
    const bad: [unknown, string][] = [
      [post(''), 'body'],
      [post('{"messages":'), 'body'],
      [post('[]'), 'body'],
      [null, 'body'],
      ['hello', 'body'],
      [{}, 'messages'],
      [{ messages: 'hello' }, 'messages'],
      [{ messages: [] }, 'messages'],
      [{ messages: [null] }, 'messages[0]'],
      [{ messages: [says('a'), { ...says('b'), role: 'assistant' }] }, 'messages[1].role'],
      [{ message: { ...says('a'), role: 'system' } }, 'message.role'],
      [{ message: { role: 'user', content: 'a' } }, 'message.parts'],
      [{ message: { role: 'user', parts: [{ type: 'text' }] } }, 'message.parts[0].text'],
      [{ message: { role: 'user', parts: ['a'] } }, 'message.parts[0].type'],
      [{ message: { role: 'user', parts: [{ type: 'tool-x' }] } }, 'message.parts[0].type'],
      [{ message: { role: 'user', parts: [{ type: 'text', text: ' ' }] } }, 'message.parts'],
      [{ message: { role: 'user', parts: [{ type: 'file', url: 'http://10.0.0.1/x' }] } }, 'message.parts[0].url'],
      [{ message: { ...says('a'), id: 7 } }, 'message.id'],
      [{ message: { ...says('a'), id: '' } }, 'message.id'],
    ]
    for (const [body, path] of bad) {
      const response = await bot.respond(visitor, body)
      expect([path, response.status]).toEqual([path, 400])
      expect(response.headers.get('content-type')).toBe('application/problem+json')
      expect(await response.json()).toMatchObject({
        code: 'invalid-request',
        fields: [{ path }],
        detail: expect.any(String),
      })
    }
    expect(errors).toHaveLength(bad.length)
    expect(desk[vendor.name].requests).toHaveLength(before)
  })

  it('refuses a visitor whom nothing identifies, and a body that is too long', async () => {
    const bot = botOf()
    const empty = await bot.respond({}, { message: says('a') })
    expect([empty.status, await empty.json()]).toMatchObject([400, { code: 'invalid-request' }])
    let sent = 0
    const endless = new ReadableStream<Uint8Array>({
      pull(controller) {
        sent += 1
        controller.enqueue(new Uint8Array(64 * 1024))
      },
    })
    const request = new Request('https://site.example/chat', {
      ...{ method: 'POST', body: endless, duplex: 'half' as const },
    })
    const long = await bot.respond(visitor, request)
    expect(long.status).toBe(413)
    expect(sent).toBeLessThan(100)
  })

  it('is 500 without a word of the cause if the store fails', async () => {
    const errors: unknown[] = []
    const store = { ...memoryStore(), get: () => Promise.reject(new Error('password=hunter2')) }
    const response = await botOf({ store, onError: (error) => errors.push(error) }).respond(visitor, {
      message: says('a'),
    })
    const body = await response.text()
    expect(response.status).toBe(500)
    expect(JSON.parse(body)).toEqual({ title: expect.any(String), status: 500, code: 'configuration' })
    expect(errors).toMatchObject([{ code: 'configuration' }])
    expect(errors[0]).toBeInstanceOf(ConfigurationError)
  })

  it('is an error without a word of the cause if the vendor fails after the question was sent', async () => {
    const agent = agentWith()
    const broken = new VendorFaultError({ message: 'sk-secret says a customer', vendorMessage: 'sk-secret' })
    const stream = agent.messages?.stream
    const failing = {
      ...agent,
      messages: {
        ...agent.messages,
        async *stream(...args: Parameters<NonNullable<typeof stream>>) {
          for await (const part of stream?.(...args) ?? []) {
            yield part
            if (part.type !== 'warning') throw broken
          }
        },
      },
    } as Adapter
    const errors: unknown[] = []
    const bot = createChatbot({ agent: failing, onError: (error) => errors.push(error) })
    const response = await bot.respond(visitor, { message: says(hours) })
    expect(response.status).toBe(200)
    const body = await response.text()
    expect(body).toContain('"type":"error"')
    expect(body).not.toContain('sk-secret')
    expect(errors).toEqual([broken])
    const text = await bot.respond(visitor, { message: says(hours, 'm-2') }, { format: 'text' })
    await expect(text.text()).rejects.toThrow('The chat does not answer at the moment.')
  })
})
