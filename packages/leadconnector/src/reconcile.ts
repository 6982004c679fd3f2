import {
  type Answer,
  type Call,
  isParleyError,
  type Message,
  mayPass,
  type SendAttempt,
  type Source,
  saysMissing,
} from '@parley/core'
import { type AskedQuestion, answerOf, type SentReader, type SentThread } from '@parley/core/operations'
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

/**
 * How long a question waits for the agent's answer by default, in milliseconds. The agent first waits as long as it is
 * configured (up to minutes), and then writes for about ten seconds.
 */
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

/** The values of `source` that only the platform's own automations have. A message sent through the API has `api`. */
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
  // A message sent through the API names no user. A message with a user was therefore written in the app, by that person.
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

/** The answer to a question, if it exists now. Does not wait. */
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
  // This function does not wait, so one lookup of each generation decides.
  const misses = new Map(later.map(({ id }) => [id, Number.MAX_SAFE_INTEGER]))
  const reaction = await findReaction({ context, call, cache, misses }, later)
  const contactId = question?.author.kind === 'contact' ? (question.author.id ?? undefined) : undefined
  return reaction
    ? answerFrom(reaction, { call, attempt, contactId: contactId ?? attempt.contactId ?? undefined })
    : null
}

/** After this many lookups without a generation, a message that looks like the agent's counts as the agent's. */
const mostLookups = 3

export interface AnswerSearch {
  context: Context
  call: Call
  cache: SourceCache
  /** How many lookups found no generation, for each message id. */
  misses: Map<string, number>
}

/** The reaction to a question: an answer of the agent, or a message of a person. */
type Reaction = { by: 'agent'; message: LeadConnectorMessage; sources: Source[] | undefined } | { by: 'operator' }

/**
 * Looks for the answer among the messages after a question.
 *
 * @param later oldest first.
 * @returns `undefined` while no message decides.
 */
export async function findReaction(
  search: AnswerSearch,
  later: readonly LeadConnectorMessage[],
): Promise<Reaction | undefined> {
  for (const message of later) {
    const { author, direction } = message
    if (direction !== 'outbound') continue
    if (author.kind === 'operator') return { by: 'operator' }
    const isLikely = author.kind === 'agent'
    if (!isLikely && author.native !== 'workflow' && author.kind !== 'unknown') continue
    const proof = await prove(search, message)
    if (proof === 'missing' && !isLikely) continue
    if (proof === 'missing' && !isEnough(search, message)) return undefined
    await addEmailBody(search.context, search.call, message)
    if (typeof proof === 'string') return { by: 'agent', message, sources: undefined }
    return { by: 'agent', message: confirmed(message, proof), sources: proof.sources }
  }
  return undefined
}

/** Whether there were enough lookups. A generation can appear later than its message, so one miss proves nothing. */
function isEnough({ misses, call }: AnswerSearch, { id }: LeadConnectorMessage): boolean {
  const count = (misses.get(id) ?? 0) + 1
  misses.set(id, count)
  if (count < mostLookups) return false
  call.reading.warn('degraded', 'No generation confirms that the agent wrote the answer; Parley assumes that it did.')
  return true
}

async function prove(
  { context, call, cache }: AnswerSearch,
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

/** The answer as the contract describes it. A message without text and files is not an answer. */
export function answerFrom(reaction: Reaction, asked: AskedQuestion): Answer {
  if (reaction.by === 'operator') return answerOf(asked, 'unanswered')
  const { sources } = reaction
  const message: Message = sources ? { ...reaction.message, sources, sourcesState: 'inline' } : reaction.message
  const text = message.text || null
  const isEmpty = text === null && !message.attachments?.length && !message.html
  return {
    ...answerOf(asked, isEmpty ? 'unanswered' : 'answered', message),
    text,
    sources: sources ?? [],
    sourcesState: sources ? 'inline' : 'fetchable',
  }
}

/** The most pages that are read back. They cover everything that happens in a conversation after one send. */
const mostPages = 20

/** The most pages of one poll. A question is among the newest messages, and polls repeat, so a poll should be short. */
const pagesPerLook = 3

/**
 * The messages of a conversation, oldest first, from the newest back to the first one that is far enough.
 *
 * @param isFarEnough called for each message, from the newest on. Reading stops after the page in which it returns true.
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
    // All messages of the page are checked, because a page with a message without a time is not sorted.
    const isFar = page.items.filter(isFarEnough).length > 0
    if (isFar || page.next === null) return { messages: messages.reverse(), isComplete: isFar || page.isLast }
    if (page.next === lastMessageId) break
    lastMessageId = page.next
  }
  return { messages: messages.reverse(), isComplete: false }
}

/** The messages after a given one, oldest first. `undefined`: the given message was not found. Compares no times. */
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
