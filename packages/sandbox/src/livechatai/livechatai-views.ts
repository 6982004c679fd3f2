import { type Call, type Desk, endpoint } from './livechatai-endpoint.ts'
import { agentOf } from './livechatai-find.ts'
import { meta, slice } from './livechatai-pagination.ts'
import type { StoredConversation, StoredView, ViewRule } from './livechatai-state.ts'
import { isoMilliseconds } from './livechatai-time.ts'

export function viewRoutes(desk: Desk): void {
  endpoint(desk, '/conversations/views', { GET: listViews })
}

/** `conversations/list-views`; the name of the search's parameter is presumed. */
function listViews(call: Call): object {
  const agent = agentOf(call, call.query('agentId'))
  const search = call.query('search')?.toLowerCase() ?? ''
  const found = call.state.views.filter((view) => view.agentId === agent.id && view.name.toLowerCase().includes(search))
  const page = slice(call, found, 'perPage', 20)
  return { status: 'success', data: { views: page.items.map(shownView), meta: meta(page) } }
}

const shownView = ({ id, name, query, createdAt }: StoredView): object => ({
  id,
  name,
  query,
  createdAt: isoMilliseconds(createdAt),
})

export function passesView(view: StoredView, conversation: StoredConversation): boolean {
  const passes = (rule: ViewRule): boolean =>
    (fieldOf(conversation, rule.field) === rule.value) === (rule.operator === 'EQUALS')
  return view.query.combinator === 'AND' ? view.query.rules.every(passes) : view.query.rules.some(passes)
}

function fieldOf(conversation: StoredConversation, field: string): string | null {
  switch (field) {
    case 'sentiment':
      return conversation.sentiment
    case 'topic':
      return conversation.topic
    case 'channel':
      return conversation.integrationType
    case 'resolution':
      return conversation.resolution
    case 'status':
      return conversation.isResolved ? 'close' : 'open'
    case 'assignedTo':
      return conversation.agent?.id ?? 'ai'
    default:
      return null
  }
}
