import type { AskTarget, NewConversation, ReplyInput, Target } from '../contract/inputs.ts'
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

/** An entity, or enough of one: what says where it belongs must fit, what is missing cannot. */
interface Named {
  id: string
  ref?: string
  vendor?: string
  account?: string
}

/** What the paths of inputs call a thing where that is not its kind. */
const kindsByPath: Readonly<Record<string, EntityKind>> = { item: 'knowledge', contactId: 'contact', agentId: 'agent' }

/**
 * The vendor's id of what an operation is about. An entity must be of this vendor and account, and of the right kind:
 * ids of other accounts and kinds would reach something else, or somebody else.
 *
 * @param kind default: the one that `path` names.
 * @throws InvalidRequestError also for a `ref`, which an inbox takes and an adapter does not.
 */
export function checkId(
  call: Call,
  target: Target<Named> | null | undefined,
  path: string,
  kind: EntityKind | undefined = kindsByPath[path] ?? kindOf(path),
): string {
  const entity = typeof target === 'object' && target !== null ? target : undefined
  const id: unknown = entity ? readable(call, path, () => entity.id) : target
  // As a segment of a path, `.` and `..` would lead to another endpoint, and half of a character to another thing.
  if (typeof id !== 'string' || id.trim() === '' || id === '.' || id === '..' || characterProblem(id))
    throw invalid(call, path, 'must be an id or an entity with one')
  if (entity) readable(call, path, () => checkBelongs(call, entity, path, kind))
  else if (tryParseRef(id))
    throw invalid(call, path, 'must be an id or an entity, not a ref: pass the id from parseRef(ref), or use an inbox')
  return id
}

/** Whether a question is for a conversation that does not exist yet. An entity may have a contact too, and has an id. */
export const isNewConversation = (call: Call, target: AskTarget | null | undefined): target is NewConversation =>
  readable(
    call,
    'conversation',
    () => typeof target === 'object' && target !== null && 'contact' in target && !('id' in target),
  )

function checkBelongs(
  call: Call,
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

/** A text that must be there, at most so many characters long. @throws InvalidRequestError */
export function checkText(call: Call, value: unknown, path: string, longest?: number): string {
  if (typeof value !== 'string' || value.trim() === '') throw invalid(call, path, 'must be a non-empty string')
  return checkLength(call, value, path, longest)
}

/** A text that may be missing or empty. @throws InvalidRequestError */
export function checkOptionalText(call: Call, value: unknown, path: string, longest?: number): string | undefined {
  if (value === undefined || value === null) return undefined
  if (typeof value !== 'string') throw invalid(call, path, 'must be a string')
  return checkLength(call, value, path, longest)
}

/** A text that may be missing, and is not empty where it is given. @throws InvalidRequestError */
export const optionalText = (call: Call, value: unknown, path: string): string | undefined =>
  value === undefined ? undefined : checkText(call, value, path)

/** Vendors count characters, JavaScript halves of some; counting them costs, so only a long text is counted. */
function checkLength(call: Call, value: string, path: string, longest: number | undefined): string {
  if (longest !== undefined && value.length > longest && [...value].length > longest)
    throw invalid(call, path, `must have at most ${longest} characters`)
  return value
}

/** The address of a page or of a file. @throws InvalidRequestError */
export function checkUrl(call: Call, value: unknown, path: string): string {
  const url = checkText(call, value, path)
  // A URL parser drops line breaks and tabs; the vendor would be sent them.
  if (!/\p{Cc}/u.test(url) && URL.canParse(url) && /^https?:$/.test(new URL(url).protocol)) return url
  throw invalid(call, path, 'must be an http or https URL')
}

/** Items per page: as asked for, at most what the vendor allows. @throws InvalidRequestError */
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

/** Says in the result which of these options mean nothing at this vendor. */
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

/** Half of a surrogate pair. It has no UTF-8, and becomes another character on its way. */
const loneSurrogate = /\p{Surrogate}/u

/** Why a string cannot be sent as it is. `undefined`: it can. */
const characterProblem = (text: string): string | undefined =>
  text.includes('\0') || loneSurrogate.test(text)
    ? 'must not contain a NUL character or half of a surrogate pair'
    : undefined

/**
 * Checked elsewhere: the options of vendors, and the name of a file, which is cleaned. The payload of an entity that an input
 * is made of is not sent.
 */
const others: ReadonlySet<string> = new Set(['vendor', 'raw', 'fileName'])

/** A walk through what is nested without end would use up the stack, and so would writing it as JSON. */
const deepest = 100

/**
 * Checks that what an input holds can be sent as it is. `JSON.stringify` leaves out functions and symbols, writes `null` for
 * `NaN` and for a gap in a list, and `{}` for a map: the vendor would be told something that the caller did not say. Bytes
 * are sent as bytes. Of an entity inside of an input only the id is used, which `checkId` checks.
 *
 * @param only the fields to look at. Default: all.
 * @throws InvalidRequestError that names the innermost place: `customFields.sizes[1]`.
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
  const problem = readable(call, path, () => problemOf(value))
  if (problem !== undefined) throw invalid(call, path, problem)
  if (typeof value !== 'object' || value === null) return
  const inside = new Set([...around, value])
  for (const [step, read] of readable(call, path, () => membersOf(value))) {
    const member = readable(call, path + step, read)
    // In an object it is the same as a missing field.
    if (member !== undefined || step.startsWith('[')) checkValue(call, member, path + step, inside)
  }
}

function problemOf(value: unknown): string | undefined {
  if (typeof value === 'string') return characterProblem(value)
  if (typeof value === 'number') return Number.isFinite(value) ? undefined : 'must be a finite number'
  if (value === null || typeof value === 'boolean' || Array.isArray(value) || isBytes(value)) return undefined
  const isPlain = isObject(value) && typeof value['toJSON'] !== 'function'
  return isPlain ? undefined : 'must be a string, a finite number, true, false, null, a list or a plain object'
}

const isBytes = (value: unknown): boolean => value instanceof Blob || value instanceof Uint8Array

/** What a list or an object holds that is sent: each place, and how to read it. */
function membersOf(value: object): [step: string, read: () => unknown][] {
  if (Array.isArray(value)) return Array.from(value, (_, index) => [`[${index}]`, () => value[index] as unknown])
  if (isBytes(value) || isEntity(value)) return []
  const names = Object.keys(value).filter((name) => name !== 'fileName')
  return names.map((name) => [`.${name}`, () => (value as Record<string, unknown>)[name]])
}

const isEntity = (value: { ref?: unknown; vendor?: unknown }): boolean =>
  typeof value.ref === 'string' && typeof value.vendor === 'string'

/**
 * The error for an input that cannot be right, before anything is sent. Inputs come from JavaScript as well, where no
 * compiler has looked.
 *
 * @param problem without the value: `must have at most 255 characters`.
 * @param others further fields that have a part in it.
 */
export const invalid = (
  call: OperationContext,
  path: string,
  problem: string,
  ...others: FieldProblem[]
): InvalidRequestError =>
  new InvalidRequestError({
    vendor: call.vendor,
    account: call.account,
    operation: call.operation,
    message: `${at(call)}: ${path} ${problem}.`,
    fields: [{ path, problem }, ...others],
    outcome: 'not-done',
  })

/**
 * An error of an operation in our own words.
 *
 * @param said what is wrong and what to do, without anything that was sent.
 * @param details the outcome is `not-done` unless they say otherwise.
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

/**
 * Refuses a message that is to be sent later, at a vendor that sends at once: it must not go out now.
 *
 * @throws UnsupportedError
 */
export function refuseSendAt(call: OperationContext, { sendAt }: Pick<ReplyInput, 'sendAt'>): void {
  if (sendAt === undefined || sendAt === null) return
  const fields = [{ path: 'sendAt', problem: 'is not supported by this vendor' }]
  throw errorOf(call, 'unsupported', 'this vendor cannot schedule messages.', { fields })
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
 * input has that field, with `{}` where the vendor has no option for the operation: a misspelled option that is ignored
 * does something else than what its author meant.
 *
 * Options of other vendors are ignored: a program that is written for several vendors passes the options of each.
 *
 * @returns the options that were given, without those that are `undefined`.
 * @throws InvalidRequestError when `vendor` or the vendor's part of it is not an object, for an option that the operation
 * does not have, and for a value that its rule refuses. The error names the option: `vendor.<vendor>.<option>`.
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

/** A rule for an object whose content only the vendor checks. */
export function object<Value extends object>(call: Call, value: unknown, path: string): Value {
  checkObject(call, value, path)
  return value as unknown as Value
}

/** Any object that holds named fields: not a list, a date, a map or a promise. */
export const isObject = (value: unknown): value is Record<string, unknown> => {
  try {
    return Object.prototype.toString.call(value) === '[object Object]'
  } catch {
    // A proxy that cannot be read.
    return false
  }
}

/** ISO 8601 as milliseconds since the epoch. What vendors send may also be a Unix time; what a program says may not. */
export const instantOf = (value: unknown): number | undefined => {
  const instant = typeof value === 'string' && /^\d{4}-/.test(value) ? readTimestamp(value) : undefined
  return instant === undefined ? undefined : Date.parse(instant)
}

export const instantProblem = 'must be an instant in ISO 8601, such as 2026-01-15T10:30:00.000Z'
