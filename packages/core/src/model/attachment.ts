import type { Entity, Timestamp } from './entity.ts'

/**
 * A file of a message. URLs are neither permanent nor public at every vendor: `access` says how to get the bytes, and
 * the account's credential is never sent to a foreign host.
 *
 * `open`: `url` can be fetched as it is, for now. `fetchable`: `url` is missing or private; ask the adapter for a
 * signed one. Its `id` is the vendor's, otherwise the message's id and the place in its list (`msg_1#0`).
 */
export interface Attachment<Raw = unknown> extends Entity<Raw> {
  url?: string | null
  access: 'open' | 'fetchable'
  /** The vendor's id of the conversation that it belongs to, where a signed URL is asked for by that. */
  conversationId?: string
  fileName?: string | null
  /** A media type such as `image/png`. */
  contentType?: string | null
  /** In bytes. */
  size?: number | null
  expiresAt?: Timestamp | null
}
