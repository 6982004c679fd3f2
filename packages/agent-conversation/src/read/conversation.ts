import {
  type Conversation,
  compact,
  type Entity,
  type OperatorSummary,
  type Payload,
  type PayloadReader,
} from '@parley/core'
import type { AgentConversationConversationPayload } from '../wire.ts'
import { readContactSummary, readCustomData, readFullName } from './contact.ts'
import { readControl } from './control.ts'
import { readFeedback } from './feedback.ts'

/** What the adapter knows about a conversation although its payload does not say it. */
interface ConversationKnowledge {
  /** The agent of the API key, once it has been read. */
  agentId?: string | undefined
  /** Names of workflow states by id. */
  stateNames?: ReadonlyMap<string, string> | undefined
}

/** The status is `unknown` and the channel missing because no edition sends them ("Conversation" schema). */
export function readConversation(
  raw: Payload,
  reading: PayloadReader,
  knowledge: ConversationKnowledge = {},
): Conversation<AgentConversationConversationPayload> {
  const updatedAt = reading.time(raw, 'updatedAt')
  return {
    ...(reading.entity('conversation', reading.id(raw), raw) as Conversation<AgentConversationConversationPayload>),
    ...compact<Omit<Conversation, keyof Entity>>({
      agentId: knowledge.agentId,
      contact: readContactSummary(raw, reading),
      title: reading.text(raw, 'title'),
      summary: reading.text(raw, 'summary'),
      status: { value: 'unknown', native: null },
      // Only calls have a call id. For every other channel, only the messages show it.
      channel: reading.text(raw, 'aiCallId') ? { value: 'voice', native: null } : undefined,
      control: readControl(raw, reading),
      assignee: reading.nested(raw, 'assignedUser', (user) => readAssignee(user, reading)),
      isAnonymized: reading.flag(raw, 'isAnonymized'),
      state: readState(raw, reading, knowledge.stateNames),
      lastActivityAt: updatedAt,
      qualityScore: reading.number(raw, 'score'),
      feedback: reading.list(raw, 'feedbacks', (item) => readFeedback(item, reading)),
      customFields: readCustomData(raw, reading),
      createdAt: reading.time(raw, 'createdAt'),
      updatedAt,
    }),
  }
}

const readAssignee = (raw: Payload, reading: PayloadReader): OperatorSummary =>
  compact<OperatorSummary>({
    id: reading.text(raw, 'id') ?? null,
    name: readFullName(raw, reading),
    email: reading.text(raw, 'email'),
    avatarUrl: reading.text(raw, 'avatarUrl'),
  })

function readState(
  raw: Payload,
  reading: PayloadReader,
  names: ReadonlyMap<string, string> | undefined,
): Conversation['state'] {
  const id = reading.text(raw, 'conversationStateId')
  if (!id) return id === undefined ? undefined : null
  const name = names?.get(id)
  return name === undefined ? { id } : { id, name }
}
