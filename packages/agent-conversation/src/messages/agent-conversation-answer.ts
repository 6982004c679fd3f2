import type { Answer, AskOutcome, Attempt, Call } from '@parley/core'
import type { Found } from './agent-conversation-thread.ts'

/** Everything that an answer says beside what was answered. */
export interface Asked {
  readonly call: Call
  readonly conversationId: string
  /** Missing: not known. */
  readonly contactId?: string | null
  /** Its `messageId` is the question's, once that is known. */
  readonly attempt: Attempt
}

export function answerOf(asked: Asked, outcome: AskOutcome, message: Found | null = null): Answer {
  const answer: Answer = {
    outcome,
    text: message?.text ?? null,
    message,
    sources: message?.sources ?? [],
    sourcesState: message?.sourcesState ?? 'unavailable',
    conversationId: asked.conversationId,
    attempt: asked.attempt,
    warnings: asked.call.reading.warnings,
  }
  if (asked.contactId !== undefined) answer.contactId = asked.contactId
  return answer
}

/** A message that is an answer; without a text it says nothing. */
export function answered(asked: Asked, message: Found): Answer {
  if (message.author.kind === 'operator')
    asked.call.reading.warn('degraded', 'A person answered instead of the agent.', { path: 'message.senderRole' })
  return answerOf(asked, message.text ? 'answered' : 'unanswered', message)
}

/** @param error the vendor's words; they may quote, so only `raw` has them. */
export function failed(asked: Asked, message: Found | null, error: string | null): Answer {
  const text = 'The agent failed to answer; with the option raw, this warning holds what the vendor says about it.'
  asked.call.reading.warn('degraded', text, { path: 'error', raw: error })
  return answerOf(asked, 'failed', message)
}
