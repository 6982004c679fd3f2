import type {
  AdapterIdentity,
  Agent,
  AgentOperations,
  Contact,
  ContactOperations,
  ControlOperations,
  Conversation,
  ConversationOperations,
  Message,
  MessageOperations,
} from '@parley/core'
import type { LiveChatAINative } from './native/livechatai-native-types.ts'
import type {
  LiveChatAIRawAgent,
  LiveChatAIRawContact,
  LiveChatAIRawConversation,
  LiveChatAIRawMessage,
} from './wire/index.ts'

/** One AI agent of a workspace. What is not here, the vendor cannot do; `absent` says why. */
export interface LiveChatAI extends AdapterIdentity {
  readonly vendor: 'livechatai'
  readonly agents: LiveChatAIAgents
  readonly conversations: LiveChatAIConversations
  readonly messages: LiveChatAIMessages
  readonly contacts: LiveChatAIContacts
  readonly control: LiveChatAIControl
  readonly native: LiveChatAINative
}

/** All agents of the workspace, archived ones too. `get` takes an id or a slug. */
export type LiveChatAIAgents = Pick<AgentOperations<Agent<LiveChatAIRawAgent>>, 'list' | 'get'>

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
 * option `userId` or an `operatorId`.
 */
export type LiveChatAIMessages = Pick<
  MessageOperations<Message<LiveChatAIRawMessage>>,
  'list' | 'ask' | 'reply' | 'settle'
>

/** `upsert` matches by `id`, otherwise by `externalId`, which the vendor requires and calls `distinctId`. */
export type LiveChatAIContacts = Pick<ContactOperations<Contact<LiveChatAIRawContact>>, 'list' | 'get' | 'upsert'>

export type LiveChatAIControl = Pick<ControlOperations, 'get'>
