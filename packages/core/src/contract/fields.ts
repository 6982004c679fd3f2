import type { Agent } from '../model/agent.ts'
import type { Contact } from '../model/contact.ts'
import type { Conversation } from '../model/conversation.ts'
import type { Entity } from '../model/entity.ts'
import type { KnowledgeItem, Source } from '../model/knowledge.ts'
import type { Attachment, Message } from '../model/message.ts'

/**
 * What happens to a field when an entity is written at a vendor through the contract, best level first.
 *
 * `full`: the field reads back equal. `partial`: part of it reads back, or it does in some cases. `fallback`: Parley
 * stores it in another way. `dropped`: the write succeeds and the field is lost. `rejected`: it cannot be written,
 * because the write is refused or no operation writes it.
 */
export type FieldLevel = 'full' | 'partial' | 'fallback' | 'dropped' | 'rejected'

/** What a vendor does with one field. */
export interface FieldSupport {
  level: FieldLevel
  /** Whether reading ever returns the field. Default `true`. */
  readable?: boolean
  /** Why the level is not `full`, in a sentence. Required for every other level. */
  reason?: string
  /** What to do about this field when moving to the vendor, in a sentence. */
  advice?: string
  /** Where a person finds the field, if the vendor has it but reading never returns it. */
  manualSteps?: string
}

/** The models whose fields can be moved between vendors. */
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

/** The fields of a model, without those that every entity has. */
export type PortableField<Model extends PortableModel> = Exclude<keyof PortableModels[Model], keyof Entity> & string

/**
 * What a vendor does with every field of every model. A model that the vendor lacks has one answer for all of its
 * fields. The conformance suite compares the table with the adapter's real behaviour.
 */
export type FieldTable = {
  readonly [Model in PortableModel]: { readonly [Field in PortableField<Model>]: FieldSupport | 'full' } | FieldSupport
}

/** Builds an entry of an adapter's field table: each entry has a reason, and advice where there is some. */
const support =
  (level: FieldLevel, given?: false) =>
  (reason: string, advice?: string): FieldSupport => {
    const entry: FieldSupport = { level, reason }
    if (given === false) entry.readable = given
    if (advice !== undefined) entry.advice = advice
    return entry
  }

/** A field that is partly carried over. */
export const partialField: (reason: string, advice?: string) => FieldSupport = support('partial')

/** A field that the vendor accepts and loses. */
export const droppedField: (reason: string, advice?: string) => FieldSupport = support('dropped')

/** A field that is lost on writing and never returned on reading. */
export const missingField: (reason: string, advice?: string) => FieldSupport = support('dropped', false)

/** A field that can be neither written nor read through the API, but seen where `manualSteps` says. */
export const hiddenField = (reason: string, manualSteps: string): FieldSupport => ({
  level: 'dropped',
  readable: false,
  reason,
  advice: `Set it there: ${manualSteps}`,
  manualSteps,
})

/**
 * Builds a complete field table from the fields that the vendor has. Every other field is reported as one that the vendor
 * lacks, so a new field of a model needs an entry only at the vendors that have it.
 *
 * @param given for each model, the entries of its fields, or one entry for all of them.
 * @param otherwise for each model named here, the entry of the fields that `given` omits.
 */
export function fieldTableFrom(
  given: { readonly [Model in PortableModel]: FieldSupport | Partial<Exclude<FieldTable[Model], FieldSupport>> },
  otherwise: { readonly [Model in PortableModel]?: FieldSupport } = {},
): FieldTable {
  const none = missingField('The vendor has no such field.')
  const models = (Object.keys(all) as PortableModel[]).map((model) => {
    const { [model]: entry } = given
    if (isWholeModel(entry as FieldSupport)) return [model, entry]
    const rest = otherwise[model] ?? none
    return [model, { ...Object.fromEntries(namesOf(model).map((field) => [field, rest])), ...entry }]
  })
  return Object.fromEntries(models)
}

/** The levels, best first. */
export const fieldLevels: readonly FieldLevel[] = ['full', 'partial', 'fallback', 'dropped', 'rejected']

/** Whether a table has one answer for all fields of a model. */
export const isWholeModel = (entry: FieldTable[PortableModel] | undefined): entry is FieldSupport =>
  entry !== undefined && 'level' in entry && typeof entry.level === 'string'

/** A table's entry for a field: the field's own, or the one for its whole model. `undefined`: the table has none. */
export function fieldSupport(table: FieldTable, model: PortableModel, field: string): FieldSupport | undefined {
  const entry = table[model]
  if (isWholeModel(entry)) return entry
  const support = (entry as Readonly<Record<string, FieldSupport | 'full'>> | undefined)?.[field]
  return support === 'full' ? { level: 'full' } : support
}

/** Every field of every portable model once; the compiler refuses a name that is missing or that does not exist. */
const all: { readonly [Model in PortableModel]: Readonly<Record<PortableField<Model>, true>> } = {
  agent: {
    name: true,
    displayName: true,
    description: true,
    businessName: true,
    status: true,
    mode: true,
    channels: true,
    isDefault: true,
    liveChatEnabled: true,
    instructions: true,
    personality: true,
    goal: true,
    prompt: true,
    model: true,
    language: true,
    avatarUrl: true,
    knowledgeBaseIds: true,
    actions: true,
    replyDelayMs: true,
    maxMessages: true,
    pause: true,
    tags: true,
    attributes: true,
    createdAt: true,
    updatedAt: true,
  },
  conversation: {
    agentId: true,
    contact: true,
    title: true,
    summary: true,
    status: true,
    channel: true,
    control: true,
    assignee: true,
    unreadCount: true,
    isStarred: true,
    isMuted: true,
    isAnonymized: true,
    labels: true,
    state: true,
    lastMessage: true,
    lastActivityAt: true,
    qualityScore: true,
    feedback: true,
    customFields: true,
    createdAt: true,
    updatedAt: true,
  },
  message: {
    conversationId: true,
    contactId: true,
    type: true,
    direction: true,
    author: true,
    channel: true,
    text: true,
    html: true,
    status: true,
    failure: true,
    inReplyTo: true,
    attachments: true,
    sources: true,
    sourcesState: true,
    email: true,
    call: true,
    externalId: true,
    reasoning: true,
    feedback: true,
    isAnonymized: true,
    createdAt: true,
    updatedAt: true,
  },
  attachment: {
    conversationId: true,
    url: true,
    access: true,
    fileName: true,
    contentType: true,
    size: true,
    expiresAt: true,
  },
  source: { kind: true, title: true, url: true, text: true, fileName: true, fileId: true, score: true },
  contact: {
    name: true,
    firstName: true,
    lastName: true,
    email: true,
    phone: true,
    companyName: true,
    externalId: true,
    country: true,
    timezone: true,
    agentId: true,
    assigneeId: true,
    origin: true,
    doNotDisturb: true,
    doNotDisturbOn: true,
    tags: true,
    customFields: true,
    conversationIds: true,
    isAnonymized: true,
    createdAt: true,
    updatedAt: true,
    lastActivityAt: true,
  },
  knowledge: {
    kind: true,
    title: true,
    url: true,
    text: true,
    question: true,
    answer: true,
    fileName: true,
    status: true,
    knowledgeBaseId: true,
    agentId: true,
    size: true,
    createdAt: true,
    updatedAt: true,
  },
}

const namesOf = (model: PortableModel): readonly string[] => Object.keys(all[model])

/** The names of the fields of each portable model, in the order of the model. */
export const portableFields: Readonly<Record<PortableModel, readonly string[]>> = {
  agent: /* @__PURE__ */ namesOf('agent'),
  conversation: /* @__PURE__ */ namesOf('conversation'),
  message: /* @__PURE__ */ namesOf('message'),
  attachment: /* @__PURE__ */ namesOf('attachment'),
  source: /* @__PURE__ */ namesOf('source'),
  contact: /* @__PURE__ */ namesOf('contact'),
  knowledge: /* @__PURE__ */ namesOf('knowledge'),
}
