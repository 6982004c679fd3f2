import type { Agent, AgentAction, WorkingHours } from '../model/agent.ts'
import type { Contact } from '../model/contact.ts'
import type { Control, Conversation } from '../model/conversation.ts'
import type { Webhook } from '../model/event.ts'
import type { Feedback, Suggestion } from '../model/feedback.ts'
import type { Generation } from '../model/generation.ts'
import type { KnowledgeItem, Source } from '../model/knowledge.ts'
import type { Attachment, Message } from '../model/message.ts'
import type {
  AgentActionChange,
  AgentActionInput,
  CreateAgentInput,
  FollowUpSettingsInput,
  UpdateAgentInput,
  WorkingHoursInput,
} from './agent-inputs.ts'
import type {
  AskInput,
  AskTarget,
  AttachmentInput,
  CreateContactInput,
  CreateConversationInput,
  CreateWebhookInput,
  FeedbackInput,
  KnowledgeInput,
  MessageStatusInput,
  NoteInput,
  ReplyInput,
  StartConversationInput,
  Target,
  UpdateConversationInput,
  UploadInput,
  UpsertContactInput,
} from './inputs.ts'
import type {
  AgentQuery,
  ContactQuery,
  ContactSearch,
  ConversationQuery,
  ExportQuery,
  FeedbackQuery,
  KnowledgeQuery,
  ListQuery,
  MessageQuery,
  OperationOptions,
  ReconcileOptions,
  RemoveKnowledgeOptions,
  SendOptions,
  SuggestionQuery,
} from './options.ts'
import type {
  Answer,
  AnswerPart,
  Cancelled,
  Deleted,
  FileAddress,
  FileContent,
  Paged,
  Reconciliation,
  SendAttempt,
  Sent,
} from './results.ts'

/**
 * The AI agents of the account. Ordered as the vendor orders them.
 *
 * Like every group, it is generic in its entity, so that an adapter can say what its `raw` holds.
 */
export interface AgentOperations<A extends Agent = Agent> {
  list(query?: AgentQuery, options?: OperationOptions): Paged<A>
  get(agent: Target<Agent>, options?: OperationOptions): Promise<A>
  create(input: CreateAgentInput, options?: OperationOptions): Promise<A>
  /** What the input leaves out stays as it is. */
  update(agent: Target<Agent>, input: UpdateAgentInput, options?: OperationOptions): Promise<A>
  /** There is no way back. */
  delete(agent: Target<Agent>, options?: OperationOptions): Promise<Deleted>
  actions: AgentActionOperations
  followUp: FollowUpOperations
  workingHours: WorkingHoursOperations
}

/** The actions (tools) of one agent. */
export interface AgentActionOperations<X extends AgentAction = AgentAction> {
  list(agent: Target<Agent>, query?: ListQuery, options?: OperationOptions): Paged<X>
  get(agent: Target<Agent>, action: Target<AgentAction>, options?: OperationOptions): Promise<X>
  attach(agent: Target<Agent>, input: AgentActionInput, options?: OperationOptions): Promise<X>
  /** What the input leaves out stays as it is. */
  update(
    agent: Target<Agent>,
    action: Target<AgentAction>,
    input: AgentActionChange,
    options?: OperationOptions,
  ): Promise<X>
  remove(agent: Target<Agent>, action: Target<AgentAction>, options?: OperationOptions): Promise<Deleted>
}

/** When an agent writes again to those who fell silent. */
export interface FollowUpOperations<X extends AgentAction = AgentAction> {
  /** Sets the settings of several follow-up actions at once. @returns the actions that the vendor gave back. */
  update(agent: Target<Agent>, input: FollowUpSettingsInput, options?: OperationOptions): Promise<X[]>
}

/** When an agent works. */
export interface WorkingHoursOperations<H extends WorkingHours = WorkingHours> {
  /** @returns `null` when none are set. */
  get(agent: Target<Agent>, options?: OperationOptions): Promise<H | null>
  /** Replaces them as a whole. */
  set(agent: Target<Agent>, input: WorkingHoursInput, options?: OperationOptions): Promise<H>
  /** Takes them away: the agent works at any time. `confirmed: false`: there were none. */
  clear(agent: Target<Agent>, options?: OperationOptions): Promise<Deleted>
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
  deleteForContact(contact: Target<Contact>, options?: OperationOptions): Promise<Deleted>
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
  ask(conversation: AskTarget, input: AskInput, options?: SendOptions): Promise<Answer>
  /** As an operator, to the contact. A real message goes out. */
  reply(conversation: Target<Conversation>, input: ReplyInput, options?: SendOptions): Promise<Sent>
  /** Among operators; cannot reach the contact. */
  note(conversation: Target<Conversation>, input: NoteInput, options?: SendOptions): Promise<Sent>
  /**
   * The same as `ask`, part by part. Where a vendor does not stream, the whole answer comes as one part, after a
   * `no-streaming` warning. Nothing is sent before the iteration begins.
   */
  stream(conversation: AskTarget, input: AskInput, options?: SendOptions): AsyncIterable<AnswerPart>
  /** Messages of the whole account in bulk, where the vendor has a way that does not go conversation by conversation. */
  export(query?: ExportQuery, options?: OperationOptions): Paged<M>
  /** Calls off a message that was to be sent later. @throws NotFoundError or ConflictError when it is too late. */
  cancel(message: Target<Message>, options?: OperationOptions): Promise<Cancelled>
  /** Says what became of a message that the application itself delivers, as the provider of its channel. */
  setStatus(message: Target<Message>, input: MessageStatusInput, options?: OperationOptions): Promise<void>
  /** Finds out by reading what became of a send whose outcome is unknown, by the rules of `Reconciliation`. Sends nothing. */
  reconcile(attempt: SendAttempt, options?: ReconcileOptions): Promise<Reconciliation>
}

export interface SourceOperations {
  /** What a message was drawn from. Costs a call where `message.sourcesState` is `fetchable`; the result is cached. */
  list(message: Target<Message>, query?: ListQuery, options?: OperationOptions): Paged<Source>
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

/** Files. The account's credential is never sent to where files are kept. */
export interface AttachmentOperations {
  /** Uploads a file, to be sent with `ask` or `reply`. They also upload what is given to them as `content`. */
  upload(conversation: Target<Conversation>, input: UploadInput, options?: OperationOptions): Promise<AttachmentInput>
  /** Where the file can be fetched now. Short-lived: ask again instead of keeping it. */
  url(attachment: Attachment, options?: OperationOptions): Promise<FileAddress>
  /** The file itself, at most `maxResponseBytes` of it. */
  read(attachment: Attachment, options?: OperationOptions): Promise<FileContent>
}

/** What the agent answers from. Vendors take it in at their own pace: see `status`. */
export interface KnowledgeOperations<K extends KnowledgeItem = KnowledgeItem> {
  list(query?: KnowledgeQuery, options?: OperationOptions): Paged<K>
  add(input: KnowledgeInput, options?: OperationOptions): Promise<K>
  remove(item: Target<KnowledgeItem>, options?: RemoveKnowledgeOptions): Promise<Deleted>
}

/** What people thought of the answers. */
export interface FeedbackOperations<S extends Suggestion = Suggestion> {
  list(query?: FeedbackQuery, options?: OperationOptions): Paged<Feedback>
  /** Rates an answer; a second rating by the same author replaces the first. */
  give(message: Target<Message>, input: FeedbackInput, options?: OperationOptions): Promise<Feedback>
  /** What the vendor thinks its agent lacks. */
  suggestions(query?: SuggestionQuery, options?: OperationOptions): Paged<S>
  /** Puts a suggestion aside for good. */
  dismiss(suggestion: Target<Suggestion>, options?: OperationOptions): Promise<Deleted>
}

/** Where the vendor calls when something happens. What it sends is read by `@parley/<vendor>/webhook`. */
export interface WebhookOperations<W extends Webhook = Webhook> {
  create(input: CreateWebhookInput, options?: OperationOptions): Promise<W>
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
  attachments: AttachmentOperations
  knowledge: KnowledgeOperations
  feedback: FeedbackOperations
  webhooks: WebhookOperations
}

/** Re-exported for queries of groups that have none of their own. */
export type { ListQuery }
