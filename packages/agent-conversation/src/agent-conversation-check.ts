import { type AttachmentInput, type Call, InvalidRequestError, type Target } from '@parley/core'
import { vendor } from './agent-conversation-protocol.ts'

/** A refusal before anything is sent. */
export const refuse = (call: Call, path: string, problem: string): InvalidRequestError =>
  new InvalidRequestError({
    vendor: call.vendor,
    account: call.account,
    operation: call.operation,
    message: `${call.vendor} "${call.account}", ${call.operation}: ${path} ${problem}.`,
    fields: [{ path, problem }],
    outcome: 'not-done',
  })

/**
 * The id of what an operation is about.
 *
 * @throws InvalidRequestError for anything that is no id of this vendor.
 */
export function idOf(
  call: Call,
  target: Target<{ id: string; vendor?: string }> | null | undefined,
  path: string,
): string {
  const entity = typeof target === 'object' && target !== null ? target : undefined
  const id = entity ? entity.id : target
  if (typeof id !== 'string' || id.trim() === '') throw refuse(call, path, 'must be an id or an entity with one')
  // As a segment of a path these two would lead to another endpoint.
  if (id === '.' || id === '..') throw refuse(call, path, 'is not an id')
  if (entity?.vendor !== undefined && entity.vendor !== vendor)
    throw refuse(call, path, `must be of this vendor, not of ${entity.vendor}`)
  return id
}

/** A text that must be there. */
export function required(call: Call, value: unknown, path: string): string {
  if (typeof value !== 'string') throw refuse(call, path, 'is required and must be a text')
  if (value.trim() === '') throw refuse(call, path, 'must not be empty')
  return value
}

/** A text that may be missing, and its documented length, in characters. */
export function optional(call: Call, value: unknown, path: string, longest?: number): string | undefined {
  if (value === undefined || value === null) return undefined
  if (typeof value !== 'string') throw refuse(call, path, 'must be a text')
  // The vendor counts characters, JavaScript halves of some; counting them costs, so only a long text is counted.
  if (longest !== undefined && value.length > longest && [...value].length > longest)
    throw refuse(call, path, `must have at most ${longest} characters`)
  return value
}

export function optionalObject<T extends object>(call: Call, value: T | undefined, path: string): T | undefined {
  if (value === undefined || value === null) return undefined
  if (typeof value !== 'object' || Array.isArray(value)) throw refuse(call, path, 'must be an object')
  return value
}

/** Whatever was given as an operation's input: JavaScript callers may give nothing. */
export function inputOf<T extends object>(call: Call, input: T | undefined): T {
  if (typeof input !== 'object' || input === null || Array.isArray(input))
    throw refuse(call, 'input', 'must be an object')
  return input
}

/** Files that were uploaded before; this vendor fetches none from a URL ("Message files"). */
export function filesOf(
  call: Call,
  attachments: readonly AttachmentInput[] | undefined,
): { fileName: string; storagePath: string }[] | undefined {
  if (attachments === undefined || attachments === null) return undefined
  if (!Array.isArray(attachments)) throw refuse(call, 'attachments', 'must be a list')
  if (attachments.length === 0) return undefined
  return attachments.map((attachment: AttachmentInput | null, index) => {
    const path = `attachments[${index}]`
    if (attachment?.uploadId === undefined && attachment?.url !== undefined)
      throw refuse(call, `${path}.url`, 'cannot be sent: this vendor takes only uploads (uploadId and fileName)')
    return {
      fileName: required(call, attachment?.fileName, `${path}.fileName`),
      storagePath: required(call, attachment?.uploadId, `${path}.uploadId`),
    }
  })
}

/** Says of options that mean nothing here that they were left away. */
export function ignore(call: Call, input: object, names: readonly string[], why: string): void {
  for (const name of names) {
    if ((input as Record<string, unknown>)[name] === undefined) continue
    call.reading.warn('ignored-option', `${call.vendor} has no place for ${name} here: ${why} It was left away.`, {
      path: name,
    })
  }
}

/** How many items a page shall have. */
export function limitOf(call: Call, limit: number | undefined): number | undefined {
  if (limit === undefined || limit === null) return undefined
  if (!Number.isInteger(limit) || limit < 1) throw refuse(call, 'limit', 'must be a whole number from 1 on')
  return limit
}

export function oneOf<Word extends string>(
  call: Call,
  value: Word | undefined,
  path: string,
  words: readonly Word[],
): Word | undefined {
  if (value === undefined || value === null) return undefined
  if (words.includes(value)) return value
  throw refuse(call, path, `must be one of ${words.join(', ')}`)
}

/** Leaves `undefined` away, so that what is written is only what was said. */
export const given = (fields: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined))
