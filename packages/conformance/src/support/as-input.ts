/** What was read, in the form in which it is written: a term by its value alone. */
export function asInput(read: unknown): unknown {
  if (Array.isArray(read)) return read.map(asInput)
  if (typeof read !== 'object' || read === null) return read
  if ('value' in read && 'native' in read) return read.value
  return Object.fromEntries(
    Object.entries(read).map(([key, value]) => [key, key === 'raw' || key === 'attributes' ? value : asInput(value)]),
  )
}
