import { describe, expect, it } from 'vitest'
import { encodeCursor, type Paged } from '../../src/index.ts'
import { bindCursor } from '../../src/paging/cursor.ts'
import { acme, failure } from '../helpers/acme.ts'

/** A list of three pages; each page holds the number of the operation that read it. */
function listing({
  account = 'main',
  accountId = 'agent-1',
  of,
}: {
  account?: string
  accountId?: string
  of?: unknown
} = {}) {
  const { list } = acme('https://acme.example', { account, protocol: { accountId } })
  const calls = new Set<unknown>()
  const readPage = async (call: { operation: string }, _: unknown, cursor = 'start') => {
    calls.add(call)
    const next = calls.size < 3 ? encodeCursor(calls.size) : null
    return { items: [`${call.operation} ${cursor === 'start' ? cursor : 'on'} ${calls.size}`], next, warnings: [] }
  }
  const read = (query: { cursor?: string; limit?: number } = {}): Paged<string> =>
    list('things.list', query, {}, readPage, of)
  return { read, calls }
}

describe('transport.list', () => {
  it('begins an operation for each page', async () => {
    const { read, calls } = listing()
    const items: string[] = []
    for await (const item of read()) items.push(item)
    expect(items).toEqual(['things.list start 1', 'things.list on 2', 'things.list on 3'])
    expect(calls.size).toBe(3)
  })

  it('begins no operation before the list is read', async () => {
    const { read, calls } = listing()
    read()
    expect(calls.size).toBe(0)
  })

  it('refuses a wrong option when the list is read', async () => {
    const { list } = acme('https://acme.example')
    const unread = list('things.list', {}, { timeout: -1 }, async () => expect.unreachable('a page was read'))
    expect(await failure(Promise.resolve(unread))).toMatchObject({
      operation: 'things.list',
      fields: [{ path: 'timeout' }],
    })
  })

  it('refuses a query without a field that the vendor requires, by its name', async () => {
    const { list } = acme('https://acme.example', { protocol: { required: { 'things.list': ['agentId'] } } })
    const read = (query: object) =>
      list('things.list', query, {}, async () => ({ items: [1], next: null, warnings: [] }))
    for (const query of [{}, { agentId: undefined }, { agentId: null }])
      expect(await failure(Promise.resolve(read(query)))).toMatchObject({
        code: 'invalid-request',
        fields: [{ path: 'agentId', problem: 'is required: without it this vendor lists nothing' }],
      })
    expect((await read({ agentId: 'a' })).items).toEqual([1])
  })

  it('refuses to bind a cursor to a query that is nested too deeply, by an error of ours', () => {
    let deep: object = {}
    for (let level = 0; level < 20_000; level++) deep = { deep }
    const place = { vendor: 'acme', account: 'main', operation: 'things.list' }
    const refused = expect.objectContaining({
      code: 'invalid-request',
      fields: [expect.objectContaining({ path: 'query' })],
    })
    expect(() => bindCursor('1', place, deep)).toThrow(refused)
  })

  it('continues from a cursor of the same account, agent and owner', async () => {
    const { next } = await listing({ of: 'conv_1' }).read({ limit: 2 })
    const page = await listing({ of: { id: 'conv_1' } }).read({ cursor: next as string })
    expect(page.items).toEqual(['things.list on 1'])
  })

  it.each([
    ['another account', { account: 'second', of: 'conv_1' }],
    ['another agent of an account with the same name', { accountId: 'agent-2', of: 'conv_1' }],
    ['another owner of the list', { of: 'conv_2' }],
  ])('refuses a cursor of %s', async (_, other) => {
    const { next } = await listing({ of: 'conv_1' }).read()
    const error = await failure(Promise.resolve(listing(other).read({ cursor: next as string })))
    expect(error).toMatchObject({ code: 'invalid-request', operation: 'things.list', fields: [{ path: 'cursor' }] })
  })
})
