import type { Agent } from '../model/agent.ts'
import type { Contact } from '../model/contact.ts'
import type { Conversation } from '../model/conversation.ts'
import type { Entity } from '../model/entity.ts'
import type { KnowledgeItem, Source } from '../model/knowledge.ts'
import type { Attachment, Message } from '../model/message.ts'

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
  readable?: boolean
  /** Why it is not `full`, in a sentence. Required for every other level. */
  reason?: string
  /** What to do about it when moving here, in a sentence. */
  advice?: string
  /** Of a field that the vendor has and reading never gives: where a person finds it. */
  manualSteps?: string
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

/** What the tables of adapters are written with: each entry has a reason, and where there is some, advice. */
const support =
  (level: FieldLevel, given?: false) =>
  (reason: string, advice?: string): FieldSupport => {
    const entry: FieldSupport = { level, reason }
    if (given === false) entry.readable = given
    if (advice !== undefined) entry.advice = advice
    return entry
  }

/** A field of which some goes over. */
export const partialField: (reason: string, advice?: string) => FieldSupport = support('partial')

/** A field that is accepted and lost. */
export const droppedField: (reason: string, advice?: string) => FieldSupport = support('dropped')

/** A field that is lost, and that the vendor never gives either. */
export const missingField: (reason: string, advice?: string) => FieldSupport = support('dropped', false)

/** A field that the vendor keeps to itself: neither written nor read, but to be seen where `manualSteps` says. */
export const hiddenField = (reason: string, manualSteps: string): FieldSupport => ({
  level: 'dropped',
  readable: false,
  reason,
  advice: `Set it there: ${manualSteps}`,
  manualSteps,
})

/** The levels, best first. */
export const fieldLevels: readonly FieldLevel[] = ['full', 'partial', 'fallback', 'dropped', 'rejected']

/** Whether a table has one answer for all fields of a model. */
export const isWholeModel = (entry: FieldTable[PortableModel] | undefined): entry is FieldSupport =>
  entry !== undefined && 'level' in entry && typeof entry.level === 'string'

/** What a table says about one field: the field's own answer, or that for its whole model. `undefined`: nothing. */
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
