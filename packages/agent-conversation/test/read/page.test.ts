import { DecodeError } from '@parley/core'
import { pagePosition } from '@parley/core/operations'
import { describe, expect, it } from 'vitest'
import { readEnvelope } from '../../src/read/page.ts'
import { reader } from '../helpers/account.ts'

const read = (body: unknown) =>
  readEnvelope(body, reader().reading, pagePosition(undefined), new Set(), (raw) => ({ id: String(raw['id']) }))
const items = (...ids: string[]) => ids.map((id) => ({ id }))

describe('readEnvelope', () => {
  it.each([null, 'x', [], {}, { data: {} }])('cannot read %j', (body) => {
    try {
      read(body)
      expect.unreachable()
    } catch (error) {
      expect(error).toBeInstanceOf(DecodeError)
      expect((error as DecodeError).path).toBe('data')
    }
  })

  it('reads the items, the total and the next page', () => {
    const { items: found, next, total } = read({ data: items('a', 'b'), hasNextPage: true, totalItems: 5 })
    expect({ found, total, page: next?.page }).toStrictEqual({ found: items('a', 'b'), total: 5, page: 2 })
  })

  it.each([
    [{ hasNextPage: false, totalPages: 9 }, false],
    [{ totalPages: 2 }, true],
    [{ totalPages: 1 }, false],
    [{}, true],
    [{ hasNextPage: null, totalPages: 3 }, true],
  ])('continues after %j: %s', (envelope, goesOn) => {
    expect(read({ data: items('a'), ...envelope }).next !== null).toBe(goesOn)
  })
})
