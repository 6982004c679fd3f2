import { type Answer, type Attempt, type Call, type SentReader, type SentThread, saysMissing } from '@parley/core'
import { answerOf, findReaction } from './leadconnector-answer.ts'
import type { LeadConnectorClient } from './leadconnector-client.ts'
import { findByContact } from './leadconnector-conversation-create.ts'
import { addEmailBodies } from './leadconnector-email-bodies.ts'
import { findGeneration } from './leadconnector-generation-lookup.ts'
import { readBareMessage } from './leadconnector-message-get.ts'
import type { LeadConnectorMessage } from './leadconnector-message-page.ts'
import type { SourceCache } from './leadconnector-source-cache.ts'
import { readAfter, readThread } from './leadconnector-thread.ts'

/** An agent waits as long as it is set to (up to minutes) and then writes for about ten seconds, in milliseconds. */
export const longestAsk = 120_000

/** What core's sending needs to know of this vendor. */
export const sentReader = (client: LeadConnectorClient, cache: SourceCache): SentReader<LeadConnectorMessage> => ({
  kinds: ['ask', 'reply', 'note'],
  longestRequest: Math.max(longestAsk, client.transport.settings.timeout),
  visibilityLag: 60_000,
  readThread: (call, conversationId, isFarEnough) => readThread(client, call, conversationId, isFarEnough),
  readMessage: (call, messageId) => readIfShown(client, call, messageId),
  findConversations: async (call, { contactId }) => {
    const conversation = contactId ? await findByContact(client, call, contactId) : undefined
    return conversation ? [conversation.id] : []
  },
  isOther,
  provesOther: (call, message, { kind }) => isGenerated(client, call, message, kind),
  addTexts: (call, messages) => addEmailBodies(client, call, messages),
  answerTo: (call, attempt, question, thread) => answerTo(client, cache, call, attempt, question, thread),
})

/** Sources that only the platform's own automations have; a message sent through the API has `api`. */
const automations: ReadonlySet<unknown> = new Set(['workflow', 'campaign', 'bulk_actions'])

function isOther({ author, direction, type }: LeadConnectorMessage, { kind, operatorId }: Attempt): boolean {
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

/** A generation is the vendor's word that an agent wrote the message. An empty answer is none. */
async function isGenerated(
  client: LeadConnectorClient,
  call: Call,
  { author, id }: LeadConnectorMessage,
  kind: Attempt['kind'],
): Promise<boolean> {
  if (kind !== 'reply' || author.native === 'api') return false
  const generation = await findGeneration(client, call, id)
  return !!generation?.agentId || !!generation?.response.text
}

async function readIfShown(
  client: LeadConnectorClient,
  call: Call,
  messageId: string,
): Promise<LeadConnectorMessage | undefined> {
  try {
    return await readBareMessage(client, call, messageId)
  } catch (error) {
    if (saysMissing(error, /message/i)) return undefined
    throw error
  }
}

/** Nothing is waited for: an answer that is not there yet is none. */
async function answerTo(
  client: LeadConnectorClient,
  cache: SourceCache,
  call: Call,
  attempt: Attempt,
  question: LeadConnectorMessage | null,
  thread: SentThread<LeadConnectorMessage> | undefined,
): Promise<Answer | null> {
  const { conversationId, messageId } = attempt as { conversationId: string; messageId: string }
  const place = thread?.messages.findIndex(({ id }) => id === messageId) ?? -1
  const later =
    thread && place >= 0
      ? thread.messages.slice(place + 1)
      : ((await readAfter(client, call, conversationId, messageId)) ?? [])
  // Nobody waits here, so a single lookup decides.
  const misses = new Map(later.map(({ id }) => [id, Number.MAX_SAFE_INTEGER]))
  const reaction = await findReaction({ client, call, cache, misses }, later)
  const contactId = question?.author.kind === 'contact' ? (question.author.id ?? undefined) : undefined
  return reaction ? answerOf(reaction, { call, attempt, contactId: contactId ?? attempt.contactId ?? undefined }) : null
}
