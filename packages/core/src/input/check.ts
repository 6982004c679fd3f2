import type { ConversationTarget, NewConversation, ReplyInput, Target } from '../contract/inputs.ts'
import type { VendorOptions } from '../contract/options.ts'
import { createError, InvalidRequestError } from '../errors/kinds.ts'
import {
  type ErrorCode,
  type FieldProblem,
  isParleyError,
  type ParleyError,
  type ParleyErrorDetails,
} from '../errors/parley-error.ts'
import type { EntityKind } from '../model/entity.ts'
import { isEntityKind, tryParseRef } from '../model/ref.ts'
import { readTimestamp } from '../read/reading.ts'
import { at } from '../transport/failure.ts'
import type { Call, OperationContext } from '../transport/protocol.ts'
import { didYouMean, plain } from './similar.ts'

/** An entity, or part of one. Its `ref`, `vendor` and `account` are checked where they are given. */
interface Named {
  id: string
  ref?: string
  vendor?: string
  account?: string
}

/** The kinds of the paths whose name is not a kind. */
const kindsByPath: Readonly<Record<string, EntityKind>> = { item: 'knowledge', contactId: 'contact', agentId: 'agent' }

/**
 * Checks the target of an operation and returns the vendor's id of it. An entity must belong to this vendor and account,
 * and be of the right kind, because the same id can mean another entity in another account.
 *
 * @param kind default: the kind that `path` names.
 * @throws InvalidRequestError, also for a `ref`: an inbox accepts one, an adapter does not.
 */
export function checkId(
  call: OperationContext,
  target: Target<Named> | null | undefined,
  path: string,
  kind: EntityKind | undefined = kindsByPath[path] ?? kindOf(path),
): string {
  const entity = typeof target === 'object' && target !== null ? target : undefined
  const id: unknown = entity ? readable(call, path, () => entity.id) : target
  // In a path, `.` and `..` would lead to another endpoint. Half of a character would become another id.
  if (typeof id !== 'string' || id.trim() === '' || id === '.' || id === '..' || characterProblem(id))
    throw invalid(call, path, 'must be an id or an entity with one')
  if (entity) readable(call, path, () => checkBelongs(call, entity, path, kind))
  else if (tryParseRef(id))
    throw invalid(call, path, 'must be an id or an entity, not a ref: pass the id from parseRef(ref), or use an inbox')
  return id
}

/**
 * What is wrong with a value that must be a vendor's id. An entity or a ref in its place would be sent, and a vendor may
 * take any text: a question would go to another agent, or a list would find nothing.
 */
export const idProblem = (value: unknown): string | undefined => {
  if (typeof value !== 'string' || value.trim() === '') return 'must be an id, which is a non-empty string'
  return tryParseRef(value) && 'must be an id, not a ref: pass the id from parseRef(ref)'
}

/** The names of fields that hold ids of entities. An `altId` is the application's own, so it may be anything. */
const idNames = /(?:agent|action|conversation|message|contact|author|operator|user)Ids?$/i

/**
 * Refuses a ref in a field that core does not know, if its name says that it is an id.
 *
 * @param at the path of the object, with a dot at its end; empty for the input itself.
 * @throws InvalidRequestError
 */
export function refuseRefs(call: OperationContext, given: object, at: string): void {
  for (const [name, value] of Object.entries(given))
    if (idNames.test(name) && (Array.isArray(value) ? value : [value]).some(tryParseRef))
      throw invalid(call, at + name, 'must be an id, not a ref: pass the id from parseRef(ref)')
}

/** Whether a question opens a new conversation. A conversation entity can have a contact too, but it also has an id. */
export const isNewConversation = (
  call: Call,
  target: ConversationTarget | null | undefined,
): target is NewConversation =>
  readable(
    call,
    'conversation',
    () => typeof target === 'object' && target !== null && 'contact' in target && !('id' in target),
  )

function checkBelongs(
  call: OperationContext,
  { id, ref, vendor, account }: Named,
  path: string,
  kind: EntityKind | undefined,
): void {
  const named = ref === undefined || ref === null ? undefined : tryParseRef(ref)
  if (ref !== undefined && ref !== null && !named)
    throw invalid(call, path, 'has a ref that is not of the form vendor:account/kind/id')
  const isOther = (stated: string | undefined, own: string): boolean => stated !== undefined && stated !== own
  if (isOther(vendor, call.vendor) || isOther(named?.vendor, call.vendor))
    throw invalid(call, path, `must belong to ${call.vendor}, not to another vendor`)
  if (isOther(account, call.account) || isOther(named?.account, call.account))
    throw invalid(call, path, 'must belong to this account, not to another one')
  if (!named) return
  if (kind !== undefined && named.kind !== kind) throw invalid(call, path, `must be a ${kind}, not a ${named.kind}`)
  if (named.id !== id) throw invalid(call, path, 'has an id and a ref that do not match')
}

const kindOf = (path: string): EntityKind | undefined => (isEntityKind(path) ? path : undefined)

/** @throws InvalidRequestError for anything but an object with named fields. */
export function checkObject(
  call: OperationContext,
  value: unknown,
  path: string,
): asserts value is Record<string, unknown> {
  if (!isObject(value)) throw invalid(call, path, 'must be an object')
}

/** A required, non-empty string of at most `longest` characters. @throws InvalidRequestError */
export function checkText(call: Call, value: unknown, path: string, longest?: number): string {
  if (typeof value !== 'string' || value.trim() === '') throw invalid(call, path, 'must be a non-empty string')
  return checkLength(call, value, path, longest)
}

/** A string that may be missing or empty. @throws InvalidRequestError */
export function checkOptionalText(call: Call, value: unknown, path: string, longest?: number): string | undefined {
  if (value === undefined || value === null) return undefined
  if (typeof value !== 'string') throw invalid(call, path, 'must be a string')
  return checkLength(call, value, path, longest)
}

/** A string that may be missing but not empty. @throws InvalidRequestError */
export const optionalText = (call: Call, value: unknown, path: string): string | undefined =>
  value === undefined ? undefined : checkText(call, value, path)

/** Vendors count characters; `length` counts some characters twice. Counting is slow, so only a long text is counted. */
function checkLength(call: Call, value: string, path: string, longest: number | undefined): string {
  if (longest !== undefined && value.length > longest && [...value].length > longest)
    throw invalid(call, path, `must have at most ${longest} characters`)
  return value
}

/** The address of a page or of a file. @throws InvalidRequestError */
export function checkUrl(call: Call, value: unknown, path: string): string {
  const url = checkText(call, value, path)
  // A URL parser ignores line breaks and tabs, but the vendor would receive them.
  if (!/\p{Cc}/u.test(url) && URL.canParse(url) && /^https?:$/.test(new URL(url).protocol)) return url
  throw invalid(call, path, 'must be an http or https URL')
}

/** Items per page: the requested number, at most the vendor's maximum. @throws InvalidRequestError */
export function checkLimit(call: Call, limit: unknown, sizes: { default: number; max: number }): number {
  if (limit === undefined || limit === null) return sizes.default
  if (typeof limit !== 'number' || !Number.isInteger(limit) || limit < 1)
    throw invalid(call, 'limit', 'must be a whole number of at least 1')
  return Math.min(limit, sizes.max)
}

/** An instant of a query, in milliseconds since the epoch. @throws InvalidRequestError */
export function checkInstant(call: Call, value: unknown, path: string): number | undefined {
  if (value === undefined || value === null) return undefined
  const instant = instantOf(value)
  if (instant === undefined) throw invalid(call, path, instantProblem)
  return instant
}

/** One of a few words. @throws InvalidRequestError */
export function checkWord<Word extends string>(
  call: Call,
  value: Word | null | undefined,
  path: string,
  words: readonly Word[],
): Word | undefined {
  if (value === undefined || value === null) return undefined
  if (!words.includes(value)) throw invalid(call, path, `must be one of ${words.join(', ')}`)
  return value
}

/** Adds a warning for each of these options that is given, because it has no effect at this vendor. */
export function ignoreOptions(call: Call, input: object, names: readonly string[], why: string): void {
  for (const name of names) {
    if ((input as Record<string, unknown>)[name] === undefined) continue
    call.reading.warn('ignored-option', `${name} has no effect at ${call.vendor}: ${why}`, { path: name })
  }
}

/**
 * Reads something of a value that a caller handed in. A getter or a proxy may throw whatever it likes.
 *
 * @throws InvalidRequestError that names `path`.
 */
export function readable<T>(call: OperationContext, path: string, read: () => T): T {
  try {
    return read()
  } catch (error) {
    if (isParleyError(error)) throw error
    throw invalid(call, path, 'cannot be read')
  }
}

/** Half of a surrogate pair. It has no UTF-8 form, so another character would be sent. */
const loneSurrogate = /\p{Surrogate}/u

/** Why a string cannot be sent as it is. `undefined`: it can. */
const characterProblem = (text: string): string | undefined =>
  text.includes('\0') || loneSurrogate.test(text)
    ? 'must not contain a NUL character or half of a surrogate pair'
    : undefined

/** Fields that `checkPlain` skips: `vendor` is checked elsewhere, and `raw` (of an entity used as an input) is not sent. */
const others: ReadonlySet<string> = new Set(['vendor', 'raw'])

/** The name of a file is cleaned before it is sent. Its content is sent as bytes, and nothing else is. */
const fileNames = /^(?:attachments\[\d+\]\.)?fileName$/
const fileContents = /^(?:attachments\[\d+\]\.)?content$/

/** The deepest nesting that is accepted. Without a limit, checking the input and writing it as JSON could overflow the stack. */
export const deepest = 100

/**
 * Checks that every value in an input can be sent unchanged. `JSON.stringify` omits functions and symbols, writes `null`
 * for `NaN` and for a gap in a list, and `{}` for a map or a file, so the vendor would receive something else. Of the
 * entity in the field `contact`, only the id is used, which `checkId` checks.
 *
 * @param only the fields to check. Default: all.
 * @throws InvalidRequestError that names the innermost value: `customFields.sizes[1]`.
 */
export function checkPlain(call: OperationContext, input: object, only?: readonly string[]): void {
  for (const name of only ?? readable(call, 'input', () => Object.keys(input))) {
    if (others.has(name)) continue
    const value = readable(call, name, () => (input as Record<string, unknown>)[name])
    if (value !== undefined) checkValue(call, value, name, new Set())
  }
}

function checkValue(call: OperationContext, value: unknown, path: string, around: Set<unknown>): void {
  if (around.has(value)) throw invalid(call, path, 'must not contain itself')
  if (around.size > deepest) throw invalid(call, path, `must not be nested more than ${deepest} deep`)
  if (fileContents.test(path) && readable(call, path, () => isBytes(value))) return
  const problem = readable(call, path, () => problemOf(value))
  if (problem !== undefined && !(typeof value === 'string' && fileNames.test(path))) throw invalid(call, path, problem)
  if (typeof value !== 'object' || value === null) return
  if (path === 'contact' && readable(call, path, () => isEntity(value))) return
  const inside = new Set([...around, value])
  for (const [step, read] of readable(call, path, () => membersOf(value))) {
    const member = readable(call, path + step, read)
    // In an object, `undefined` is the same as a missing field.
    if (member !== undefined || step.startsWith('[')) checkValue(call, member, path + step, inside)
  }
}

function problemOf(value: unknown): string | undefined {
  if (typeof value === 'string') return characterProblem(value)
  if (typeof value === 'number') return Number.isFinite(value) ? undefined : 'must be a finite number'
  if (value === null || typeof value === 'boolean' || Array.isArray(value)) return undefined
  const isPlain = isObject(value) && typeof value['toJSON'] !== 'function'
  return isPlain ? undefined : 'must be a string, a finite number, true, false, null, a list or a plain object'
}

const isBytes = (value: unknown): boolean => value instanceof Blob || value instanceof Uint8Array

/** The members of a list or an object that are sent: the path of each, and a function that reads it. */
function membersOf(value: object): [step: string, read: () => unknown][] {
  if (Array.isArray(value)) return Array.from(value, (_, index) => [`[${index}]`, () => value[index] as unknown])
  return Object.keys(value).map((name) => [`.${name}`, () => (value as Record<string, unknown>)[name]])
}

const isEntity = (value: { ref?: unknown; vendor?: unknown }): boolean =>
  typeof value.ref === 'string' && typeof value.vendor === 'string'

/**
 * The error for an invalid input, before anything is sent. JavaScript callers have no compiler that would refuse it.
 *
 * @param problem what is wrong, without the value: `must have at most 255 characters`.
 * @param others other fields that are part of the problem.
 */
export const invalid = (
  call: OperationContext,
  path: string,
  problem: string,
  ...others: FieldProblem[]
): InvalidRequestError =>
  new InvalidRequestError({
    ...(call.vendor && { vendor: call.vendor, account: call.account }),
    operation: call.operation,
    message: `${at(call)}: ${path} ${problem}.`,
    fields: [{ path, problem }, ...others],
    outcome: 'not-done',
  })

/**
 * An error with a message of our own.
 *
 * @param said what is wrong and what to do, without any value that was sent.
 * @param details the outcome is `not-done` unless `details` has another one.
 */
export const errorOf = (
  call: OperationContext,
  code: ErrorCode,
  said: string,
  details: Omit<ParleyErrorDetails, 'message' | keyof OperationContext> = {},
): ParleyError => {
  const { vendor, account, operation } = call
  return createError(code, {
    vendor,
    account,
    operation,
    outcome: 'not-done',
    ...details,
    message: `${at(call)}: ${said}`,
  })
}

/** The error if code that an operation needs cannot be loaded. The outcome is `not-done` unless `details` has another one. */
export const notLoaded = (call: OperationContext, details: Parameters<typeof errorOf>[3]): ParleyError =>
  errorOf(call, 'network', 'the code of the operation could not be loaded.', details)

/**
 * Refuses `sendAt` at a vendor that cannot schedule messages, because the message would be sent at once.
 *
 * @throws UnsupportedError
 */
export function refuseSendAt(call: OperationContext, { sendAt }: Pick<ReplyInput, 'sendAt'>): void {
  if (sendAt === undefined || sendAt === null) return
  const fields = [{ path: 'sendAt', problem: 'is not supported by this vendor' }]
  throw errorOf(call, 'unsupported', 'this vendor cannot schedule messages.', { fields })
}

/**
 * Refuses a question for another agent, where the account has only one or the vendor chooses it.
 *
 * @param own the vendor's id of the account's agent, where it is known. Naming it is no error.
 * @throws UnsupportedError
 */
export function refuseAgentId(call: OperationContext, agentId: string | undefined, own?: string): void {
  if (agentId === undefined || agentId === null || agentId === own) return
  const fields = [{ path: 'agentId', problem: 'cannot be chosen at this vendor' }]
  throw errorOf(call, 'unsupported', 'this vendor does not let a question choose its agent.', { fields })
}

/**
 * Checks the value of one option and returns it. Never called for an option that is missing or `undefined`.
 *
 * @throws InvalidRequestError for a wrong value.
 */
export type OptionRule<Value = unknown> = (call: Call, value: unknown, path: string) => Value

/** A rule for each option of an operation. */
export type OptionRules<Options> = {
  readonly [Name in keyof Options]-?: OptionRule<Exclude<Options[Name], undefined>>
}

/**
 * The options of the call's own vendor, from the `vendor` field of an input or a query. Call it in every operation whose
 * input has that field, with `{}` if the vendor has no option for the operation. A misspelled option is then refused and
 * not ignored.
 *
 * Options of other vendors are ignored, because a program for several vendors passes the options of each.
 *
 * @returns the given options, without those that are `undefined`.
 * @throws InvalidRequestError if `vendor` or the vendor's part of it is not an object, if the operation does not have the
 * option, or if the option's rule refuses the value. The error names the option: `vendor.<vendor>.<option>`.
 */
export function vendorOptions<Options extends object>(
  call: Call,
  vendor: { [Vendor in keyof VendorOptions]?: unknown } | undefined,
  rules: OptionRules<Options>,
): Partial<Options> {
  if (vendor === undefined) return {}
  const all: unknown = vendor
  checkObject(call, all, 'vendor')
  for (const name of readable(call, 'vendor', () => Object.keys(all)))
    if (name !== call.vendor && plain(name) === plain(call.vendor))
      throw invalid(call, `vendor.${name}`, `must be spelled ${call.vendor}`)
  const path = `vendor.${call.vendor}`
  const own = readable(call, path, () => all[call.vendor])
  if (own === undefined) return {}
  const options: Partial<Options> = {}
  checkObject(call, own, path)
  for (const [name, value] of readable(call, path, () => Object.entries(own))) {
    if (!Object.hasOwn(rules, name)) {
      const hint = didYouMean(name, Object.keys(rules))
      throw invalid(call, `${path}.${name}`, `is not an option of this operation${hint}`)
    }
    const key = name as keyof Options
    if (value !== undefined) options[key] = readable(call, path, () => rules[key](call, value, `${path}.${name}`))
  }
  checkPlain(call, { [path]: own })
  refuseRefs(call, options, `${path}.`)
  return options
}

/** A rule for `true` or `false`. */
export const flag: OptionRule<boolean> = (call, value, path) => {
  if (typeof value !== 'boolean') throw invalid(call, path, 'must be true or false')
  return value
}

/** A rule for a list of non-empty strings. The list itself may be empty. */
export const texts: OptionRule<string[]> = (call, value, path) => {
  if (!Array.isArray(value)) throw invalid(call, path, 'must be a list of non-empty strings')
  return value.map((text, index) => checkText(call, text, `${path}[${index}]`))
}

/** A rule for one of a few words. */
export const anyOf =
  <Word extends string>(...words: Word[]): OptionRule<Word> =>
  (call, value, path) => {
    if (!words.includes(value as Word)) throw invalid(call, path, `must be one of ${words.join(', ')}`)
    return value as Word
  }

/** A rule for an object whose contents only the vendor checks. */
export function object<Value extends object>(call: Call, value: unknown, path: string): Value {
  checkObject(call, value, path)
  return value as unknown as Value
}

/** Whether a value is an object with named fields: not a list, a date, a map or a promise. */
export const isObject = (value: unknown): value is Record<string, unknown> => {
  try {
    return Object.prototype.toString.call(value) === '[object Object]'
  } catch {
    // A proxy that cannot be read.
    return false
  }
}

/**
 * An instant that a caller gives, in milliseconds since the epoch: ISO 8601 of the years 1 to 9999. Vendors may also send a
 * Unix time, but an input must not have one.
 */
export const instantOf = (value: unknown): number | undefined => {
  const instant = typeof value === 'string' && /^\d{4}-/.test(value) ? readTimestamp(value) : undefined
  // PostgreSQL has no year 0, and no vendor has a conversation of it.
  return instant === undefined || instant.startsWith('0000') ? undefined : Date.parse(instant)
}

export const instantProblem = 'must be an instant in ISO 8601, such as 2026-01-15T10:30:00.000Z'
