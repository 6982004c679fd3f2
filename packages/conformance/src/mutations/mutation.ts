type Step = string | number

/**
 * One thing that a vendor's next version may do to an answer. `unknown-word`: a word that nobody has seen. `missing`: a
 * field is gone. `extra`: there is a new one. `wrong-type`: a value has another type. `broken-item`: an item of a list
 * is not what the others are.
 */
export interface Mutation {
  kind: 'unknown-word' | 'missing' | 'extra' | 'wrong-type' | 'broken-item'
  path: readonly Step[]
  value?: unknown
}

export const unknownWord = 'a_word_nobody_has_seen'
const extraField = 'a_field_nobody_has_seen'

/** What something of another type may be; none of it can be read as a text, a number, a flag or an instant. */
const oddities: readonly unknown[] = [{ odd: true }, ['odd'], [{ odd: [1] }], [[]]]
const oddItems: readonly unknown[] = [null, 'odd', 7, false, [], {}, { id: null }, { id: { odd: true } }]

/** Everything that can be done to one answer, place by place. */
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
  // Nothing becoming something is no wrong type, except that no vendor sends lists of nonsense for nothing.
  const others = oddities.filter((oddity) => typeOf(oddity) !== (value === null ? 'object' : typeOf(value)))
  const scalars: readonly unknown[] = typeof value === 'object' && value !== null ? [unknownWord, 7, true] : []
  return [...word, ...[...others, ...scalars].map((odd): Mutation => ({ kind: 'wrong-type', path, value: odd }))]
}

const typeOf = (value: unknown): string => (Array.isArray(value) ? 'list' : typeof value)

/** The answer after it; the one that was given stays as it is. */
export function mutate(body: unknown, mutation: Mutation): unknown {
  const { path, kind, value } = mutation
  if (path.length === 0) return value
  const copy: unknown = structuredClone(body)
  const last = path.at(-1) as Step
  let holder = copy
  for (const step of path.slice(0, -1)) holder = (holder as Record<Step, unknown> | undefined)?.[step]
  // An earlier mutation may have taken the place away.
  if (typeof holder !== 'object' || holder === null) return copy
  if (kind === 'missing') delete (holder as Record<Step, unknown>)[last]
  else (holder as Record<Step, unknown>)[last] = value
  return copy
}

const isFields = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
