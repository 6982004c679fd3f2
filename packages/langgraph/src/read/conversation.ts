import {
  type ContactSummary,
  type Conversation,
  compact,
  type Entity,
  type Message,
  type MessagePreview,
  type Payload,
  PayloadReader,
} from '@parley/core'
import type { Context } from '../protocol.ts'
import { mapStatus } from '../vocabulary.ts'
import type { LangGraphMessagePayload, LangGraphThreadPayload } from '../wire.ts'
import { readControl } from './control.ts'
import { readMessage } from './message.ts'

type Graph = Pick<Context, 'messagesKey' | 'operatorName' | 'contactKey'>

/** The keys of a thread's metadata that the server or this adapter sets. */
const own = ['graph_id', 'assistant_id', 'title', 'created_by']

export function readConversation(
  raw: Payload,
  reading: PayloadReader,
  graph: Graph,
): Conversation<LangGraphThreadPayload> {
  const id = reading.id(raw, 'thread_id')
  const metadata = reading.object(raw, 'metadata') ?? {}
  const contactId = reading.text(metadata, graph.contactKey) || null
  const contact: ContactSummary | null = contactId === null ? null : { id: contactId }
  const custom = Object.entries(metadata).filter(([key]) => !own.includes(key) && key !== graph.contactKey)
  const native = reading.text(raw, 'status') ?? null
  return {
    ...(reading.entity('conversation', id, raw) as Conversation<LangGraphThreadPayload>),
    ...compact<Omit<Conversation, keyof Entity>>({
      agentId: reading.text(metadata, 'assistant_id'),
      contact,
      title: reading.text(metadata, 'title'),
      status: { value: native === null ? 'open' : mapStatus(native), native },
      control: readControl(raw, reading),
      customFields: Object.fromEntries(custom),
      lastMessage: readPreview(raw, reading, graph, id),
      lastActivityAt: reading.time(raw, 'updated_at'),
      createdAt: reading.time(raw, 'created_at'),
      updatedAt: reading.time(raw, 'updated_at'),
    }),
  }
}

/** All messages of a thread or of a run's result, in the order of the graph's state. */
export function readMessages(
  values: Payload,
  reading: PayloadReader,
  graph: Graph,
  conversationId: string,
  agentId?: string | null,
): Message<LangGraphMessagePayload>[] {
  const place = { conversationId, operatorName: graph.operatorName, agentId }
  return reading.list(values, graph.messagesKey, (message, index) => readMessage(message, reading, place, index)) ?? []
}

/** The newest message, without its warnings, because listing the messages produces them. */
function readPreview(
  raw: Payload,
  { vendor, account, operation }: PayloadReader,
  graph: Graph,
  id: string,
): MessagePreview | null {
  const quiet = new PayloadReader({ vendor, account, operation, keepRaw: false, onWarning: () => {} })
  const values = quiet.object(raw, 'values') ?? {}
  const last = readMessages(values, quiet, graph, id).findLast(({ type }) => type.value !== 'tool')
  return last ? { text: last.text ?? null, author: last.author.kind } : null
}
