/** The same object type with `undefined` allowed everywhere, as readers give it. */
export type Loose<T> = { [Key in keyof T]: T[Key] | undefined }

/**
 * Leaves away the fields that are `undefined`, because in a model a field that is there says something. For the few
 * objects of a page; a reader of thousands assigns its fields one by one instead.
 */
export function compact<T extends object>(fields: Loose<T>): T {
  const result: Record<string, unknown> = {}
  for (const key in fields) {
    const value = fields[key]
    if (value === undefined) continue
    // Assigned, a payload's key of this name would become the result's prototype.
    if (key === '__proto__')
      Object.defineProperty(result, key, { value, enumerable: true, configurable: true, writable: true })
    else result[key] = value
  }
  return result as T
}
