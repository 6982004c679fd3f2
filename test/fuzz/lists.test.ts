import { type Adapter, isParleyError, type OperationName, operationNames, type Page, supports } from '@parley/core'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { loadVendors, type Vendor } from '../vendors.ts'
import { cases } from './cases.ts'
import { change, changed } from './changes.ts'
import { wrongsOf } from './invariants.ts'
import type { List } from './list.ts'

const vendors = await loadVendors()
const runs = Math.ceil(cases / 20 / vendors.flatMap(({ lists }) => lists).length)

const drawnItems = ({ items, idField = 'id' }: List): fc.Arbitrary<string[]> =>
  fc.array(
    fc
      .record({ item: fc.constantFrom(...items), changes: fc.array(change, { maxLength: 4 }), place: fc.nat(99) })
      // Each item has its own id, so that none is dropped as a repetition unless a change makes the ids equal.
      .map(({ item, changes, place }) =>
        changed(JSON.stringify({ ...Object(item), [idField]: `own-${place}` }), changes),
      ),
    { minLength: 1, maxLength: 5 },
  )

/** An account whose vendor always sends this response. */
const accountOver = (vendor: Vendor, answer: string): Adapter => {
  const fetch = async (): Promise<Response> =>
    new Response(answer, { status: 200, headers: { 'content-type': 'application/json' } })
  return vendor.create({ ...vendor.credentials, rate: false, fetch, raw: false })
}

/** A response with the items exactly as they are written, which no object could represent. */
const answerWith = (list: List, items: readonly string[]): string =>
  JSON.stringify(list.answer(items.map((_, index) => `item ${index}`))).replace(
    /"item (\d+)"/g,
    (_, index: string) => items[Number(index)] as string,
  )

describe.each(vendors)('the lists of $label', (vendor) => {
  const { lists: all } = vendor

  it('are all here, but for one that comes from the configuration', async () => {
    let requests = 0
    const fetch = async (): Promise<Response> => {
      requests++
      return new Response('{}', { headers: { 'content-type': 'application/json' } })
    }
    const account = vendor.create({ ...vendor.credentials, rate: false, fetch })
    await account.operators?.list?.().catch(() => undefined)
    const isAsked = (name: OperationName) => name !== 'operators.list' || requests > 0
    const listed = operationNames.filter((name) => name.endsWith('.list') && supports(account, name) && isAsked(name))
    expect(all.map(({ operation }) => operation).sort()).toEqual(listed.toSorted())
  })

  it.each(all)('$operation loses no item, whatever became of it', async (list) => {
    await fc.assert(
      fc.asyncProperty(drawnItems(list), async (items) => {
        const answer = answerWith(list, items)
        const page = await readOf(list, accountOver(vendor, answer))
        // A missing single item is an error, not an empty list.
        if (page === undefined && list.holdsOne) return
        if (page === undefined) throw new Error('The list could not be read, though only its items are odd.')
        const sent = JSON.parse(`[${items.join()}]`) as unknown[]
        const bad = page.warnings.filter(({ code }) => code === 'bad-item').length
        const given = list.holdsOne ? sent.slice(0, 1) : sent
        expect(page.items.length + bad).toBeGreaterThanOrEqual(given.length - repetitions(given, list.idField))
        expect(page.items.length).toBeLessThanOrEqual(given.length)
        expect(wrongsOf(page.items)).toEqual([])
      }),
      { numRuns: runs },
    )
  })

  it.each(all)('$operation throws nothing of its own, whatever became of the answer', async (list) => {
    const drawn = fc.record({ items: drawnItems(list), changes: fc.array(change, { minLength: 1, maxLength: 4 }) })
    await fc.assert(
      fc.asyncProperty(drawn, async ({ items, changes }) => {
        const page = await readOf(list, accountOver(vendor, changed(answerWith(list, items), changes)))
        expect(wrongsOf(page?.items)).toEqual([])
      }),
      { numRuns: runs },
    )
  })
})

/** @throws every error that is not Parley's own. */
async function readOf(list: List, account: Adapter): Promise<Page<unknown> | undefined> {
  try {
    return await list.list(account)
  } catch (error) {
    if (isParleyError(error)) return undefined
    throw error
  }
}

/** Items with the id of an earlier item. A list may drop them. */
function repetitions(items: readonly unknown[], idField = 'id'): number {
  const seen = new Set<unknown>()
  let count = 0
  for (const item of items) {
    const id = typeof item === 'object' && item !== null ? (item as Record<string, unknown>)[idField] : undefined
    if (id !== undefined && seen.has(id)) count++
    seen.add(id)
  }
  return count
}
