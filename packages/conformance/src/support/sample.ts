import { type Adapter, type Conversation, can, type Message, need } from '@parley/core'
import type { Bench } from '../bench.ts'
import { Violation } from '../check.ts'
import { collect } from './collect.ts'

/** How many conversations are looked through for one that serves. */
const most = 40

/** The first conversations of the list. */
export async function someConversations(adapter: Adapter): Promise<Conversation[]> {
  const { items } = await need(adapter, 'conversations.list')()
  if (items.length === 0) throw new Violation('The account has no conversations; most checks need some.')
  return items
}

/** A conversation in which the contact and the agent have both spoken. */
export async function talkingId(bench: Bench): Promise<string> {
  return bench.harness.use?.conversationId ?? (await firstTalk(bench.adapter)).id
}

async function firstTalk(adapter: Adapter): Promise<Conversation> {
  for (const conversation of (await someConversations(adapter)).slice(0, most)) {
    const messages = await threadOf(adapter, conversation.id)
    const kinds = new Set(messages.map(({ author }) => author.kind))
    if (kinds.has('contact') && kinds.has('agent')) return conversation
  }
  throw new Violation(
    `None of the first ${most} conversations has messages of the contact and of the agent; name one in use.conversationId.`,
  )
}

/** All messages of a conversation, oldest first. */
export const threadOf = (adapter: Adapter, conversationId: string): Promise<Message[]> =>
  collect(need(adapter, 'messages.list')(conversationId, { order: 'asc' }))

/** All messages of a few conversations, among them one where both sides speak. */
export async function someMessages(bench: Bench, conversations = 6): Promise<Message[]> {
  const listed = await someConversations(bench.adapter)
  const ids = new Set([await talkingId(bench), ...listed.slice(0, conversations).map(({ id }) => id)])
  const threads: Message[] = []
  for (const id of ids) threads.push(...(await threadOf(bench.adapter, id)))
  return threads
}

/** A contact for new conversations. */
export async function someContactId({ harness, adapter }: Bench): Promise<string> {
  if (harness.use?.contactId !== undefined) return harness.use.contactId
  const listed = can(adapter, 'contacts.list') ? (await adapter.contacts.list()).items[0]?.id : undefined
  if (listed !== undefined) return listed
  for (const { contact } of await someConversations(adapter)) if (contact?.id) return contact.id
  throw new Violation('No contact can be found; name one in use.contactId.')
}
