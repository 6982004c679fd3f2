import {
  type Adapter,
  type Limits,
  type OperationName,
  operationNames,
  supports,
  unsupportedReason,
} from '@parley/core'
import { expect, it } from 'vitest'

interface Subject {
  adapter: Adapter
  /** Exactly the operations that the vendor has, in the contract's order. */
  operations: readonly OperationName[]
  limits: { [Key in keyof Limits]?: unknown }
}

/** An adapter has its vendor's operations, gives a reason for every other one, and states its limits. */
export function capabilitiesSuite({ adapter, operations, limits }: Subject): void {
  const { vendor } = adapter

  it.each(operationNames)(`${vendor} either has %s or gives a reason why it is missing`, (name) => {
    expect(supports(adapter, name)).toBe(unsupportedReason(adapter, name) === undefined)
    if (supports(adapter, name)) expect(adapter.unsupported).not.toHaveProperty([name])
  })

  it(`${vendor} has exactly the documented operations`, () => {
    expect(operationNames.filter((name) => supports(adapter, name))).toEqual(operations)
  })

  it(`every reason of ${vendor} is a sentence, and is about a missing operation or a group that lacks one`, () => {
    const missing = operationNames.filter((name) => !supports(adapter, name))
    for (const [key, reason] of Object.entries(adapter.unsupported)) {
      expect(missing.some((name) => name === key || name.slice(0, name.lastIndexOf('.')) === key)).toBe(true)
      expect(reason).toMatch(/^([A-Z]|[a-z]+\.[a-z]).*\.$/)
    }
  })

  it(`an account of ${vendor} is a plain object`, () => {
    expect(Object.getPrototypeOf(adapter)).toBe(Object.prototype)
  })

  it(`the limits of ${vendor} are plain data with the documented values`, () => {
    expect(JSON.parse(JSON.stringify(adapter.limits))).toEqual(adapter.limits)
    expect(adapter.limits).toMatchObject(limits)
    for (const note of adapter.limits.notes) expect(note).toMatch(/^\S.*\.$/)
  })
}
