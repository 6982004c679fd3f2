import type { Answer, AskOutcome, Attempt, Call, Message } from '@parley/core'

/** A question on its way: everything its answer has to say of it. */
export interface Asking {
  readonly call: Call
  /** The agent that is asked. */
  readonly agentId: string
  /** `undefined`: not known. */
  readonly contactId: string | null | undefined
  /** Its conversation and its `messageId`, the question's, once they are known. */
  readonly attempt: Attempt
}

export function answerOf(asking: Asking, outcome: AskOutcome, message: Message | null = null): Answer {
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
