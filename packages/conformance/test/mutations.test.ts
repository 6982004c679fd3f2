import type { Adapter } from '@parley/core'
import { describe, expect, it } from 'vitest'
import { type Drift, mutate, mutationsOf, recordDrift } from '../src/index.ts'
import { type Mutant, pages } from './mutants/mutate.ts'
import { reference } from './reference/adapter.ts'
import { createServer, token } from './reference/server.ts'

const server = createServer()

const drift = (adapter: NonNullable<Mutant['adapter']> = (same) => same): Promise<Drift> =>
  recordDrift({
    fetch: server.fetch,
    create: (options) => adapter(reference({ token, maxRetries: 0, ...options }), options),
    read: async ({ conversations }: Adapter) => (await conversations?.list?.({ limit: 4 }))?.items,
  })

async function losses({ mutations, judge }: Drift): Promise<string[]> {
  const found: string[] = []
  for (const change of mutations) found.push(...(await judge([change])))
  return found
}

describe('the drift of answers', () => {
  it('is accepted by the reference adapter without a loss', async () => {
    expect(await losses(await drift())).toEqual([])
  })

  it('is reported if an adapter throws an error that is not Parley’s', async () => {
    const careless = pages('conversations.list', (page) => {
      for (const { status } of page.items) status.native.toUpperCase()
      return page
    })
    expect((await losses(await drift(careless))).join()).toMatch(/It threw TypeError/)
  })

  it('is reported if an adapter drops a value without a warning', async () => {
    const deaf: Mutant['adapter'] = (_, { fetch = server.fetch }) => reference({ token, maxRetries: 0, fetch })
    const found = (await losses(await drift(deaf))).join()
    expect(found).toMatch(/Of 4 items, 3 were returned and 0 produced a warning/)
    expect(found).toMatch(/changed without a warning/)
  })

  it('is reported if an adapter hides an unknown word', async () => {
    const sure = pages('conversations.list', (page) => ({
      ...page,
      items: page.items.map((item) => ({ ...item, status: { ...item.status, value: 'open' } })),
    }))
    expect((await losses(await drift(sure))).join()).toMatch(/was mapped/)
  })
})

describe('the mutations of an answer', () => {
  const body = { items: [{ id: 'a', n: 1 }] }

  it('are of every kind', () => {
    expect(new Set(mutationsOf(body).map(({ kind }) => kind))).toEqual(
      new Set(['unknown-word', 'missing', 'extra', 'wrong-type', 'broken-item']),
    )
  })

  it('leave their source unchanged', () => {
    const before = JSON.stringify(body)
    for (const mutation of mutationsOf(body)) mutate(body, mutation)
    expect(JSON.stringify(body)).toBe(before)
  })

  it('change one value', () => {
    expect(mutate(body, { kind: 'missing', path: ['items', 0, 'n'] })).toEqual({ items: [{ id: 'a' }] })
    expect(mutate(body, { kind: 'extra', path: ['new'], value: 1 })).toEqual({ ...body, new: 1 })
    expect(mutate(body, { kind: 'wrong-type', path: [], value: 7 })).toBe(7)
    expect(mutate(body, { kind: 'missing', path: ['gone', 'n'] })).toEqual(body)
  })
})
