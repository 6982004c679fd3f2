/**
 * `unknown-term`: the vendor sent a word that the adapter does not map. `unreadable-field`: a field has a shape that
 * cannot be read, and was omitted. `bad-item`: an item of a list cannot be read at all, and was skipped.
 * `local-filter`: Parley applied a filter that the vendor lacks, so a page may have fewer items. `ignored-option`: an
 * option has no effect at this vendor. `no-streaming`: the answer arrived in one piece. `degraded`: the operation
 * succeeded in a limited way; `message` says how.
 */
export type WarningCode =
  | 'unknown-term'
  | 'unreadable-field'
  | 'bad-item'
  | 'local-filter'
  | 'ignored-option'
  | 'no-streaming'
  | 'degraded'

/**
 * Something unexpected that did not fail the operation. It is in the result's `warnings` and is passed to `onWarning`.
 */
export interface Warning {
  code: WarningCode
  /** A sentence without customer text. */
  message: string
  vendor: string
  account: string
  /** `group.verb`. */
  operation: string
  /** The path in the vendor's payload: `messages[3].status`. */
  path?: string
  /**
   * The part of the vendor's payload that could not be read, unchanged. Only with the option `raw: true` of the
   * operation, the adapter or the webhook receiver. It can contain customer text, so be careful where you log it.
   */
  raw?: unknown
}
