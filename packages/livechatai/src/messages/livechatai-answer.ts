import type { Answer, AskOutcome, Attempt, Call, Message, Outgoing } from '@parley/core'

/** Everything that an answer says beside what was answered. */
export interface Asked {
  readonly call: Call
  /** The agent that is asked. */
  readonly agentId: string
  /** `undefined`: not known. */
  readonly contactId: string | null | undefined
  /** Its conversation and its `messageId`, the question's, once they are known. */
  readonly attempt: Attempt
}

/** A question on its way. */
export interface Asking extends Asked {
  readonly outgoing: Outgoing
}

export function answerOf(asking: Asked, outcome: AskOutcome, message: Message | null = null): Answer {
  const { attempt, call, contactId } = asking
  const answer: Answer = {
    outcome,
    text: message?.text ?? null,
    message,
    sources: message?.sources ?? [],
    sourcesState: message?.sourcesState ?? 'unavailable',
    conversationId: attempt.conversationId,
    attempt,
    warnings: call.reading.warnings,
  }
  if (contactId !== undefined) answer.contactId = contactId
  return answer
}
