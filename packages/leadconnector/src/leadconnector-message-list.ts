import {
  type Call,
  type Conversation,
  checkId,
  checkLimit,
  decodeCursor,
  encodeCursor,
  endless,
  flag,
  invalid,
  isRaw,
  type MessageQuery,
  type OperationOptions,
  type OptionRules,
  type Page,
  type Target,
  vendorOptions,
} from '@parley/core'
import type { LeadConnectorClient } from './leadconnector-client.ts'
import { orderOf, someTexts } from './leadconnector-conversation-query.ts'
import { addEmailBodies } from './leadconnector-email-bodies.ts'
import { type LeadConnectorMessage, readMessagePage } from './leadconnector-message-page.ts'
import { leadConnectorPageSizes as sizes } from './leadconnector-page-sizes.ts'
import type { LeadConnectorMessageListOptions } from './leadconnector-vendor-options.ts'

export async function listMessages(
  client: LeadConnectorClient,
  conversation: Target<Conversation>,
  query: MessageQuery,
  cursor: string | undefined,
  options: OperationOptions | undefined,
): Promise<Page<LeadConnectorMessage>> {
  const call = client.begin('messages.list', options)
  const thread: Thread = {
    conversationId: checkId(call, conversation, 'conversation'),
    ...optionsOf(call, query),
  }
  const page =
    orderOf(call, query.order) === 'asc'
      ? await oldestFirst(client, call, thread, query, cursor)
      : await newestFirst(client, call, thread, query, cursor)
  if (thread.emailBodies) await addEmailBodies(client, call, page.items)
  return page
}

interface Thread {
  conversationId: string
  types: string | undefined
  emailBodies: boolean
}

function optionsOf(call: Call, query: MessageQuery): Pick<Thread, 'types' | 'emailBodies'> {
  const { types, emailBodies = false } = vendorOptions(call, query.vendor, ownOptions)
  return { types: types?.join(','), emailBodies }
}

const ownOptions: OptionRules<LeadConnectorMessageListOptions> = { types: someTexts, emailBodies: flag }

async function newestFirst(
  client: LeadConnectorClient,
  call: Call,
  thread: Thread,
  query: MessageQuery,
  cursor: string | undefined,
): Promise<Page<LeadConnectorMessage>> {
  const limit = checkLimit(call, query.limit, sizes.messages)
  const lastMessageId = cursor === undefined ? undefined : decodeCursor(cursor, idIn('lastMessageId'))
  const { items, next } = await readMessagePage(client, call, { ...thread, lastMessageId, limit })
  return { items, next: next === null ? null : encodeCursor({ lastMessageId: next }), warnings: call.reading.warnings }
}

/**
 * The vendor lists newest first only. So the thread is read from its newest message down to where the page before ended
 * (at first: to its beginning) and turned around; the cursor is the last message given out, which new ones do not shift.
 */
async function oldestFirst(
  client: LeadConnectorClient,
  call: Call,
  thread: Thread,
  query: MessageQuery,
  cursor: string | undefined,
): Promise<Page<LeadConnectorMessage>> {
  const limit = query.limit === undefined ? undefined : checkLimit(call, query.limit, sizes.messages)
  const after = cursor === undefined ? undefined : decodeCursor(cursor, idIn('after'))
  const newer = await readDownTo(client, call, thread, after)
  const items = newer.reverse()
  const how = limit === undefined ? 'the whole thread was read at once' : 'each page reads it from its newest message'
  call.reading.warn('degraded', `The vendor lists messages newest first only; to turn the order around, ${how}.`)
  const page = limit === undefined ? items : items.slice(0, limit)
  const last = page.at(-1)
  const next = last && page.length < items.length ? encodeCursor({ after: last.id }) : null
  return { items: page, next, warnings: call.reading.warnings }
}

/** The messages newer than a given one, newest first. */
async function readDownTo(
  client: LeadConnectorClient,
  call: Call,
  thread: Thread,
  after: string | undefined,
): Promise<LeadConnectorMessage[]> {
  const messages = new Map<string, LeadConnectorMessage>()
  const cursors = new Set<string>()
  for (let lastMessageId: string | undefined; ; ) {
    const page = await readMessagePage(client, call, { ...thread, lastMessageId, limit: sizes.messages.max })
    for (const message of page.items) {
      if (message.id === after) return [...messages.values()]
      messages.set(message.id, message)
    }
    if (page.next === null) break
    if (cursors.has(page.next)) throw endless(call)
    cursors.add(page.next)
    lastMessageId = page.next
  }
  if (after === undefined) return [...messages.values()]
  throw invalid(call, 'cursor', 'points at a message that this conversation does not have')
}

const idIn =
  (key: string) =>
  (state: unknown): string | undefined => {
    const id = isRaw(state) ? state[key] : undefined
    return typeof id === 'string' && id !== '' ? id : undefined
  }
