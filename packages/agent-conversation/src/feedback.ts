import {
  type Call,
  checkId,
  checkInput,
  checkInstant,
  checkOptionalText,
  checkText,
  checkWord,
  compact,
  DecodeError,
  type Feedback,
  type FeedbackInput,
  type FeedbackOperations,
  type FeedbackQuery,
  invalid,
  isRecord,
  type Message,
  type Page,
  type Target,
  vendorOptions,
} from '@parley/core'
import { holdsInstant } from '@parley/core/operations'
import { listConversations } from './conversation-list.ts'
import type { Context } from './protocol.ts'
import { readFeedback } from './read/feedback.ts'

/**
 * `list` collects feedback from conversations, so its pages and its limit count conversations. It does not name the
 * message. `give` requires `authorId`, the id of a contact or a teammate, and `question`.
 */
export type AgentConversationFeedback = Pick<FeedbackOperations, 'list' | 'give'>

export const createFeedback = (context: Context): AgentConversationFeedback => ({
  list: (query, options) =>
    context.list('feedback.list', query, options, (call, query, cursor, seen) =>
      listFeedback(context, call, query, cursor, seen),
    ),
  give: async (target, input, options) => giveFeedback(context.begin('feedback.give', options), target, input),
})

/** "Message feedback": a second vote of the same person replaces the first. */
async function giveFeedback(call: Call, target: Target<Message>, given: FeedbackInput): Promise<Feedback> {
  const messageId = checkId(call, target, 'message')
  const input = checkInput(call, given)
  vendorOptions(call, input.vendor, {})
  const voteType = checkWord(call, input.vote, 'vote', ['up', 'down'])
  if (!voteType) throw invalid(call, 'vote', 'must be one of up, down')
  const body = compact<Record<string, unknown>>({
    conversationMessageId: messageId,
    // The id of a contact or a teammate. The documentation does not say which, so there is no default.
    userId: checkText(call, input.authorId, 'authorId'),
    voteType,
    question: checkText(call, input.question, 'question'),
    answer: checkOptionalText(call, input.answer, 'answer'),
    comment: checkOptionalText(call, input.comment, 'comment'),
  })
  const feedback = await call.read(
    { method: 'POST', path: '/conversation-message-feedbacks', body },
    (answer, reading) => {
      if (!isRecord(answer)) throw new DecodeError('')
      return readFeedback(answer, reading)
    },
  )
  const conversationId = typeof target === 'object' ? target.conversationId : undefined
  return { messageId, ...feedback, ...(conversationId !== undefined && { conversationId }) }
}

/**
 * No endpoint lists feedback, but conversations include theirs. A page of feedback is a page of conversations with
 * feedback.
 */
async function listFeedback(
  context: Context,
  call: Call,
  given: FeedbackQuery,
  cursor: string | undefined,
  seen: Set<string>,
): Promise<Page<Feedback>> {
  const { limit, since, until, vendor } = checkInput(call, given)
  vendorOptions(call, vendor, {})
  const from = checkInstant(call, since, 'since')
  const to = checkInstant(call, until, 'until')
  const query = { ...(limit !== undefined && { limit }), vendor: { 'agent-conversation': { withFeedbacksOnly: true } } }
  const { items, next, warnings } = await listConversations(context, call, query, cursor, seen)
  const text = `${call.vendor} cannot list feedback: Parley collected it from a page of conversations, and the limit counts conversations.`
  call.reading.warn('degraded', text)
  for (const [path, bound] of Object.entries({ since: from, until: to }))
    if (bound !== undefined)
      call.reading.warn(
        'local-filter',
        `${call.vendor} cannot filter feedback by ${path}; Parley filtered this page instead.`,
      )
  const all = items.flatMap(({ id, feedback = [] }) => feedback.map((each) => ({ ...each, conversationId: id })))
  return { items: all.filter(({ createdAt }) => holdsInstant(call.reading, createdAt, from, to)), next, warnings }
}
