import { type Answer, type Attempt, type Call, isParleyError, mayPass, type Source } from '@parley/core'
import type { LeadConnectorClient } from './leadconnector-client.ts'
import { addEmailBody } from './leadconnector-email-bodies.ts'
import { findGeneration, type LeadConnectorGeneration } from './leadconnector-generation-lookup.ts'
import type { LeadConnectorMessage } from './leadconnector-message-page.ts'
import type { SourceCache } from './leadconnector-source-cache.ts'

/** After so many lookups without a generation a message is taken for the agent's by inference. */
const mostLookups = 3

export interface Answering {
  client: LeadConnectorClient
  call: Call
  cache: SourceCache
  /** How often a message was looked up in vain. */
  misses: Map<string, number>
}

/** What followed a question: the agent's answer, a person's, or nothing that decides yet. */
export type Reaction =
  | { by: 'agent'; message: LeadConnectorMessage; sources: Source[] | undefined }
  | { by: 'operator' }

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
    await addEmailBody(answering.client, answering.call, message)
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
  call.reading.warn(
    'degraded',
    'No generation confirms that the agent wrote the answer; it is assumed to be the agent’s.',
  )
  return true
}

async function prove(
  { client, call, cache }: Answering,
  { id, author }: LeadConnectorMessage,
): Promise<LeadConnectorGeneration | 'missing' | 'unknown'> {
  try {
    const generation = await findGeneration(client, call, id)
    if (generation) cache.set(id, generation.sources)
    return generation ?? 'missing'
  } catch (error) {
    if (!isParleyError(error) || mayPass(error) || author.kind !== 'agent') throw error
    call.reading.warn('degraded', 'The generation of the answer could not be read; it is assumed to be the agent’s.')
    return 'unknown'
  }
}

function confirmed(message: LeadConnectorMessage, { agentId }: LeadConnectorGeneration): LeadConnectorMessage {
  const author = { ...message.author, kind: 'agent', basis: 'vendor' } as const
  return { ...message, author: agentId ? { ...author, id: agentId } : author, sourcesState: 'fetchable' }
}

/** The answer in the words of the contract. Without text and files it is none. */
export function answerOf(reaction: Reaction, base: AnswerBase): Answer {
  if (reaction.by === 'operator') return { ...silence(base), outcome: 'unanswered' }
  const { message, sources } = reaction
  const text = message.text || null
  const isEmpty = text === null && !message.attachments?.length && !message.html
  return {
    ...silence(base),
    outcome: isEmpty ? 'unanswered' : 'answered',
    text,
    message: sources ? { ...message, sources, sourcesState: 'inline' } : message,
    sources: sources ?? [],
    sourcesState: sources ? 'inline' : 'fetchable',
  }
}

/** What every answer says beside its outcome. */
export interface AnswerBase {
  call: Call
  attempt: Attempt
  contactId: string | undefined
}

export const silence = ({ call, attempt, contactId }: AnswerBase): Omit<Answer, 'outcome'> => ({
  text: null,
  message: null,
  sources: [],
  sourcesState: 'unavailable',
  conversationId: attempt.conversationId,
  ...(contactId !== undefined && { contactId }),
  attempt,
  warnings: call.reading.warnings,
})
