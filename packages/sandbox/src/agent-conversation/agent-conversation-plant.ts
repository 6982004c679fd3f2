import type { PlantedMessage } from '../kit/sending.ts'
import type { Desk } from './agent-conversation-call.ts'
import { storeMessage } from './agent-conversation-state.ts'

const roles = { contact: 'conversation_user', agent: 'assistant', operator: 'manual_assistant' } as const

/** A thread holds what the user, the agent and staff said. Which member of the staff, it does not show. */
export function plantMessage(
  { state }: Pick<Desk, 'state'>,
  conversationId: string,
  { by, kind = 'text', text, at }: PlantedMessage,
): string | null {
  const conversation = state.conversations.get(conversationId)
  if (!conversation) throw new RangeError('No such conversation')
  if ((kind !== 'text' && kind !== 'email') || by === 'workflow' || by === 'system') return null
  const id = state.newId()
  const asked = conversation.messages.findLast(({ senderRole }) => senderRole === 'conversation_user')
  storeMessage(state, conversation, {
    id,
    text,
    rawText: null,
    senderRole: roles[by],
    questionId: by === 'contact' ? null : (asked?.id ?? null),
    source: kind === 'email' ? 'email' : conversation.source,
    odd: {},
    aiResponse: null,
    subagentId: null,
    files: [],
    isAnonymized: false,
    createdAt: at ?? state.tick(),
    ...(at === null && { isUndated: true }),
    feedbacks: [],
  })
  return id
}
