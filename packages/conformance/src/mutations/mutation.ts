type Step = string | number

/**
 * A change that a vendor's next version may make to a response. `unknown-word`: an undocumented word. `missing`: a
 * removed field. `extra`: a new field. `wrong-type`: a value of another type. `broken-item`: an item of a list with
 * another form.
 */
export interface Mutation {
  kind: 'unknown-word' | 'missing' | 'extra' | 'wrong-type' | 'broken-item'
  path: readonly Step[]
  value?: unknown
}

export const unknownWord = 'a_word_nobody_has_seen'
const extraField = 'a_field_nobody_has_seen'

/** Values of another type. None of them can be read as a string, a number, a boolean or an instant. */
const oddities: readonly unknown[] = [{ odd: true }, ['odd'], [{ odd: [1] }], [[]]]
const oddItems: readonly unknown[] = [null, 'odd', 7, false, [], {}, { id: null }, { id: { odd: true } }]

/** All changes that can be made to one response, path by path. */
export function mutationsOf(value: unknown, path: readonly Step[] = []): Mutation[] {
  const here = changesAt(value, path)
  if (Array.isArray(value)) return [...here, ...value.flatMap((item, index) => ofItem(item, [...path, index]))]
  if (!isFields(value)) return here
  const fields = Object.entries(value).flatMap(([key, member]) => ofField(member, [...path, key]))
  return [...here, { kind: 'extra', path: [...path, extraField], value: unknownWord }, ...fields]
}

const ofField = (member: unknown, path: readonly Step[]): Mutation[] => [
  { kind: 'missing', path },
  ...mutationsOf(member, path),
]

const ofItem = (item: unknown, path: readonly Step[]): Mutation[] => [
  ...oddItems.map((value): Mutation => ({ kind: 'broken-item', path, value })),
  ...mutationsOf(item, path),
]

function changesAt(value: unknown, path: readonly Step[]): Mutation[] {
  const word: Mutation[] = typeof value === 'string' ? [{ kind: 'unknown-word', path, value: unknownWord }] : []
  // A value instead of null is no wrong type, except for lists, because no vendor sends a list of nonsense for null.
  const others = oddities.filter((oddity) => typeOf(oddity) !== (value === null ? 'object' : typeOf(value)))
  const scalars: readonly unknown[] = typeof value === 'object' && value !== null ? [unknownWord, 7, true] : []
  return [...word, ...[...others, ...scalars].map((odd): Mutation => ({ kind: 'wrong-type', path, value: odd }))]
}

const typeOf = (value: unknown): string => (Array.isArray(value) ? 'list' : typeof value)

/** The changed response. The original is not modified. */
export function mutate(body: unknown, mutation: Mutation): unknown {
  const { path, kind, value } = mutation
  if (path.length === 0) return value
  const copy: unknown = structuredClone(body)
  const last = path.at(-1) as Step
  let holder = copy
  for (const step of path.slice(0, -1)) holder = (holder as Record<Step, unknown> | undefined)?.[step]
  // An earlier change may have removed the path.
  if (typeof holder !== 'object' || holder === null) return copy
  if (kind === 'missing') delete (holder as Record<Step, unknown>)[last]
  else (holder as Record<Step, unknown>)[last] = value
  return copy
}

const isFields = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
