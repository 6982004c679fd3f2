import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { text as textOf } from 'node:stream/consumers'
import { deferred, listen } from '../ports.ts'

/**
 * A model with the API of OpenAI's chat completions. It repeats the last message, word by word when it streams. `overload`
 * makes it fail. `slowly` makes it wait until `release` is called.
 */
export interface Model {
  /** The base URL for a client of OpenAI's API. */
  readonly url: string
  /** How often each question was asked. */
  readonly asked: Map<string, number>
  /** Resolves when a question with `slowly` has arrived and waits. */
  waiting(): Promise<void>
  /** Lets the questions with `slowly` go on, also later ones until `hold` is called. */
  release(): void
  hold(): void
  stop(): Promise<void>
}

interface Completion {
  stream?: boolean
  messages: { role: string; content: string | { text?: string }[] | null }[]
}

export async function startModel(): Promise<Model> {
  const asked = new Map<string, number>()
  let arrived = deferred()
  let gate = deferred()
  const server = createServer((request, response) => {
    respond(request, response).catch(() => response.destroy())
  })

  async function respond(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { messages, stream } = JSON.parse(await textOf(request)) as Completion
    const question = plain(messages.findLast(({ role }) => role === 'user')?.content ?? null)
    asked.set(question, (asked.get(question) ?? 0) + 1)
    if (/\boverload\b/i.test(question)) return json(response, 500, { error: { message: 'the model is overloaded' } })
    const base = { id: `chatcmpl-${crypto.randomUUID()}`, created: 1_767_225_600, model: 'parrot' }
    const answer = `You said: ${question}`
    const wait = async () => {
      if (!/\bslowly\b/i.test(question)) return
      arrived.resolve()
      await gate.promise
    }
    if (!stream) {
      await wait()
      const message = { role: 'assistant', content: answer }
      const choices = [{ index: 0, finish_reason: 'stop', message }]
      return json(response, 200, { ...base, object: 'chat.completion', choices, usage })
    }
    response.writeHead(200, { 'content-type': 'text/event-stream' })
    const send = (choices: object[], more: object = {}) =>
      response.write(`data: ${JSON.stringify({ ...base, object: 'chat.completion.chunk', choices, ...more })}\n\n`)
    const words = answer.split(/(?<= )/)
    for (const [index, content] of words.entries()) {
      send([{ index: 0, delta: index === 0 ? { role: 'assistant', content } : { content }, finish_reason: null }])
      if (index === 1) await wait()
    }
    send([{ index: 0, delta: {}, finish_reason: 'stop' }])
    send([], { usage })
    response.end('data: [DONE]\n\n')
  }

  const port = await listen(server)
  return {
    url: `http://127.0.0.1:${port}/v1`,
    asked,
    waiting: () => arrived.promise,
    release: () => gate.resolve(),
    hold() {
      gate.resolve()
      gate = deferred()
      arrived = deferred()
    },
    stop: () =>
      new Promise((resolve) => {
        gate.resolve()
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

const usage = { prompt_tokens: 10, completion_tokens: 5, total_tokens: 15 }

const plain = (content: Completion['messages'][number]['content']): string =>
  typeof content === 'string' ? content : (content ?? []).map((part) => part.text ?? '').join('')

function json(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json' })
  response.end(JSON.stringify(body))
}
