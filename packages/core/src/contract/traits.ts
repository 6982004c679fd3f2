/**
 * What vendors do differently although the operation is the same. Every trait has a closed set of values.
 *
 * The values stand best first: a program that works with one also works with those before it. `portability` reports a
 * change to a later value as one that can break working code.
 */
export interface TraitValues {
  /** Whether a visitor may be anonymous. `placeholder`: the vendor demands a name, which the configuration fills. */
  anonymousVisitor: 'yes' | 'placeholder'
  /**
   * How `contacts.ensure` finds a contact. `read`: without changing it. `write`: only by writing it, which replaces the
   * given values. `none`: the vendor keeps no contacts, only their ids with the conversations.
   */
  contactLookup: 'read' | 'write' | 'none'
  /**
   * Who makes sure that two calls at the same time make one contact, across processes. `vendor`: it accepts each key
   * once. `store`: the lock of a `store` that the processes share.
   */
  contactKey: 'vendor' | 'store'
  /** How many conversations a contact can have. `one`: every question of a contact continues the same one. */
  conversationsPerContact: 'many' | 'one'
  /** Whether the agent gets `context` with a question. `no`: it is ignored with a warning. */
  questionContext: 'yes' | 'no'
  /**
   * How an answer arrives. `response`: in the response to the question. `polling`: Parley reads the conversation until it
   * is there, so it costs several requests.
   */
  answerArrival: 'response' | 'polling'
  /** How the sources of an answer come. `fetched`: with `sources.list`, for a request each. */
  answerSources: 'inline' | 'fetched' | 'none'
  /** Whether an answer arrives in parts (`messages.stream`). `option`: only with an option of the configuration. */
  streaming: 'parts' | 'option' | 'whole'
  /** Who gets an answer. `contact`: on a real account the person also gets it on their own channel. */
  answerReach: 'caller' | 'contact'
  /**
   * What becomes of a question while an operator is in control. `answered`: the agent answers all the same. `refused`: it is
   * not sent, and `messages.ask` throws a `ConflictError`.
   */
  questionToOperator: 'unanswered' | 'answered' | 'refused'
  /** Whether `operatorId` must be named in a reply, in the input or in the configuration. `ignored`: none is kept. */
  replyOperator: 'optional' | 'ignored' | 'required'
  /** Whether a reply is accepted while the agent is in control. `needed`: only after a take-over. */
  replyControl: 'not-needed' | 'needed'
  /**
   * Whether a reply stops the agent from answering. `configured`: the agent's own settings decide. `unknown`: the vendor
   * does not document it.
   */
  replyTakesControl: 'yes' | 'configured' | 'unknown' | 'no'
  /** Who delivers a reply to the contact. */
  replyDelivery: 'vendor' | 'application'
  /**
   * How an operator gets a conversation. `operation`: with `control.takeOver`. `reply`: with a reply. `agent`: only the
   * agent hands over.
   */
  handOff: 'operation' | 'reply' | 'agent'
  /** Whether the vendor changes the texts that are sent, for instance with a footer or short links. */
  sentTexts: 'kept' | 'unknown' | 'rewritten'
  /** Whether the status of a conversation can be read. */
  statusRead: 'yes' | 'no'
  /** Whether the status of a conversation can be changed. `close`: it can only be closed. */
  statusWrite: 'yes' | 'close' | 'no'
  /** Whether messages have a time. `no`: they only have an order. */
  messageTimes: 'yes' | 'no'
  /** Whether a deleted conversation can be told from one that never existed or is not listed. */
  deletes: 'seen' | 'unseen'
  /**
   * How a changed message is seen. `never`: messages cannot be changed. `listed`: its conversation comes first in the list.
   * `reread`: only when its conversation is read again.
   */
  edits: 'never' | 'listed' | 'reread'
}

export type TraitName = keyof TraitValues

/** A trait of one vendor. */
export interface Trait<Value extends string = string> {
  value: Value
  /** Why, or how it is known, in a sentence. */
  reason: string
}

/**
 * The traits of one vendor: those that are about an operation of its adapter. The conformance suite compares them with the
 * adapter's behaviour.
 */
export type Traits = { readonly [Name in TraitName]?: Trait<TraitValues[Name]> }
