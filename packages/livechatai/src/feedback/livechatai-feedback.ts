import { checkId, paged, pathOf } from '@parley/core'
import type { LiveChatAIFeedback } from '../livechatai-adapter.ts'
import { begin, type LiveChatAIContext, placeFor } from '../livechatai-context.ts'
import { listScores } from './livechatai-list-scores.ts'
import { listSuggestions } from './livechatai-list-suggestions.ts'

export const createFeedback = (context: LiveChatAIContext): LiveChatAIFeedback => ({
  list: (query = {}, options) =>
    paged(
      (cursor, query, seen) => listScores(context, begin(context, 'feedback.list', options), query, cursor, seen),
      query,
      placeFor(context, 'feedback.list'),
    ),
  suggestions: (query = {}, options) =>
    paged(
      (cursor, query, seen) =>
        listSuggestions(context, begin(context, 'feedback.suggestions', options), query, cursor, seen),
      query,
      placeFor(context, 'feedback.suggestions'),
    ),
  /** "ai-suggestions/delete" marks it as ignored; no list shows it after that. */
  dismiss: async (target, options) => {
    const call = begin(context, 'feedback.dismiss', options)
    const id = checkId(call, target, 'suggestion')
    await call.request({ method: 'DELETE', path: pathOf`/ai-suggestions/${id}`, expect: 'none' })
    return { id, confirmed: true }
  },
})
