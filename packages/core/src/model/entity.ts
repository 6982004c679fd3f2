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

/**
 * A vendor's word kept beside its normalized value.
 *
 * `value` is one of a closed set that always includes `'unknown'`. `native` is what the vendor sent, unchanged: a word
 * (`'TYPE_SMS'`), a number code (`2`) or a flag (`true`), and `null` when the value comes from no single field.
 * A word that nobody has seen before becomes `{ value: 'unknown', native: 'the word' }` and a warning, never an error.
 */
export interface Term<Value extends string> {
  value: Value | 'unknown'
  native: string | number | boolean | null
}

/** Where a conversation or a message travels. `web` is any chat on a web page, `internal` never reaches the contact. */
export type Channel =
  | 'sms'
  | 'email'
  | 'whatsapp'
  | 'messenger'
  | 'instagram'
  | 'tiktok'
  | 'google'
  | 'slack'
  | 'teams'
  | 'web'
  | 'voice'
  | 'api'
  | 'internal'
  | 'system'

/** Anything that survives `JSON.parse(JSON.stringify(value))` unchanged. */
export type JsonValue = string | number | boolean | null | JsonObject | JsonValue[] | readonly JsonValue[]

export type JsonObject = { [Key in string]: JsonValue }

/** An operator: a human teammate of the business. Not an entity of its own, since no vendor lists them the same way. */
export interface Operator {
  /** The vendor's id of the teammate; `null` where the vendor names a person without an id. */
  id: string | null
  name?: string | null
  email?: string | null
  avatarUrl?: string | null
}

/** What a conversation says about its contact. `ref` is there when the contact can be read on its own. */
export interface ContactSummary {
  id: string | null
  ref?: Ref
  name?: string | null
  email?: string | null
  phone?: string | null
  /** The application's own id for this person, as it gave it to the vendor. */
  externalId?: string | null
}
