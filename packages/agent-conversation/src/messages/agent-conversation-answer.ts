import type { Answer, AskOutcome, Attempt, Call } from '@parley/core'
import type { Found } from './agent-conversation-thread.ts'

/** A question on its way: everything its answer has to say of it. */
export interface Asking {
  readonly call: Call
  readonly conversationId: string
  /** Missing: not known. */
  readonly contactId?: string | null
  /** Its `messageId` is the question's, once that is known. */
  readonly attempt: Attempt
}

export function answerOf(asking: Asking, outcome: AskOutcome, message: Found | null = null): Answer {
  const answer: Answer = {
    outcome,
    text: message?.text ?? null,
    message,
    sources: message?.sources ?? [],
    sourcesState: message?.sourcesState ?? 'unavailable',
    conversationId: asking.conversationId,
    attempt: asking.attempt,
    warnings: asking.call.reading.warnings,
  }
  if (asking.contactId !== undefined) answer.contactId = asking.contactId
  return answer
}

/** A message that is an answer; without a text it says nothing. */
export function answered(asking: Asking, message: Found): Answer {
  if (message.author.kind === 'operator')
    asking.call.reading.warn('degraded', 'A person answered instead of the agent.', { path: 'message.senderRole' })
  return answerOf(asking, message.text ? 'answered' : 'unanswered', message)
}

/** @param error the vendor's words; they may quote, so only `raw` has them. */
export function failed(asking: Asking, message: Found | null, error: string | null): Answer {
  const text = 'The agent failed to answer; what the vendor says about it is in raw.'
  asking.call.reading.warn('degraded', text, { path: 'error', raw: error })
  return answerOf(asking, 'failed', message)
}
