import { describe, expect, it } from 'vitest'
import { encodeCursor } from '../../src/index.ts'
import { pageOfWhole } from '../../src/operations.ts'
import { acme } from '../helpers/acme.ts'

const call = acme('https://acme.test').begin('sources.list')

describe('a page of a list that came whole', () => {
  it('ends at the limit and continues from there', () => {
    const first = pageOfWhole(call, 2, undefined)(['a', 'b', 'c'])
    expect(first).toMatchObject({ items: ['a', 'b'], total: 3 })
    expect(pageOfWhole(call, 2, first.next as string)(['a', 'b', 'c'])).toMatchObject({ items: ['c'], next: null })
  })

  it.each([-1, 0, 1.5, '1', null, 2 ** 53])('refuses to begin at %j', (from) => {
    const cursor = encodeCursor({ from } as never)
    expect(() => pageOfWhole(call, undefined, cursor)).toThrow(expect.objectContaining({ code: 'invalid-request' }))
  })
})
