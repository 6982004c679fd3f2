/**
 * The JSON text of anything made of models, for storing or sending on. Leaves every `raw` out, because a vendor's
 * payload holds more than the models show; ask for it with `{ raw: true }`.
 */
export function serialize(value: unknown, options: { raw?: boolean; indent?: number } = {}): string {
  return JSON.stringify(value, options.raw ? undefined : withoutRaw, options.indent)
}

/**
 * Only a vendor's payload goes: the `raw` of an entity, an event or a warning, which all name their vendor and account.
 * A customer's field that happens to be called `raw` stays.
 */
function withoutRaw(this: unknown, key: string, value: unknown): unknown {
  const holder = this as { vendor?: unknown; account?: unknown }
  return key === 'raw' && typeof holder.vendor === 'string' && typeof holder.account === 'string' ? undefined : value
}
