import { describe, expect, it, vi } from 'vitest'
import { lazyGroup, type OperationKinds, type Page, type Paged, paged, supports } from '../src/index.ts'

const pageAt = (from: number): Page<{ id: string }> => ({
  items: [{ id: `item-${from}` }],
  next: from === 2 ? null : String(from + 1),
  warnings: [],
})

function makeGroup() {
  const place = { vendor: 'acme', account: 'shop', operation: 'things.list', scope: 'shop' }
  return {
    list: (query?: { cursor?: string | null }): Paged<{ id: string }> =>
      paged(async (cursor) => pageAt(Number(cursor ?? 1)), query, place),
    get: async (id: string) => `got ${id}`,
    fail: async (): Promise<string> => {
      throw new Error('refused')
    },
    async *stream(text: string): AsyncGenerator<string> {
      yield text
      yield `${text} again`
    },
    actions: { remove: async (id: string) => `removed ${id}` },
  }
}

const kinds: OperationKinds<ReturnType<typeof makeGroup>> = {
  list: 'list',
  get: 'promise',
  fail: 'promise',
  stream: 'stream',
  actions: { remove: 'promise' },
}

function lazyWithLoader(load = vi.fn(async () => makeGroup())) {
  return { load, group: lazyGroup(load, kinds) }
}

async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const list: T[] = []
  for await (const item of items) list.push(item)
  return list
}

describe('a group whose code is loaded later', () => {
  it('shows every operation before anything is loaded', () => {
    const { load, group } = lazyWithLoader()
    expect(Object.keys(group)).toEqual(['list', 'get', 'fail', 'stream', 'actions'])
    const adapter = { contacts: lazyGroup(load as never, { get: 'promise' } as never) }
    expect(supports(adapter as never, 'contacts.get')).toBe(true)
    expect(load).not.toHaveBeenCalled()
  })

  it('is loaded once by operations that begin together, and passes arguments and results through', async () => {
    const { load, group } = lazyWithLoader()
    expect(await Promise.all([group.get('a'), group.actions.remove('b')])).toEqual(['got a', 'removed b'])
    expect(await group.get('c')).toBe('got c')
    expect(load).toHaveBeenCalledTimes(1)
  })

  it.each([
    ['before it is loaded', false],
    ['after it is loaded', true],
  ])('takes an input as it was at the call, also if it is changed right after: %s', async (_, isLoaded) => {
    const load = async () => ({ say: async (input: { text: string }) => `said ${input.text}` })
    const group = lazyGroup(load, { say: 'promise' })
    if (isLoaded) await group.say({ text: 'hello' })
    const input = { text: 'first' }
    const said = group.say(input)
    input.text = 'second'
    expect(await said).toBe('said first')
  })

  it('hands on an argument that cannot be copied, and one that is no plain object', async () => {
    const load = async () => ({ take: async (input: unknown) => input })
    const odd = new Proxy(
      {},
      {
        ownKeys() {
          throw new Error('no')
        },
      },
    )
    expect(await lazyGroup(load, { take: 'promise' }).take(odd)).toBe(odd)
    const date = new Date()
    expect(await lazyGroup(load, { take: 'promise' }).take(date)).toBe(date)
  })

  it('passes errors of an operation through', async () => {
    await expect(lazyWithLoader().group.fail()).rejects.toThrow('refused')
  })

  it.each([
    ['before it is loaded', false],
    ['after it is loaded', true],
  ])('gives a list that can be awaited and iterated %s', async (_, isLoaded) => {
    const { load, group } = lazyWithLoader()
    if (isLoaded) await group.get('a')
    const list = group.list()
    if (!isLoaded) expect(load).not.toHaveBeenCalled()
    const first = await list
    expect(first.items).toEqual([{ id: 'item-1' }])
    expect(await group.list({ cursor: first.next })).toMatchObject({ items: [{ id: 'item-2' }], next: null })
    expect(await all(list)).toEqual([{ id: 'item-1' }, { id: 'item-2' }])
    expect((await all(list.pages())).map(({ items }) => items.length)).toEqual([1, 1])
  })

  it.each([
    ['before it is loaded', false],
    ['after it is loaded', true],
  ])('streams %s', async (_, isLoaded) => {
    const { group } = lazyWithLoader()
    if (isLoaded) await group.get('a')
    expect(await all(group.stream('hello'))).toEqual(['hello', 'hello again'])
  })

  it('is loaded again by the next call after loading failed', async () => {
    const load = vi.fn(async () => makeGroup())
    load.mockRejectedValueOnce(new Error('the chunk is missing'))
    const { group } = lazyWithLoader(load)
    await expect(group.get('a')).rejects.toThrow('the chunk is missing')
    expect(await group.get('a')).toBe('got a')
    expect(load).toHaveBeenCalledTimes(2)
  })
})
