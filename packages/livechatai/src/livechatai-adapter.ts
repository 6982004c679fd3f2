import type {
  AdapterIdentity,
  Agent,
  AgentOperations,
  AttachmentOperations,
  Contact,
  ContactOperations,
  ControlOperations,
  Conversation,
  ConversationOperations,
  FeedbackOperations,
  KnowledgeItem,
  KnowledgeOperations,
  Message,
  MessageOperations,
  Suggestion,
} from '@parley/core'
import type { LiveChatAINative } from './native/livechatai-native-types.ts'
import type {
  LiveChatAIRawAgent,
  LiveChatAIRawContact,
  LiveChatAIRawConversation,
  LiveChatAIRawDataSource,
  LiveChatAIRawMessage,
  LiveChatAIRawSuggestion,
} from './wire/index.ts'

/** One AI agent of a workspace. What is not here, the vendor cannot do; `absent` says why. */
export interface LiveChatAI extends AdapterIdentity {
  readonly vendor: 'livechatai'
  readonly budget: NonNullable<AdapterIdentity['budget']>
  readonly agents: LiveChatAIAgents
  readonly conversations: LiveChatAIConversations
  readonly messages: LiveChatAIMessages
  readonly contacts: LiveChatAIContacts
  readonly control: LiveChatAIControl
  readonly attachments: LiveChatAIAttachments
  readonly knowledge: LiveChatAIKnowledge
  readonly feedback: LiveChatAIFeedback
  readonly native: LiveChatAINative
}

/**
 * All agents of the workspace, archived ones too. `get` takes an id or a slug. `create` takes `name` and
 * `liveChatEnabled`, both required; everything else is set in the dashboard. `delete` takes along all that is the agent's.
 */
export type LiveChatAIAgents = Pick<AgentOperations<Agent<LiveChatAIRawAgent>>, 'list' | 'get' | 'create' | 'delete'>

/**
 * Those of the configured agent, or of `agentId`. Iterated, a list leaves out what it has already shown on the page
 * before, since pages are numbered and move while they are read.
 */
export type LiveChatAIConversations = Pick<
  ConversationOperations<Conversation<LiveChatAIRawConversation>>,
  'list' | 'get' | 'create' | 'close'
>

/**
 * `ask` has two minutes unless its call says otherwise, since the vendor answers within the request; `reply` needs the
 * option `userId` or an `operatorId`. `stream` streams with the option `streaming`; otherwise the answer comes whole.
 */
export type LiveChatAIMessages = Pick<
  MessageOperations<Message<LiveChatAIRawMessage>>,
  'list' | 'ask' | 'stream' | 'reply' | 'settle'
>

/** `upsert` matches by `id`, otherwise by `externalId`, which the vendor requires and calls `distinctId`. */
export type LiveChatAIContacts = Pick<ContactOperations<Contact<LiveChatAIRawContact>>, 'list' | 'get' | 'upsert'>

export type LiveChatAIControl = Pick<ControlOperations, 'get'>

/** Images of messages. They are addresses from the start, which anybody can open. */
export type LiveChatAIAttachments = Pick<AttachmentOperations, 'url' | 'read'>

/**
 * The data sources of the configured agent. A file is added by its text, a website page by page; what is added is
 * `processing` until the list says otherwise. `remove` by id alone reads the list to find out what it is.
 */
export type LiveChatAIKnowledge = KnowledgeOperations<KnowledgeItem<LiveChatAIRawDataSource>>

/**
 * `list`: the scores that contacts gave (CSAT), by UTC day; without `since` from 2020 on. `suggestions`: what the vendor
 * thinks that answers lacked.
 */
export type LiveChatAIFeedback = Pick<
  FeedbackOperations<Suggestion<LiveChatAIRawSuggestion>>,
  'list' | 'suggestions' | 'dismiss'
>
