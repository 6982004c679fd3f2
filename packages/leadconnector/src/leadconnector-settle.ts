import {
  type Answer,
  type Attempt,
  type Call,
  invalid,
  isParleyError,
  type OperationOptions,
  readTimestamp,
  type Settlement,
} from '@parley/core'
import { answerOf, findReaction } from './leadconnector-answer.ts'
import type { LeadConnectorClient } from './leadconnector-client.ts'
import { readBareMessage } from './leadconnector-message-get.ts'
import type { LeadConnectorMessage } from './leadconnector-message-page.ts'
import type { SourceCache } from './leadconnector-source-cache.ts'
import { earliest, type FoundSent, findSent, readSince } from './leadconnector-thread.ts'

/** A message that does not show after this long was not stored: no request is under way for longer. */
const certainAfterMs = 60_000

export async function settle(
  client: LeadConnectorClient,
  cache: SourceCache,
  given: Attempt,
  options: OperationOptions | undefined,
): Promise<Settlement> {
  const call = client.begin('messages.settle', options)
  const attempt = checked(call, given)
  const sent = await findById(client, call, attempt)
  const conversationId = attempt.conversationId ?? sent?.conversationId
  // Without the conversation there is nothing to read back.
  if (conversationId === undefined) return { outcome: 'unknown', message: null, answer: null }
  const found = await whatWasSent(client, call, attempt, conversationId, sent)
  if (typeof found === 'string') {
    const isCertain = found === 'absent' && call.now() - Date.parse(attempt.startedAt) > certainAfterMs
    return { outcome: isCertain ? 'not-done' : 'unknown', message: null, answer: null }
  }
  const { message } = found
  if (attempt.kind !== 'ask') return { outcome: 'done', message, answer: null }
  const known = { ...attempt, conversationId, messageId: message.id }
  return { outcome: 'done', message, answer: await answerTo(client, call, cache, known, message) }
}

async function whatWasSent(
  client: LeadConnectorClient,
  call: Call,
  attempt: Attempt,
  conversationId: string,
  sent: LeadConnectorMessage | undefined,
): Promise<FoundSent> {
  if (sent) return { message: sent }
  if (attempt.messageId !== null) return 'absent'
  return findSent(client, call, await readSince(client, call, conversationId, earliest(attempt)), attempt)
}

async function answerTo(
  client: LeadConnectorClient,
  call: Call,
  cache: SourceCache,
  attempt: Attempt,
  question: LeadConnectorMessage,
): Promise<Answer | null> {
  const since = question.createdAt ? Date.parse(question.createdAt) : earliest(attempt)
  const messages = await readSince(client, call, question.conversationId, since)
  const index = messages.findIndex(({ id }) => id === question.id)
  const newer = index < 0 ? [] : messages.slice(0, index)
  // Nobody waits here, so a single lookup decides.
  const misses = new Map(newer.map(({ id }) => [id, Number.MAX_SAFE_INTEGER]))
  const reaction = await findReaction({ client, call, cache, misses }, newer)
  const contactId = question.author.kind === 'contact' ? (question.author.id ?? undefined) : undefined
  return reaction ? answerOf(reaction, { call, attempt, contactId }) : null
}

async function findById(
  client: LeadConnectorClient,
  call: Call,
  { messageId }: Attempt,
): Promise<LeadConnectorMessage | undefined> {
  if (messageId === null) return undefined
  try {
    return await readBareMessage(client, call, messageId)
  } catch (error) {
    if (isParleyError(error) && error.code === 'not-found') return undefined
    throw error
  }
}

/** An attempt may come from a store, so that its fields are checked. */
function checked(call: Call, attempt: Attempt): Attempt {
  const { kind, conversationId, messageId, text, startedAt } = attempt ?? {}
  if (kind !== 'ask' && kind !== 'reply' && kind !== 'note')
    throw invalid(call, 'attempt.kind', 'must be ask, reply or note')
  if (typeof text !== 'string') throw invalid(call, 'attempt.text', 'must be a text')
  const started = readTimestamp(startedAt)
  if (started === undefined) throw invalid(call, 'attempt.startedAt', 'must be an instant in ISO 8601')
  return { kind, conversationId: conversationId ?? null, messageId: messageId ?? null, text, startedAt: started }
}
