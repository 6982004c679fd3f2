import { flagOption, functionOption, numberOption, type OptionCheck, textOption } from '../config/option-schema.ts'
import type { Channel } from '../model/entity.ts'
import type { SourceKind } from '../model/knowledge.ts'
import { readTimestamp } from '../read/reading.ts'
import { priorities } from '../transport/limit-window.ts'

// What each operation takes: the types of the contract, for callers whom no compiler has checked. What a vendor requires,
// and how long a text may be, is checked by its adapter.

/** The fields of an object, each with its rule. A missing or `undefined` field is not checked. */
export type FieldChecks = Readonly<Record<string, FieldCheck>>

/** `of`: an object with these fields, or, with `isList`, a list of these. */
export type FieldCheck = OptionCheck | { readonly of: FieldChecks | OptionCheck; readonly isList?: true }

/** Any object that holds named fields: not a list, a date, a map or a promise. */
export const isObject = (value: unknown): value is Record<string, unknown> => {
  try {
    return Object.prototype.toString.call(value) === '[object Object]'
  } catch {
    // A proxy that cannot be read.
    return false
  }
}

const text: OptionCheck = (value) => (typeof value === 'string' ? undefined : 'must be a string')
const id = textOption
const flag = flagOption
const object: OptionCheck = (value) => (isObject(value) ? undefined : 'must be an object')

/** ISO 8601 as milliseconds since the epoch. What vendors send may also be a Unix time; what a program says may not. */
export const instantOf = (value: unknown): number | undefined => {
  const instant = typeof value === 'string' && /^\d{4}-/.test(value) ? readTimestamp(value) : undefined
  return instant === undefined ? undefined : Date.parse(instant)
}

export const instantProblem = 'must be an instant in ISO 8601, such as 2026-01-15T10:30:00.000Z'

const instant: OptionCheck = (value) => (instantOf(value) === undefined ? instantProblem : undefined)

const bytes: OptionCheck = (value) =>
  value instanceof Blob || value instanceof Uint8Array ? undefined : 'must be a Blob or a Uint8Array'

const strings: FieldCheck = { of: id, isList: true }

const duration: OptionCheck = (value) =>
  numberOption(0)(value) === undefined ? undefined : 'must be a duration in milliseconds'

/** An entity or its id, which `checkId` then checks in full. */
const target: OptionCheck = (value) =>
  isObject(value) || id(value) === undefined ? undefined : 'must be an id or an entity with one'

const signal: OptionCheck = (value) => {
  // Not `instanceof`: a page's frames and a test's environment have signals of their own.
  const { aborted, addEventListener, throwIfAborted } = Object(value) as Partial<AbortSignal>
  const isSignal =
    typeof aborted === 'boolean' && typeof addEventListener === 'function' && typeof throwIfAborted === 'function'
  return isSignal ? undefined : 'must be an AbortSignal'
}

const oneOf =
  (...words: readonly string[]): OptionCheck =>
  (value) =>
    words.includes(value as string) ? undefined : `must be one of ${words.join(', ')}`

const orNull =
  (check: OptionCheck): OptionCheck =>
  (value) => {
    const problem = value === null ? undefined : check(value)
    return problem && `${problem}, or null`
  }

/** The compiler refuses a word that is missing, and one that does not exist. */
const words = <Word extends string>(all: Record<Word, true>): OptionCheck => oneOf(...Object.keys(all))

const channel = words<Channel>({
  ...{ sms: true, email: true, whatsapp: true, messenger: true, instagram: true, tiktok: true, google: true },
  ...{ slack: true, teams: true, web: true, voice: true, api: true, internal: true, system: true },
})
const kind = words<SourceKind>({
  ...{ website: true, faq: true, file: true, text: true, 'rich-text': true, video: true, image: true, notion: true },
})
const order = oneOf('asc', 'desc')
const period = { since: instant, until: instant }

const anyQuery: FieldChecks = { limit: numberOption(1, true), cursor: orNull(id), vendor: object }

const queries: Readonly<Record<string, FieldChecks>> = {
  'agents.list': { search: text },
  'agents.actions.list': {},
  'conversations.list': {
    ...{ status: oneOf('open', 'closed'), channel, agentId: id, contactId: id, assigneeId: orNull(id) },
    ...{ unread: flag, isStarred: flag, search: text, ...period, order },
  },
  'messages.list': { order },
  'sources.list': {},
  'messages.export': {
    ...{ conversationId: id, contactId: id, channel, ...period, by: oneOf('createdAt', 'updatedAt'), order },
  },
  'contacts.list': {},
  'contacts.search': { email: id, phone: id, externalId: id, text: id },
  'knowledge.list': { knowledgeBaseId: id, kind, search: text },
  'feedback.list': period,
  'feedback.suggestions': period,
}

/** What a list operation takes. `undefined`: core does not know the operation. */
export const queryFields = (operation: string): FieldChecks | undefined =>
  Object.hasOwn(queries, operation) ? { ...anyQuery, ...queries[operation] } : undefined

const files: FieldCheck = {
  of: { url: id, fileName: id, contentType: id, uploadId: id, content: bytes },
  isList: true,
}
const person = { firstName: text, lastName: text, email: text, phone: text, externalId: text }
const contact: FieldChecks = { ...person, name: text, country: text, tags: strings, customFields: object }
const question: FieldChecks = { text, context: text, channel, after: id, attachments: files }
const agent: FieldChecks = {
  ...{ name: text, displayName: text, description: text, businessName: text, instructions: text, personality: text },
  ...{ goal: text, prompt: text, model: text, isDefault: flag, liveChatEnabled: flag, tags: strings },
  ...{ status: oneOf('active', 'inactive', 'draft'), mode: oneOf('autopilot', 'suggestive', 'off') },
  ...{ knowledgeBaseIds: strings, replyDelayMs: duration, maxMessages: numberOption(1, true) },
  channels: { of: channel, isList: true },
  pause: { of: { onOperatorMessage: flag, onAutomationMessage: flag, durationMs: orNull(duration) } },
}

/** Of the operations that several vendors have; an operation of a single vendor is checked by its adapter. */
const inputs: Readonly<Record<string, FieldChecks>> = {
  'agents.create': agent,
  'agents.update': agent,
  'conversations.create': {
    ...{ contact: orNull(target), title: text, context: text, customFields: object, stateId: id, channel },
  },
  'conversations.update': {
    ...{ title: text, context: text, status: oneOf('open', 'closed', 'archived'), stateId: id },
    ...{ unread: flag, isStarred: flag },
  },
  'conversations.start': {
    ...{ contact: { of: person }, channel: oneOf('email', 'sms', 'voice'), text, subject: text, context: text },
    ...{ customFields: object, stateId: id },
  },
  'messages.ask': question,
  'messages.stream': question,
  'messages.reply': {
    ...{ text, html: text, subject: text, channel, operatorId: id, inReplyTo: id, sendAt: instant, after: id },
    attachments: files,
  },
  'messages.note': { text, operatorId: id, mentions: strings, after: id },
  'messages.setStatus': {
    ...{ status: oneOf('pending', 'delivered', 'read', 'failed') },
    failure: { of: { code: text, type: text, message: text } },
  },
  'contacts.create': contact,
  'contacts.upsert': { ...contact, id },
  'attachments.upload': { fileName: text, contentType: text, content: bytes },
  'knowledge.add': {
    ...{ knowledgeBaseId: id, kind: oneOf('website', 'text', 'faq', 'file'), url: text, title: text, text },
    ...{ scope: oneOf('page', 'path', 'site'), question: text, answer: text, fileName: text, content: bytes },
    contentType: text,
  },
  'feedback.give': { vote: oneOf('up', 'down'), authorId: id, question: text, answer: text, comment: text },
  'webhooks.create': { title: text, description: text, url: text, trigger: text, headers: object },
}

/** Fields of agents, contacts and knowledge items that no input takes. An input that is made of an entity may have them. */
const ofEntities =
  'ref account id raw language avatarUrl actions attributes createdAt updatedAt lastActivityAt companyName timezone agentId assigneeId origin doNotDisturb doNotDisturbOn conversationIds isAnonymized status size'.split(
    ' ',
  )

/** What an input may hold beside its own fields, unchecked. */
export const entityFields = (operation: string): readonly string[] =>
  /^(?:agents|contacts|knowledge)\./.test(operation) ? ofEntities : []

/** What an operation takes that several vendors have. `undefined`: core does not know the operation. */
export const inputFields = (operation: string): FieldChecks | undefined =>
  Object.hasOwn(inputs, operation) ? { vendor: object, ...inputs[operation] } : undefined

/**
 * What the operations take last. An option of another operation is let through, so that an adapter may hand its options on
 * to another operation of its own.
 */
export const optionFields: FieldChecks = {
  ...{ signal, timeout: numberOption(1), priority: oneOf(...priorities), raw: flag },
  ...{ onAttempt: functionOption, withContact: flag },
  ...{ operatorId: id, otherMessageIds: strings, kind, knowledgeBaseId: id, headers: object },
}
