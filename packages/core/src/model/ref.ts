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
])

/** What cannot be mistaken for a part of the form; `#` is here because ids that we make (`msg_1#0`) have one. */
const plain = /^[\w.~#@+=-]*$/

/** Almost every id is plain, and a regular expression is ten times cheaper than encoding each of a page's ids. */
const encode = (part: string): string => (plain.test(part) ? part : encodeAny(part))

/** Half a character, left by whoever cut a text in the middle of one, has no percent-encoding: it becomes `%ud83d`. */
const encodeAny = (part: string): string =>
  part
    .split(/(\p{Surrogate})/u)
    .map((piece, index) => (index % 2 === 0 ? encodeURIComponent(piece) : `%u${piece.charCodeAt(0).toString(16)}`))
    .join('')

const decode = (part: string): string =>
  part
    .split(/%u(d[89a-f][\da-f]{2})/i)
    .map((piece, index) =>
      index % 2 === 0 ? decodeURIComponent(piece) : String.fromCharCode(Number.parseInt(piece, 16)),
    )
    .join('')

/** The part of every ref that one account shares for one kind; adapters append `encodeRefId(id)`. */
export const refPrefix = (vendor: string, account: string, kind: EntityKind): string =>
  `${encode(vendor)}:${encode(account)}/${kind}/`

export const encodeRefId: (id: string) => string = encode

/** Builds the global address of an entity. The inverse of `parseRef` for parts of any characters; none may be empty. */
export const buildRef = (parts: RefParts): Ref => refPrefix(parts.vendor, parts.account, parts.kind) + encode(parts.id)

/**
 * Takes a `ref` apart.
 *
 * @throws InvalidRequestError when the text is not of the form `vendor:account/kind/id`.
 */
export function parseRef(ref: Ref): RefParts {
  const match = /^([^:/]+):([^/]+)\/([^/]+)\/(.+)$/.exec(ref)
  const [, vendor = '', account = '', kind = '', id = ''] = match ?? []
  if (!match || !kinds.has(kind)) throw invalid()
  try {
    return {
      vendor: decode(vendor),
      account: decode(account),
      kind: kind as EntityKind,
      id: decode(id),
    }
  } catch {
    throw invalid()
  }
}

const invalid = (): InvalidRequestError =>
  new InvalidRequestError({
    message: 'Not a ref: expected "vendor:account/kind/id".',
    fields: [{ path: 'ref', problem: 'must have the form vendor:account/kind/id' }],
  })
