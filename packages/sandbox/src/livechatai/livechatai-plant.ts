import type { PlantedMessage } from '../kit/sending.ts'
import { type State, storeMessage } from './livechatai-state.ts'

/** A thread holds what the customer, the AI and teammates wrote, and nothing else. */
export function plantMessage(
  state: State,
  conversationId: string,
  { by, kind = 'text', text, at, operatorId }: PlantedMessage,
): string | null {
  const conversation = state.conversations.get(conversationId)
  if (!conversation) throw new RangeError('No such conversation')
  if (kind !== 'text' || by === 'workflow' || by === 'system') return null
  const agent = by === 'operator' ? state.teammates.get(operatorId ?? state.ownerId) : null
  if (agent === undefined) throw new RangeError('No such teammate')
  const id = state.newId()
  storeMessage(state, conversation, {
    id,
    content: text,
    role: by === 'contact' ? 'user' : 'assistant',
    type: 'TEXT',
    source: [],
    agent,
    rating: null,
    createdAt: at ?? state.tick(),
    ...(at === null && { isUndated: true }),
  })
  return id
}
