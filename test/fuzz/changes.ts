import fc from 'fast-check'

/** One change at one position of a payload. The position is a number modulo the number of positions. */
export interface Change {
  place: number
  kind: 'replace' | 'remove' | 'add' | 'repeat'
  key: string
  /** JSON that may contain values without a JavaScript form: `1e999`, and a key called `__proto__`. */
  json: string
}

const deep = (depth: number): string => `${'{"in":['.repeat(depth)}1${']}'.repeat(depth)}`

const odd: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom('null', 'true', 'false', '""', '" "', '[]', '{}', '[[]]', '[null]', '[{}]', '{"id":null}'),
  fc.constantFrom(
    '0',
    '-0',
    '1e999',
    '-1e999',
    '9007199254740993',
    '1e21',
    '-1',
    '0.1',
    '253402300800000',
    '1767312000',
  ),
  fc.constantFrom('"2026-02-30T00:00:00Z"', '"0000-00-00"', '"+275760-09-13T00:00:00Z"', '"NaN"', '"1e999"', '"-5"'),
  fc.constantFrom('"a_word_nobody_has_seen"', '"__proto__"', '"constructor"', '"toString"', '"<p>&#0;&#x110000;</p>"'),
  fc.constantFrom('{"__proto__":{"id":"x"}}', '{"constructor":1,"toString":null}', deep(3), deep(150)),
  fc.string({ unit: 'binary', maxLength: 12 }).map((text) => JSON.stringify(text)),
  fc.double().map((number) => JSON.stringify(number)),
  fc.json({ maxDepth: 3 }),
)

const key = fc.oneof(
  fc.constantFrom('__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty', 'then', 'toJSON', 'id', ''),
  fc.string({ unit: 'binary', maxLength: 6 }),
)

export const change: fc.Arbitrary<Change> = fc.record({
  place: fc.nat({ max: 500 }),
  kind: fc.constantFrom('replace', 'replace', 'replace', 'remove', 'add', 'repeat'),
  key,
  json: odd,
})

/** The payload after all changes, as a string. */
export function changed(text: string, changes: readonly Change[]): string {
  let tree = parse(text)
  for (const one of changes) tree = apply(tree, one)
  return write(tree)
}

/** JSON as a tree in which a number keeps its text, and an object may have any key. */
type Tree = string | Tree[] | { entries: [string, Tree][] }

const parse = (text: string): Tree => grow(JSON.parse(text))

function grow(value: unknown): Tree {
  if (Array.isArray(value)) return value.map(grow)
  if (typeof value === 'object' && value !== null)
    return { entries: Object.entries(value).map(([name, inner]): [string, Tree] => [name, grow(inner)]) }
  return JSON.stringify(value)
}

function write(tree: Tree): string {
  if (typeof tree === 'string') return tree
  if (Array.isArray(tree)) return `[${tree.map(write).join()}]`
  return `{${tree.entries.map(([name, inner]) => `${JSON.stringify(name)}:${write(inner)}`).join()}}`
}

interface Place {
  get(): Tree
  set(value: Tree): void
  remove(): void
  repeat(): void
}

function placesOf(tree: Tree): Place[] {
  if (typeof tree === 'string') return []
  const places: Place[] = []
  const list: (Tree | [string, Tree])[] = Array.isArray(tree) ? tree : tree.entries
  for (const index of list.keys()) {
    const isItem = Array.isArray(tree)
    const get = (): Tree => (isItem ? (list[index] as Tree) : (list[index] as [string, Tree])[1])
    places.push({
      get,
      set: (value) => {
        if (isItem) list[index] = value
        else (list[index] as [string, Tree])[1] = value
      },
      remove: () => list.splice(index, 1),
      repeat: () => list.splice(index, 0, structuredClone(list[index] as Tree)),
    })
    places.push(...placesOf(get()))
  }
  return places
}

function apply(tree: Tree, { place, kind, key: name, json }: Change): Tree {
  const places = placesOf(tree)
  const there = places[place % (places.length + 1)]
  // The last position is the payload itself.
  if (!there) return kind === 'add' && isObject(tree) ? { entries: [...tree.entries, [name, json]] } : tree
  if (kind === 'remove') there.remove()
  else if (kind === 'repeat') there.repeat()
  else if (kind === 'add') {
    const value = there.get()
    if (isObject(value)) there.set({ entries: [...value.entries, [name, json]] })
    else if (Array.isArray(value)) there.set([...value, json])
    else there.set(json)
  } else there.set(json)
  return tree
}

const isObject = (tree: Tree): tree is { entries: [string, Tree][] } => typeof tree === 'object' && !Array.isArray(tree)
