import {
  checkId,
  compact,
  type Feedback,
  fromMilliseconds,
  type KnowledgeInput,
  type KnowledgeItem,
  type Operations,
  type Payload,
  type PayloadReader,
  pathOf,
  type Suggestion,
  type Transport,
  vocabulary,
} from '@parley/core'
import type { PageMaker } from './page.ts'
import { object } from './read.ts'
import { lineAt } from './side.ts'

const kind = vocabulary({ page: 'website', pair: 'faq', note: 'text', paper: 'file' })
const status = vocabulary({ done: 'ready', busy: 'processing', broken: 'failed' })
const kindsHere: Readonly<Record<string, string>> = { website: 'page', faq: 'pair', text: 'note', file: 'paper' }

export function knowledgeOf(
  transport: Transport,
  pages: PageMaker,
): Pick<Operations, 'knowledge' | 'feedback' | 'webhooks'> {
  return {
    knowledge: {
      list: (query = {}, options) =>
        pages('knowledge.list', '/facts', query, options, readFact, {
          send: { kind: query.kind && (kindsHere[query.kind] ?? 'none'), shelf: query.knowledgeBaseId },
          keep: ({ title }) => !query.search || (title ?? '').includes(query.search),
        }),
      add: async (input, options) => {
        const call = transport.begin('knowledge.add', options)
        return call.read({ method: 'POST', path: '/facts', body: factOf(input) }, (body, reading) =>
          readFact(object(body), reading),
        )
      },
      remove: async (item, options) => {
        const call = transport.begin('knowledge.remove', options)
        const id = checkId(call, item, 'item')
        await call.request({ method: 'DELETE', path: pathOf`/facts/${id}` })
        return { id, confirmed: true }
      },
    },
    feedback: {
      list: (query = {}, options) =>
        pages('feedback.list', '/ratings', query, options, readRating, { send: windowOf(query) }),
      give: async (message, { vote, authorId, comment, question, answer }, options) => {
        const call = transport.begin('feedback.give', options)
        const place = lineAt(checkId(call, message, 'message'), '/ratings')
        const body = compact<Record<string, unknown>>({
          ...{ good: vote === 'up', by: authorId, note: comment, asks: question, says: answer },
        })
        return call.read({ method: 'POST', ...place, body }, (rating, reading) => readRating(object(rating), reading))
      },
      suggestions: (query = {}, options) =>
        pages('feedback.suggestions', '/hints', query, options, readHint, { send: windowOf(query) }),
      dismiss: async (suggestion, options) => {
        const call = transport.begin('feedback.dismiss', options)
        const id = checkId(call, suggestion, 'suggestion')
        await call.request({ method: 'DELETE', path: pathOf`/hints/${id}` })
        return { id, confirmed: true }
      },
    },
    webhooks: {
      create: async ({ title, url, trigger }, options) => {
        const call = transport.begin('webhooks.create', options)
        const body = { title, address: url, event: trigger }
        return call.read({ method: 'POST', path: '/hooks', body }, (answer, reading) => {
          const raw = object(answer)
          return {
            ...reading.entity('webhook', reading.id(raw), raw),
            title: reading.text(raw, 'title') ?? null,
            url: reading.text(raw, 'address') ?? '',
            trigger: { value: trigger, native: trigger },
            isActive: reading.flag(raw, 'on') ?? false,
          }
        })
      },
    },
  }
}

/** What a window of the contract is to the vendor: whole seconds, both ends within. */
export const windowOf = ({ since, until }: { since?: string; until?: string }): { from?: number; until?: number } =>
  compact({
    from: since === undefined ? undefined : Math.ceil(Date.parse(since) / 1000),
    until: until === undefined ? undefined : Math.floor(Date.parse(until) / 1000),
  })

function factOf(input: KnowledgeInput): object {
  return compact<Record<string, unknown>>({
    kind: kindsHere[input.kind],
    shelf: input.knowledgeBaseId,
    ...('url' in input && { link: input.url }),
    ...('title' in input && { title: input.title }),
    ...('text' in input && { body: input.text }),
    ...('fileName' in input && { file: input.fileName }),
    ...('question' in input && { asks: input.question, says: input.answer }),
  })
}

const readFact = (raw: Payload, reading: PayloadReader): KnowledgeItem => ({
  ...reading.entity('knowledge', reading.id(raw), raw),
  kind: reading.term(raw, 'kind', kind) ?? { value: 'unknown', native: null },
  ...compact<Partial<KnowledgeItem>>({
    title: reading.text(raw, 'title'),
    url: reading.text(raw, 'link'),
    text: reading.text(raw, 'body'),
    question: reading.text(raw, 'asks'),
    answer: reading.text(raw, 'says'),
    fileName: reading.text(raw, 'file'),
    status: reading.term(raw, 'state', status),
    knowledgeBaseId: reading.text(raw, 'shelf'),
    createdAt: reading.time(raw, 'at'),
  }),
})

function readRating(raw: Payload, reading: PayloadReader): Feedback {
  const good = reading.flag(raw, 'good')
  return {
    id: reading.id(raw),
    ...compact<Partial<Feedback>>({
      vote: good === undefined ? undefined : { value: good ? 'up' : 'down', native: good },
      comment: reading.text(raw, 'note'),
      question: reading.text(raw, 'asks'),
      answer: reading.text(raw, 'says'),
      conversationId: reading.text(raw, 'chat'),
      messageId: reading.text(raw, 'line'),
      createdAt: fromMilliseconds((reading.number(raw, 'at') ?? 0) * 1000),
    }),
  }
}

const readHint = (raw: Payload, reading: PayloadReader): Suggestion => ({
  ...reading.entity('suggestion', reading.id(raw), raw),
  ...compact<Partial<Suggestion>>({
    conversationId: reading.text(raw, 'chat'),
    messageId: reading.text(raw, 'line'),
    question: reading.text(raw, 'asks'),
    answer: reading.text(raw, 'says'),
    reason: reading.text(raw, 'why'),
    createdAt: reading.time(raw, 'at'),
  }),
})
