import { InvalidRequestError } from '../errors/kinds.ts'
import type { EntityKind, Ref } from './entity.ts'

/** The parts of a `ref`, decoded. */
export interface RefParts {
  vendor: string
  account: string
  kind: EntityKind
  id: string
}

const kinds: ReadonlySet<string> = new Set<EntityKind>([
  'agent',
  'action',
  'conversation',
  'message',
  'source',
  'contact',
  'attachment',
  'generation',
  'knowledge',
  'suggestion',
  'webhook',
  'operator',
])

export const isEntityKind = (word: string): word is EntityKind => kinds.has(word)

/** A part with only these characters needs no encoding. `#` is for the ids that Parley makes (`msg_1#0`). */
const plain = /^[\w.~#@+=-]+$/
/** In any other part, all characters except these are percent-encoded. */
const encoded = /[^\w.~-]/gu

// Almost every id is plain, and a regular expression is ten times cheaper than encoding each of a page's ids.
const encode = (part: string): string => (plain.test(part) ? part : part.replace(encoded, encodeCharacter))

/** Half of a surrogate pair, left where a text was cut inside a character, has no UTF-8: it becomes `%ud83d`. */
function encodeCharacter(character: string): string {
  const code = character.charCodeAt(0)
  // `encodeURIComponent` leaves `!'()*` as they are.
  if (code < 0x80) return `%${code.toString(16).toUpperCase().padStart(2, '0')}`
  if (character.length === 1 && code >= 0xd800 && code <= 0xdfff) return `%u${code.toString(16)}`
  return encodeURIComponent(character)
}

const decode = (part: string): string =>
  part
    .split(/%u(d[89a-f][\da-f]{2})/)
    .map((piece, index) =>
      index % 2 === 0 ? decodeURIComponent(piece) : String.fromCharCode(Number.parseInt(piece, 16)),
    )
    .join('')

/**
 * `vendor:account`, the name of an account, with which all its refs begin.
 *
 * @throws InvalidRequestError when either is empty.
 */
export const accountName = (vendor: string, account: string): string =>
  `${encode(filled(vendor, 'vendor'))}:${encode(filled(account, 'account'))}`

/**
 * The beginning of all refs of one kind in one account. Append `encodeRefId(id)` to it.
 *
 * @throws InvalidRequestError when `vendor` or `account` is empty, or `kind` is no kind of entity.
 */
export function refPrefix(vendor: string, account: string, kind: EntityKind): string {
  if (!kinds.has(kind)) throw unusable('kind', `must be one of ${[...kinds].join(', ')}`)
  return `${accountName(vendor, account)}/${kind}/`
}

/** Encodes an id for a ref. @throws InvalidRequestError when it is empty. */
export const encodeRefId = (id: string): string => encode(filled(id, 'id'))

/**
 * Builds the global address of an entity. The inverse of `parseRef` for parts of any characters.
 *
 * @throws InvalidRequestError when a part is empty, or `kind` is no kind of entity.
 */
export function buildRef(parts: RefParts): Ref {
  const { vendor, account, kind, id } = Object(parts) as RefParts
  return refPrefix(vendor, account, kind) + encodeRefId(id)
}

/**
 * Takes a `ref` apart. Accepts exactly what `buildRef` returns, so that an entity has only one ref: a part that is
 * encoded in another way is refused.
 *
 * @throws InvalidRequestError when the text is not of the form `vendor:account/kind/id`, or not encoded as `buildRef`
 * does.
 */
export function parseRef(ref: Ref): RefParts {
  const parts = partsOf(ref)
  if (typeof parts === 'string') throw unusable('ref', parts)
  return parts
}

/** The same. @returns `undefined` for anything that is no ref; it costs little, because most texts are none. */
export function tryParseRef(ref: unknown): RefParts | undefined {
  const parts = partsOf(ref)
  return typeof parts === 'string' ? undefined : parts
}

/** @returns the parts, or what is wrong. */
function partsOf(ref: unknown): RefParts | string {
  if (typeof ref !== 'string') return 'must be a string'
  const [, vendor = '', account = '', kind = '', id = ''] = /^([^:/]+):([^:/]+)\/([^:/]+)\/([^:/]+)$/.exec(ref) ?? []
  if (!isEntityKind(kind)) return 'must have the form vendor:account/kind/id'
  try {
    const parts: RefParts = { vendor: decode(vendor), account: decode(account), kind, id: decode(id) }
    if (buildRef(parts) === ref) return parts
  } catch {
    // A percent sign without two hex digits after it.
  }
  return 'must be percent-encoded, as buildRef does'
}

function filled(part: string, path: string): string {
  if (typeof part !== 'string' || part === '') throw unusable(path, 'must be a non-empty string')
  return part
}

/** The message does not quote the text, because it may contain anything. */
const unusable = (path: string, problem: string): InvalidRequestError =>
  new InvalidRequestError({
    message: path === 'ref' ? `Invalid ref: it ${problem}.` : `Cannot build a ref: ${path} ${problem}.`,
    fields: [{ path, problem }],
  })
