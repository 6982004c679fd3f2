import { type Call, type Conversation, isParleyError, pathOf, type Query, type RequestSpec } from '@parley/core'
import { fetchContact } from '../contacts/livechatai-fetch-contact.ts'
import type { LiveChatAIContext } from '../livechatai-context.ts'
import { orEnd, type PagePlace, readMeta, type TurnedPage, turnPage } from '../livechatai-page.ts'
import { dataOf } from '../livechatai-unwrap.ts'
import { readConversation } from '../read/read-livechatai-conversation.ts'
import type { LiveChatAIRawConversation } from '../wire/index.ts'

type Listed = Conversation<LiveChatAIRawConversation>

/** A page, and the items as they came, of which the last one tells how far the list has got. */
export interface ConversationPage extends TurnedPage<Listed> {
  /** Whether items were left out here, so that the vendor's total is not the list's. */
  isPicked: boolean
}

const nobody: ConversationPage = { items: [], next: null, total: 0, isPicked: false }

/** "conversations/list". */
export async function pageOfAgent(
  call: Call,
  place: PagePlace,
  agentId: string,
  sent: Query,
): Promise<ConversationPage> {
  const spec = { path: '/conversations', query: { ...sent, agentId, page: place.page, perPage: place.size } }
  return { ...(await orEnd(place, readPage(call, place, spec, agentId))), isPicked: false }
}

/**
 * "contacts/list-conversations". Its path is presumed from the page's name: where it is not served, the conversations
 * are picked from those of the contact's agent.
 *
 * @param wantedAgentId only if the contact is this agent's, to whom all its conversations belong then.
 */
export async function pageOfContact(
  context: LiveChatAIContext,
  call: Call,
  place: PagePlace,
  contactId: string,
  wantedAgentId: string | undefined,
  sent: Query,
): Promise<ConversationPage> {
  if (place.agentId !== undefined) return picked(call, place, contactId, place.agentId, sent)
  const { known } = context
  if (place.page === 1 && (wantedAgentId !== undefined || known.contactConversations === false)) {
    const { agentId } = await fetchContact(call, contactId)
    if (wantedAgentId !== undefined && agentId && agentId !== wantedAgentId) return nobody
    if (known.contactConversations === false)
      return picked(call, place, contactId, agentId ?? wantedAgentId ?? context.agentId, sent)
  }
  const spec = {
    path: pathOf`/contacts/${contactId}/conversations`,
    query: { ...sent, page: place.page, perPage: place.size },
  }
  try {
    const page = await orEnd(place, readPage(call, place, spec, wantedAgentId))
    known.contactConversations = true
    return { ...page, isPicked: false }
  } catch (error) {
    if (!isParleyError(error) || error.status !== 404 || place.page > 1 || known.contactConversations) throw error
    // Either the contact is not there, which this throws, or the path.
    const { agentId = null } = await fetchContact(call, contactId)
    known.contactConversations = false
    return picked(call, place, contactId, agentId ?? context.agentId, sent)
  }
}

async function picked(
  call: Call,
  place: PagePlace,
  contactId: string,
  agentId: string,
  sent: Query,
): Promise<ConversationPage> {
  const text = `${call.vendor} has no list of one contact’s conversations here; they were picked from this page of the agent’s.`
  call.reading.warn('degraded', text)
  const page = await pageOfAgent(call, { ...place, agentId }, agentId, sent)
  return { ...page, items: page.items.filter(({ contact }) => contact?.id === contactId), isPicked: true }
}

const readPage = (
  call: Call,
  place: PagePlace,
  spec: RequestSpec,
  agentId: string | undefined,
): Promise<TurnedPage<Listed>> =>
  call.read(spec, (body, reading) => {
    const data = dataOf(body)
    const list = data['conversations']
    const all = reading.items(list, 'data.conversations', (raw) => readConversation(raw, reading, agentId))
    return turnPage(place, all, (list as unknown[]).length, readMeta(data, reading))
  })
