import { type Call, isRaw, type Message, pathOf, type Raw, type Reading, Unreadable } from '@parley/core'
import type { LeadConnectorClient } from './leadconnector-client.ts'
import { readMessage } from './read/read-leadconnector-message.ts'
import type { LeadConnectorEmailPayload, LeadConnectorMessagePayload } from './wire/message.ts'

/** `raw` is a single email where `messages.get` was asked for one by the email's own id. */
export type LeadConnectorMessage = Message<LeadConnectorMessagePayload | LeadConnectorEmailPayload>

export interface MessagePageRequest {
  conversationId: string
  lastMessageId?: string | undefined
  limit: number
  types?: string | undefined
}

/** One page of a thread, newest first. `next` is what the vendor's next page starts after. */
export interface MessagePage {
  items: LeadConnectorMessage[]
  next: string | null
  /** Whether the vendor says that nothing older is there. */
  isLast: boolean
}

/** `GET /conversations/{conversationId}/messages`. */
export function readMessagePage(
  client: LeadConnectorClient,
  call: Call,
  { conversationId, lastMessageId, limit, types }: MessagePageRequest,
): Promise<MessagePage> {
  const path = pathOf`/conversations/${conversationId}/messages`
  const spec = client.spec('conversations', { path, query: { limit, lastMessageId, type: types } })
  return call.read(spec, (body, reading) => {
    const page = pageIn(body)
    const items = reading.items(page['messages'], 'messages', (raw) => readMessage(raw, reading, conversationId))
    const raws = page['messages'] as unknown[]
    const next = nextOf(reading, page, raws, lastMessageId)
    return { items: newestFirst(items), next, isLast: page['nextPage'] === false }
  })
}

/** The documents of some editions show the page flat; live answers nest it: `{ messages: { messages: [] } }`. */
function pageIn(body: unknown): Raw {
  if (!isRaw(body)) throw new Unreadable('')
  return isRaw(body['messages']) ? body['messages'] : body
}

/** Without a flag the thread is read on until nothing comes. */
function nextOf(
  reading: Reading,
  page: Raw,
  raws: readonly unknown[],
  lastMessageId: string | undefined,
): string | null {
  const hasMore = page['nextPage']
  if (hasMore === false) return null
  if (raws.length > 0) {
    const last = lastIdOf(page, raws)
    return typeof hasMore !== 'boolean' && last === lastMessageId ? null : last
  }
  if (hasMore !== true) return null
  const last = page['lastMessageId']
  if (typeof last === 'string' && last !== '' && last !== lastMessageId) return last
  reading.warn('degraded', `${reading.vendor} says that there are more messages, and sent none; they are missing here.`)
  return null
}

function lastIdOf(page: Raw, raws: readonly unknown[]): string {
  const last = raws.findLast((raw) => isRaw(raw) && typeof raw['id'] === 'string')
  const id = page['lastMessageId'] ?? (isRaw(last) ? last['id'] : undefined)
  if (typeof id === 'string' && id !== '') return id
  throw new Unreadable('lastMessageId')
}

/** The order within a page is not promised. Messages of one instant stay as they came. */
function newestFirst(items: LeadConnectorMessage[]): LeadConnectorMessage[] {
  let sorted = true
  for (let index = 0; index < items.length; index++) {
    const { createdAt } = items[index] as LeadConnectorMessage
    // Without a time it cannot be placed; the vendor's order is the best there is.
    if (!createdAt) return items
    if (index > 0 && createdAt > ((items[index - 1] as LeadConnectorMessage).createdAt as string)) sorted = false
  }
  if (sorted) return items
  return items.sort((a, b) => (timeOf(a) < timeOf(b) ? 1 : timeOf(a) > timeOf(b) ? -1 : 0))
}

const timeOf = (message: Message): string => message.createdAt ?? ''
