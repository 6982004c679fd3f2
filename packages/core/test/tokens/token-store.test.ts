import { describe, expect, test } from 'vitest'
import { memoryTokenStore, tokenStoreOption } from '../../src/index.ts'
import { describeStore } from './store-cases.ts'
import { stores } from './stores.ts'

for (const { name, create } of stores) describeStore(name, create)

describe('a token store', () => {
  test('is any object with its methods', () => {
    expect(tokenStoreOption(memoryTokenStore())).toBeUndefined()
    class Table {
      async get() {}
      async set() {}
      async delete() {}
      async lock() {}
    }
    expect(tokenStoreOption(new Table())).toBeUndefined()
    for (const value of [undefined, null, 'store', new Map(), { get() {}, set() {}, delete() {} }])
      expect(tokenStoreOption(value)).toMatch(/^must be a token store/)
  })
})
