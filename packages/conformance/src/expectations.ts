import type {
  Agent,
  AgentAction,
  Contact,
  Conversation,
  Feedback,
  KnowledgeItem,
  Message,
  Suggestion,
} from '@parley/core'

/** A model of which only some fields are told; what is told has to be exactly so, lists in length and order. */
export type Expected<T> = T extends readonly (infer Item)[]
  ? readonly Expected<Item>[]
  : T extends object
    ? { readonly [Key in keyof T]?: Expected<T[Key]> | undefined }
    : T

export type ExpectedEntity<T> = Expected<T> & { readonly id: string }

/**
 * What the server holds, in the words of the contract. It must come from the server's side, never from the adapter: one
 * mapping that is wrong on both sides proves nothing. `undefined` for a field means that the adapter leaves it away.
 */
export interface Expectations {
  /** Every agent of the account. */
  agents?: readonly ExpectedEntity<Agent>[]
  /** Every conversation of the account, in any order. */
  conversations?: readonly ExpectedEntity<Conversation>[]
  /** Some or all contacts. */
  contacts?: readonly ExpectedEntity<Contact>[]
  /** Every message of some conversations, oldest first, by the conversation's id. */
  messages?: Readonly<Record<string, readonly Expected<Message>[]>>
  /** Every action of some agents, in any order, by the agent's id. */
  actions?: Readonly<Record<string, readonly ExpectedEntity<AgentAction>[]>>
  /** All that the agents answer from, in any order. */
  knowledge?: readonly ExpectedEntity<KnowledgeItem>[]
  /** Every rating, in any order. */
  feedback?: readonly (Expected<Feedback> & { readonly id: string })[]
  /** Every suggestion, in any order. */
  suggestions?: readonly ExpectedEntity<Suggestion>[]
}
