/**
 * `unknown-term`: the vendor sent a word that nobody has mapped. `unreadable-field`: a field has a shape that cannot be
 * read and was left away. `bad-item`: an item of a list cannot be used at all. `local-filter`: this
 * library applied a filter that the vendor lacks, so a page may hold fewer items. `ignored-option`: an option has no
 * meaning at this vendor. `no-streaming`: the answer came whole. `degraded`: something was done another way; `message`
 * says which.
 */
export type WarningCode =
  | 'unknown-term'
  | 'unreadable-field'
  | 'bad-item'
  | 'local-filter'
  | 'ignored-option'
  | 'no-streaming'
  | 'degraded'

/** Something that went differently from what one would expect, and did not fail. Told in results and to `onWarning`. */
export interface Warning {
  code: WarningCode
  /** A sentence without customers' text. */
  message: string
  vendor: string
  account: string
  /** `group.verb`. */
  operation: string
  /** Where in the vendor's payload: `messages[3].status`. */
  path?: string
  /**
   * What could not be read, as it came. Only with the option `raw: true` of the operation, the adapter or the webhook
   * receiver. May hold customers' text: mind where you log it.
   */
  raw?: unknown
}
