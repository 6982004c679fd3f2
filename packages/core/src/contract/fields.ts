import type { Agent } from '../model/agent.ts'
import type { Attachment } from '../model/attachment.ts'
import type { Contact } from '../model/contact.ts'
import type { Conversation } from '../model/conversation.ts'
import type { Entity } from '../model/entity.ts'
import type { KnowledgeItem } from '../model/knowledge.ts'
import type { Message } from '../model/message.ts'
import type { Source } from '../model/source.ts'

/**
 * What becomes of a field when something that has it is written at a vendor through the contract, best first.
 *
 * `full`: it reads back equal. `partial`: some of it does, or in some cases. `fallback`: this library keeps it another
 * way. `dropped`: the write goes through and the field is lost. `rejected`: it cannot be written at all, because the
 * write is refused or there is no operation for it.
 */
export type FieldLevel = 'full' | 'partial' | 'fallback' | 'dropped' | 'rejected'

/** What a vendor does with one field. */
export interface FieldSupport {
  level: FieldLevel
  /** Whether reading ever gives the field. Default `true`. */
  given?: boolean
  /** Why it is not `full`, in a sentence. Required for every other level. */
  reason?: string
  /** What to do about it when moving here, in a sentence. */
  advice?: string
  /** Of a field that the vendor has and reading never gives: where a person finds it. */
  byHand?: string
}

/** The models whose fields a move is about. */
export interface PortableModels {
  agent: Agent
  conversation: Conversation
  message: Message
  attachment: Attachment
  source: Source
  contact: Contact
  knowledge: KnowledgeItem
}

export type PortableModel = keyof PortableModels

/** The fields of a model, without what every entity has. */
export type PortableField<Model extends PortableModel> = Exclude<keyof PortableModels[Model], keyof Entity> & string

/**
 * For every field of every model what a vendor does with it. A model that the vendor does not know at all has one
 * answer for all of its fields. The conformance suite compares the table with what really happens.
 */
export type FieldTable = {
  readonly [Model in PortableModel]: { readonly [Field in PortableField<Model>]: FieldSupport | 'full' } | FieldSupport
}
