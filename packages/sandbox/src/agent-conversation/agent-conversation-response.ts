import { lookAt } from './agent-conversation-answers.ts'
import { type AgentCall, conversationOf } from './agent-conversation-call.ts'
import { notFound } from './agent-conversation-errors.ts'
import { showMessage } from './agent-conversation-show-message.ts'

/** The answer to one question, which a client asks for until it is there. */
export function respondOn(call: AgentCall): Response {
  const conversation = conversationOf(call)
  const question = conversation.messages.find(({ id }) => id === call.path('questionId'))
  if (!question) throw notFound()
  const waiting = call.state.pending.get(question.id)
  const failed = waiting !== undefined && waiting.looksLeft <= 0 && call.settings.failReplies
  if (waiting) lookAt(call, waiting)
  // A person's answer counts as well; without one, a conversation in manual mode stays pending for ever.
  const reply = conversation.messages.find(({ id, questionId }) => questionId === question.id && id !== question.id)
  if (failed) return tell(call, 'failed', null)
  return tell(call, reply ? 'completed' : 'pending', reply ? showMessage(call, conversation.id, reply) : null)
}

type Outcome = 'pending' | 'completed' | 'failed'

const olderWords = { pending: 'running', completed: 'completed', failed: 'error' } as const
const newWords = { pending: 'thinking_hard', completed: 'answered', failed: 'given_up' } as const

function tell({ c, settings }: AgentCall, outcome: Outcome, message: object | null): Response {
  const error = outcome === 'failed' ? 'The agent could not answer' : null
  switch (settings.responseShape) {
    case 'older':
      return c.json({ status: olderWords[outcome], ...(message && { message }), ...(error && { error }) })
    case 'newWords':
      return c.json({ status: newWords[outcome], message, error })
    case 'nullWhilePending':
      return c.json(outcome === 'pending' ? null : { status: outcome, message, error })
    case 'notFoundWhilePending':
      if (outcome === 'pending') throw notFound()
      return c.json({ status: outcome, message, error })
    case 'bareMessage':
      return c.json(message ?? { status: outcome, message, error })
    case 'emptyWhenCompleted':
      return c.json({ status: outcome, message: null, error })
    case 'current':
      return c.json({ status: outcome, message, error })
  }
}
