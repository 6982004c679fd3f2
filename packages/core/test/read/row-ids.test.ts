import { buildRef, parseRef } from '@parley/core'
import { rowMessageId, rowPartOf } from '@parley/core/operations'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

describe('the ids of two messages that share a row', () => {
  it('differ, and so do their refs', () => {
    expect([rowMessageId('r-1', 'question'), rowMessageId('r-1', 'answer')]).toEqual(['r-1#question', 'r-1#answer'])
  })

  it('can be taken apart again, whatever the id of the row is, also from a ref', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), fc.constantFrom('question', 'answer'), (rowId, part) => {
        const id = rowMessageId(rowId, part)
        expect(rowPartOf(id)).toStrictEqual({ rowId, part })
        const ref = buildRef({ vendor: 'acme', account: 'shop', kind: 'message', id })
        expect(rowPartOf(parseRef(ref).id)).toStrictEqual({ rowId, part })
      }),
    )
  })

  it.each(['', 'r-1', '#answer', 'r-1#', 'r-1#reply', 'r-1#Answer', 'r-1#answer ', 'r-1answer'])(
    'are not of this form: "%s"',
    (id) => expect(rowPartOf(id)).toBeUndefined(),
  )

  it('of a row whose own id has this form keep it whole', () => {
    expect(rowPartOf('r-1#question#answer')).toStrictEqual({ rowId: 'r-1#question', part: 'answer' })
  })
})
