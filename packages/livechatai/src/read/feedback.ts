import { compact, type Entity, type Feedback, type Payload, type PayloadReader, type Suggestion } from '@parley/core'
import type { LiveChatAISuggestionPayload } from '../wire.ts'

/** One score of "analytics/csat". It does not name its conversation. */
export const readScore = (raw: Payload, reading: PayloadReader): Feedback =>
  compact<Feedback>({
    id: reading.text(raw, 'id') || null,
    score: reading.number(raw, 'score'),
    comment: reading.text(raw, 'comment'),
    authorEmail: reading.text(raw, 'email'),
    authorName: reading.text(raw, 'name'),
    trigger: reading.text(raw, 'triggerReason'),
    createdAt: reading.time(raw, 'createdAt'),
  })

/** @param agentId the agent of the list. The list names it only once. */
export const readSuggestion = (
  raw: Payload,
  reading: PayloadReader,
  agentId: string,
): Suggestion<LiveChatAISuggestionPayload> => {
  const question = quoted(raw, 'userMessage', reading)
  const answer = quoted(raw, 'aiMessage', reading)
  return {
    ...(reading.entity('suggestion', reading.id(raw), raw) as Suggestion<LiveChatAISuggestionPayload>),
    ...compact<Omit<Suggestion, keyof Entity>>({
      conversationId: reading.text(raw, 'chatId'),
      messageId: answer?.id,
      question: question?.text,
      answer: answer?.text,
      reason: reading.text(raw, 'evaluationTag'),
      gap: reading.text(raw, 'potentialGap'),
      improvement: reading.text(raw, 'suggestedImprovement'),
      agentId: reading.text(raw, 'agentId') || agentId,
      createdAt: reading.time(raw, 'createdAt'),
    }),
  }
}

const quoted = (raw: Payload, key: string, reading: PayloadReader) =>
  reading.nested(raw, key, (quote) => ({ id: reading.text(quote, 'id'), text: reading.text(quote, 'text') }))
