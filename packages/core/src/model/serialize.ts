/**
 * The JSON text of anything made of models, for storing or sending on. Leaves every `raw` out: with the option
 * `raw: true` models carry the vendor's payload, which holds more than they show. `{ raw: true }` here keeps it.
 */
export function serialize(value: unknown, options: { raw?: boolean; indent?: number } = {}): string {
  return JSON.stringify(value, options.raw ? undefined : withoutRaw, options.indent)
}

/**
 * Only a vendor's payload goes: the `raw` of an entity, an event or a warning, which all name their vendor and account, and
 * of working hours, which have a schedule. A customer's field that happens to be called `raw` stays.
 */
function withoutRaw(this: unknown, key: string, value: unknown): unknown {
  if (key !== 'raw') return value
  const { vendor, account, schedule } = this as { vendor?: unknown; account?: unknown; schedule?: unknown }
  return (typeof vendor === 'string' && typeof account === 'string') || Array.isArray(schedule) ? undefined : value
}
