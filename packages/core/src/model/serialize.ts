/**
 * The JSON text of anything made of models, for storing or sending on. Leaves every `raw` out, because a vendor's
 * payload holds more than the models show; ask for it with `{ raw: true }`.
 */
export function serialize(value: unknown, options: { raw?: boolean; indent?: number } = {}): string {
  return JSON.stringify(value, options.raw ? undefined : withoutRaw, options.indent)
}

/**
 * Only an entity's own `raw` goes (an object that has a `ref`), so that a customer's field that happens to be called
 * `raw` stays.
 */
function withoutRaw(this: unknown, key: string, value: unknown): unknown {
  const holder = this as { ref?: unknown; dedupeKey?: unknown }
  return key === 'raw' && (typeof holder.ref === 'string' || typeof holder.dedupeKey === 'string') ? undefined : value
}
