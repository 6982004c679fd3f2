import type { AnswerPart } from '@parley/core'
import { failure, told } from '@parley/testkit'
import { type Exchange, useNock } from '@parley/testkit/nock'
import { describe, expect, it, vi } from 'vitest'
import { event, failed, interrupted, piece, started, values, whole } from '../fixtures/stream.ts'
import {
  answer,
  busy,
  failedThread,
  handoff,
  interruptId,
  intro,
  newThread,
  question,
  threadId,
  threadOf,
  toolCall,
  toolResult,
  waitingThread,
} from '../fixtures/threads.ts'
import { account, ownId, useOwnIds } from '../helpers/account.ts'
import { sentence, serve } from '../helpers/vendor.ts'

useNock()
useOwnIds()

const input = { text: 'When do you open?' }
const at = `/threads/${threadId}`
const asked = { ...question, id: ownId(1) }
const read = (thread: unknown): Exchange => ['GET', at, 200, thread]
const before = read(threadOf([]))
const after = read(threadOf([asked, answer]))

interface Sending {
  type?: string
  pieces: readonly (string | Uint8Array)[]
  end?: 'close' | 'break' | 'hang'
}

/** A `fetch` that streams the run; everything else goes over the wire. */
function streaming({ type = 'text/event-stream', pieces, end = 'close' }: Sending) {
  const runs: unknown[] = []
  const state = { cancelled: false }
  const fetch: typeof globalThis.fetch = async (request, init) => {
    if (!(request as Request).url.endsWith('/runs/stream')) return globalThis.fetch(request, init)
    runs.push(await (request as Request).json())
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
  return { ...account({ fetch }), runs, state }
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

const words = ['Echo: ', 'When do ', 'you open?']
const spoken = [started, values([asked]), piece(''), ...words.map((word) => piece(word)), piece('')]

describe('messages.stream', () => {
  it('yields the pieces as the model writes them, and finishes with the stored answer', async () => {
    const seen = serve(before, after)
    const { adapter, runs } = streaming({ pieces: [...spoken, values([asked, answer])] })
    const parts = await all(adapter.messages.stream(threadId, input))
    expect(wordsOf(parts)).toEqual(words)
    expect(parts.map(({ type }) => type)).toEqual(['text', 'text', 'text', 'finish'])
    expect(finishOf(parts)).toMatchObject({
      ...{ outcome: 'answered', text: words.join(''), message: { id: answer.id }, warnings: [] },
      attempt: { kind: 'ask', messageId: ownId(1), mark: ownId(1) },
    })
    expect(runs).toStrictEqual([
      {
        metadata: { parley_input: ownId(1) },
        ...{ assistant_id: 'desk', multitask_strategy: 'reject', on_disconnect: 'continue' },
        input: { messages: [{ type: 'human', content: 'When do you open?', id: ownId(1) }] },
        stream_mode: ['messages-tuple', 'values'],
      },
    ])
    expect(seen).toHaveLength(2)
  })

  it('reads the events wherever the connection splits them', async () => {
    serve(before, after)
    const bytes = new TextEncoder().encode([...spoken, values([asked, answer])].join('').replace('Echo', 'Écho'))
    const pieces = Array.from({ length: Math.ceil(bytes.length / 7) }, (_, n) => bytes.slice(n * 7, n * 7 + 7))
    const parts = await all(streaming({ pieces }).adapter.messages.stream(threadId, input))
    expect(wordsOf(parts)).toEqual(['Écho: ', 'When do ', 'you open?'])
  })

  it('puts an empty line between two messages, and streams neither tools nor the question', async () => {
    const messages = [asked, intro, toolCall, toolResult, answer]
    serve(before, read(threadOf(messages)))
    const pieces = [
      ...[started, values([asked]), whole(asked), whole(intro), whole(toolCall), whole(toolResult)],
      ...[...words.map((word) => piece(word)), values(messages)],
    ]
    const parts = await all(streaming({ pieces }).adapter.messages.stream(threadId, input))
    expect(wordsOf(parts)).toEqual(['Let me look.', '\n\nEcho: ', 'When do ', 'you open?'])
    expect(wordsOf(parts).join('')).toBe(finishOf(parts).text)
    expect(finishOf(parts).messages.map(({ id }) => id)).toEqual(['ai-a', 'ai-b', 'tool-1', answer.id])
  })

  it('takes pieces without an id as parts of the same message', async () => {
    serve(before, after)
    const pieces = [...words.map((word) => piece(word, '')), values([asked, answer])]
    const parts = await all(streaming({ pieces }).adapter.messages.stream(threadId, input))
    expect(wordsOf(parts)).toEqual(words)
  })

  it('reads chunks by their class, content in parts, and events with a namespace', async () => {
    serve(before, after)
    const pieces = [
      piece(
        [
          { type: 'text', text: 'Echo: ' },
          { type: 'reasoning', reasoning: 'hm' },
        ],
        undefined,
        'AIMessageChunk',
      ),
      piece('When do ').replace('event: messages', 'event: messages|left:1'),
      piece('no', undefined, 'ToolMessageChunk'),
      piece('no', undefined, 'HumanMessageChunk'),
      piece('no', undefined, 'system'),
      ...[event('messages/metadata', [{ type: 'ai', content: 'no' }]), event('messages', 7), event('messages', [7])],
      ...[event('updates', { answer: {} }), ': heartbeat\n\n', piece('you open?'), values([asked, answer])],
    ]
    const parts = await all(streaming({ pieces }).adapter.messages.stream(threadId, input))
    expect(wordsOf(parts)).toEqual(words)
  })

  it('yields what was not streamed, because a state without pieces has it', async () => {
    for (const [pieces, expected] of [
      [[values([asked, answer])], ['Echo: When do you open?']],
      [
        [piece('Echo: '), values([asked, answer])],
        ['Echo: ', 'When do you open?'],
      ],
    ] as const) {
      serve(before, after)
      const { adapter } = streaming({ pieces })
      vi.mocked(crypto.randomUUID).mockReturnValueOnce(ownId(1))
      expect(wordsOf(await all(adapter.messages.stream(threadId, input)))).toEqual(expected)
    }
  })

  it('warns if the stored answer differs from the streamed one', async () => {
    serve(before, after)
    const { adapter } = streaming({ pieces: [piece('Another'), values([asked, answer])] })
    const parts = await all(adapter.messages.stream(threadId, input))
    expect(told(finishOf(parts).warnings)).toEqual(['degraded'])
    expect(finishOf(parts).text).toBe('Echo: When do you open?')
  })

  it('needs input if the stream ends in an interrupt', async () => {
    serve(before, read(waitingThread([asked])))
    const { adapter } = streaming({ pieces: [started, values([asked]), interrupted([handoff])] })
    const parts = await all(adapter.messages.stream(threadId, input))
    expect(parts.map(({ type }) => type)).toEqual(['finish'])
    expect(finishOf(parts)).toMatchObject({
      ...{ outcome: 'needs-input', text: null, inputRequests: [{ id: interruptId, text: 'I want a human' }] },
    })
  })

  it('needs input although an answer was streamed, where another branch of the graph waits', async () => {
    serve(before, read(waitingThread([asked])))
    const { adapter } = streaming({ pieces: [piece('right alone'), values([asked, answer])] })
    const parts = await all(adapter.messages.stream(threadId, input))
    expect(wordsOf(parts)).toEqual(['right alone'])
    expect(finishOf(parts)).toMatchObject({ outcome: 'needs-input', text: null })
  })

  it('finishes with what was streamed before an interrupt or a failure', async () => {
    for (const [end, thread, outcome] of [
      [interrupted([handoff]), waitingThread([asked, answer]), 'needs-input'],
      [failed, failedThread([asked, answer]), 'failed'],
    ] as const) {
      serve(before, read(thread))
      vi.mocked(crypto.randomUUID).mockReturnValueOnce(ownId(1))
      const { adapter } = streaming({ pieces: [...spoken, values([asked, answer]), end] })
      const parts = await all(adapter.messages.stream(threadId, input))
      expect(wordsOf(parts)).toEqual(words)
      expect(finishOf(parts)).toMatchObject({ outcome, text: words.join(''), message: { id: answer.id } })
    }
  })

  it('is failed after an error event, whose words only the option raw shows', async () => {
    serve(before, read(failedThread([asked])))
    const { adapter } = streaming({ pieces: [started, values([asked]), piece('Ech'), failed] })
    const parts = await all(adapter.messages.stream(threadId, input))
    expect(finishOf(parts)).toMatchObject({ outcome: 'failed', message: null, text: null })
    expect(told(finishOf(parts).warnings)).toEqual(['degraded __error__'])
    expect(
      finishOf(parts)
        .warnings.map(({ message }) => message)
        .join(),
    ).not.toContain('the model')
  })

  it.each<[string, Sending]>([
    ['breaks', { pieces: [...spoken], end: 'break' }],
    ['ends inside an event', { pieces: [...spoken, 'event: values\ndata: {"messages":[{"co'] }],
    ['ends before the last state of the graph', { pieces: spoken }],
    ['ends after the first state of the graph', { pieces: [started, values([asked])] }],
    ['has no event at all', { pieces: [] }],
  ])('reads the thread if the stream %s, and never sends the question again', async (name, sending) => {
    const { adapter, runs } = streaming(sending)
    serve(before, after, ...(name.includes('first state') ? [after] : []))
    const parts = await all(adapter.messages.stream(threadId, input))
    expect(wordsOf(parts).join('')).toBe('Echo: When do you open?')
    expect(finishOf(parts)).toMatchObject({ outcome: 'answered', message: { id: answer.id } })
    expect(runs).toHaveLength(1)
  })

  it('is failed, or needs input, by the thread of a stream that broke', async () => {
    serve(before, read(failedThread([asked])))
    const first = streaming({ pieces: [started], end: 'break' })
    expect(finishOf(await all(first.adapter.messages.stream(threadId, input)))).toMatchObject({ outcome: 'failed' })
    serve(before, read(waitingThread([{ ...question, id: ownId(2) }])))
    const second = streaming({ pieces: [started], end: 'break' })
    expect(finishOf(await all(second.adapter.messages.stream(threadId, input)))).toMatchObject({
      outcome: 'needs-input',
    })
  })

  it('is unknown if the stream broke and the thread does not have the question', async () => {
    serve(before, read(threadOf([])), read(threadOf([])))
    const { adapter, runs } = streaming({ pieces: [started], end: 'break' })
    const parts = await all(adapter.messages.stream(threadId, input))
    expect(finishOf(parts)).toMatchObject({ outcome: 'unknown' })
    expect(runs).toHaveLength(1)
  })

  it('yields the whole answer if the server sends JSON instead of events', async () => {
    serve(before, after)
    const pieces = [JSON.stringify({ messages: [asked, answer] })]
    const { adapter } = streaming({ type: 'application/json', pieces })
    const parts = await all(adapter.messages.stream(threadId, input))
    expect(wordsOf(parts)).toEqual(['Echo: When do you open?'])
  })

  it('sends nothing before the iteration, and ends the request when the reader stops', async () => {
    const { adapter, runs, state } = streaming({ pieces: [...spoken], end: 'hang' })
    const parts = adapter.messages.stream(threadId, input)
    expect(runs).toEqual([])
    serve(before)
    for await (const part of parts) {
      expect(part).toEqual({ type: 'text', text: 'Echo: ' })
      break
    }
    expect(state.cancelled).toBe(true)
  })

  it('fails as messages.ask does, with its own operation name', async () => {
    serve(before, sentence('POST', `${at}/runs/stream`, 422, busy))
    expect(await failure(all(account().adapter.messages.stream(threadId, input)))).toMatchObject({
      ...{ code: 'conflict', outcome: 'not-done', operation: 'messages.stream' },
    })
    serve(read(waitingThread([question])))
    expect(await failure(all(account().adapter.messages.stream(threadId, input)))).toMatchObject({
      ...{ code: 'conflict', outcome: 'not-done', operation: 'messages.stream' },
    })
  })

  it('is partly done if a new thread was created and the question was refused', async () => {
    serve(
      ['POST', '/threads', 200, newThread],
      sentence('POST', `/threads/${ownId(1)}/runs/stream`, 403, 'Not for you.'),
    )
    expect(await failure(all(account().adapter.messages.stream({ contact: 'p-1' }, input)))).toMatchObject({
      ...{ code: 'permission', outcome: 'partly-done', conversationId: ownId(1) },
    })
  })
})
