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
import type { AgentConversationNative } from './native/agent-conversation-native-types.ts'
import type {
  AgentConversationRawAgent,
  AgentConversationRawConversation,
  AgentConversationRawMessage,
  AgentConversationRawUser,
} from './wire/index.ts'

/** One agent behind one key. What is not here, the vendor cannot do; `absent` says why. */
export interface AgentConversation extends AdapterIdentity {
  readonly vendor: 'agent-conversation'
  readonly budget: NonNullable<AdapterIdentity['budget']>
  readonly agents: AgentConversationAgents
  readonly conversations: AgentConversationConversations
  readonly messages: AgentConversationMessages
  readonly contacts: AgentConversationContacts
  readonly control: ControlOperations
  readonly native: AgentConversationNative
}

/** The key's own agent, as a list of one. Any other id is a `NotFoundError`. */
export type AgentConversationAgents = Pick<AgentOperations<Agent<AgentConversationRawAgent>>, 'list' | 'get'>

export type AgentConversationConversations = Pick<
  ConversationOperations<Conversation<AgentConversationRawConversation>>,
  'list' | 'get' | 'create' | 'start' | 'update' | 'deleteAllOf'
>

export type AgentConversationMessages = Pick<
  MessageOperations<Message<AgentConversationRawMessage>>,
  'list' | 'ask' | 'reply' | 'settle'
>

export type AgentConversationContacts = Pick<
  ContactOperations<Contact<AgentConversationRawUser>>,
  'list' | 'search' | 'get' | 'create' | 'delete'
>
