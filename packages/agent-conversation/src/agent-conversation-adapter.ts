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
  Webhook,
  WebhookOperations,
} from '@parley/core'
import type { AgentConversationNative } from './native/agent-conversation-native-types.ts'
import type {
  AgentConversationRawAgent,
  AgentConversationRawAgentFile,
  AgentConversationRawConversation,
  AgentConversationRawMessage,
  AgentConversationRawUser,
  AgentConversationRawWebhook,
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
  /** Files of messages. An address is asked for each time, because it ends after a while that is not documented. */
  readonly attachments: AttachmentOperations
  readonly knowledge: AgentConversationKnowledge
  readonly feedback: AgentConversationFeedback
  readonly webhooks: AgentConversationWebhooks
  readonly native: AgentConversationNative
}

/** The key's own agent, as a list of one. Any other id is a `NotFoundError`. */
export type AgentConversationAgents = Pick<AgentOperations<Agent<AgentConversationRawAgent>>, 'list' | 'get'>

export type AgentConversationConversations = Pick<
  ConversationOperations<Conversation<AgentConversationRawConversation>>,
  'list' | 'get' | 'create' | 'start' | 'update' | 'deleteAllOf'
>

/**
 * `ask` and `reply` upload the files that are given with their `content`. `stream` gives the answer whole, because the
 * vendor does not stream.
 */
export type AgentConversationMessages = Pick<
  MessageOperations<Message<AgentConversationRawMessage>>,
  'list' | 'ask' | 'stream' | 'reply' | 'settle'
>

export type AgentConversationContacts = Pick<
  ContactOperations<Contact<AgentConversationRawUser>>,
  'list' | 'search' | 'get' | 'create' | 'delete'
>

/** The files of the agent; nothing else is taken. They come all at once. */
export type AgentConversationKnowledge = KnowledgeOperations<KnowledgeItem<AgentConversationRawAgentFile>>

/**
 * `list` is collected from the conversations that have feedback, so that its pages and its limit are theirs; it does not
 * name the message. `give` needs `authorId`, a contact's or a teammate's id, and `question`.
 */
export type AgentConversationFeedback = Pick<FeedbackOperations, 'list' | 'give'>

/** `create` needs a `description`. Nothing is signed: put a secret into `headers`, and check it when it comes. */
export type AgentConversationWebhooks = WebhookOperations<Webhook<AgentConversationRawWebhook>>
