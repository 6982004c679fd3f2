import {
  type Answer,
  type Call,
  isParleyError,
  mayPass,
  type SendAttempt,
  type Source,
  saysMissing,
} from '@parley/core'
import { type Asked, answerOf, type SentReader, type SentThread } from '@parley/core/operations'
import { sizes } from './capabilities.ts'
import { findByContact } from './conversations.ts'
import { findGeneration, type LeadConnectorGeneration, type SourceCache } from './generations.ts'
import {
  addEmailBodies,
  addEmailBody,
  type LeadConnectorMessage,
  readBareMessage,
  readMessagePage,
} from './message-list.ts'
import type { Context } from './protocol.ts'

/** An agent waits as long as it is set to (up to minutes) and then writes for about ten seconds, in milliseconds. */
export const longestAsk = 120_000

/** What core needs to know about this vendor to reconcile a send. */
export const sentReader = (context: Context, cache: SourceCache): SentReader<LeadConnectorMessage> => ({
  kinds: ['ask', 'reply', 'note'],
  longestRequest: Math.max(longestAsk, context.settings.timeout),
  visibilityLag: 60_000,
  readThread: (call, conversationId, isFarEnough) => readThread(context, call, conversationId, isFarEnough),
  readMessage: (call, messageId) => readIfShown(context, call, messageId),
  findConversations: async (call, { contactId }) => {
    const conversation = contactId ? await findByContact(context, call, contactId) : undefined
    return conversation ? [conversation.id] : []
  },
  isOther,
  provesOther: (call, message, { kind }) => isGenerated(context, call, message, kind),
  addTexts: (call, messages) => addEmailBodies(context, call, messages),
  answerTo: (call, attempt, question, thread) => answerTo(context, cache, call, attempt, question, thread),
})

/** Sources that only the platform's own automations have; a message sent through the API has `api`. */
const automations: ReadonlySet<unknown> = new Set(['workflow', 'campaign', 'bulk_actions'])

function isOther({ author, direction, type }: LeadConnectorMessage, { kind, operatorId }: SendAttempt): boolean {
  if (type.value === 'call' || type.value === 'activity') return true
  if (kind === 'note') {
    if (type.value !== 'note') return type.value !== 'unknown'
    return !!author.id && operatorId !== undefined && author.id !== operatorId
  }
  if (type.value === 'note') return true
  if (kind === 'ask') return direction === 'outbound'
  if (direction === 'inbound' || automations.has(author.native)) return true
  // A message that is sent through the API names no operator, so one that a person wrote in the app is that person's.
  return author.kind === 'operator' && !!author.id && author.native === 'app'
}

/** A generation proves that an agent wrote the message. An empty response is not a generation. */
async function isGenerated(
  context: Context,
  call: Call,
  { author, id }: LeadConnectorMessage,
  kind: SendAttempt['kind'],
): Promise<boolean> {
  if (kind !== 'reply' || author.native === 'api') return false
  const generation = await findGeneration(context, call, id)
  return !!generation?.agentId || !!generation?.response.text
}

async function readIfShown(context: Context, call: Call, messageId: string): Promise<LeadConnectorMessage | undefined> {
  try {
    return await readBareMessage(context, call, messageId)
  } catch (error) {
    if (saysMissing(error, /message/i)) return undefined
    throw error
  }
}

/** Does not wait: without an answer yet, there is none. */
async function answerTo(
  context: Context,
  cache: SourceCache,
  call: Call,
  attempt: SendAttempt,
  question: LeadConnectorMessage | null,
  thread: SentThread<LeadConnectorMessage> | undefined,
): Promise<Answer | null> {
  const { conversationId, messageId } = attempt as { conversationId: string; messageId: string }
  const place = thread?.messages.findIndex(({ id }) => id === messageId) ?? -1
  const later =
    thread && place >= 0
      ? thread.messages.slice(place + 1)
      : ((await readAfter(context, call, conversationId, messageId)) ?? [])
  // Nobody waits here, so a single lookup decides.
  const misses = new Map(later.map(({ id }) => [id, Number.MAX_SAFE_INTEGER]))
  const reaction = await findReaction({ context, call, cache, misses }, later)
  const contactId = question?.author.kind === 'contact' ? (question.author.id ?? undefined) : undefined
  return reaction
    ? answerFrom(reaction, { call, attempt, contactId: contactId ?? attempt.contactId ?? undefined })
    : null
}

/** After so many lookups without a generation a message is taken for the agent's by inference. */
const mostLookups = 3

export interface Answering {
  context: Context
  call: Call
  cache: SourceCache
  /** How often a message was looked up in vain. */
  misses: Map<string, number>
}

/** What followed a question: the agent's answer, a person's, or nothing that decides yet. */
type Reaction = { by: 'agent'; message: LeadConnectorMessage; sources: Source[] | undefined } | { by: 'operator' }

/**
 * Looks for the answer among the messages after a question.
 *
 * @param later oldest first.
 */
export async function findReaction(
  answering: Answering,
  later: readonly LeadConnectorMessage[],
): Promise<Reaction | undefined> {
  for (const message of later) {
    const { author, direction } = message
    if (direction !== 'outbound') continue
    if (author.kind === 'operator') return { by: 'operator' }
    const isLikely = author.kind === 'agent'
    if (!isLikely && author.native !== 'workflow' && author.kind !== 'unknown') continue
    const proof = await prove(answering, message)
    if (proof === 'missing' && !isLikely) continue
    if (proof === 'missing' && !isEnough(answering, message)) return undefined
    await addEmailBody(answering.context, answering.call, message)
    if (typeof proof === 'string') return { by: 'agent', message, sources: undefined }
    return { by: 'agent', message: confirmed(message, proof), sources: proof.sources }
  }
  return undefined
}

/** A generation can lag behind its message, so that a first miss says nothing. */
function isEnough({ misses, call }: Answering, { id }: LeadConnectorMessage): boolean {
  const count = (misses.get(id) ?? 0) + 1
  misses.set(id, count)
  if (count < mostLookups) return false
  call.reading.warn('degraded', 'No generation confirms that the agent wrote the answer; Parley assumes that it did.')
  return true
}

async function prove(
  { context, call, cache }: Answering,
  { id, author }: LeadConnectorMessage,
): Promise<LeadConnectorGeneration | 'missing' | 'unknown'> {
  try {
    const generation = await findGeneration(context, call, id)
    if (generation) cache.set(id, generation.sources)
    return generation ?? 'missing'
  } catch (error) {
    if (!isParleyError(error) || mayPass(error) || author.kind !== 'agent') throw error
    call.reading.warn(
      'degraded',
      'The generation of the answer could not be read; Parley assumes that the agent wrote it.',
    )
    return 'unknown'
  }
}

function confirmed(message: LeadConnectorMessage, { agentId }: LeadConnectorGeneration): LeadConnectorMessage {
  const author = { ...message.author, kind: 'agent', basis: 'vendor' } as const
  return { ...message, author: agentId ? { ...author, id: agentId } : author, sourcesState: 'fetchable' }
}

/** The answer in the words of the contract. Without text and files it is none. */
export function answerFrom(reaction: Reaction, asked: Asked): Answer {
  if (reaction.by === 'operator') return answerOf(asked, 'unanswered')
  const { message, sources } = reaction
  const text = message.text || null
  const isEmpty = text === null && !message.attachments?.length && !message.html
  return {
    ...answerOf(asked, isEmpty ? 'unanswered' : 'answered'),
    text,
    message: sources ? { ...message, sources, sourcesState: 'inline' } : message,
    sources: sources ?? [],
    sourcesState: sources ? 'inline' : 'fetchable',
  }
}

/** Enough for whatever happened in a conversation since one message was sent. */
const mostPages = 20

/** What is looked at again and again is kept short: a question is among the newest messages. */
const pagesPerLook = 3

/**
 * The messages of a conversation, oldest first, from the newest back to the first one that is far enough.
 *
 * @param isFarEnough called for each message, from the newest on; the page that has one for which it is true is the
 * last.
 */
async function readThread(
  context: Context,
  call: Call,
  conversationId: string,
  isFarEnough: (message: LeadConnectorMessage) => boolean,
  most = mostPages,
): Promise<SentThread<LeadConnectorMessage>> {
  const messages: LeadConnectorMessage[] = []
  const limit = sizes.messages.default
  let lastMessageId: string | undefined
  for (let pages = 0; pages < most; pages++) {
    const page = await readMessagePage(context, call, { conversationId, limit, lastMessageId })
    messages.push(...page.items)
    // Up to the end of the page, because messages without a time leave a page as it came.
    const isFar = page.items.filter(isFarEnough).length > 0
    if (isFar || page.next === null) return { messages: messages.reverse(), isComplete: isFar || page.isLast }
    if (page.next === lastMessageId) break
    lastMessageId = page.next
  }
  return { messages: messages.reverse(), isComplete: false }
}

/** The messages after a given one, oldest first; `undefined` when it does not show. No clock is involved. */
export async function readAfter(
  context: Context,
  call: Call,
  conversationId: string,
  messageId: string,
): Promise<LeadConnectorMessage[] | undefined> {
  const isFarEnough = ({ id }: LeadConnectorMessage): boolean => id === messageId
  const { messages } = await readThread(context, call, conversationId, isFarEnough, pagesPerLook)
  const place = messages.findIndex(isFarEnough)
  return place < 0 ? undefined : messages.slice(place + 1)
}
