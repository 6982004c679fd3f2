/** One value inside a model. `key` is the field it stands in. */
export interface Place {
  path: string
  key: string
  value: unknown
}

/** Every value inside a model, the vendor's payload and the application's own data left out: they are not ours. */
export function* walk(value: unknown, path = '', key = ''): Generator<Place, void, undefined> {
  yield { path, key, value }
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) yield* walk(item, `${path}[${index}]`, key)
  } else if (typeof value === 'object' && value !== null) {
    for (const [name, member] of Object.entries(value))
      if (name !== 'raw' && name !== 'customFields' && name !== 'attributes' && name !== 'details')
        yield* walk(member, path ? `${path}.${name}` : name, name)
  }
}
