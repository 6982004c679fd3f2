import { describe, expect, it, vi } from 'vitest'
import { lazyGroup, type OperationOptions, type Page, type Paged, paged, supports } from '../src/index.ts'
import { acme, failure } from './helpers/acme.ts'
import { createTestClock } from './helpers/test-clock.ts'

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

const names = ['list', 'get', 'fail', 'stream', 'actions.remove'] as const

const transport = acme('https://acme.example')

function lazyWithLoader(load = vi.fn(async () => makeGroup())) {
  return { load, group: lazyGroup(transport, 'things', load, names) }
}

async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const list: T[] = []
  for await (const item of items) list.push(item)
  return list
}

describe('a group whose code is loaded later', () => {
  it('does not compile unless it names every operation, and each by the kind of its result', () => {
    const load = async () => makeGroup()
    const listed = async () => ({ get: makeGroup().list })
    // @ts-expect-error an operation is missing
    expect(() => lazyGroup(transport, 'things', load, ['list', 'get', 'fail', 'stream'])).not.toThrow()
    // @ts-expect-error the group has no such operation
    expect(() => lazyGroup(transport, 'things', load, [...names, 'shout'])).not.toThrow()
    // @ts-expect-error a list must not have the name of an operation that gives a promise
    expect(() => lazyGroup(transport, 'things', listed, ['get'])).not.toThrow()
  })

  it('shows every operation before anything is loaded', () => {
    const { load, group } = lazyWithLoader()
    expect(Object.keys(group)).toEqual(['list', 'get', 'fail', 'stream', 'actions'])
    const adapter = { contacts: lazyGroup(transport, 'contacts', load as never, ['get'] as never) }
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
  ])(
    'takes an input as it was at the call, at every depth, also if it is changed right after: %s',
    async (_, isLoaded) => {
      const say = async (target: object, input: object) => {
        await null
        return JSON.stringify([target, input])
      }
      const group = lazyGroup(transport, 'things', async () => ({ say }), ['say'])
      if (isLoaded) await group.say({}, {})
      const target = { id: 'a' }
      const input = { text: 'first', files: [{ name: 'a' }], nested: { deep: { list: [1, [2]] } } }
      const before = JSON.stringify([target, input])
      const said = group.say(target, input)
      target.id = 'b'
      input.text = 'second'
      input.files[0] = { name: 'b' }
      input.files.push({ name: 'c' })
      Object.assign(input.nested.deep, { list: [] })
      expect(await said).toBe(before)
    },
  )

  it.each([
    ['before it is loaded', false],
    ['after it is loaded', true],
  ])('takes the query of a list as it was when the list was made: %s', async (_, isLoaded) => {
    const { group } = lazyWithLoader()
    if (isLoaded) await group.get('a')
    const query: { cursor?: string | null } = { cursor: (await lazyWithLoader().group.list()).next }
    const list = group.list(query)
    query.cursor = null
    expect((await list).items).toEqual([{ id: 'item-2' }])
  })

  it('copies plain objects and lists, and hands on everything else as it is', async () => {
    const take = async (input: unknown) => input
    const group = lazyGroup(transport, 'things', async () => ({ take }), ['take'])
    const taken = <T>(value: T): Promise<T> => group.take(value) as Promise<T>
    class Own {}
    const { signal } = new AbortController()
    const others = [
      new Date(),
      new Uint8Array(1),
      new Blob(['a']),
      signal,
      new Map(),
      new Own(),
      () => {},
      new FormData(),
    ]
    for (const [index, copy] of (await taken({ others })).others.entries()) expect(copy).toBe(others[index])
    for (const value of ['a', 7, null, undefined, new Date()]) expect(await taken(value)).toBe(value)

    const self: Record<string, unknown> = JSON.parse('{"a":1,"__proto__":{"b":2}}')
    self['self'] = self
    const copy = await taken(self)
    expect(copy['self']).toBe(copy)
    expect(Object.keys(copy)).toEqual(['a', '__proto__', 'self'])
    expect(await taken(Object.assign(new Array(3), { 1: 'b' }))).toEqual([undefined, 'b', undefined])

    const raw = { large: true }
    expect((await taken({ ref: 'acme:main/thing/1', raw })).raw).toBe(raw)
    const proxy = new Proxy({}, { ownKeys: () => expect.unreachable() })
    expect(await taken(proxy)).toBe(proxy)
  })

  it.each([
    ['before it is loaded', false],
    ['after it is loaded', true],
  ])('refuses what cannot be read, and names it, as every other error of the operation: %s', async (_, isLoaded) => {
    const { group } = lazyWithLoader()
    if (isLoaded) await group.get('a')
    const refuse = (): never => {
      throw new Error('planted')
    }
    const input = {
      files: [
        {},
        {
          get name() {
            return refuse()
          },
        },
      ],
    }
    const proxy = { text: new Proxy({}, { ownKeys: refuse }) }
    const stream = async () => all(group.stream(input as never))
    for (const run of [
      group.get(input as never),
      stream(),
      group.actions.remove(input as never),
      all(group.list(input as never)),
    ])
      expect(await failure(Promise.resolve(run))).toMatchObject({
        ...{ code: 'invalid-request', outcome: 'not-done' },
        fields: [{ path: 'files[1].name', problem: 'cannot be read' }],
      })
    expect(await failure(Promise.resolve(group.list(proxy as never)))).toMatchObject({
      ...{ operation: 'things.list', fields: [{ path: 'text' }] },
    })
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
    expect(await failure(group.get('a'))).toMatchObject({
      ...{ code: 'network', outcome: 'not-done', retryable: true, vendor: 'acme', operation: 'things.get' },
      message: 'acme "main", things.get: the code of the operation could not be loaded.',
      cause: new Error('the chunk is missing'),
    })
    expect(await group.get('a')).toBe('got a')
    expect(load).toHaveBeenCalledTimes(2)
  })

  it('fails as the operation does, if its code cannot be loaded', async () => {
    const { group } = lazyWithLoader(vi.fn(() => Promise.reject(new Error('missing'))))
    for (const run of [group.list(), all(group.list()), all(group.stream('a')), group.actions.remove('a')])
      expect(await failure(Promise.resolve(run))).toMatchObject({ code: 'network', outcome: 'not-done' })
  })
})

describe('the time limits of an operation', () => {
  const limits = () => {
    const clock = createTestClock()
    const own = acme('https://acme.example', { clock, timeout: 5_000 })
    let answer = (_: unknown) => {}
    const load = vi.fn(async () => {
      await new Promise((resolve) => {
        answer = resolve
      })
      return { left: async (options?: OperationOptions) => own.begin('things.left', options).deadline - clock.now() }
    })
    return { clock, load, group: lazyGroup(own, 'things', load, ['left']), loaded: () => answer(undefined) }
  }

  it('include the loading of its code', async () => {
    const { clock, group, loaded } = limits()
    const options = { timeout: 1_000 }
    const left = group.left(options)
    clock.jump(400)
    loaded()
    expect(await left).toBe(600)
    expect(await group.left(options)).toBe(1_000)
  })

  it('may have passed when its code is loaded, and then nothing is sent', async () => {
    const { clock, group, loaded } = limits()
    const left = group.left({ timeout: 1_000 })
    clock.jump(1_500)
    loaded()
    expect(await left).toBe(-500)
  })

  it('end the loading of its code: the signal', async () => {
    const { group } = limits()
    const controller = new AbortController()
    const left = group.left({ signal: controller.signal })
    controller.abort('enough')
    await expect(left).rejects.toBe('enough')
  })

  it.each([
    ['before its code is loaded', false],
    ['after its code is loaded', true],
  ])('end it before it begins, if the signal is already aborted: %s', async (_, isLoaded) => {
    const { group, load, loaded } = limits()
    if (isLoaded) {
      const left = group.left()
      loaded()
      await left
    }
    await expect(group.left({ signal: AbortSignal.abort('enough') })).rejects.toBe('enough')
    expect(load).toHaveBeenCalledTimes(isLoaded ? 1 : 0)
  })
})

describe('an argument that cannot be read', () => {
  const boom = (): never => {
    throw new Error('not readable')
  }
  const transport = acme('https://acme.example')
  const group = () =>
    lazyGroup(transport, 'things', async () => ({ add: async (_input: unknown, _options?: unknown) => 'added' }), [
      'add',
    ])

  it('is refused by an error of ours, before and after the code is loaded', async () => {
    const things = group()
    for (let count = 0; count < 2; count++) {
      const files = new Proxy([], { get: boom })
      expect(await failure(things.add({ files }))).toMatchObject({ code: 'invalid-request', outcome: 'not-done' })
      expect(await failure(things.add(files))).toMatchObject({ code: 'invalid-request', outcome: 'not-done' })
      await things.add({})
    }
  })

  it('does not matter where only its signal throws, because the operation decides', async () => {
    class Query {
      get signal(): never {
        return boom()
      }
    }
    expect(await group().add('a', new Query())).toBe('added')
  })
})
