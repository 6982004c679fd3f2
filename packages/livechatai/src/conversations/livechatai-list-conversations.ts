import {
  type Call,
  type Conversation,
  type ConversationQuery,
  checkId,
  checkLimit,
  checkOptionalText,
  filterLocally,
  type Page,
} from '@parley/core'
import type { LiveChatAIContext } from '../livechatai-context.ts'
import { conversationPageSize, limits } from '../livechatai-limits.ts'
import type { LiveChatAIRawConversation } from '../wire/index.ts'
import {
  type ConversationPlace,
  conversationCursor,
  conversationPlace,
  pageOfAgent,
  pageOfContact,
} from './livechatai-conversation-pages.ts'
import { type CheckedQuery, checkQuery } from './livechatai-conversation-query.ts'

type Listed = Conversation<LiveChatAIRawConversation>

const pushedDown: ReadonlySet<string> = new Set(limits.filters)

export async function listConversations(
  context: LiveChatAIContext,
  call: Call,
  query: ConversationQuery,
  cursor: string | undefined,
  seen: Set<string>,
): Promise<Page<Listed>> {
  const ofContact = query.contactId !== undefined && query.contactId !== null
  const checked = checkQuery(call, query, ofContact)
  const place: ConversationPlace = conversationPlace(cursor)
  const size = checkLimit(call, query.limit, conversationPageSize)
  const agentId = checkOptionalText(call, query.agentId, 'agentId')
  const page = ofContact
    ? await pageOfContact(
        context,
        call,
        { place, size, seen },
        checkId(call, query.contactId, 'contactId'),
        agentId,
        checked.sent,
      )
    : await pageOfAgent(call, { place, size, seen }, agentId ?? context.agentId, checked.sent)

  const before = call.reading.warnings.length
  const filtered = filterLocally(inOrder(page.items, checked.order), query, pushedDown, call.reading) as Listed[]
  const isWhole = !page.isPicked && checked.channel === undefined && call.reading.warnings.length === before
  const items = checked.channel === undefined ? filtered : filtered.filter(isOn(checked.channel))
  const next = isPassed(page.items, checked) ? null : conversationCursor(page.next)
  const { warnings } = call.reading
  return isWhole && page.total !== undefined ? { items, next, warnings, total: page.total } : { items, next, warnings }
}

const isOn =
  (word: string) =>
  ({ channel }: Listed): boolean =>
    channel?.native === word

/**
 * By last activity, as the vendor sorts; where empty conversations stand is not documented, and here they count as the
 * oldest.
 */
function inOrder(items: readonly Listed[], order: 'asc' | 'desc'): Listed[] {
  const sign = order === 'asc' ? 1 : -1
  return items.toSorted((a, b) => {
    const [first, second] = [a.lastActivityAt ?? '', b.lastActivityAt ?? '']
    return first === second ? 0 : first < second ? -sign : sign
  })
}

/** Whether everything on the pages to come is beyond the time that was asked for. */
function isPassed(items: readonly Listed[], { order, since, until }: CheckedQuery): boolean {
  const last = items.findLast(({ lastActivityAt }) => lastActivityAt)?.lastActivityAt
  if (!last) return false
  return order === 'desc' ? since !== undefined && last < since : until !== undefined && last > until
}
