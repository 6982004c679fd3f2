import { type AuthorKind, type Direction, type Message, type Source, type SourcesState, supports } from '@parley/core'
import { rowMessageId, rowPartOf } from '@parley/core/operations'
import { type Check, checksOf, Inapplicable } from '../check.ts'
import { ensure, ensureSame } from '../support/ensure.ts'
import {
  answersOf,
  idsOf,
  someConversations,
  someMessages,
  someSources,
  talkingId,
  threadOf,
} from '../support/reading.ts'
import { speakingId } from '../support/writing.ts'

export const messageChecks: readonly Check[] = checksOf('messages', [
  {
    name: 'messages that share a row of the vendor have ids and refs of their own, and the answer names its question',
    needs: ['conversations.list', 'messages.list'],
    async run({ adapter }) {
      let rows = 0
      for (const { id } of await someConversations(adapter)) {
        const messages = await threadOf(adapter, id)
        for (const key of ['id', 'ref'] as const)
          ensure(
            new Set(messages.map((message) => message[key])).size === messages.length,
            `Two messages have one ${key}.`,
          )
        for (const { ref, id: messageId, inReplyTo } of messages) {
          const row = rowPartOf(messageId)
          if (row?.part !== 'answer') continue
          rows++
          const questionId = rowMessageId(row.rowId, 'question')
          ensure(inReplyTo === questionId, `${ref} names "${inReplyTo}" as its question instead of "${questionId}".`)
          ensure(
            messages.some((message) => message.id === questionId),
            `The question of ${ref} is not in the thread.`,
          )
        }
      }
      if (rows === 0) throw new Inapplicable(`No two messages of ${adapter.vendor} share a row.`)
    },
  },
  {
    name: 'a message that answers another names an existing, older message',
    needs: ['messages.list'],
    async run(bench) {
      const messages = await someMessages(bench)
      const byId = new Map(messages.map((message) => [message.id, message]))
      for (const { ref, id, inReplyTo, createdAt, conversationId } of messages) {
        if (inReplyTo === undefined || inReplyTo === null) continue
        ensure(inReplyTo !== id, `${ref} answers itself.`)
        const question = byId.get(inReplyTo)
        if (question?.conversationId !== conversationId) continue
        ensure(
          !(createdAt && question.createdAt) || question.createdAt <= createdAt,
          `${ref} is older than what it answers.`,
        )
      }
    },
  },
  {
    name: 'every message has an author, a basis for it, and the direction that fits the author',
    needs: ['messages.list'],
    async run(bench) {
      const messages = await someMessages(bench)
      for (const { ref, author, direction } of messages) {
        ensure(author.kind in directions, `${ref} is written by "${author.kind}".`)
        ensure(
          author.basis === 'vendor' || author.basis === 'inferred',
          `${ref} has the author basis "${author.basis}".`,
        )
        ensure(
          directions[author.kind].includes(direction),
          `${ref} is by the ${author.kind} but has the direction ${direction}.`,
        )
      }
      const kinds = new Set(messages.map(({ author }) => author.kind))
      for (const kind of ['contact', 'agent'] as const) ensure(kinds.has(kind), `No message is by the ${kind}.`)
    },
  },
  {
    name: 'every message names the conversation it is in',
    needs: ['messages.list', 'conversations.list'],
    async run(bench) {
      const listed = await someConversations(bench.adapter)
      for (const id of [await talkingId(bench), ...listed.slice(0, 4).map((conversation) => conversation.id)]) {
        for (const message of await threadOf(bench.adapter, id))
          ensure(message.conversationId === id, `${message.ref} of "${id}" says "${message.conversationId}".`)
      }
    },
  },
  {
    name: 'a score of a source has a metric and a direction',
    needs: ['messages.list'],
    async run(bench) {
      for (const { ref, score } of (await someSources(bench)).filter(isScored)) {
        ensure(Number.isFinite(score.value), `${ref} has the score ${String(score.value)}.`)
        const better = { distance: false, similarity: true, unknown: null }[score.metric]
        ensure(better !== undefined, `${ref} has a score in "${score.metric}".`)
        const agrees = score.higherIsBetter === better || score.higherIsBetter === null
        ensure(
          agrees || score.metric === 'unknown',
          `${ref} has a ${score.metric} with the wrong value of higherIsBetter.`,
        )
      }
    },
  },
  {
    name: 'sourcesState says where the sources of a message are, and they are there',
    needs: ['messages.list'],
    async run(bench) {
      const list = bench.adapter.sources?.list
      const fetchable: Message[] = []
      for (const message of await someMessages(bench)) {
        const { ref, sources, sourcesState } = message
        ensure(states.includes(sourcesState), `${ref} has its sources "${sourcesState}".`)
        if (sourcesState === 'inline')
          ensure(Array.isArray(sources), `${ref} has inline sources according to sourcesState, but no list.`)
        else ensure(sources === undefined, `${ref} has the sourcesState ${sourcesState}, but has inline sources.`)
        if (sourcesState === 'fetchable') fetchable.push(message)
      }
      ensure(fetchable.length === 0 || list, 'Sources are fetchable, but the adapter has no sources.list.')
      for (const message of fetchable.slice(0, 5))
        ensure(Array.isArray((await list?.(message))?.items), `The sources of ${message.ref} are not a list.`)
    },
  },
  {
    name: 'every written message has its text, without markup',
    needs: ['messages.list'],
    async run(bench) {
      const messages = await threadOf(bench.adapter, await talkingId(bench))
      const said = messages.filter(({ author, text }) => (author.kind === 'contact' || author.kind === 'agent') && text)
      ensure(said.length > 1, 'In a conversation of contact and agent, fewer than two messages have a text.')
      for (const { ref, text } of messages)
        ensure(
          !/<\/?(?:p|div|br|span|html|body)\b[^>]*>/i.test(text ?? ''),
          `The text of ${ref} is HTML; that belongs to \`html\`.`,
        )
    },
  },
  {
    name: 'answers of the agent can be traced to sources that say what they are',
    needs: ['messages.list'],
    async run(bench) {
      const { adapter } = bench
      for (const { ref, id, kind, title, url, text, fileName } of await someSources(bench)) {
        ensure(kind.value !== 'unknown' || kind.native !== null, `${ref} does not say what it is.`)
        // An id that Parley made (`msg_1#0`) identifies nothing at the vendor. The vendor's own id can be looked up.
        ensure(title || url || text || fileName || !id.includes('#'), `${ref} has no title, address, text, file or id.`)
      }
      const answers = await answersOf(bench)
      if (!supports(adapter, 'sources.list')) return
      const [inline] = answers.filter(({ sourcesState }) => sourcesState === 'inline')
      if (!inline) return
      const byEntity = (await adapter.sources.list(inline)).items
      ensureSame(idsOf(byEntity), idsOf(inline.sources ?? []), `sources.list and the sources of ${inline.ref}`)
    },
  },
  {
    name: 'a status that the application sets is read back',
    needs: ['messages.setStatus', 'messages.reply', 'messages.list'],
    async run(bench) {
      const { adapter, harness } = bench
      const { provider } = harness.use ?? {}
      const own = provider ? (await provider.create({ fetch: harness.fetch })).adapter : adapter
      if (!supports(own, 'messages.setStatus') || !supports(own, 'messages.reply')) return
      const id = await speakingId(bench)
      if (supports(own, 'control.takeOver')) await own.control.takeOver(id)
      const text = 'A colleague here: did this arrive?'
      await own.messages.reply(id, { text, ...harness.use?.reply, ...provider?.reply })
      const stored = async () => (await threadOf(adapter, id)).find((message) => message.text === text)
      const message = await stored()
      ensure(message, 'The reply is not in the thread.')
      for (const status of ['delivered', 'read', 'failed'] as const) {
        await own.messages.setStatus(message, { status, ...(status === 'failed' && { failure }) })
        const found = (await stored())?.status?.value
        ensure(found === status, `It was set to ${status} but reads back as ${found ?? 'nothing'}.`)
      }
    },
  },
])

/** The possible directions of a message by the kind of its author. */
const directions: Record<AuthorKind, readonly Direction[]> = {
  contact: ['inbound'],
  agent: ['outbound', 'internal'],
  operator: ['outbound', 'internal'],
  automation: ['outbound', 'internal'],
  system: ['internal', 'outbound', 'unknown'],
  unknown: ['inbound', 'outbound', 'internal', 'unknown'],
}

const isScored = (source: Source): source is Source & Required<Pick<Source, 'score'>> => source.score !== undefined

const states: readonly SourcesState[] = ['inline', 'fetchable', 'unavailable']

const failure = { code: '1', type: 'conformance', message: 'The carrier refused it.' }
