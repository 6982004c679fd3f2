import { ensure, ensureMatches } from './ensure.ts'

/** What was read has to be what the server says it holds, thing by thing. */
export function ensureHolds(
  read: readonly { id: string | null; ref?: string }[],
  expected: readonly { readonly id: string }[],
  what: string,
  { complete }: { complete: boolean },
): void {
  const byId = new Map(read.map((entity) => [entity.id, entity]))
  for (const each of expected) {
    const entity = byId.get(each.id)
    ensure(entity, `Of the ${what}, "${each.id}" is missing.`)
    ensureMatches(entity, each, entity.ref ?? `"${each.id}" of the ${what}`)
  }
  const known = new Set(expected.map(({ id }) => id))
  const more = complete ? read.find(({ id }) => id === null || !known.has(id)) : undefined
  ensure(!more, `Of the ${what}, "${more?.id}" is not the server's.`)
}
