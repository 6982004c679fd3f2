import {
  type Answer,
  type Attempt,
  type Call,
  type Control,
  compact,
  isParleyError,
  type Message,
  type Operations,
  pathOf,
  type Sent,
  type Transport,
} from '@parley/core'
import { conversationsOf } from './conversations.ts'
import type { PageMaker } from './page.ts'
import { object, readGeneration, readMessage, readSource } from './read.ts'
import { idOf, readSide } from './side.ts'

export type Messages = Omit<Operations['messages'], 'stream' | 'export' | 'cancel' | 'setStatus'>

type Groups = Pick<Operations, 'sources' | 'control' | 'generations'> & { messages: Messages }

export function messagesOf(transport: Transport, pages: PageMaker): Groups {
  const conversations = conversationsOf(transport, pages)
  const attemptOf = (call: Call, kind: Attempt['kind'], conversationId: string, text: string): Attempt => ({
    ...{ kind, conversationId, text, messageId: null },
    startedAt: new Date(call.now()).toISOString(),
  })

  const thread = async (id: string): Promise<Message[]> => {
    const messages: Message[] = []
    for await (const message of list(id, { order: 'asc' })) messages.push(message)
    return messages
  }
  const list: Operations['messages']['list'] = (target, query = {}, options) =>
    pages('messages.list', pathOf`/chats/${idOf(target)}/lines`, query, options, readMessage, {
      send: { sort: query.order },
    })

  /** Sends once; `null` when it cannot be told what became of it. */
  const send = async (call: Call, id: string, verb: string, text: string): Promise<unknown> => {
    try {
      return (await call.request({ method: 'POST', path: `${pathOf`/chats/${id}`}/${verb}`, body: { text } })).body
    } catch (error) {
      if (isParleyError(error) && error.outcome === 'unknown') return null
      throw error
    }
  }
  const sent = async (call: Call, id: string, verb: string, text: string): Promise<Sent> => {
    const attempt = attemptOf(call, 'reply', id, text)
    const body = await send(call, id, verb, text)
    const message = body === null ? null : readMessage(object(body), call.reading)
    attempt.messageId = message?.id ?? null
    const { warnings } = call.reading
    const outcome = message ? 'accepted' : 'unknown'
    return { outcome, message, messageId: attempt.messageId, conversationId: id, attempt, warnings }
  }
  const answerOf = (call: Call, attempt: Attempt, body: unknown): Answer => {
    const { question, answer } = body === null ? {} : object(body)
    const message = answer ? readMessage(object(answer), call.reading) : null
    if (question) attempt.messageId = String(object(question)['id'])
    return {
      outcome: message ? 'answered' : body === null ? 'unknown' : 'unanswered',
      text: message?.text ?? null,
      message,
      sources: message?.sources ?? [],
      sourcesState: message?.sourcesState ?? 'unavailable',
      conversationId: attempt.conversationId,
      attempt,
      warnings: call.reading.warnings,
    }
  }

  return {
    messages: {
      list,
      get: (target, options) => readSide(transport, 'messages.get', '/lines', target, options, readMessage),
      ask: async (target, { text }, options) => {
        const call = transport.begin('messages.ask', options)
        const isNew = typeof target === 'object' && !('id' in target)
        const id = isNew ? (await conversations.create(target)).id : idOf(target)
        const attempt = attemptOf(call, 'ask', id, text)
        return answerOf(call, attempt, await send(call, id, 'ask', text))
      },
      reply: (target, { text }, options) =>
        sent(transport.begin('messages.reply', options), idOf(target), 'reply', text),
      note: (target, { text }, options) => sent(transport.begin('messages.note', options), idOf(target), 'notes', text),
      settle: async ({ kind, conversationId, messageId, text }) => {
        const messages = conversationId === null ? [] : await thread(conversationId)
        const message = messages.find((each) => (messageId ? each.id === messageId : each.text === text)) ?? null
        const answered = kind === 'ask' && messages.find(({ inReplyTo }) => message && inReplyTo === message.id)
        const call = transport.begin('messages.settle')
        const attempt: Attempt = { kind, conversationId, messageId, text, startedAt: '' }
        const answer = answered
          ? { ...answerOf(call, attempt, {}), outcome: 'answered' as const, message: answered }
          : null
        return { outcome: message ? 'done' : 'not-done', message, answer }
      },
    },
    sources: {
      of: (target, options) =>
        transport
          .begin('sources.of', options)
          .read({ path: pathOf`/lines/${idOf(target)}/links` }, (body, reading) =>
            reading.items(object(body)['links'], 'links', (link) => readSource(link, reading)),
          ),
    },
    control: {
      get: async (target, options) => (await conversations.get(target, options)).control,
      takeOver: (target, options) => hold(transport, 'control.takeOver', idOf(target), false, options),
      release: (target, options) => hold(transport, 'control.release', idOf(target), true, options),
    },
    generations: {
      get: (target, options) =>
        transport
          .begin('generations.get', options)
          .read({ path: pathOf`/lines/${idOf(target)}/made` }, (body, reading) =>
            readGeneration(object(body), reading),
          ),
    },
  }
}

const hold = (
  transport: Transport,
  operation: string,
  id: string,
  bot: boolean,
  options: Parameters<Transport['begin']>[1],
): Promise<Control> =>
  transport
    .begin(operation, options)
    .read({ method: 'PATCH', path: pathOf`/chats/${id}`, body: compact({ bot }) }, (body, reading) => {
      const holder = reading.flag(object(body), 'bot')
      return { holder: holder ? 'agent' : 'operator', basis: 'vendor', native: holder ?? null }
    })
