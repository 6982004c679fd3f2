import type { Agent, AgentAction, WorkingHours } from '../model/agent.ts'
import type { Contact } from '../model/contact.ts'
import type { Control, Conversation } from '../model/conversation.ts'
import type { Webhook } from '../model/event.ts'
import type { Feedback, Suggestion } from '../model/feedback.ts'
import type { Generation } from '../model/generation.ts'
import type { KnowledgeItem, Source } from '../model/knowledge.ts'
import type { Attachment, Message } from '../model/message.ts'
import type { Operator } from '../model/operator.ts'
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
  ProvideInput,
  ReplyInput,
  StartConversationInput,
  Target,
  UpdateConversationInput,
  UploadInput,
  UpsertContactInput,
  Visitor,
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
  OperatorQuery,
  ReconcileOptions,
  RemoveKnowledgeOptions,
  ReplyOptions,
  SendOptions,
  SuggestionQuery,
} from './options.ts'
import type {
  Answer,
  AnswerPart,
  Cancelled,
  Deleted,
  EnsuredContact,
  FileAddress,
  FileContent,
  Paged,
  Reconciliation,
  SendAttempt,
  Sent,
} from './results.ts'

/**
 * The AI agents of the account, in the vendor's order.
 *
 * Like every group, this one is generic in its entity, so that an adapter can type its `raw`.
 */
export interface AgentOperations<A extends Agent = Agent> {
  list(query?: AgentQuery, options?: OperationOptions): Paged<A>
  get(agent: Target<Agent>, options?: OperationOptions): Promise<A>
  create(input: CreateAgentInput, options?: OperationOptions): Promise<A>
  /** Fields that the input omits keep their values. */
  update(agent: Target<Agent>, input: UpdateAgentInput, options?: OperationOptions): Promise<A>
  /** This cannot be undone. */
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
  /** Fields that the input omits keep their values. */
  update(
    agent: Target<Agent>,
    action: Target<AgentAction>,
    input: AgentActionChange,
    options?: OperationOptions,
  ): Promise<X>
  remove(agent: Target<Agent>, action: Target<AgentAction>, options?: OperationOptions): Promise<Deleted>
}

/** When an agent writes again to contacts who have stopped answering. */
export interface FollowUpOperations<X extends AgentAction = AgentAction> {
  /** Changes the settings of several follow-up actions at once. @returns the actions that the vendor returned. */
  update(agent: Target<Agent>, input: FollowUpSettingsInput, options?: OperationOptions): Promise<X[]>
}

/** When an agent works. */
export interface WorkingHoursOperations<H extends WorkingHours = WorkingHours> {
  /** @returns `null` when the agent has no working hours. */
  get(agent: Target<Agent>, options?: OperationOptions): Promise<H | null>
  /** Replaces the working hours as a whole. */
  set(agent: Target<Agent>, input: WorkingHoursInput, options?: OperationOptions): Promise<H>
  /** Removes the working hours, so that the agent works at any time. `confirmed: false`: there were none. */
  clear(agent: Target<Agent>, options?: OperationOptions): Promise<Deleted>
}

export interface ConversationOperations<C extends Conversation = Conversation> {
  /** Newest activity first, unless the query says otherwise. */
  list(query?: ConversationQuery, options?: OperationOptions): Paged<C>
  get(conversation: Target<Conversation>, options?: GetConversationOptions): Promise<C>
  /** Opens a conversation. Nothing reaches the contact. */
  create(input: CreateConversationInput, options?: OperationOptions): Promise<C>
  /** Makes the vendor write to or call a person. The contact receives a real message. */
  start(input: StartConversationInput, options?: OperationOptions): Promise<C>
  /** @throws UnsupportedError for a field that the vendor does not store. Nothing is sent then. */
  update(conversation: Target<Conversation>, input: UpdateConversationInput, options?: OperationOptions): Promise<C>
  /**
   * Makes an operator responsible for the conversation. Who answers does not change: see `control.takeOver`.
   *
   * @param operatorId the vendor's id of the operator, as `operators.list` has it. `null`: nobody is responsible any more.
   */
  assign(conversation: Target<Conversation>, operatorId: string | null, options?: OperationOptions): Promise<C>
  /** Marks the conversation as resolved. */
  close(conversation: Target<Conversation>, options?: CloseOptions): Promise<C>
  delete(conversation: Target<Conversation>, options?: OperationOptions): Promise<Deleted>
  /** Deletes every conversation that this contact has with the account's agent. This cannot be undone. */
  deleteForContact(contact: Target<Contact>, options?: OperationOptions): Promise<Deleted>
}

export interface GetConversationOptions extends OperationOptions {
  /** Also read the contact, where this takes a request of its own. Default `false`. */
  withContact?: boolean
}

export interface CloseOptions extends OperationOptions {
  /** The vendor's id of the operator who closes the conversation. */
  operatorId?: string
}

export interface MessageOperations<M extends Message = Message> {
  /** Newest first, unless the query says otherwise. */
  list(conversation: Target<Conversation>, query?: MessageQuery, options?: OperationOptions): Paged<M>
  /** One complete message. Where a list omits the body (emails), this reads it. */
  get(message: Target<Message>, options?: OperationOptions): Promise<M>
  /**
   * Sends a message as the contact, so that the agent answers. Waits for the answer until the deadline (`timeout`).
   *
   * With `{ visitor }`, the contact of the visitor is found or made (`contacts.ensure`), and the question continues the
   * conversation that the adapter's `store` remembers for this visitor; without one, a conversation is opened first. If
   * the vendor has deleted that conversation, another one is opened.
   */
  ask(conversation: AskTarget, input: AskInput, options?: SendOptions): Promise<Answer>
  /** Sends a message as an operator. The contact receives a real message. */
  reply(conversation: Target<Conversation>, input: ReplyInput, options?: ReplyOptions): Promise<Sent>
  /** Adds an internal note for operators. It cannot reach the contact. */
  note(conversation: Target<Conversation>, input: NoteInput, options?: SendOptions): Promise<Sent>
  /**
   * Does the same as `ask`, and yields the answer in parts. Where a vendor does not stream, the whole answer is one
   * part, after a `no-streaming` warning. Nothing is sent before the iteration begins.
   */
  stream(conversation: AskTarget, input: AskInput, options?: SendOptions): AsyncIterable<AnswerPart>
  /**
   * Gives an agent what it waits for, and waits for the answer until the deadline (`timeout`).
   *
   * @throws ConflictError when the agent does not wait for this request (any more). Nothing was sent then.
   */
  provideInput(conversation: Target<Conversation>, input: ProvideInput, options?: SendOptions): Promise<Answer>
  /**
   * Messages of the whole account in bulk, where the vendor can list them without going through each conversation. A cursor
   * stays valid for days and in another process, so that a long export can go on after a stop.
   */
  export(query?: ExportQuery, options?: OperationOptions): Paged<M>
  /** Cancels a scheduled message. @throws NotFoundError or ConflictError when it is too late. */
  cancel(message: Target<Message>, options?: OperationOptions): Promise<Cancelled>
  /** Sets the status of a message that the application delivers itself, as the provider of its channel. */
  setStatus(message: Target<Message>, input: MessageStatusInput, options?: OperationOptions): Promise<void>
  /** Reads the conversation to find out whether a message was sent. `Reconciliation` has the rules. Sends nothing. */
  reconcile(attempt: SendAttempt, options?: ReconcileOptions): Promise<Reconciliation>
}

export interface SourceOperations {
  /** The sources of an answer. Costs a request where `message.sourcesState` is `fetchable`; the result is cached. */
  list(message: Target<Message>, query?: ListQuery, options?: OperationOptions): Paged<Source>
}

export interface ContactOperations<C extends Contact = Contact> {
  list(query?: ContactQuery, options?: OperationOptions): Paged<C>
  search(search: ContactSearch, options?: OperationOptions): Paged<C>
  get(contact: Target<Contact>, options?: OperationOptions): Promise<C>
  create(input: CreateContactInput, options?: OperationOptions): Promise<C>
  upsert(input: UpsertContactInput, options?: OperationOptions): Promise<C>
  /**
   * The contact of a visitor, made if there is none. An `externalId` finds a contact, and so does an `email` or a `phone`
   * that is `verified`; if they find different ones, the first of these three decides, and a warning says so. A contact
   * that is found is not changed, except where the vendor can only find by writing (the trait `contactLookup`). A warning
   * names each of the three that it lacks, because a later call with that one alone does not find it; its names and custom
   * fields are not compared. What the vendor demands and the visitor lacks is filled with the placeholder of the
   * configuration, and what it cannot keep is left out; warnings name both. Calls for one visitor at the same time give one
   * contact (the trait `contactKey`).
   *
   * @throws InvalidRequestError when nothing identifies the visitor.
   */
  ensure(visitor: Visitor, options?: OperationOptions): Promise<EnsuredContact<C>>
  delete(contact: Target<Contact>, options?: OperationOptions): Promise<Deleted>
}

/** The human teammates of the account. */
export interface OperatorOperations<O extends Operator = Operator> {
  /** Those that the vendor lists, or else those that the configuration names (option `operators`). */
  list(query?: OperatorQuery, options?: OperationOptions): Paged<O>
}

/** Who answers the contact: the agent or an operator. */
export interface ControlOperations {
  get(conversation: Target<Conversation>, options?: OperationOptions): Promise<Control>
  /** Stops the agent from answering, so that an operator can. */
  takeOver(conversation: Target<Conversation>, options?: OperationOptions): Promise<Control>
  /** Lets the agent answer again. */
  release(conversation: Target<Conversation>, options?: OperationOptions): Promise<Control>
}

export interface GenerationOperations<G extends Generation = Generation> {
  /** How the agent generated a message. @throws NotFoundError when the agent did not write the message. */
  get(message: Target<Message>, options?: OperationOptions): Promise<G>
}

/** Files. The account's credential is never sent to the host that stores a file. */
export interface AttachmentOperations {
  /** Uploads a file for `ask` or `reply`. Both also upload an attachment's `content` themselves. */
  upload(conversation: Target<Conversation>, input: UploadInput, options?: OperationOptions): Promise<AttachmentInput>
  /** An address from which the file can be fetched now. It expires: call this again instead of storing the address. */
  url(attachment: Attachment, options?: OperationOptions): Promise<FileAddress>
  /** The bytes of the file. @throws ResponseError when it is larger than `maxResponseBytes`. */
  read(attachment: Attachment, options?: OperationOptions): Promise<FileContent>
}

/** What the agent answers from. A vendor can take a while to process new knowledge: see `status`. */
export interface KnowledgeOperations<K extends KnowledgeItem = KnowledgeItem> {
  list(query?: KnowledgeQuery, options?: OperationOptions): Paged<K>
  add(input: KnowledgeInput, options?: OperationOptions): Promise<K>
  remove(item: Target<KnowledgeItem>, options?: RemoveKnowledgeOptions): Promise<Deleted>
}

/** Ratings of the agent's answers. */
export interface FeedbackOperations<S extends Suggestion = Suggestion> {
  list(query?: FeedbackQuery, options?: OperationOptions): Paged<Feedback>
  /** Rates an answer; a second rating by the same author replaces the first. */
  give(message: Target<Message>, input: FeedbackInput, options?: OperationOptions): Promise<Feedback>
  /** The vendor's suggestions for missing knowledge. */
  suggestions(query?: SuggestionQuery, options?: OperationOptions): Paged<S>
  /** Dismisses a suggestion permanently. */
  dismiss(suggestion: Target<Suggestion>, options?: OperationOptions): Promise<Deleted>
}

/** Addresses that the vendor calls when something happens. `@parley/<vendor>/webhook` reads the deliveries. */
export interface WebhookOperations<W extends Webhook = Webhook> {
  create(input: CreateWebhookInput, options?: OperationOptions): Promise<W>
}

/** Every operation group, complete. An adapter has the operations that its vendor supports. */
export interface Operations {
  agents: AgentOperations
  conversations: ConversationOperations
  messages: MessageOperations
  sources: SourceOperations
  contacts: ContactOperations
  operators: OperatorOperations
  control: ControlOperations
  generations: GenerationOperations
  attachments: AttachmentOperations
  knowledge: KnowledgeOperations
  feedback: FeedbackOperations
  webhooks: WebhookOperations
}

/** Re-exported for groups without a query type of their own. */
export type { ListQuery }
