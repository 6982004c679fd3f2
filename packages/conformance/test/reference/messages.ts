import {
  type Answer,
  type AnswerPart,
  type AskInput,
  type Call,
  type Control,
  type Conversation,
  type ConversationTarget,
  checkId,
  checkText,
  errorOf,
  type InputRequest,
  ignoreOptions,
  isParleyError,
  type Message,
  type OperationOptions,
  type Operations,
  paged,
  pathOf,
  type SendOptions,
  type Sent,
  type Target,
  type Transport,
  vendorOptions,
} from '@parley/core'
import {
  answerOf as answerFrom,
  askAs,
  beginSending,
  type OutgoingMessage,
  pageOfWhole,
  reconcileAttempt,
  requestFor,
  streamAs,
  textOfInput,
  type VisitorWays,
} from '@parley/core/operations'
import { conversationsOf } from './conversations.ts'
import { fileIds } from './files.ts'
import { windowOf } from './knowledge.ts'
import type { PageMaker } from './page.ts'
import { object, readConversation, readGeneration, readMessage, readSource, readWants } from './read.ts'
import { about, lineAt, readSide } from './side.ts'
import { readPieces } from './stream.ts'

type Groups = Pick<Operations, 'sources' | 'control' | 'generations' | 'messages'>

export function messagesOf(transport: Transport, pages: PageMaker, contacts: Operations['contacts']): Groups {
  const conversations = conversationsOf(transport, pages)
  const visitors: VisitorWays = {
    ensure: contacts.ensure,
    open: (contact, options) => conversations.create({ contact }, options),
  }
  const thread = async (id: string, options: OperationOptions | undefined): Promise<Message[]> => {
    const messages: Message[] = []
    for await (const message of list(id, { order: 'asc' }, options)) messages.push(message)
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
    { attempt, update }: OutgoingMessage,
    verb: string,
    said: { files?: string[]; due?: number },
  ): Promise<Sent> => {
    const conversationId = attempt.conversationId as string
    const body = await send(call, conversationId, verb, { ...said, text: attempt.text, staff: attempt.operatorId })
    const message = body === null ? null : readMessage(object(body), call.reading)
    await update({ messageId: message?.id }, 'answer')
    const { warnings } = call.reading
    const outcome = message ? 'accepted' : 'unknown'
    return { outcome, message, messageId: attempt.messageId, conversationId, attempt, warnings }
  }
  /** The attempt first, then the conversation: the caller knows of both before anything is said. */
  const beginAsk = async (
    call: Call,
    target: ConversationTarget,
    input: AskInput,
    options: SendOptions | undefined,
  ) => {
    const isNew = typeof target === 'object' && target !== null && 'contact' in target && !('id' in target)
    const { mark } = vendorOptions<{ mark?: string }>(call, input.vendor, { mark: checkText })
    const { text, after } = input
    ignoreOptions(call, input, ['context'], 'a question is only a text.')
    const conversationId = isNew ? null : checkId(call, target as string, 'conversation')
    await refuseWhileWaiting(call, conversationId)
    const outgoing = await beginSending(call, options, { kind: 'ask', conversationId, text, after, mark })
    if (isNew) await outgoing.update({ conversationId: (await conversations.create(target, options)).id }, 'answer')
    const files = await fileIds(call, outgoing.attempt.conversationId as string, input.attachments)
    return { outgoing, files }
  }
  const answerOf = async (call: Call, { attempt, update }: OutgoingMessage, body: unknown): Promise<Answer> => {
    if (body === null) return answerFrom({ call, attempt }, 'unknown')
    const raw = object(body)
    const { question, answer, before = [] } = raw
    if (question) await update({ messageId: String(object(question)['id']) }, 'answer')
    const inputRequests = readWants(raw, call.reading)
    if (inputRequests) return { ...answerFrom({ call, attempt }, 'needs-input'), inputRequests }
    const lines = [...(before as unknown[]), ...(answer ? [answer] : [])]
    const messages = lines.map((line) => readMessage(object(line), call.reading))
    return answerFrom({ call, attempt }, messages.length > 0 ? 'answered' : 'unanswered', messages)
  }
  const waitsFor = async (call: Call, id: string): Promise<readonly InputRequest[]> =>
    call.read({ path: pathOf`/chats/${id}` }, (body, reading) => readWants(object(body), reading) ?? [])
  const refuseWhileWaiting = async (call: Call, id: string | null): Promise<void> => {
    if (id !== null && (await waitsFor(call, id)).length > 0)
      throw errorOf(call, 'conflict', 'the agent waits for a person.', { outcome: 'not-done' })
  }

  const ask = async (
    target: ConversationTarget,
    input: AskInput,
    options: SendOptions | undefined,
  ): Promise<Answer> => {
    const call = transport.begin('messages.ask', options)
    const { outgoing, files } = await beginAsk(call, target, input, options)
    const { conversationId, mark, text } = outgoing.attempt
    const said = { text, files, mark, agent: input.agentId }
    return answerOf(call, outgoing, await send(call, conversationId as string, 'ask', said))
  }
  async function* stream(
    target: ConversationTarget,
    input: AskInput,
    options: SendOptions | undefined,
  ): AsyncGenerator<AnswerPart, void, undefined> {
    const call = transport.begin('messages.stream', options)
    const { outgoing, files } = await beginAsk(call, target, input, options)
    const { conversationId, mark, text } = outgoing.attempt
    const path = `${pathOf`/chats/${conversationId as string}`}/stream`
    const said = { text, files, mark, agent: input.agentId }
    try {
      const reply = await call.request({ method: 'POST', path, body: said, expect: 'stream' })
      yield* readPieces(reply, (whole) => answerOf(call, outgoing, whole))
    } catch (error) {
      if (!isParleyError(error) || error.outcome !== 'unknown') throw error
      yield { type: 'finish', answer: await answerOf(call, outgoing, null) }
    }
  }

  return {
    messages: {
      list,
      get: (target, options) => readSide(transport, 'messages.get', '/lines', target, options, readMessage),
      ask: (target, input, options) => askAs(transport, [target, input, options], visitors, ask),
      stream: (target, input, options) => streamAs(transport, [target, input, options], visitors, stream),
      provideInput: async (target, { requestId, value, vendor }, options) => {
        const call = transport.begin('messages.provideInput', options)
        vendorOptions(call, vendor, {})
        const conversationId = checkId(call, target, 'conversation')
        const request = requestFor(call, await waitsFor(call, conversationId), requestId)
        const given = { kind: 'input', conversationId, text: textOfInput(value), requestId: request.id } as const
        const outgoing = await beginSending(call, options, given)
        return answerOf(call, outgoing, await send(call, conversationId, 'given', { want: request.id, value }))
      },
      reply: async (target, { text, sendAt, attachments, after, operatorId }, options) => {
        const call = transport.begin('messages.reply', options)
        const conversationId = checkId(call, target, 'conversation')
        await refuseWhileWaiting(call, conversationId)
        if (options?.takeOver === 'if-needed')
          await hold(transport, 'control.takeOver', conversationId, false, undefined)
        const files = await fileIds(call, conversationId, attachments)
        const due = sendAt === undefined ? undefined : Math.round(Date.parse(sendAt) / 1000)
        const given = { kind: 'reply', conversationId, text, after, sendAt, operatorId } as const
        return sent(call, await beginSending(call, options, given), 'reply', { files, ...(due && { due }) })
      },
      note: async (target, { text, after, operatorId }, options) => {
        const call = transport.begin('messages.note', options)
        const conversationId = checkId(call, target, 'conversation')
        const given = { kind: 'note', conversationId, text, after, operatorId } as const
        return sent(call, await beginSending(call, options, given), 'notes', {})
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
        await call.request({ method: 'DELETE', ...lineAt(id) })
        return { id, confirmed: true }
      },
      setStatus: async (target, { status }, options) => {
        const call = transport.begin('messages.setStatus', options)
        const place = lineAt(checkId(call, target, 'message'), '/delivery')
        await call.request({ method: 'PUT', ...place, body: { delivery: deliveries[status] } })
      },
      reconcile: async (given, options) =>
        reconcileAttempt(
          transport.begin('messages.reconcile', options),
          {
            kinds: ['ask', 'reply', 'note', 'input'],
            isWaiting: async (call, { conversationId, requestId }) =>
              (await waitsFor(call, conversationId as string)).some(({ id }) => id === requestId),
            longestRequest: 60_000,
            visibilityLag: 60_000,
            readThread: async (_call, id) => ({ messages: await thread(id, options), isComplete: true }),
            isOther: ({ author, type }, { kind, operatorId }) => {
              if (type.value === 'call' || type.value === 'activity') return true
              if ((type.value === 'note') !== (kind === 'note')) return true
              if (kind === 'ask') return author.kind !== 'contact'
              return author.kind !== 'operator' || (!!author.id && author.id !== operatorId)
            },
            answerTo: async (call, attempt, question, read) => {
              const messages = read?.messages.filter(({ inReplyTo }) => question && inReplyTo === question.id) ?? []
              return messages.length > 0 ? answerFrom({ call, attempt }, 'answered', messages) : null
            },
          },
          given,
          options,
        ),
    },
    sources: {
      list: (target, query = {}, options) =>
        paged(
          async (cursor, { limit }) => {
            const sources = await readSide(
              transport,
              'sources.list',
              '/lines',
              target,
              options,
              ({ links }, reading) => reading.items(links, 'links', (link) => readSource(link, reading)),
              '/links',
            )
            return pageOfWhole(transport.begin('sources.list', options), limit, cursor)(sources)
          },
          query,
          {
            vendor: transport.settings.protocol.vendor,
            account: transport.settings.account,
            operation: 'sources.list',
            of: target,
          },
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
