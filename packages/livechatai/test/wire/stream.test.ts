import type { AnswerPart } from '@parley/core'
import { failure, told } from '@parley/testkit'
import { useNock } from '@parley/testkit/nock'
import { describe, expect, it } from 'vitest'
import { threadOf } from '../fixtures/conversations.ts'
import { errorBody } from '../fixtures/errors.ts'
import { agentAnswer, answered, question, sent } from '../fixtures/messages.ts'
import { account, refOf } from '../helpers/account.ts'
import { got, serve } from '../helpers/vendor.ts'

useNock()

const input = { text: 'Where is my parcel?' }
const text = 'It left the **depot** today.'
const ids = { conversationId: 'c-1', contactId: 'p-1', messageId: 'm-1', responseMessageId: 'm-2', links: sent.links }

/** What a test lets the vendor send: pieces of a body, and how it ends. */
interface Sending {
  type?: string
  pieces: readonly (string | Uint8Array)[]
  end?: 'close' | 'break' | 'hang'
}

/** A `fetch` that streams the answer to the question; everything else goes over the wire. */
function streaming({ type = 'text/event-stream', pieces, end = 'close' }: Sending) {
  const asked: { body: unknown; accept: string | null }[] = []
  const state = { cancelled: false }
  const fetch: typeof globalThis.fetch = async (request, init) => {
    const { method, url, headers } = request as Request
    if (method !== 'POST' || !url.endsWith('/conversations')) return globalThis.fetch(request, init)
    asked.push({ body: await (request as Request).json(), accept: headers.get('accept') })
    let next = 0
    const body = new ReadableStream<Uint8Array>({
      pull(controller) {
        const piece = pieces[next++]
        if (piece !== undefined) controller.enqueue(typeof piece === 'string' ? new TextEncoder().encode(piece) : piece)
        else if (end === 'close') controller.close()
        else if (end === 'break') controller.error(new TypeError('terminated'))
        else return new Promise<void>(() => {})
        return undefined
      },
      cancel() {
        state.cancelled = true
      },
    })
    return new Response(body, { headers: { 'content-type': type } })
  }
  const { adapter, warnings, passed } = account({ fetch, streaming: true })
  return { adapter, warnings, passed, asked, state }
}

async function all(parts: AsyncIterable<AnswerPart>): Promise<AnswerPart[]> {
  const found: AnswerPart[] = []
  for await (const part of parts) found.push(part)
  return found
}

const wordsOf = (parts: readonly AnswerPart[]): string[] =>
  parts.flatMap((part) => (part.type === 'text' ? [part.text] : []))
const finishOf = (parts: readonly AnswerPart[]) => {
  const last = parts.at(-1)
  if (last?.type !== 'finish') throw new Error('It did not finish.')
  return last.answer
}
const event = (data: unknown): string => `data: ${typeof data === 'string' ? data : JSON.stringify(data)}\n\n`

describe('messages.stream without the option', () => {
  it('sends no request before the iteration, and yields the whole answer after a warning', async () => {
    const { adapter } = account()
    const parts = adapter.messages.stream('c-1', input)
    const seen = serve(['POST', '/conversations', 200, answered()])
    expect(seen).toEqual([])
    const found = await all(parts)
    expect(found.map(({ type }) => type)).toEqual(['warning', 'text', 'sources', 'finish'])
    expect(found[0]).toMatchObject({ warning: { code: 'no-streaming', operation: 'messages.stream' } })
    expect(finishOf(found)).toMatchObject({ outcome: 'answered', text, message: { id: 'm-2' } })
    expect(seen[0]?.body).toMatchObject({ streaming: false })
  })

  it('fails as messages.ask does, with its own operation name', async () => {
    serve(['POST', '/conversations', 404, errorBody('Conversation not found', 'NOT_FOUND')])
    expect(await failure(all(account().adapter.messages.stream('c-1', input)))).toMatchObject({
      code: 'not-found',
      operation: 'messages.stream',
    })
  })
})

describe('a streamed answer', () => {
  const words = ['It left', ' the **depot**', ' today.']

  it.each<[string, Sending, string[]]>([
    ['response', { pieces: words.map((response) => event({ response })) }, words],
    ['content', { pieces: words.map((content) => event({ content })) }, words],
    ['text', { pieces: words.map((word) => event({ text: word })) }, words],
    ['delta', { pieces: words.map((delta) => event({ delta })) }, words],
    ['a nested delta', { pieces: words.map((content) => event({ delta: { content } })) }, words],
    ['message', { pieces: words.map((message) => event({ message })) }, words],
    ['data', { pieces: words.map((data) => event({ data })) }, words],
    [
      'an envelope',
      { pieces: words.map((response) => event({ status: 'success', message: 'ok', data: { response } })) },
      words,
    ],
    ['a JSON text', { pieces: words.map((word) => event(JSON.stringify(word))) }, words],
  ])('is read from events with JSON in %s', async (_, sending, expected) => {
    const { adapter, asked, warnings } = streaming({
      ...sending,
      pieces: [': hello\n\n', ...sending.pieces, event(ids), event('[DONE]')],
    })
    const parts = await all(adapter.messages.stream('c-1', input))
    expect(wordsOf(parts)).toEqual(expected)
    expect(parts.map(({ type }) => type)).toEqual(['text', 'text', 'text', 'sources', 'finish'])
    expect(finishOf(parts)).toMatchObject({
      outcome: 'answered',
      text,
      message: { id: 'm-2', inReplyTo: 'm-1', text, conversationId: 'c-1', raw: { ...ids, response: text } },
      contactId: 'p-1',
      conversationId: 'c-1',
      conversationRef: refOf('conversation', 'c-1'),
      attempt: { messageId: 'm-1', conversationId: 'c-1' },
      warnings: [],
    })
    const body = {
      ...input,
      question: input.text,
      agentId: 'bot-1',
      conversationId: 'c-1',
      messageType: 'TEXT',
      streaming: true,
    }
    const { text: _text, ...sentBody } = body
    expect(asked).toStrictEqual([{ body: sentBody, accept: '*/*' }])
    expect(warnings).toEqual([])
  })

  it('is read from events of plain text, even if some are numbers or newlines', async () => {
    const pieces = [
      event('Open'),
      'data:  from\n\n',
      event('9'),
      event(''),
      'data: o’clock\ndata: on\n\n',
      event('[DONE]'),
    ]
    const { adapter } = streaming({ pieces })
    const known = { ...agentAnswer, content: 'Open from9o’clock\non' }
    serve(['GET', '/conversations/c-1', 200, threadOf([question, known])])
    const parts = await all(adapter.messages.stream('c-1', input))
    expect(wordsOf(parts).join('')).toBe('Open from9o’clock\non')
    expect(finishOf(parts)).toMatchObject({ outcome: 'answered', message: { id: 'm-2' } })
  })

  it('is read from plain text that is cut at any point', async () => {
    const bytes = new TextEncoder().encode('Größe: 5 €.')
    const { adapter } = streaming({ type: 'text/plain', pieces: Array.from(bytes, (byte) => Uint8Array.of(byte)) })
    serve(['GET', '/conversations/c-1', 200, threadOf([question, { ...agentAnswer, content: 'Größe: 5 €.' }])])
    const parts = await all(adapter.messages.stream('c-1', input))
    expect(wordsOf(parts).join('')).toBe('Größe: 5 €.')
    expect(wordsOf(parts).every((word) => !word.includes('\ufffd'))).toBe(true)
    expect(finishOf(parts)).toMatchObject({
      text: 'Größe: 5 €.',
      message: { id: 'm-2' },
      attempt: { messageId: 'm-1' },
    })
  })

  it('can begin with a brace and be plain text', async () => {
    const { adapter } = streaming({ type: 'text/plain', pieces: ['{name}', ', hello'] })
    const parts = await all(adapter.messages.stream({ contact: 'p-1' }, input))
    expect(wordsOf(parts)).toEqual(['{name}, hello'])
    // A conversation that is not known cannot be read.
    expect(finishOf(parts)).toMatchObject({
      outcome: 'answered',
      message: null,
      conversationId: null,
      text: '{name}, hello',
    })
    expect(told(finishOf(parts).warnings)).toEqual(['degraded'])
  })

  it('can be an envelope with another content type', async () => {
    const { adapter } = streaming({
      type: 'text/plain',
      pieces: [JSON.stringify(answered()).slice(0, 9), JSON.stringify(answered()).slice(9)],
    })
    const parts = await all(adapter.messages.stream('c-1', input))
    expect([wordsOf(parts), finishOf(parts).message?.id]).toEqual([[text], 'm-2'])
  })

  it('is not repeated if the last event holds it whole', async () => {
    const pieces = [...words.map((response) => event({ response })), event({ status: 'success', data: sent })]
    const parts = await all(streaming({ pieces }).adapter.messages.stream('c-1', input))
    expect(wordsOf(parts).join('')).toBe(text)
    expect(finishOf(parts)).toMatchObject({ text, message: { id: 'm-2' } })
  })

  it('keeps a word that the vendor sends twice', async () => {
    const pieces = [
      event({ response: 'ha', messageId: 'm-1' }),
      event({ response: 'ha', messageId: 'm-1' }),
      event(ids),
    ]
    expect(wordsOf(await all(streaming({ pieces }).adapter.messages.stream('c-1', input)))).toEqual(['ha', 'ha'])
  })

  it('is read from the envelope if the vendor does not stream, with a warning', async () => {
    const seen = serve(['POST', '/conversations', 200, answered()])
    const parts = await all(account({ streaming: true }).adapter.messages.stream('c-1', input))
    expect(parts.map(({ type }) => type)).toEqual(['warning', 'text', 'sources', 'finish'])
    expect(told(finishOf(parts).warnings)).toEqual(['no-streaming'])
    expect(seen[0]).toMatchObject({ body: { streaming: true } })
  })

  it('is unanswered if a person has taken over', async () => {
    serve(['POST', '/conversations', 200, { data: { ...sent, response: null, responseMessageId: null, links: [] } }])
    const parts = await all(account({ streaming: true }).adapter.messages.stream('c-1', input))
    expect(finishOf(parts)).toMatchObject({ outcome: 'unanswered', text: null })
    expect(wordsOf(parts)).toEqual([])
  })

  it('ends at the vendor’s end mark, whether the connection closes or not', async () => {
    const { adapter, state } = streaming({
      pieces: [event({ response: 'Yes.' }), event(ids), event('[DONE]')],
      end: 'hang',
    })
    expect(finishOf(await all(adapter.messages.stream('c-1', input)))).toMatchObject({ text: 'Yes.' })
    expect(state.cancelled).toBe(true)
  })

  it('belongs to the last of two equal questions', async () => {
    const { adapter } = streaming({ pieces: [event({ response: 'Later.' })] })
    const again = { ...question, id: 'm-8', createdAt: '2026-02-01T08:04:13.000Z' }
    const later = { ...agentAnswer, id: 'm-9', content: 'Later.', createdAt: '2026-02-01T08:04:14.000Z' }
    serve(['GET', '/conversations/c-1', 200, threadOf([question, agentAnswer, again, later])])
    const answer = finishOf(await all(adapter.messages.stream('c-1', input)))
    expect(answer).toMatchObject({ message: { id: 'm-9' }, attempt: { messageId: 'm-8' } })
  })

  it('has no message if the stream has no ids and the thread lacks it', async () => {
    const { adapter } = streaming({ pieces: [event({ response: 'Yes.' })] })
    serve(['GET', '/conversations/c-1', 200, threadOf([])])
    const answer = finishOf(await all(adapter.messages.stream('c-1', input)))
    expect(answer).toMatchObject({ outcome: 'answered', text: 'Yes.', message: null, attempt: { messageId: null } })
    expect(told(answer.warnings)).toEqual(['degraded'])
  })

  it('can have JSON over several data lines', async () => {
    const pieces = ['data: {\ndata: "response":\ndata: "Open at nine."}\n\n', event(ids), event('[DONE]')]
    expect(wordsOf(await all(streaming({ pieces }).adapter.messages.stream('c-1', input)))).toEqual(['Open at nine.'])
  })

  it('can be JSON lines without empty lines between them', async () => {
    const pieces = [
      'data: {"response":"Open"}\ndata: {"response":" now."}\n',
      `data: ${JSON.stringify(ids)}\ndata: [DONE]\n\n`,
    ]
    const parts = await all(streaming({ pieces }).adapter.messages.stream('c-1', input))
    expect(wordsOf(parts).join('')).toBe('Open now.')
    expect(finishOf(parts)).toMatchObject({ message: { id: 'm-2' } })
  })

  it.each(['application/x-ndjson', 'application/jsonl; charset=utf-8', 'application/json-seq', 'text/plain'])(
    'can be JSON on lines of %s, cut at any point',
    async (type) => {
      const start = type.endsWith('seq') ? '\x1e' : ''
      const lines = [...words.map((response) => ({ response })), ids].map((part) => `${start}${JSON.stringify(part)}\n`)
      for (const pieces of [lines, [lines.join('').trimEnd()], [...lines.join('')]]) {
        const parts = await all(streaming({ type, pieces }).adapter.messages.stream('c-1', input))
        expect(wordsOf(parts)).toEqual(words)
        expect(finishOf(parts)).toMatchObject({ text, message: { id: 'm-2' } })
      }
    },
  )

  it.each([
    ['{"a"', ': 1} is JSON.'],
    ['Write {', '"status": "open"}.'],
    ['Write {"error": 1} or {"a": "', 'b"}'],
  ])('can have text about JSON, such as %j and %j', async (...pieces) => {
    const whole = pieces.join('')
    const { adapter } = streaming({ type: 'text/plain', pieces })
    serve(['GET', '/conversations/c-1', 200, threadOf([question, { ...agentAnswer, content: whole }])])
    const parts = await all(adapter.messages.stream('c-1', input))
    expect(wordsOf(parts).join('')).toBe(whole)
  })

  it('can have text about JSON among events of plain text', async () => {
    const { adapter } = streaming({ pieces: [event('Write '), event('{"a'), event('": 1}'), event('[DONE]')] })
    serve(['GET', '/conversations/c-1', 200, threadOf([question, { ...agentAnswer, content: 'Write {"a": 1}' }])])
    const parts = await all(adapter.messages.stream('c-1', input))
    expect(wordsOf(parts)).toEqual(['Write ', '{"a', '": 1}'])
  })

  it('keeps a character whose halves come in two events', async () => {
    const pieces = ['data: {"response":"Hi \\ud83d"}\n\n', 'data: {"response":"\\ude00!"}\n\n', event(ids)]
    const parts = await all(streaming({ pieces }).adapter.messages.stream('c-1', input))
    expect(wordsOf(parts)).toEqual(['Hi ', '😀!'])
    expect(finishOf(parts).text).toBe('Hi 😀!')
  })

  it('can be cut at any byte', async () => {
    const bytes = new TextEncoder().encode(`\ufeff${event({ response: 'Größe: 5 € 😀' })}${event(ids)}`)
    const pieces = Array.from(bytes, (byte) => Uint8Array.of(byte))
    expect(wordsOf(await all(streaming({ pieces }).adapter.messages.stream('c-1', input)))).toEqual(['Größe: 5 € 😀'])
  })

  it('can name its events', async () => {
    const pieces = [
      `event: ping\n${event('alive')}`,
      `event: delta\n${event({ text: 'Open' })}`,
      `event: answer.delta\n${event('" now."')}`,
      `event: done\n${event({ ...ids, response: 'Open now.' })}`,
    ]
    const { adapter, state } = streaming({ pieces, end: 'hang' })
    const parts = await all(adapter.messages.stream('c-1', input))
    expect(wordsOf(parts)).toEqual(['Open', ' now.'])
    expect(finishOf(parts)).toMatchObject({ text: 'Open now.', message: { id: 'm-2' }, warnings: [] })
    expect(state.cancelled).toBe(true)
  })

  it('has no text from an event with an unknown name, with one warning', async () => {
    const pieces = [
      `event: thinking\n${event('Let me see')}`,
      `event: thinking\n${event({ content: 'Hm', conversationId: 'c-1' })}`,
      event({ response: 'Yes.' }),
      event(ids),
    ]
    const parts = await all(streaming({ pieces }).adapter.messages.stream('c-1', input))
    expect(wordsOf(parts)).toEqual(['Yes.'])
    expect(told(finishOf(parts).warnings)).toEqual(['degraded'])
  })
})

describe('a stream that fails', () => {
  it.each<[string, Sending]>([
    [
      'among events',
      { pieces: [event({ response: 'It' }), event(errorBody('Forbidden', 'FORBIDDEN')), event('[DONE]')] },
    ],
    [
      'in the list of an event',
      { pieces: [event({ response: 'It' }), event([errorBody('Forbidden', 'FORBIDDEN')]), event('[DONE]')] },
    ],
    [
      'as an object of its own',
      { pieces: [event({ response: 'It' }), event({ error: { message: 'No', code: 'FORBIDDEN' } }), event('[DONE]')] },
    ],
    [
      'by its type',
      { pieces: [event({ response: 'It' }), event({ type: 'error', code: 'FORBIDDEN', message: 'no' })] },
    ],
    ['in the last line of an event', { pieces: [`data: It\n${event(errorBody('No', 'FORBIDDEN'))}`] }],
    [
      'in JSON on lines',
      {
        type: 'application/x-ndjson',
        pieces: [`{"response":"It"}\n${JSON.stringify(errorBody('No', 'FORBIDDEN'))}`],
      },
    ],
    ['at the end of a text', { type: 'text/plain', pieces: ['It', JSON.stringify(errorBody('No', 'FORBIDDEN'))] }],
    [
      'at the end of a text, cut elsewhere',
      { type: 'text/plain', pieces: ['It{', ' "sta', 'tus":"error","code":"FORBID', 'DEN"}'] },
    ],
    [
      'in the same part as the text',
      { type: 'text/plain', pieces: [`It${JSON.stringify(errorBody('No', 'FORBIDDEN'))}`] },
    ],
  ])('raises the error inside it %s', async (_, sending) => {
    const parts: AnswerPart[] = []
    const { adapter } = streaming(sending)
    const work = (async () => {
      for await (const part of adapter.messages.stream('c-1', input)) parts.push(part)
    })()
    expect(await failure(work)).toMatchObject({
      code: 'permission',
      vendorCode: 'FORBIDDEN',
      operation: 'messages.stream',
    })
    expect(wordsOf(parts)).toEqual(['It'])
  })

  it('raises an error that is its only content, even an unknown one', async () => {
    const whole = JSON.stringify(errorBody('It broke', 'INTERNAL_SERVER_ERROR'))
    const { adapter } = streaming({ type: 'text/plain', pieces: [whole.slice(0, 5), whole.slice(5)] })
    expect(await failure(all(adapter.messages.stream('c-1', input)))).toMatchObject({
      code: 'vendor-fault',
      outcome: 'unknown',
    })
  })

  it.each([
    'errors',
    'serverError',
    'response.failed',
    'fail',
    'abort',
    'aborted',
    'cancelled',
    'timeout',
    'exception',
  ])('raises an error at an event named %s', async (name) => {
    const { adapter } = streaming({ pieces: [event({ response: 'It' }), `event: ${name}\n${event('x')}`] })
    expect(await failure(all(adapter.messages.stream('c-1', input)))).toMatchObject({ outcome: 'unknown' })
  })

  it.each([
    ['JSON', event({ error: { message: 'The model failed' } }), 'The model failed'],
    ['a text', event('The model failed'), 'The model failed'],
    ['an answer, as it seems', event({ response: 'Sorry' }), undefined],
  ])('raises an error at an error event with the data %s', async (_, data, words) => {
    const parts: AnswerPart[] = []
    const { adapter, asked } = streaming({
      pieces: [event({ response: 'It' }), `event: error\n${data}`, event('more')],
    })
    const work = (async () => {
      for await (const part of adapter.messages.stream('c-1', input)) parts.push(part)
    })()
    const error = await failure(work)
    expect(error).toMatchObject({ code: 'vendor-fault', outcome: 'unknown' })
    expect(error['vendorMessage']).toBe(words)
    expect([parts, asked.length]).toEqual([[{ type: 'text', text: 'It' }], 1])
  })

  it('never reports that a question was not asked after its answer began', async () => {
    const pieces = [event({ response: 'It' }), event(errorBody('Forbidden', 'FORBIDDEN'))]
    const error = await failure(all(streaming({ pieces }).adapter.messages.stream('c-1', input)))
    expect(error).toMatchObject({ code: 'permission', outcome: 'unknown' })
  })

  it.each([
    ['an event', ['data: It left\n\n', 'data:  the dep']],
    ['JSON', [event({ response: 'It left' }), 'data: {"response":" the d']],
    ['half a character', [event({ response: 'It left' }), event(ids), 'data: {"response":"\\ud83d"}\n\n']],
    ['the name of a field', [event({ response: 'It left' }), 'da']],
    ['the name of an event', [event({ response: 'It left' }), 'event: mess']],
    ['JSON, at a line break', [event({ response: 'It left' }), 'data: {"response":" the d\n']],
    ['JSON, at the end of an event', [event({ response: 'It left' }), 'data: {"response":" the d\n\n']],
    ['a number', ['data: It left\n\n', 'data: 4']],
    ['a list', [event({ response: 'It left' }), 'data: [{"response":\n\n']],
  ])('is read back if it ends within %s', async (_, pieces) => {
    const { adapter } = streaming({ pieces })
    serve(['GET', '/conversations/c-1', 200, threadOf([question, agentAnswer])])
    const parts = await all(adapter.messages.stream('c-1', input))
    expect(wordsOf(parts)).toEqual(['It left', agentAnswer.content.slice(7)])
    expect(finishOf(parts)).toMatchObject({ text: agentAnswer.content, message: { id: 'm-2' } })
  })

  it('is read back if it ends within a line of JSON', async () => {
    const { adapter } = streaming({ type: 'application/x-ndjson', pieces: ['{"response":"It left"}\n{"respo'] })
    serve(['GET', '/conversations/c-1', 200, threadOf([question, agentAnswer])])
    const parts = await all(adapter.messages.stream('c-1', input))
    expect(wordsOf(parts)).toEqual(['It left', agentAnswer.content.slice(7)])
  })

  it.each(['break', 'hang'] as const)('is read back after a %s, and yields the rest', async (end) => {
    const { adapter, passed, state, asked } = streaming({ pieces: [event({ response: 'It left' })], end })
    serve(['GET', '/conversations/c-1', 200, threadOf([question, agentAnswer])])
    const parts = await all(adapter.messages.stream('c-1', input))
    expect(wordsOf(parts)).toEqual(['It left', agentAnswer.content.slice(7)])
    expect(finishOf(parts)).toMatchObject({ outcome: 'answered', message: { id: 'm-2' }, text: agentAnswer.content })
    expect(asked).toHaveLength(1)
    if (end === 'hang') expect([passed() >= 60_000, state.cancelled]).toEqual([true, true])
  })

  it('warns if the stored text differs from the streamed one', async () => {
    const { adapter } = streaming({ pieces: [event({ response: 'Something else' })], end: 'break' })
    serve(['GET', '/conversations/c-1', 200, threadOf([question, agentAnswer])])
    const parts = await all(adapter.messages.stream('c-1', input))
    expect(wordsOf(parts)).toEqual(['Something else'])
    expect(finishOf(parts).text).toBe(agentAnswer.content)
    expect(told(finishOf(parts).warnings)).toEqual(['degraded'])
  })

  it('has an unknown outcome if nothing is found, and is not sent again', async () => {
    const { adapter, asked } = streaming({ pieces: [], end: 'break' })
    const thread = threadOf([])
    serve(['GET', '/conversations/c-1', 200, thread], ['GET', '/conversations/c-1', 200, thread])
    const parts = await all(adapter.messages.stream('c-1', input))
    expect(finishOf(parts)).toMatchObject({ outcome: 'unknown', attempt: { kind: 'ask', text: input.text } })
    expect(asked).toHaveLength(1)
  })

  it('without any text is read back', async () => {
    const { adapter } = streaming({ pieces: [event({ conversationId: 'c-1' }), event('[DONE]')] })
    serve(['GET', '/conversations/c-1', 200, threadOf([question, agentAnswer])])
    const parts = await all(adapter.messages.stream({ contact: 'p-1' }, input))
    expect(wordsOf(parts)).toEqual([agentAnswer.content])
    expect(finishOf(parts)).toMatchObject({ conversationId: 'c-1', message: { id: 'm-2' } })
  })

  it('is read back after an answer that is no envelope', async () => {
    const seen = serve(
      ['POST', '/conversations', 200, { status: 'success' }],
      ['GET', '/conversations/c-1', 200, threadOf([question, agentAnswer])],
    )
    const parts = await all(account({ streaming: true }).adapter.messages.stream('c-1', input))
    expect(finishOf(parts)).toMatchObject({ outcome: 'answered', message: { id: 'm-2' } })
    expect(seen[1]).toStrictEqual(got('/conversations/c-1'))
  })

  it('is refused as messages.ask is', async () => {
    const seen = serve(['POST', '/conversations', 403, errorBody('No', 'FORBIDDEN')])
    const { adapter } = account({ streaming: true })
    expect(await failure(all(adapter.messages.stream('c-1', input)))).toMatchObject({ code: 'permission' })
    expect(seen).toMatchObject([{ body: { streaming: true } }])
    expect(await failure(all(adapter.messages.stream('c-1', { text: '' })))).toMatchObject({
      fields: [{ path: 'text' }],
    })
  })
})

describe('a stream that the caller abandons', () => {
  it('ends its request', async () => {
    const { adapter, state } = streaming({ pieces: [event({ response: 'It' })], end: 'hang' })
    for await (const part of adapter.messages.stream('c-1', input)) {
      expect(part).toEqual({ type: 'text', text: 'It' })
      break
    }
    expect(state.cancelled).toBe(true)
  })

  it('throws the reason of the caller’s signal', async () => {
    const controller = new AbortController()
    const reason = new Error('enough')
    const { adapter, state } = streaming({ pieces: [event({ response: 'It' })], end: 'hang' })
    const parts = adapter.messages.stream('c-1', input, { signal: controller.signal })
    const work = (async () => {
      for await (const _ of parts) controller.abort(reason)
    })()
    await expect(work).rejects.toBe(reason)
    expect(state.cancelled).toBe(true)
  })
})
