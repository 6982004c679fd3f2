import { type Payload, PayloadReader, type Warning } from '@parley/core'
import { expect, it } from 'vitest'
import { entityOf, told } from './account.ts'

export interface TestReader {
  reading: PayloadReader
  warnings: Warning[]
}

/** Returns a function that makes a reader of an account's payloads, which needs no request. */
export const readerOf =
  (vendor: string, account: string) =>
  (keepRaw = true): TestReader => {
    const warnings: Warning[] = []
    const onWarning = (warning: Warning) => warnings.push(warning)
    const context = { vendor, account, operation: 'test.read', keepRaw, onWarning }
    return { reading: new PayloadReader(context), warnings }
  }

/** The expected result for a payload that has an id, and otherwise no fields or only nulls. */
interface BareReader {
  /** The name of the entity, for the name of the test. */
  name: string
  /** The kind of entity. Missing if the result is not an entity. */
  kind?: string
  read: (payload: Payload, reading: PayloadReader) => unknown
  /** The fields of the result, besides those of every entity, for a payload with only an id. */
  bare: object
  /** Fields of the payload that may be null, and what they add. */
  nulls?: readonly [names: readonly string[], adds: object]
}

/** No reader fills in a value: a field that the vendor did not send is missing, and a null stays null. */
export function bareSuite(vendor: string, account: string, readers: readonly BareReader[]): void {
  const reader = readerOf(vendor, account)
  const entity = entityOf(vendor, account)

  function expectRead({ kind, read }: BareReader, payload: object, fields: object): void {
    const { reading, warnings } = reader(false)
    const common = kind === undefined ? {} : entity(kind, 'x-1')
    expect(read({ id: 'x-1', ...payload }, reading)).toStrictEqual({ ...common, ...fields })
    expect(told(warnings)).toEqual([])
  }

  it.each(readers)('$name of a payload with only an id has no value that the vendor did not send', (each) => {
    expectRead(each, {}, each.bare)
  })

  it.each(readers.filter(({ nulls }) => nulls))('$name of a payload of nulls is read without a warning', (each) => {
    const [names, adds] = each.nulls as NonNullable<BareReader['nulls']>
    expectRead(each, Object.fromEntries(names.map((name) => [name, null])), { ...each.bare, ...adds })
  })
}
