import { type FieldLevel, fieldLevels } from '@parley/core'

/** One thing that is compared. */
export interface PortabilityRow {
  /** `limit`: what the vendor allows. `filter`: a filter of `conversations.list`. */
  kind: 'operation' | 'filter' | 'field' | 'limit'
  /** `messages.reply`, `status`, `conversation.title`, `text of conversation.title`. */
  name: string
  /** What becomes of it at the target, best first: `full`, `partial`, `fallback`, `dropped`, `rejected`. */
  level: FieldLevel
  /** `false`: the source has none of it, so that nothing can be lost. It does not count in the summary. */
  atSource: boolean
  /** Why it is not `full`, in a sentence; the adapter's own words. */
  reason?: string
  /** What to do about it. */
  advice?: string
}

/** The worse one of two. */
export const worse = (one: FieldLevel, other: FieldLevel): FieldLevel =>
  fieldLevels.indexOf(one) > fieldLevels.indexOf(other) ? one : other
