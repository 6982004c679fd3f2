import { compact, type Entity, type Raw, type Reading, type Suggestion } from '@parley/core'
import type { LiveChatAIRawSuggestion } from '../wire/index.ts'

/** @param agentId whose list it comes from, named once for all. */
export const readSuggestion = (raw: Raw, reading: Reading, agentId: string): Suggestion<LiveChatAIRawSuggestion> => {
  const question = quoted(raw, 'userMessage', reading)
  const answer = quoted(raw, 'aiMessage', reading)
  return {
    ...(reading.entity('suggestion', reading.id(raw), raw) as Suggestion<LiveChatAIRawSuggestion>),
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

const quoted = (raw: Raw, key: string, reading: Reading) =>
  reading.nested(raw, key, (quote) => ({ id: reading.text(quote, 'id'), text: reading.text(quote, 'text') }))
