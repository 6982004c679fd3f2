import { keepDialog } from './agent-conversation-announce.ts'
import { type AgentCall, agentRoute, type Desk } from './agent-conversation-call.ts'
import { newConversation, stateIdFrom } from './agent-conversation-conversations.ts'
import { type Fields, fieldsOf } from './agent-conversation-fields.ts'
import type { StoredConversation, StoredUser } from './agent-conversation-state.ts'
import { checkContactData, createUser, findUser, type UserValues } from './agent-conversation-user-store.ts'

const channels = ['email', 'sms', 'voice'] as const
type Channel = (typeof channels)[number]

/** The vendor writes or calls first. Tells no more than the conversation's id. */
export function startEndpoint(desk: Desk): void {
  agentRoute(desk, 'POST', '/conversations/start', async (call) => {
    const fields = fieldsOf(await call.body())
    const channel = fields.choice('channel', channels, { required: true })
    const values = readUser(fields, channel)
    const opening = channel ? readOpening(fields, channel) : { title: null, text: '' }
    const context = fields.text('conversationContext', { max: 256_000 })
    const customData = fields.object('customData')
    const stateId = stateIdFrom(fields, call)
    const starts = fields.flag('resetConversation')
    fields.text('authorId')
    fields.check()
    const source = channel ?? 'email'
    const user = findUser(call.state, values) ?? createUser(call, values)
    user.agentIds.add(call.agent.id)
    const open = openConversation(call, user, source)
    if (open && starts) open.status = 'archived'
    const conversation =
      open && !starts
        ? open
        : newConversation(call, user.id, source, { title: opening.title, context, customData, stateId })
    speakFirst(call, conversation, opening.text)
    return call.c.json({ conversationId: conversation.id }, 201)
  })
}

function readUser(fields: Fields, channel: Channel | null): UserValues {
  const values = {
    firstName: fields.text('firstName', { required: true }) ?? '',
    lastName: fields.text('lastName', { required: true }) ?? '',
    email: fields.text('email', { required: channel === 'email' }),
    phoneNumber: fields.text('phoneNumber', { required: channel === 'sms' || channel === 'voice' }),
    fkId: fields.text('fkId'),
    fkUserId: fields.text('fkUserId'),
    context: fields.text('context'),
    source: fields.text('source'),
    customData: null,
  }
  checkContactData(fields, values)
  return values
}

function readOpening(fields: Fields, channel: Channel): { title: string | null; text: string } {
  const required = { required: true }
  if (channel === 'sms') return { title: null, text: fields.text('smsIntroduction', required) ?? '' }
  if (channel === 'voice') return { title: null, text: fields.text('firstMessage', required) ?? '' }
  return { title: fields.text('emailSubject', required), text: fields.text('emailIntroduction', required) ?? '' }
}

/** A known user's open conversation goes on, except on the phone, where each call is its own. */
function openConversation(
  { state, agent }: AgentCall,
  user: StoredUser,
  source: Channel,
): StoredConversation | undefined {
  if (source === 'voice') return undefined
  return [...state.conversations.values()].findLast(
    (known) =>
      known.userId === user.id && known.agentId === agent.id && known.source === source && known.status === 'active',
  )
}

function speakFirst(call: AgentCall, conversation: StoredConversation, text: string): void {
  const at = call.state.tick()
  keepDialog(call, conversation)
  conversation.messages.push({
    id: call.state.newId(),
    text,
    rawText: text,
    senderRole: 'assistant',
    questionId: null,
    source: conversation.source,
    odd: {},
    aiResponse: null,
    subagentId: null,
    files: [],
    isAnonymized: false,
    createdAt: at,
    feedbacks: [],
  })
  if (call.settings.messagesTouchConversation) conversation.updatedAt = at
}
