import { compact, type Feedback, type Raw, type Reading } from '@parley/core'

/** One score of "analytics/csat". Which conversation it is about is not said. */
export const readScore = (raw: Raw, reading: Reading): Feedback =>
  compact<Feedback>({
    id: reading.text(raw, 'id') || null,
    score: reading.number(raw, 'score'),
    comment: reading.text(raw, 'comment'),
    authorEmail: reading.text(raw, 'email'),
    authorName: reading.text(raw, 'name'),
    trigger: reading.text(raw, 'triggerReason'),
    createdAt: reading.time(raw, 'createdAt'),
  })
