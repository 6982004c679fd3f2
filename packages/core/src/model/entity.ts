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
  | 'operator'

/**
 * The global address of an entity, `vendor:account/kind/id`, with every part percent-encoded. Build it with `buildRef`.
 */
export type Ref = string

/**
 * What every entity has in common.
 *
 * All models have two kinds of absence. `null` means that the vendor says there is no value. A missing field means that
 * the vendor does not say, or was not asked. Parley never fills in a default.
 */
export interface Entity<Raw = unknown> {
  ref: Ref
  /** The vendor's name in lower case, as its adapter declares it. */
  vendor: string
  /** The user's name for the account. An account is what one credential can access at the vendor. */
  account: string
  /** The vendor's own id. Opaque: its format and length can vary. */
  id: string
  /**
   * The vendor's payload, unchanged but without its secrets, typed by the adapter. Only with the option `raw: true` of
   * the adapter or the operation. `serialize` omits it.
   */
  raw?: Raw
}

/**
 * An instant: ISO 8601 in UTC with milliseconds, `2026-01-15T10:30:00.000Z`. Alphabetical order is chronological order.
 */
export type Timestamp = string

/**
 * A normalized value with the vendor's own word beside it.
 *
 * `value` is one of a closed set that always includes `'unknown'`. `native` is what the vendor sent, unchanged: a word
 * (`'TYPE_SMS'`), a number code (`2`) or a flag (`true`), and `null` when the value comes from no single field.
 * An unknown word becomes `{ value: 'unknown', native: 'the word' }` and produces a warning, never an error.
 */
export interface Term<Value extends string> {
  value: Value | 'unknown'
  native: string | number | boolean | null
}

/**
 * The channel of a conversation or a message. `web` is any chat on a web page; `internal` never reaches the contact.
 */
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

/** What a conversation says about an operator, a human teammate of the business. `operators.list` lists them. */
export interface OperatorSummary {
  /** The vendor's id of the teammate; `null` where the vendor names a person without an id. */
  id: string | null
  name?: string | null
  email?: string | null
  avatarUrl?: string | null
}

/** What a conversation says about its contact. `ref` is present when the contact can be read on its own. */
export interface ContactSummary {
  id: string | null
  ref?: Ref
  name?: string | null
  email?: string | null
  phone?: string | null
  /** The application's own id for this person, which it passed to the vendor. */
  externalId?: string | null
}
