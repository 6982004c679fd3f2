import { describe, expect, test } from 'vitest'
import { memoryStore, stateStoreOption } from '../../src/index.ts'
import { describeStore } from './store-cases.ts'
import { stores } from './stores.ts'

for (const { name, create } of stores) describeStore(name, create)

describe('a state store', () => {
  test('is any object with its methods', () => {
    expect(stateStoreOption(memoryStore())).toBeUndefined()
    class Table {
      async get() {}
      async set() {}
      async delete() {}
      async lock() {}
    }
    expect(stateStoreOption(new Table())).toBeUndefined()
    for (const value of [undefined, null, 'store', new Map(), { get() {}, set() {}, delete() {} }])
      expect(stateStoreOption(value)).toMatch(/^must be a state store/)
  })
})
