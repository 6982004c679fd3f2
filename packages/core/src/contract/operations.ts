import type { Agent } from '../model/agent.ts'
import type { Contact } from '../model/contact.ts'
import type { Control, Conversation } from '../model/conversation.ts'
import type { Generation } from '../model/generation.ts'
import type { Message } from '../model/message.ts'
import type { Source } from '../model/source.ts'
import type {
  AskInput,
  AskTarget,
  CreateContactInput,
  CreateConversationInput,
  NoteInput,
  ReplyInput,
  StartConversationInput,
  Target,
  UpdateConversationInput,
  UpsertContactInput,
} from './inputs.ts'
import type {
  AgentQuery,
  ContactQuery,
  ContactSearch,
  ConversationQuery,
  ListQuery,
  MessageQuery,
  OperationOptions,
} from './options.ts'
import type { Paged } from './paged.ts'
import type { Answer, Attempt, Deleted, Sent, Settlement } from './results.ts'

/**
 * The AI agents of the account. Ordered as the vendor orders them.
 *
 * Like every group, it is generic in its entity, so that an adapter can say what its `raw` holds.
 */
export interface AgentOperations<A extends Agent = Agent> {
  list(query?: AgentQuery, options?: OperationOptions): Paged<A>
  get(agent: Target<Agent>, options?: OperationOptions): Promise<A>
}

export interface ConversationOperations<C extends Conversation = Conversation> {
  /** Newest activity first, unless the query says otherwise. */
  list(query?: ConversationQuery, options?: OperationOptions): Paged<C>
  get(conversation: Target<Conversation>, options?: GetConversationOptions): Promise<C>
  /** Opens a conversation. Nothing reaches the contact. */
  create(input: CreateConversationInput, options?: OperationOptions): Promise<C>
  /** The vendor contacts a person. A real message goes out. */
  start(input: StartConversationInput, options?: OperationOptions): Promise<C>
  update(conversation: Target<Conversation>, input: UpdateConversationInput, options?: OperationOptions): Promise<C>
  /** Marks it as resolved. */
  close(conversation: Target<Conversation>, options?: CloseOptions): Promise<C>
  delete(conversation: Target<Conversation>, options?: OperationOptions): Promise<Deleted>
  /** Deletes every conversation that this contact has with the account's agent. There is no way back. */
  deleteAllOf(contact: Target<Contact>, options?: OperationOptions): Promise<Deleted>
}

export interface GetConversationOptions extends OperationOptions {
  /** Read the contact as well, where it takes a call of its own. Default `false`. */
  withContact?: boolean
}

export interface CloseOptions extends OperationOptions {
  /** The operator who closes it. */
  operatorId?: string
}

export interface MessageOperations<M extends Message = Message> {
  /** Newest first, unless the query says otherwise. */
  list(conversation: Target<Conversation>, query?: MessageQuery, options?: OperationOptions): Paged<M>
  /** One message whole: where a list leaves a body out (emails), this reads it. */
  get(message: Target<Message>, options?: OperationOptions): Promise<M>
  /** As the contact, so that the agent answers. Waits for the answer until the deadline (`timeout`). */
  ask(conversation: AskTarget, input: AskInput, options?: OperationOptions): Promise<Answer>
  /** As an operator, to the contact. A real message goes out. */
  reply(conversation: Target<Conversation>, input: ReplyInput, options?: OperationOptions): Promise<Sent>
  /** Among operators; cannot reach the contact. */
  note(conversation: Target<Conversation>, input: NoteInput, options?: OperationOptions): Promise<Sent>
  /** Finds out by reading what became of a send whose outcome is unknown. Sends nothing. */
  settle(attempt: Attempt, options?: OperationOptions): Promise<Settlement>
}

export interface SourceOperations {
  /** What a message was drawn from. Costs a call where `message.sourcesState` is `fetchable`; the result is cached. */
  of(message: Target<Message>, options?: OperationOptions): Promise<Source[]>
}

export interface ContactOperations<C extends Contact = Contact> {
  list(query?: ContactQuery, options?: OperationOptions): Paged<C>
  search(search: ContactSearch, options?: OperationOptions): Paged<C>
  get(contact: Target<Contact>, options?: OperationOptions): Promise<C>
  create(input: CreateContactInput, options?: OperationOptions): Promise<C>
  upsert(input: UpsertContactInput, options?: OperationOptions): Promise<C>
  delete(contact: Target<Contact>, options?: OperationOptions): Promise<Deleted>
}

/** Who answers the contact: the agent or an operator. */
export interface ControlOperations {
  get(conversation: Target<Conversation>, options?: OperationOptions): Promise<Control>
  /** The agent falls silent; an operator may speak. */
  takeOver(conversation: Target<Conversation>, options?: OperationOptions): Promise<Control>
  /** The agent answers again. */
  release(conversation: Target<Conversation>, options?: OperationOptions): Promise<Control>
}

export interface GenerationOperations<G extends Generation = Generation> {
  /** How the agent made one message. @throws NotFoundError when the message was not made by the agent. */
  get(message: Target<Message>, options?: OperationOptions): Promise<G>
}

/** Every operation group, complete. An adapter has those of them that its vendor can do. */
export interface Operations {
  agents: AgentOperations
  conversations: ConversationOperations
  messages: MessageOperations
  sources: SourceOperations
  contacts: ContactOperations
  control: ControlOperations
  generations: GenerationOperations
}

/** Re-exported for queries of groups that have none of their own. */
export type { ListQuery }
