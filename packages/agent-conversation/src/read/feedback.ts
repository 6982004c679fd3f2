import { compact, type Feedback, type Payload, type PayloadReader } from '@parley/core'
import { mapVote } from '../vocabulary.ts'

/** Feedback of a conversation, of a message, or in the answer to `feedback.give`. Only that answer names its message. */
export const readFeedback = (raw: Payload, reading: PayloadReader): Feedback =>
  compact<Feedback>({
    id: reading.text(raw, 'id') ?? null,
    messageId: reading.text(raw, 'conversationMessageId') ?? undefined,
    vote: reading.term(raw, 'voteType', mapVote),
    comment: reading.text(raw, 'comment'),
    question: reading.text(raw, 'question'),
    answer: reading.text(raw, 'answer'),
    authorEmail: reading.text(raw, 'userEmail'),
    createdAt: reading.time(raw, 'createdAt'),
  })
