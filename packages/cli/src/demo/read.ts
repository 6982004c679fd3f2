import {
  type Adapter,
  type Agent,
  type Conversation,
  type Message,
  requireOperation,
  type Source,
  supports,
} from '@parley/core'
import type { Inbox } from '@parley/inbox'
import type { AgentRow, ConversationRow, DemoReport, MessageRow, SourceRow, Thread } from './report.ts'

const shownMessages = 5

export async function readAgents(adapter: Adapter): Promise<AgentRow[]> {
  const page = await requireOperation(adapter, 'agents.list')()
  const inUse = ({ status }: Agent): number => (status.value === 'active' ? 0 : 1)
  return page.items
    .toSorted((a, b) => inUse(a) - inUse(b))
    .map((agent) => ({
      name: agent.displayName ?? agent.name,
      status: agent.mode?.value ?? agent.status.value,
      channels: [...new Set((agent.channels ?? []).map((channel) => channel.value))],
    }))
}

/** The latest conversations of all accounts, each with its last message, which some vendors' lists omit. */
export async function readLatest(inbox: Inbox, limit: number): Promise<DemoReport['conversations']> {
  const page = await inbox.conversations.list({ limit })
  const items = await Promise.all(page.items.map((conversation) => readRow(inbox, conversation)))
  return { items, accounts: page.accounts }
}

async function readRow(inbox: Inbox, conversation: Conversation): Promise<ConversationRow> {
  const preview = conversation.lastMessage
  const newest = preview?.text == null ? (await inbox.messages.list(conversation, { limit: 1 })).items[0] : undefined
  const author = newest?.author.kind ?? preview?.author
  return {
    ref: conversation.ref,
    account: `${conversation.vendor}:${conversation.account}`,
    at: conversation.lastActivityAt ?? null,
    contact: contactOf(conversation),
    channel: (conversation.channel ?? newest?.channel)?.value ?? null,
    status: conversation.status.value,
    control: conversation.control.holder,
    lastMessage: author ? { author, text: newest?.text ?? preview?.text ?? null } : null,
  }
}

/** Looks in the most recent conversations for one in which the agent answered, from sources if the vendor has them. */
export async function readThread(adapter: Adapter): Promise<Thread | null> {
  const { items } = await requireOperation(adapter, 'conversations.list')({ limit: 12 })
  let without: Thread | undefined
  for (const conversation of items) {
    const thread = await tryThread(adapter, conversation)
    if (thread?.messages.some((message) => message.sources.length > 0)) return thread
    without ??= thread
  }
  return without ?? null
}

async function tryThread(adapter: Adapter, conversation: Conversation): Promise<Thread | undefined> {
  const { items } = await requireOperation(adapter, 'messages.list')(conversation, { order: 'asc' })
  const last = items.findLastIndex((message) => message.author.kind === 'agent' || message.sourcesState === 'fetchable')
  if (last < 1) return undefined
  const from = Math.max(0, last - shownMessages + 1)
  const messages = await Promise.all(items.slice(from, last + 1).map((message) => readMessage(adapter, message)))
  const channel = conversation.channel ?? items[last]?.channel
  return {
    account: `${conversation.vendor}:${conversation.account}`,
    ref: conversation.ref,
    contact: contactOf(conversation),
    channel: channel?.value ?? null,
    earlier: from,
    messages,
  }
}

async function readMessage(adapter: Adapter, message: Message): Promise<MessageRow> {
  const sources = await sourcesOf(adapter, message)
  // If no field marks the agent's messages, sources prove that the agent wrote a message.
  const author = message.author.kind === 'unknown' && sources.length > 0 ? 'agent' : message.author.kind
  const { name = null } = message.author
  return { at: message.createdAt ?? null, author, name, text: message.text ?? null, sources: sources.map(sourceRow) }
}

async function sourcesOf(adapter: Adapter, message: Message): Promise<Source[]> {
  if (message.sourcesState === 'inline') return message.sources ?? []
  return message.sourcesState === 'fetchable' && supports(adapter, 'sources.list')
    ? (await adapter.sources.list(message)).items
    : []
}

export const sourceRow = (source: Source): SourceRow => ({
  kind: source.kind.value,
  title: source.title || source.fileName || (source.url ? null : source.text || source.id),
  url: source.url ?? null,
  score: source.score ? `${source.score.metric} ${source.score.value}` : null,
})

const contactOf = ({ contact }: Conversation): string | null =>
  contact?.name ?? contact?.email ?? contact?.phone ?? contact?.externalId ?? null
