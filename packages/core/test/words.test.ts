import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { compact, foldWord, vocabulary } from '../src/index.ts'

describe('the look-up of a word', () => {
  test.each(['Live_Chat', 'LIVE_CHAT', 'liveChat', 'live-chat', 'live chat', ' LiveChat '])(
    'finds %j as one word',
    (word) => {
      expect(foldWord(word)).toBe('livechat')
      expect(vocabulary({ LIVE_CHAT: 'web' })(word)).toBe('web')
    },
  )

  test('finds codes and flags too', () => {
    const map = vocabulary({ 2: 'two', true: 'yes' })
    expect([map(2), map('2'), map(true), map('TRUE'), map(3), map(false)]).toEqual([
      'two',
      'two',
      'yes',
      'yes',
      'unknown',
      'unknown',
    ])
  })

  test('prefers the exact spelling to the folded one', () => {
    const map = vocabulary({ 'a-b': 'first', AB: 'second' })
    expect([map('a-b'), map('AB')]).toEqual(['first', 'second'])
  })

  test('does not find a member that every object inherits', () => {
    const map = vocabulary({ open: 'open' })
    for (const word of ['constructor', '__proto__', 'toString', '']) expect(map(word)).toBe('unknown')
  })

  test('never throws, whatever the word', () => {
    const map = vocabulary({ open: 'open', closed: 'closed' })
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.double(), fc.boolean()), (word) => {
        expect(['open', 'closed', 'unknown']).toContain(map(word))
      }),
    )
  })
})

describe('compact', () => {
  test('omits undefined and nothing else', () => {
    expect(compact<object>({ a: undefined, b: null, c: 0, d: '', e: false } as object)).toEqual({
      b: null,
      c: 0,
      d: '',
      e: false,
    })
  })

  test('treats a key called __proto__ as a key, and changes no prototype', () => {
    const sent = JSON.parse('{"__proto__":{"isAdmin":true},"a":1}') as Record<string, unknown>
    const result = compact(sent)
    expect(Object.getPrototypeOf(result)).toBe(Object.prototype)
    expect(result['isAdmin']).toBeUndefined()
    expect(JSON.stringify(result)).toBe(JSON.stringify(sent))
  })
})
