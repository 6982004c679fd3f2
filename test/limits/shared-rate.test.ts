import { agentConversation } from '@parley/agent-conversation'
import type { Adapter, AdapterOptions, Clock, Credential } from '@parley/core'
import { leadConnector } from '@parley/leadconnector'
import { liveChatAI } from '@parley/livechatai'
import { beforeEach, describe, expect, it } from 'vitest'

type Options = Pick<AdapterOptions, 'rate' | 'account'> & { credential: Credential; at?: string }

const fetch = async (): Promise<Response> => Response.json({}, { status: 404 })
/** Each test has its own clock, because accounts with the same clock share rate limiters. */
let clock: Clock
beforeEach(() => {
  clock = { now: () => 0, after: () => () => {} }
})

const common = ({ credential: _, at = 'https://vendor.example', ...options }: Options) => ({
  ...{ fetch, clock, maxRetries: 0, baseUrl: at },
  ...options,
})
const vendors: Record<string, (options: Options) => Adapter> = {
  leadconnector: (options) => leadConnector({ ...common(options), token: options.credential, locationId: 'location' }),
  livechatai: (options) => liveChatAI({ ...common(options), apiKey: options.credential, agentId: 'agent' }),
  'agent-conversation': (options) => agentConversation({ ...common(options), apiKey: options.credential }),
}

const rate = { requests: 5, perMs: 1_000 }
const ask = async (adapter: Adapter): Promise<unknown> => adapter.conversations?.get?.('id-1').catch(() => {})
const used = (adapter: Adapter): unknown => adapter.rateLimitStatus?.().used

describe.each(Object.entries(vendors))('rate at %s', (_, create) => {
  it('is one rate limiter for adapters of one account that give the same numbers', async () => {
    const [one, two] = [create({ credential: 'key', rate }), create({ credential: 'key', rate: { ...rate } })]
    await ask(one)
    await ask(two)
    expect([used(one), used(two), one.rateLimitStatus?.().allowed]).toEqual([2, 2, 5])
  })

  it('holds an adapter up that was made while the rate limiter is used up', async () => {
    const first = create({ credential: 'key', rate: { requests: 1, perMs: 120_000 } })
    await ask(first)
    const second = create({ credential: 'key', rate: { requests: 1, perMs: 120_000 } })
    await expect(second.conversations?.get?.('id-1')).rejects.toMatchObject({ code: 'rate-limit' })
  })

  it('is counted apart with other numbers, and apart from adapters without it', async () => {
    const one = create({ credential: 'key', rate })
    await ask(one)
    expect(used(create({ credential: 'key', rate: { requests: 6, perMs: 1_000 } }))).toBe(0)
    expect(used(create({ credential: 'key' }))).toBe(0)
    expect(used(create({ credential: 'key', rate: false }))).toBe(0)
  })

  it('is one rate limiter for the same function that gives the credential', async () => {
    const credential = () => 'key'
    await ask(create({ credential, rate }))
    expect(used(create({ credential, rate }))).toBe(1)
  })

  it('is one rate limiter for functions that give the credential of one named account', async () => {
    await ask(create({ account: 'shop', credential: () => 'key', rate }))
    expect(used(create({ account: 'shop', credential: () => 'key', rate }))).toBe(1)
  })
})

// LeadConnector limits a location, whatever the credential is.
describe.each(Object.entries(vendors).slice(1))('rate at %s', (_, create) => {
  it('is not shared with another credential, another address or another named account', async () => {
    await ask(create({ credential: 'key', rate }))
    await ask(create({ account: 'shop', credential: () => 'key', rate }))
    expect(used(create({ credential: 'other key', rate }))).toBe(0)
    expect(used(create({ credential: 'key', rate, at: 'https://other.example' }))).toBe(0)
    expect(used(create({ account: 'clinic', credential: () => 'key', rate }))).toBe(0)
    expect(used(create({ credential: () => 'key', rate }))).toBe(0)
  })
})
