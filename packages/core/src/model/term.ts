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
