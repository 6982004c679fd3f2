import {
  type Call,
  type Conversation,
  decodeCursor,
  encodeCursor,
  isParleyError,
  isRaw,
  type NumberedPlace,
  numberedPlace,
  pathOf,
  type Query,
  type RequestSpec,
  readNumberedPlace,
  type TurnedPage,
  turnPage,
} from '@parley/core'
import { fetchContact } from '../contacts/livechatai-fetch-contact.ts'
import type { LiveChatAIContext } from '../livechatai-context.ts'
import { orEnd, readMeta } from '../livechatai-page.ts'
import { dataOf } from '../livechatai-unwrap.ts'
import { readConversation } from '../read/read-livechatai-conversation.ts'
import type { LiveChatAIRawConversation } from '../wire/index.ts'

type Listed = Conversation<LiveChatAIRawConversation>

/** Where the list stands. */
export interface ConversationPlace extends NumberedPlace {
  /** Set while a contact's conversations are picked from this agent's. */
  agentId?: string
}

/** The page to read: its place, its size, and the prints of the iteration. */
interface Wanted {
  place: ConversationPlace
  size: number
  seen: Set<string>
}

export const conversationPlace = (cursor: string | undefined): ConversationPlace =>
  cursor === undefined ? numberedPlace(undefined) : decodeCursor(cursor, readPlace)

export const conversationCursor = (place: ConversationPlace | null): string | null =>
  place && encodeCursor({ ...place })

function readPlace(state: unknown): ConversationPlace | undefined {
  const place = readNumberedPlace(state)
  const agentId = isRaw(state) ? state['agentId'] : undefined
  if (!place || agentId === undefined) return place
  return typeof agentId === 'string' ? { ...place, agentId } : undefined
}

/** A page, and the items as they came, of which the last one tells how far the list has got. */
export interface ConversationPage extends Omit<TurnedPage<Listed>, 'next'> {
  next: ConversationPlace | null
  /** Whether items were left out here, so that the vendor's total is not the list's. */
  isPicked: boolean
}

const nobody: ConversationPage = { items: [], next: null, total: 0, isPicked: false }

/** "conversations/list". */
export async function pageOfAgent(call: Call, wanted: Wanted, agentId: string, sent: Query): Promise<ConversationPage> {
  const { place, size, seen } = wanted
  const spec = { path: '/conversations', query: { ...sent, agentId, page: place.page, perPage: size } }
  return { ...(await orEnd(call, place, seen, readPage(call, wanted, spec, agentId))), isPicked: false }
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
  wanted: Wanted,
  contactId: string,
  wantedAgentId: string | undefined,
  sent: Query,
): Promise<ConversationPage> {
  const { place, size, seen } = wanted
  if (place.agentId !== undefined) return picked(call, wanted, contactId, place.agentId, sent)
  const { known } = context
  if (place.page === 1 && (wantedAgentId !== undefined || known.contactConversations === false)) {
    const { agentId } = await fetchContact(call, contactId)
    if (wantedAgentId !== undefined && agentId && agentId !== wantedAgentId) return nobody
    if (known.contactConversations === false)
      return picked(call, wanted, contactId, agentId ?? wantedAgentId ?? context.agentId, sent)
  }
  const spec = {
    path: pathOf`/contacts/${contactId}/conversations`,
    query: { ...sent, page: place.page, perPage: size },
  }
  try {
    const page = await orEnd(call, place, seen, readPage(call, wanted, spec, wantedAgentId))
    known.contactConversations = true
    return { ...page, isPicked: false }
  } catch (error) {
    if (!isParleyError(error) || error.status !== 404 || place.page > 1 || known.contactConversations) throw error
    // Either the contact is not there, which this throws, or the path.
    const { agentId = null } = await fetchContact(call, contactId)
    known.contactConversations = false
    return picked(call, wanted, contactId, agentId ?? context.agentId, sent)
  }
}

async function picked(
  call: Call,
  wanted: Wanted,
  contactId: string,
  agentId: string,
  sent: Query,
): Promise<ConversationPage> {
  const text = `${call.vendor} has no list of one contact’s conversations here; they were picked from this page of the agent’s.`
  call.reading.warn('degraded', text)
  const page = await pageOfAgent(call, wanted, agentId, sent)
  const items = page.items.filter(({ contact }) => contact?.id === contactId)
  return { ...page, items, next: page.next && { ...page.next, agentId }, isPicked: true }
}

const readPage = (
  call: Call,
  { place, seen }: Wanted,
  spec: RequestSpec,
  agentId: string | undefined,
): Promise<TurnedPage<Listed>> =>
  call.read(spec, (body, reading) => {
    const data = dataOf(body)
    const list = data['conversations']
    const all = reading.items(list, 'data.conversations', (raw) => readConversation(raw, reading, agentId))
    return turnPage(reading, place, all, (list as unknown[]).length, readMeta(data, reading), seen)
  })
