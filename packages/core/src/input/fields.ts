import {
  flagOption,
  functionOption,
  numberOption,
  type OptionCheck,
  signalOption,
  textOption,
} from '../config/option-schema.ts'
import type { Visitor } from '../contract/inputs.ts'
import { isParleyError } from '../errors/parley-error.ts'
import type { Channel } from '../model/entity.ts'
import type { SourceKind } from '../model/knowledge.ts'
import { priorities } from '../transport/limit-window.ts'
import type { OperationContext } from '../transport/protocol.ts'
import {
  checkObject,
  checkPlain,
  deepest,
  errorOf,
  idProblem,
  instantOf,
  instantProblem,
  invalid,
  isObject,
  readable,
  refuseRefs,
} from './check.ts'
import { didYouMean } from './similar.ts'

/**
 * Checks the input of an operation, or an object inside it. Each field must have the type that the contract declares. A
 * field that the contract does not have is refused, because a misspelled `attachments` would send a message without its
 * file. Where an entity can be passed as the input (agents, contacts, knowledge), its other fields are ignored. An update
 * without any change is refused, and so is an input without a field that every vendor needs.
 *
 * @throws InvalidRequestError that names the field.
 */
export function checkInput<T extends object>(call: OperationContext, input: T | null | undefined, path = 'input'): T {
  checkObject(call, input, path)
  if (path !== 'input') return input as T
  const { operation } = call
  const given = input as Record<string, unknown>
  const fields = inputFields(operation)
  const ignored = entityFields(operation)
  if (fields) checkFields(call, given, fields, 'is not a field of this operation', optionFields, ignored)
  checkPlain(call, given, fields && ignored.length > 0 ? Object.keys(fields) : undefined)
  if (!fields) refuseRefs(call, given, '')
  if (/^(?:agents(?:\.actions)?|conversations)\.update$/.test(operation)) {
    // `kind` only says which other fields are possible. It changes nothing.
    const { kind: _, ...changes } = given
    checkChange(call, changes)
  }
  if (operation === 'knowledge.add') checkField(call, given['kind'], fields?.['kind'] as FieldCheck, 'kind')
  if (operation === 'conversations.create') checkContact(call, given['contact'])
  // A copy, because an operation reads some fields only after its first requests, and the caller may reuse the object.
  return copyOfPlain(call, input) as T
}

/**
 * Refuses an update without any change, because some vendors would write the whole entity again.
 *
 * @param changes the fields that this vendor can change.
 * @throws InvalidRequestError
 */
export function checkChange(call: OperationContext, changes: object, names?: readonly string[]): void {
  if (Object.values(changes).some((value) => value !== undefined)) return
  const which = names ? ` that this vendor can change: ${names.join(', ')}` : ' to change'
  throw invalid(call, 'input', `must have at least one field${which}`)
}

/** Refuses a change of a field that conversations lack at this vendor. @throws UnsupportedError */
export function refuseChanges(call: OperationContext, changes: object, names: readonly string[]): void {
  for (const path of names) {
    if ((changes as Record<string, unknown>)[path] === undefined) continue
    const fields = [{ path, problem: 'cannot be changed at this vendor' }]
    throw errorOf(call, 'unsupported', `the vendor does not store the ${path}; nothing was changed.`, { fields })
  }
}

/**
 * Refuses a new conversation without a contact: a variable that is `undefined` by mistake must not open an anonymous
 * conversation.
 *
 * @throws InvalidRequestError
 */
export function checkContact(call: OperationContext, contact: unknown): void {
  if (contact !== undefined && contact !== null) return
  const how = 'For an anonymous visitor, ask with { visitor: { externalId: crypto.randomUUID() } }'
  throw invalid(call, 'contact', `is required: an id or an entity with one. ${how}`)
}

/**
 * Checks a visitor and copies it.
 *
 * @param path where the visitor is in the input: `input` if it is the input itself.
 * @throws InvalidRequestError, also when nothing identifies the visitor.
 */
export function checkVisitor(call: OperationContext, given: Visitor, path: string): Visitor {
  checkObject(call, given, path)
  const at = path === 'input' ? '' : `${path}.`
  for (const name of readable(call, path, () => Object.keys(given)))
    if (!Object.hasOwn(visitor, name))
      throw invalid(call, at + name, `is not a field of a visitor${didYouMean(name, Object.keys(visitor))}`)
  checkEach(call, given as Record<string, unknown>, visitor, at)
  checkPlain(call, given)
  const { externalId, email, phone, verified } = given as Visitor
  if (externalId?.trim()) return copyOfPlain(call, given) as Visitor
  const why = verified ? '' : ': anyone can type an address, so an email or a phone identifies only with verified: true'
  if (!verified || !(email?.trim() || phone?.trim()))
    throw invalid(call, `${at}externalId`, `is required${why}. For an anonymous visitor use crypto.randomUUID()`)
  return copyOfPlain(call, given) as Visitor
}

/**
 * Checks a query against the contract. An unknown filter is refused, because ignoring it would return the wrong items.
 *
 * @throws InvalidRequestError that names the filter.
 */
export function checkQuery(call: OperationContext, query: unknown): void {
  if (!isObject(query)) throw invalid(call, 'query', 'must be an object')
  const fields = queryFields(call.operation)
  if (fields) checkFields(call, query, fields, 'is not a filter of this list', optionFields)
  checkPlain(call, query)
  checkPeriod(call, query)
  const isAimless = ['email', 'phone', 'externalId', 'text'].every((name) => query[name] === undefined)
  if (call.operation === 'contacts.search' && isAimless)
    throw invalid(call, 'search', 'must have an email, a phone, an externalId or a text')
}

/** Refuses a query without a field that the vendor requires. @throws InvalidRequestError that names the field. */
export function checkRequired(call: OperationContext, query: object, required: readonly string[] = []): void {
  for (const name of required)
    if ((query as Record<string, unknown>)[name] == null)
      throw invalid(call, name, 'is required: without it this vendor lists nothing')
}

/** Checks `since` and `until` of any query, also of one whose other fields are unknown here. @throws InvalidRequestError also for a period that ends before it begins. */
function checkPeriod(call: OperationContext, query: Record<string, unknown>): void {
  checkEach(call, query, period, '')
  const { since, until } = query
  const [from, to] = [instantOf(since), instantOf(until)]
  if (from === undefined || to === undefined || from <= to) return
  throw invalid(call, 'since', 'must not be after until', { path: 'until', problem: 'must not be before since' })
}

/** Checks the options, the last argument of an operation, in the same way. @throws InvalidRequestError that names the option. */
export function checkOptions(call: OperationContext, options: unknown): void {
  if (!isObject(options)) throw invalid(call, 'options', 'must be an object')
  const others = queryFields(call.operation) ?? inputFields(call.operation)
  checkFields(call, options, optionFields, 'is not an option of this operation', others)
}

/**
 * @param unknown the problem to report for a field that is not in `fields`.
 * @param others the fields of the other argument, to recognize a field that is in the wrong argument.
 * @param ignored fields that are neither checked nor refused.
 */
function checkFields(
  call: OperationContext,
  given: Record<string, unknown>,
  fields: FieldChecks,
  unknown: string,
  others: FieldChecks = {},
  ignored: readonly string[] = [],
): void {
  const names = readable(call, 'input', () => Object.keys(given))
  // No fields, not even inherited ones.
  if (names.length === 0 && Object.getPrototypeOf(given) === Object.prototype) return
  for (const name of names) {
    if (Object.hasOwn(fields, name) || ignored.includes(name)) continue
    const where = fields === optionFields ? 'the argument before the options' : 'the options, the last argument'
    const hint = Object.hasOwn(others, name) ? ` (it belongs in ${where})` : didYouMean(name, Object.keys(fields))
    throw invalid(call, name, unknown + hint)
  }
  checkEach(call, given, fields, '')
}

function checkEach(call: OperationContext, given: Record<string, unknown>, fields: FieldChecks, at: string): void {
  for (const [name, check] of Object.entries(fields))
    readable(call, at + name, () => {
      if (given[name] !== undefined) checkField(call, given[name], check, at + name)
    })
}

function checkField(call: OperationContext, value: unknown, check: FieldCheck, path: string): void {
  if (typeof check === 'function') {
    const problem = check(value)
    if (problem) throw invalid(call, path, problem)
  } else if (check.isList) {
    if (!Array.isArray(value)) throw invalid(call, path, 'must be a list')
    for (const [index, each] of value.entries()) checkField(call, each, { of: check.of }, `${path}[${index}]`)
  } else if (typeof check.of === 'function') checkField(call, value, check.of, path)
  else {
    if (!isObject(value)) throw invalid(call, path, 'must be an object')
    checkEach(call, value, check.of, `${path}.`)
  }
}

/** Of a copied argument the caller's own object, by which an attempt of this process is recognized. */
const originals = new WeakMap<object, object>()

export const originalOf = <T extends object>(argument: T): T => (originals.get(argument) as T | undefined) ?? argument

/**
 * The arguments of an operation as they are now, because the caller may change them before they are read.
 *
 * @returns an InvalidRequestError that names the field if something inside an argument cannot be read. A list or a stream
 * throws it when it is read.
 */
export function argumentsNow<Args extends readonly unknown[]>(
  call: OperationContext,
  given: Args,
): { args: Args } | { error: unknown } {
  try {
    return { args: given.map((value) => argumentNow(call, value)) as unknown as Args }
  } catch (error) {
    return { error: isParleyError(error) ? error : invalid(call, 'input', 'cannot be read') }
  }
}

function argumentNow(call: OperationContext, value: unknown): unknown {
  try {
    if (typeof value !== 'object' || value === null || !isPlainOrList(value)) return value
    Object.keys(value)
  } catch {
    // It cannot be read at all. The operation, which knows its name, refuses it.
    return value
  }
  const copy = copyOfPlain(call, value) as object
  originals.set(copy, originalOf(value))
  return copy
}

function isPlainOrList(value: object): boolean {
  if (Array.isArray(value)) return true
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null
}

/**
 * A copy of plain objects and lists, at every depth. Anything else stays as it is: bytes, dates, signals, functions, and
 * the vendor's payload in an entity.
 *
 * @throws InvalidRequestError that names the field that cannot be read.
 */
function copyOfPlain(
  call: OperationContext,
  value: unknown,
  path = '',
  known: Map<object, object> = new Map(),
  depth = 0,
): unknown {
  if (typeof value !== 'object' || value === null || depth > deepest) return value
  const before = known.get(value)
  if (before) return before
  const where = path || 'input'
  if (!readable(call, where, () => isPlainOrList(value))) return value
  const isList = Array.isArray(value)
  const copy: object = isList ? new Array(value.length) : {}
  known.set(value, copy)
  for (const key of readable(call, where, () => Object.keys(value))) {
    const at = isList ? `${path}[${key}]` : path && `${path}.${key}`
    const member = readable(call, at || key, () => (value as Record<string, unknown>)[key])
    const isPayload = key === 'raw' && 'ref' in copy
    const copied = isPayload ? member : copyOfPlain(call, member, at || key, known, depth + 1)
    // Not assigned, because the assignment of `__proto__` sets the prototype.
    Object.defineProperty(copy, key, { value: copied, enumerable: true, writable: true, configurable: true })
  }
  return copy
}

// The inputs of each operation: the types of the contract, checked at run time for callers without a compiler. The adapter
// checks what its vendor requires, and how long a text may be.

/** The fields of an object, each with its rule. A missing or `undefined` field is not checked. */
type FieldChecks = Readonly<Record<string, FieldCheck>>

/** `of`: an object with these fields, or, with `isList`, a list of these. */
type FieldCheck = OptionCheck | { readonly of: FieldChecks | OptionCheck; readonly isList?: true }

const text: OptionCheck = (value) => (typeof value === 'string' ? undefined : 'must be a string')
const filled = textOption
/** A vendor's id. */
const id: OptionCheck = idProblem
const trueOrFalse = flagOption
const anyObject: OptionCheck = (value) => (isObject(value) ? undefined : 'must be an object')

const instant: OptionCheck = (value) => (instantOf(value) === undefined ? instantProblem : undefined)

const bytes: OptionCheck = (value) =>
  value instanceof Blob || value instanceof Uint8Array ? undefined : 'must be a Blob or a Uint8Array'

/** What is inside it is checked with the rest of the input. */
const jsonValue: OptionCheck = (value) =>
  value === null || /^(?:string|boolean|object)$/.test(typeof value) || Number.isFinite(value)
    ? undefined
    : 'must be a JSON value'

const strings: FieldCheck = { of: filled, isList: true }
const ids: FieldCheck = { of: id, isList: true }

const duration: OptionCheck = (value) =>
  numberOption(0)(value) === undefined ? undefined : 'must be a duration in milliseconds'

/** An entity or its id, which `checkId` then checks in full. */
const target: OptionCheck = (value) =>
  isObject(value) || filled(value) === undefined ? undefined : 'must be an id or an entity with one'

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

const anyQuery: FieldChecks = { limit: numberOption(1, true), cursor: orNull(filled), vendor: anyObject }

const queries: Readonly<Record<string, FieldChecks>> = {
  'agents.list': { search: text },
  'agents.actions.list': {},
  'conversations.list': {
    ...{ status: oneOf('open', 'closed'), channel, agentId: id, contactId: id, assigneeId: orNull(id) },
    ...{ unread: trueOrFalse, isStarred: trueOrFalse, search: text, ...period, order },
    unknown: oneOf('include', 'exclude'),
  },
  'messages.list': { order },
  'sources.list': {},
  'messages.export': {
    ...{ conversationId: id, contactId: id, channel, ...period, by: oneOf('createdAt', 'updatedAt'), order },
  },
  'contacts.list': {},
  'operators.list': { search: text },
  'contacts.search': { email: filled, phone: filled, externalId: filled, text: filled },
  'knowledge.list': { knowledgeBaseId: id, kind, search: text },
  'feedback.list': period,
  'feedback.suggestions': period,
}

/** The fields of a list operation's query. `undefined`: core does not know the operation. */
const queryFields = (operation: string): FieldChecks | undefined =>
  Object.hasOwn(queries, operation) ? { ...anyQuery, ...queries[operation] } : undefined

const files: FieldCheck = {
  of: { url: filled, fileName: filled, contentType: filled, uploadId: filled, content: bytes },
  isList: true,
}
const person = { firstName: text, lastName: text, email: text, phone: text, externalId: text }
const contact: FieldChecks = { ...person, name: text, country: text, tags: strings, customFields: anyObject }
const visitor: FieldChecks = { ...person, name: text, verified: trueOrFalse, customFields: anyObject }
const question: FieldChecks = { text, agentId: id, context: text, channel, after: id, attachments: files }
const agent: FieldChecks = {
  ...{ name: text, displayName: text, description: text, businessName: text, instructions: text, personality: text },
  ...{ goal: text, prompt: text, model: text, isDefault: trueOrFalse, liveChatEnabled: trueOrFalse, tags: strings },
  ...{ status: oneOf('active', 'inactive', 'draft'), mode: oneOf('autopilot', 'suggestive', 'off') },
  ...{ knowledgeBaseIds: ids, replyDelayMs: duration, maxMessages: numberOption(1, true) },
  channels: { of: channel, isList: true },
  pause: { of: { onOperatorMessage: trueOrFalse, onAutomationMessage: trueOrFalse, durationMs: orNull(duration) } },
}

/** The inputs of the operations that several vendors have. An operation of a single vendor is checked by its adapter. */
const inputs: Readonly<Record<string, FieldChecks>> = {
  'agents.create': agent,
  'agents.update': agent,
  'conversations.create': {
    ...{
      contact: target,
      agentId: id,
      title: text,
      context: text,
      customFields: anyObject,
      stateId: id,
      channel,
    },
  },
  'conversations.update': {
    ...{ title: text, context: text, status: oneOf('open', 'closed', 'archived'), stateId: id },
    ...{ unread: trueOrFalse, isStarred: trueOrFalse },
  },
  'conversations.start': {
    ...{ contact: { of: person }, channel: oneOf('email', 'sms', 'voice'), text, subject: text, context: text },
    ...{ customFields: anyObject, stateId: id },
  },
  'messages.ask': question,
  'messages.stream': question,
  'messages.reply': {
    ...{ text, html: text, subject: text, channel, operatorId: id, inReplyTo: id, sendAt: instant, after: id },
    attachments: files,
  },
  'messages.note': { text, operatorId: id, mentions: ids, after: id },
  'messages.provideInput': { requestId: id, value: jsonValue, operatorId: id },
  'messages.setStatus': {
    ...{ status: oneOf('pending', 'delivered', 'read', 'failed') },
    failure: { of: { code: text, type: text, message: text } },
  },
  'contacts.create': contact,
  'contacts.upsert': { ...contact, id },
  'contacts.ensure': visitor,
  'attachments.upload': { fileName: text, contentType: text, content: bytes },
  'knowledge.add': {
    ...{ knowledgeBaseId: id, kind: oneOf('website', 'text', 'faq', 'file'), url: text, title: text, text },
    ...{ scope: oneOf('page', 'path', 'site'), question: text, answer: text, fileName: text, content: bytes },
    contentType: text,
  },
  'feedback.give': { vote: oneOf('up', 'down'), authorId: id, question: text, answer: text, comment: text },
  'webhooks.create': { title: text, description: text, url: text, trigger: text, headers: anyObject },
}

/** Fields of agents, contacts and knowledge items that no input has. If an entity is passed as an input, they are ignored. */
const ofEntities =
  'ref account id raw language avatarUrl actions attributes createdAt updatedAt lastActivityAt companyName timezone agentId assigneeId origin doNotDisturb doNotDisturbOn conversationIds isAnonymized status size'.split(
    ' ',
  )

/** The fields that an input may have besides its own. They are not checked. */
const entityFields = (operation: string): readonly string[] =>
  /^(?:agents|contacts|knowledge)\./.test(operation) ? ofEntities : []

/** The fields of an operation's input. `undefined`: core does not know the operation. */
const inputFields = (operation: string): FieldChecks | undefined =>
  Object.hasOwn(inputs, operation) ? { vendor: anyObject, ...inputs[operation] } : undefined

/**
 * The options, the last argument of every operation. An option of another operation is accepted, so that an adapter can
 * pass its options on to another of its operations.
 */
const optionFields: FieldChecks = {
  ...{ signal: signalOption, timeout: numberOption(1), priority: oneOf(...priorities), raw: trueOrFalse },
  ...{ onAttempt: functionOption, beforeSend: functionOption, onRequest: functionOption },
  ...{ withContact: trueOrFalse, takeOver: oneOf('if-needed') },
  ...{ operatorId: id, otherMessageIds: ids, kind, knowledgeBaseId: id, headers: anyObject },
}
