import {
  type Call,
  checkInput,
  checkInstant,
  type Feedback,
  type FeedbackQuery,
  holdsInstant,
  type Page,
  vendorOptions,
} from '@parley/core'
import type { AgentConversationContext } from '../agent-conversation-context.ts'
import { listConversations } from '../conversations/agent-conversation-list-conversations.ts'

/** No call lists feedback, but conversations come with theirs: a page of these is a page of those that have any. */
export async function listFeedback(
  context: AgentConversationContext,
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
  const text = `${call.vendor} has no list of feedback: it was collected from a page of conversations, whose number the limit is.`
  call.reading.warn('degraded', text)
  for (const [path, bound] of Object.entries({ since: from, until: to }))
    if (bound !== undefined)
      call.reading.warn(
        'local-filter',
        `${call.vendor} cannot filter feedback by ${path}; it was applied to this page here.`,
      )
  const all = items.flatMap(({ id, feedback = [] }) => feedback.map((each) => ({ ...each, conversationId: id })))
  return { items: all.filter(({ createdAt }) => holdsInstant(call.reading, createdAt, from, to)), next, warnings }
}
