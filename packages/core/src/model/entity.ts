/** What kind of thing a `ref` points at. */
export type EntityKind =
  | 'agent'
  | 'action'
  | 'conversation'
  | 'message'
  | 'source'
  | 'contact'
  | 'attachment'
  | 'generation'
  | 'knowledge'
  | 'suggestion'
  | 'webhook'

/** A global address of one entity, `vendor:account/kind/id`, with every part percent-encoded. Build it with `buildRef`. */
export type Ref = string

/**
 * What every entity has in common.
 *
 * Two words for absence, everywhere in the models: `null` means that the vendor says there is none; a missing field
 * means that the vendor cannot say, or was not asked. No default is ever filled in.
 */
export interface Entity<Raw = unknown> {
  ref: Ref
  /** The vendor's name in lower case, as its adapter declares it. */
  vendor: string
  /** The name the user gave to this account; one credential's scope at the vendor. */
  account: string
  /** The vendor's own id. Opaque: no format or length is promised. */
  id: string
  /**
   * The vendor's payload as it came, without its secrets, typed by the adapter. Only with the option `raw: true` of the
   * adapter or of the operation. `serialize` leaves it out.
   */
  raw?: Raw
}

/**
 * An instant: ISO 8601 in UTC with milliseconds, `2026-01-15T10:30:00.000Z`. Text order is time order.
 */
export type Timestamp = string
