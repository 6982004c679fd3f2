import type { PlantedMessage } from '../../kit/sending.ts'
import { makeGeneration } from '../agents/leadconnector-make-generation.ts'
import { newId } from '../state/leadconnector-new-id.ts'
import type { ConversationRecord, MessageRecord } from '../state/leadconnector-records.ts'
import type { LocationState, State } from '../state/leadconnector-state.ts'
import { type Draft, writeMessage } from './leadconnector-write-message.ts'

/** What the app, its bots and its automations write into a conversation. */
export function plantMessage(state: State, conversationId: string, planted: PlantedMessage): string | null {
  const { location, conversation } = placeOf(state, conversationId)
  const kind = kindOf(state, planted)
  const { at, by, text } = planted
  // The specification has no message without a date.
  if (!kind || (at === null && state.settings.shapes === 'documented')) return null
  const inbound = by === 'contact'
  const id = newId(state, 'message')
  const message = writeMessage(
    location,
    conversation,
    {
      id,
      at: at ?? state.context.now(),
      direction: inbound ? 'inbound' : 'outbound',
      contentType: 'text/plain',
      attachments: [],
      status: 'delivered',
      ...(!inbound && speakerOf(state, planted)),
      ...(at === null && { isUndated: true }),
      ...kind,
    },
    [{}],
  )
  if (by === 'agent') addGeneration(location, conversation, message, text)
  return id
}

function placeOf({ locations }: State, id: string): { location: LocationState; conversation: ConversationRecord } {
  for (const location of locations.values()) {
    const conversation = location.conversations.get(id)
    if (conversation) return { location, conversation }
  }
  throw new RangeError('No such conversation')
}

function kindOf(
  state: State,
  { by, kind = 'text', text, operatorId }: PlantedMessage,
): (Partial<Draft> & { messageType: string }) | null {
  switch (kind) {
    case 'text':
      return by === 'system' ? null : { messageType: 'TYPE_SMS', body: text }
    case 'email':
      return by === 'system' ? null : { messageType: 'TYPE_EMAIL', body: text, emailIds: [newId(state, 'email')] }
    case 'call':
      // What was said is in the transcription, not in the message.
      return by === 'system' ? null : { messageType: 'TYPE_CALL', call: { duration: 60, status: 'completed' } }
    case 'note':
      return by === 'operator'
        ? { messageType: 'TYPE_INTERNAL_COMMENT', body: text, mentions: [], userId: operatorId ?? state.userId }
        : null
    case 'activity':
      return {
        messageType: 'TYPE_ACTIVITY_CONTACT',
        activity: { type: 'system', title: text, data: {} },
      }
  }
}

function speakerOf(state: State, { by, operatorId }: PlantedMessage): Partial<Draft> {
  if (by === 'operator') return { source: 'app', userId: operatorId ?? state.userId }
  return by === 'system' ? {} : { source: by === 'workflow' ? 'workflow' : 'app' }
}

/** What an agent writes has its evidence, as everything that an agent writes. */
function addGeneration(
  location: LocationState,
  conversation: ConversationRecord,
  message: MessageRecord,
  text: string,
): void {
  const [agent] = location.agents.values()
  if (!agent) return
  const history = conversation.messages.filter(({ id }) => id !== message.id)
  const input = history.findLast(({ direction }) => direction === 'inbound')?.body ?? ''
  location.generations.set(
    message.id,
    makeGeneration({ messageId: message.id, agent, input, text, articles: [], history, visibleAt: 0 }),
  )
}
