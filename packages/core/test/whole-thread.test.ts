import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createTransport, type Message } from '../src/index.ts'
import { wholeThread } from '../src/operations.ts'

const transport = createTransport(
  { vendor: 'acme', baseUrl: 'https://acme.example', authorize: () => ({}), readProblem: () => undefined },
  { credential: 'none' },
)
const begin = () => transport.begin('messages.list')

const message = (id: string, createdAt: string | null): Message => ({
  ref: `acme:default/message/${id}`,
  vendor: 'acme',
  account: 'default',
  id,
  conversationId: 'c',
  type: { value: 'text', native: null },
  direction: 'inbound',
  author: { kind: 'contact', basis: 'vendor' },
  sourcesState: 'unavailable',
  createdAt,
})
const at = (minute: number): string => new Date(Date.UTC(2026, 0, 1, 0, minute)).toISOString()
const thread = (length: number): Message[] => Array.from({ length }, (_, index) => message(`m${index}`, at(index)))

describe('a thread that comes whole', () => {
  test('is one page without a warning, unless a limit is given', () => {
    const call = begin()
    const page = wholeThread(call, {}, undefined).pageOf(thread(3))
    expect(page).toEqual({ items: thread(3), next: null, warnings: [], total: 3 })
    expect(wholeThread(begin(), {}, undefined).order).toBe('desc')
  })

  test('is cut into pages that hold every message once and in order', () => {
    fc.assert(
      fc.property(fc.nat(30), fc.integer({ min: 1, max: 12 }), (length, limit) => {
        const read: Message[] = []
        let cursor: string | undefined
        do {
          const page = wholeThread(begin(), { limit, order: 'asc' }, cursor).pageOf(thread(length))
          expect(page.warnings.map(({ code }) => code)).toEqual(['degraded'])
          read.push(...page.items)
          cursor = page.next ?? undefined
        } while (cursor !== undefined)
        expect(read).toEqual(thread(length))
      }),
    )
  })

  test.each([
    ['asc', ['m3', 'm4']],
    ['desc', ['m1', 'm0']],
  ] as const)('continues by time (%s) if the message at the cursor is gone', (order, rest) => {
    const all = order === 'asc' ? thread(5) : thread(5).reverse()
    const first = wholeThread(begin(), { limit: 3, order }, undefined).pageOf(all)
    const gone = first.items.at(-1)?.id
    const left = all.filter(({ id }) => id !== gone)
    const page = wholeThread(begin(), { order }, first.next as string).pageOf(left)
    expect(page.items.map(({ id }) => id)).toEqual(rest)
  })

  test('fails if it cannot continue', () => {
    const timeless = [message('a', null), message('b', null)]
    const { next } = wholeThread(begin(), { limit: 1 }, undefined).pageOf(timeless)
    const resumed = wholeThread(begin(), {}, next as string)
    expect(() => resumed.pageOf([message('b', null)])).toThrow(/no longer exists/)
  })

  test('refuses wrong options before the thread is read', () => {
    expect(() => wholeThread(begin(), { limit: 0 }, undefined)).toThrow(/limit/)
    expect(() => wholeThread(begin(), { order: 'up' as never }, undefined)).toThrow(/order/)
    expect(() => wholeThread(begin(), {}, 'forged')).toThrow(/cursor/)
  })
})
