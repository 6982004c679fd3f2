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
  'conversation',
  'message',
  'source',
  'contact',
  'attachment',
  'generation',
])

/** What cannot be mistaken for a part of the form; `#` is here because ids that we make (`msg_1#0`) have one. */
const plain = /^[\w.~#@+=-]*$/

/** Almost every id is plain, and a regular expression is ten times cheaper than encoding each of a page's ids. */
const encode = (part: string): string => (plain.test(part) ? part : encodeURIComponent(part))

/** The part of every ref that one account shares for one kind; adapters append `encodeRefId(id)`. */
export const refPrefix = (vendor: string, account: string, kind: EntityKind): string =>
  `${encode(vendor)}:${encode(account)}/${kind}/`

export const encodeRefId: (id: string) => string = encode

/** Builds the global address of an entity. The inverse of `parseRef` for every string, whatever characters it holds. */
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
      vendor: decodeURIComponent(vendor),
      account: decodeURIComponent(account),
      kind: kind as EntityKind,
      id: decodeURIComponent(id),
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
