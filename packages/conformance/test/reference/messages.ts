import {
  type Answer,
  type AskTarget,
  type Attempt,
  beginSending,
  type Call,
  type Control,
  type Conversation,
  checkId,
  isParleyError,
  type Message,
  type OperationOptions,
  type Operations,
  pathOf,
  type SendOptions,
  type Sent,
  settleAttempt,
  type Target,
  type Transport,
} from '@parley/core'
import { conversationsOf } from './conversations.ts'
import { fileIds } from './files.ts'
import { windowOf } from './knowledge.ts'
import type { PageMaker } from './page.ts'
import { object, readConversation, readGeneration, readMessage, readSource } from './read.ts'
import { about, readSide } from './side.ts'
import { readPieces } from './stream.ts'

type Groups = Pick<Operations, 'sources' | 'control' | 'generations' | 'messages'>

export function messagesOf(transport: Transport, pages: PageMaker): Groups {
  const conversations = conversationsOf(transport, pages)
  const thread = async (id: string): Promise<Message[]> => {
    const messages: Message[] = []
    for await (const message of list(id, { order: 'asc' })) messages.push(message)
    return messages
  }
  const list: Operations['messages']['list'] = (target, query = {}, options) =>
    pages('messages.list', ['/chats', target, '/lines'], query, options, readMessage, {
      send: { sort: query.order },
    })

  /** Sends once; `null` when it cannot be told what became of it. */
  const send = async (call: Call, id: string, verb: string, said: object): Promise<unknown> => {
    try {
      return (await call.request({ method: 'POST', path: `${pathOf`/chats/${id}`}/${verb}`, body: said })).body
    } catch (error) {
      if (isParleyError(error) && error.outcome === 'unknown') return null
      throw error
    }
  }
  const sent = async (
    call: Call,
    id: string,
    verb: string,
    said: { text: string; files?: string[] },
    options: SendOptions | undefined,
    others: { after?: string | undefined; sendAt?: string | undefined },
  ): Promise<Sent> => {
    const kind = verb === 'notes' ? 'note' : 'reply'
    const given = { kind, conversationId: id, text: said.text, ...others } as const
    const { attempt, learn } = await beginSending(call, options, given)
    const body = await send(call, id, verb, said)
    const message = body === null ? null : readMessage(object(body), call.reading)
    await learn({ messageId: message?.id }, 'answer')
    const { warnings } = call.reading
    const outcome = message ? 'accepted' : 'unknown'
    return { outcome, message, messageId: attempt.messageId, conversationId: id, attempt, warnings }
  }
  const placeOf = async (call: Call, target: AskTarget, options: OperationOptions | undefined): Promise<string> =>
    typeof target === 'object' && target !== null && 'contact' in target && !('id' in target)
      ? (await conversations.create(target, options)).id
      : checkId(call, target as string, 'conversation')
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
      ask: async (target, { text, attachments, after }, options) => {
        const call = transport.begin('messages.ask', options)
        const id = await placeOf(call, target, options)
        const files = await fileIds(call, id, attachments)
        const { attempt } = await beginSending(call, options, { kind: 'ask', conversationId: id, text, after })
        return answerOf(call, attempt, await send(call, id, 'ask', { text, files }))
      },
      stream: async function* (target, { text, attachments, after }, options) {
        const call = transport.begin('messages.stream', options)
        const id = await placeOf(call, target, options)
        const files = await fileIds(call, id, attachments)
        const { attempt } = await beginSending(call, options, { kind: 'ask', conversationId: id, text, after })
        const path = `${pathOf`/chats/${id}`}/stream`
        try {
          const reply = await call.request({ method: 'POST', path, body: { text, files }, expect: 'stream' })
          yield* readPieces(reply, (whole) => answerOf(call, attempt, whole))
        } catch (error) {
          if (!isParleyError(error) || error.outcome !== 'unknown') throw error
          yield { type: 'finish', answer: answerOf(call, attempt, null) }
        }
      },
      reply: async (target, { text, sendAt, attachments, after }, options) => {
        const call = transport.begin('messages.reply', options)
        const id = checkId(call, target, 'conversation')
        const files = await fileIds(call, id, attachments)
        const due = sendAt === undefined ? undefined : Math.round(Date.parse(sendAt) / 1000)
        return sent(call, id, 'reply', { text, files, ...(due && { due }) }, options, { after, sendAt })
      },
      note: async (target, { text, after }, options) => {
        const call = transport.begin('messages.note', options)
        return sent(call, checkId(call, target, 'conversation'), 'notes', { text }, options, { after })
      },
      export: (query = {}, options) =>
        pages('messages.export', '/lines', query, options, readMessage, {
          send: {
            ...{ chat: query.conversationId, customer: query.contactId, sort: query.order, ...windowOf(query) },
            via: query.channel && (ways[query.channel] ?? 'none'),
          },
        }),
      cancel: async (target, options) => {
        const call = transport.begin('messages.cancel', options)
        const id = checkId(call, target, 'message')
        await call.request({ method: 'DELETE', path: pathOf`/lines/${id}` })
        return { id, confirmed: true }
      },
      setStatus: async (target, { status }, options) => {
        const call = transport.begin('messages.setStatus', options)
        const path = `${pathOf`/lines/${checkId(call, target, 'message')}`}/delivery`
        await call.request({ method: 'PUT', path, body: { delivery: deliveries[status] } })
      },
      settle: async (given, options) =>
        settleAttempt(
          transport.begin('messages.settle', options),
          {
            kinds: ['ask', 'reply', 'note'],
            longestRequest: 60_000,
            visibilityLag: 60_000,
            readThread: async (_call, id) => ({ messages: await thread(id), isComplete: true }),
            isOther: ({ author, type }, { kind }) => {
              if ((type.value === 'note') !== (kind === 'note')) return true
              return (author.kind === 'contact') !== (kind === 'ask') || author.kind === 'agent'
            },
            answerTo: async (call, attempt, question, read) => {
              const message = read?.messages.find(({ inReplyTo }) => question && inReplyTo === question.id)
              if (!message) return null
              return { ...answerOf(call, attempt, {}), outcome: 'answered', message, text: message.text ?? null }
            },
          },
          given,
          options,
        ),
    },
    sources: {
      of: (target, options) =>
        readSide(
          transport,
          'sources.of',
          '/lines',
          target,
          options,
          ({ links }, reading) => reading.items(links, 'links', (link) => readSource(link, reading)),
          '/links',
        ),
    },
    control: {
      get: async (target, options) =>
        (await readSide(transport, 'control.get', '/chats', target, options, readConversation)).control,
      takeOver: (target, options) => hold(transport, 'control.takeOver', target, false, options),
      release: (target, options) => hold(transport, 'control.release', target, true, options),
    },
    generations: {
      get: (target, options) =>
        readSide(transport, 'generations.get', '/lines', target, options, readGeneration, '/made'),
    },
  }
}

const ways: Readonly<Record<string, string>> = { web: 'chat', email: 'mail', voice: 'phone' }
const deliveries = { pending: 'sent', delivered: 'arrived', read: 'seen', failed: 'lost' } as const

async function hold(
  transport: Transport,
  operation: string,
  target: Target<Conversation>,
  bot: boolean,
  options: OperationOptions | undefined,
): Promise<Control> {
  const { call, id } = about(transport, operation, target, options)
  return call.read({ method: 'PATCH', path: pathOf`/chats/${id}`, body: { bot } }, (body, reading) => {
    const holder = reading.flag(object(body), 'bot')
    return { holder: holder ? 'agent' : 'operator', basis: 'vendor', native: holder ?? null }
  })
}
