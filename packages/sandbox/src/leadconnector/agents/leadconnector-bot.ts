import { answer } from '../../world/answer.ts'
import { messageTypeOf } from '../messages/leadconnector-message-types.ts'
import { writeMessage } from '../messages/leadconnector-write-message.ts'
import { newId } from '../state/leadconnector-new-id.ts'
import type { ConversationRecord, MessageRecord } from '../state/leadconnector-records.ts'
import type { LocationState, State } from '../state/leadconnector-state.ts'
import { visibleMessages } from '../state/leadconnector-timeline.ts'
import { announceMessage } from '../webhooks/leadconnector-announce-message.ts'
import { agentFor } from './leadconnector-bot-sleep.ts'
import { makeGeneration } from './leadconnector-make-generation.ts'

/**
 * The auto-pilot agent of the channel answers a contact's message. The answer is written now and becomes visible when
 * the clock has passed the thinking time: an ordinary outbound message that nothing marks as a machine's.
 */
export function letBotAnswer(
  state: State,
  location: LocationState,
  conversation: ConversationRecord,
  question: MessageRecord,
  channel: string,
): void {
  const now = state.context.now()
  const agent = agentFor(location, channel)
  const input =
    question.body ??
    location.emails.get(question.emailIds?.[0] ?? '')?.html.replace(/<\/?[a-z]\w*(?:\s[^<>]*)?>/gi, ' ')
  if (!agent || !input?.trim() || now < conversation.botSleepsUntil) return
  if (conversation.botAnswers >= agent.autoPilotMaxMessages) return
  conversation.botAnswers += 1
  const { text, articles } = answer(state.context.world, input)
  // Never before the question, also when that was dated in the future.
  const at = Math.max(now + state.context.thinkingTime, question.at)
  const id = newId(state, 'message')
  const visibleAt = now + Math.max(state.context.thinkingTime, state.settings.hideSentMs)
  const history = visibleMessages(conversation, now)
  const email = channel === 'Email' ? { emailIds: [newId(state, 'email')] } : {}
  const message = writeMessage(
    location,
    conversation,
    {
      id,
      messageType: messageTypeOf(channel),
      at,
      visibleAt,
      direction: 'outbound',
      body: text,
      status: 'pending',
      settlesAt: at + state.settings.deliveryMs,
      contentType: 'text/plain',
      attachments: [],
      source: 'app',
      ...email,
    },
    [{}],
  )
  announceMessage(state, location, message)
  location.generations.set(
    id,
    makeGeneration({
      messageId: id,
      agent,
      input,
      text,
      articles,
      history,
      visibleAt,
    }),
  )
}
