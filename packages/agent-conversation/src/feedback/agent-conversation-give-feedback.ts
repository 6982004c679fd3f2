import {
  type Call,
  checkId,
  checkInput,
  checkOptionalText,
  checkText,
  checkWord,
  compact,
  type Feedback,
  type FeedbackInput,
  invalid,
  isRaw,
  type Message,
  type Target,
  Unreadable,
  vendorOptions,
} from '@parley/core'
import { readFeedback } from '../read/read-agent-conversation-feedback.ts'

/** "Message feedback": a second vote of the same person takes the place of the first. */
export async function giveFeedback(call: Call, target: Target<Message>, given: FeedbackInput): Promise<Feedback> {
  const messageId = checkId(call, target, 'message')
  const input = checkInput(call, given)
  vendorOptions(call, input.vendor, {})
  const voteType = checkWord(call, input.vote, 'vote', ['up', 'down'])
  if (!voteType) throw invalid(call, 'vote', 'must be one of up, down')
  const body = compact<Record<string, unknown>>({
    conversationMessageId: messageId,
    // A contact's or a teammate's; the documents do not say which, so nobody is presumed.
    userId: checkText(call, input.authorId, 'authorId'),
    voteType,
    question: checkText(call, input.question, 'question'),
    answer: checkOptionalText(call, input.answer, 'answer'),
    comment: checkOptionalText(call, input.comment, 'comment'),
  })
  const feedback = await call.read(
    { method: 'POST', path: '/conversation-message-feedbacks', body },
    (answer, reading) => {
      if (!isRaw(answer)) throw new Unreadable('')
      return readFeedback(answer, reading)
    },
  )
  const conversationId = typeof target === 'object' ? target.conversationId : undefined
  return { messageId, ...feedback, ...(conversationId !== undefined && { conversationId }) }
}
