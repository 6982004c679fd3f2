import type { FieldLevel } from '@parley/core'
import { fieldLevels } from '@parley/core/fields'

/** One row of the comparison. */
export interface PortabilityRow {
  /** `limit`: what the vendor allows. `filter`: a filter of `conversations.list`. `trait`: how the vendor behaves. */
  kind: 'operation' | 'filter' | 'trait' | 'field' | 'limit'
  /** `messages.reply`, `status`, `conversation.title`, `text of conversation.title`. */
  name: string
  /** What happens to it at the target, best first: `full`, `partial`, `fallback`, `dropped`, `rejected`. */
  level: FieldLevel
  /** `false`: the source does not have it, so nothing can be lost. Such rows do not count in the summary. */
  atSource: boolean
  /** Why the level is not `full`: a sentence from the adapter. */
  reason?: string
  /** What to do about it. */
  advice?: string
}

/** The worse of two levels. */
export const worse = (one: FieldLevel, other: FieldLevel): FieldLevel =>
  fieldLevels.indexOf(one) > fieldLevels.indexOf(other) ? one : other
