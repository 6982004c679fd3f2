import { agentConversationWebhook } from '@parley/agent-conversation/webhook'
import * as core from '@parley/core'
import { fileStore } from '@parley/core/node'
import { postgresStore } from '@parley/core/postgres'
import { sharedLimiter } from '@parley/core/rate-limiter'
import { parseModel } from '@parley/core/schema'
import { fromUnstorage } from '@parley/core/unstorage'
import { memoryReplays } from '@parley/core/webhook'
import { leadConnectorWebhook } from '@parley/leadconnector/webhook'
import { liveChatAI } from '@parley/livechatai'
import { sandbox } from '@parley/sandbox'
import { portability, portabilityTable } from '@parley/swap'
import { beforeEach, describe, expect, it } from 'vitest'
import { loadVendors } from '../vendors.ts'
import { junk, refusalOf } from './junk.ts'

type AnyFunction = (...args: never[]) => unknown
const call = (run: AnyFunction, ...args: unknown[]) => refusalOf(async () => run(...(args as never[])))
const isObject = (value: unknown): boolean => Object.prototype.toString.call(value) === '[object Object]'

let requests = 0
const fetch = async (): Promise<Response> => {
  requests++
  return Response.json({}, { status: 400 })
}
const common = { fetch, maxRetries: 0, rate: false as const }
const adapters = (await loadVendors()).map(({ create, credentials }) => create({ ...common, ...credentials }))
const desk = liveChatAI({ ...common, apiKey: 'key', agentId: 'agent' })

beforeEach(() => {
  requests = 0
})

/** Every error is Parley's own and names the argument. */
async function expectRefused(run: AnyFunction, args: (value: unknown) => unknown[], path: RegExp, isRight = never) {
  for (const [what, value] of junk) {
    if (isRight(value)) continue
    const refused = await call(run, ...args(value))
    const expected = {
      code: expect.stringMatching(/^(?:configuration|invalid-request)$/),
      path: expect.stringMatching(path),
    }
    expect(refused, what).toMatchObject(expected)
  }
}
const never = (_: unknown): boolean => false
const isFunction = (value: unknown): boolean => typeof value === 'function'

describe('functions of core', () => {
  it('parseRef and buildRef', async () => {
    await expectRefused(core.parseRef, (value) => [value], /^ref$/)
    await expectRefused(core.buildRef, (value) => [value], /^(?:kind|vendor|account|id)$/)
    const good = { vendor: 'acme', account: 'main', kind: 'agent', id: '1' }
    for (const part of ['vendor', 'account', 'id'])
      await expectRefused(
        core.buildRef,
        (value) => [{ ...good, [part]: value }],
        new RegExp(part),
        (value) => value === '5',
      )
  })

  it('serialize', async () => {
    for (const value of [5n, undefined, Symbol('x'), () => {}, circular()])
      expect(await call(core.serialize, value)).toMatchObject({ code: 'invalid-request', path: 'value' })
    await expectRefused(
      core.serialize,
      (value) => [{}, value],
      /^options$/,
      (value) => typeof value === 'object' && value !== null,
    )
    await expectRefused(
      core.serialize,
      (value) => [{}, { raw: value }],
      /^raw$/,
      (value) => value === true,
    )
    await expectRefused(
      core.serialize,
      (value) => [{}, { indent: value }],
      /^indent$/,
      (value) => value === 0,
    )
  })

  it('supports returns false for junk, and requireOperation names what is wrong', async () => {
    for (const [what, value] of junk) {
      expect(core.supports(value as never, 'messages.reply'), what).toBe(false)
      expect(core.supports(desk, value as never), what).toBe(false)
    }
    await expectRefused(
      core.requireOperation,
      (value) => [value, 'messages.reply'],
      /^adapter$/,
      (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
    )
    await expectRefused(
      core.requireOperation,
      (value) => [desk, value],
      /^operation$/,
      (value) => typeof value === 'string',
    )
    expect(await call(core.requireOperation, desk, 'no.such')).toMatchObject({ code: 'unsupported' })
    expect(await call(core.requireOperation, desk, 'conversations.lst')).toEqual({
      ...{ code: 'unsupported', path: undefined },
      message: 'livechatai does not support conversations.lst (did you mean "conversations.list"?).',
    })
  })

  it('fileStore, postgresStore and fromUnstorage', async () => {
    await expectRefused(fileStore, (value) => [value], /^(?:options|folder)$/)
    await expectRefused(
      fileStore,
      (value) => [{ folder: value }],
      /^folder$/,
      (value) => value === '5',
    )
    await expectRefused(fileStore, (value) => [{ folder: 'state', clock: value }], /^clock$/)
    await expectRefused(postgresStore, (value) => [value], /^pool$/)
    const pool = { query: async () => ({ rows: [] }) }
    await expectRefused(postgresStore, (value) => [pool, value], /^options$/, isObject)
    await expectRefused(postgresStore, (value) => [pool, { clock: value }], /^clock$/)
    await expectRefused(fromUnstorage, (value) => [value], /^storage$/)
  })

  it('memoryReplays, lockByLease, sharedLimiter and parseModel', async () => {
    await expectRefused(memoryReplays, (value) => [value], /^options$/, isObject)
    await expectRefused(memoryReplays, (value) => [{ most: value }], /^most$/)
    await expectRefused(memoryReplays, (value) => [{ now: value }], /^now$/, isFunction)
    await expectRefused(core.lockByLease, (value) => [value], /^lease$/)
    const lease = { take: async () => true, release: async () => {} }
    await expectRefused(core.lockByLease, (value) => [lease, value], /^options$/, isObject)
    await expectRefused(core.lockByLease, (value) => [lease, { clock: value }], /^clock$/)
    await expectRefused(sharedLimiter, (value) => [value], /^limiter$/)
    const counts = { penalty: async () => ({ consumedPoints: 1, msBeforeNext: 1 }) }
    await expectRefused(sharedLimiter, (value) => [counts, value], /^options$/, isObject)
    await expectRefused(sharedLimiter, (value) => [counts, { ifDown: value }], /^ifDown$/)
    await expectRefused(parseModel, (value) => [value, {}], /^kind$/)
  })
})

function circular(): object {
  const self: Record<string, unknown> = {}
  self['self'] = self
  return self
}

describe('reconciling', () => {
  const able = adapters.filter((adapter) => core.supports(adapter, 'messages.reconcile'))
  it.each(able.map((adapter) => [adapter.vendor, adapter] as const))(
    'refuses what is no attempt at %s',
    async (_, adapter) => {
      const attempt = {
        kind: 'ask',
        conversationId: 'c',
        messageId: null,
        text: 'x',
        startedAt: '2026-01-15T10:30:00.000Z',
      }
      const reconcile = adapter.messages?.reconcile as AnyFunction
      await expectRefused(reconcile, (value) => [value], /^attempt/)
      for (const field of ['kind', 'text', 'startedAt'])
        await expectRefused(
          reconcile,
          (value) => [{ ...attempt, [field]: value }],
          new RegExp(`^attempt.${field}$`),
          (value) => typeof value === 'string',
        )
      await expectRefused(reconcile, (value) => [attempt, value], /^options$/, isObject)
      await expectRefused(
        reconcile,
        (value) => [attempt, { otherMessageIds: value }],
        /^otherMessageIds/,
        (value) => Array.isArray(value) && value.length === 0,
      )
      expect(requests).toBe(0)
    },
  )
})

describe('native', () => {
  const able = adapters.filter(({ native }) => native)
  it.each(able.map((adapter) => [adapter.vendor, adapter] as const))(
    'refuses wrong arguments at %s',
    async (_, adapter) => {
      const request = adapter.native?.request as AnyFunction
      const [route] = Object.keys((await adapter.native?.endpoints()) ?? {})
      await expectRefused(request, (value) => [value], /^route$/)
      expect(await call(request, route?.toLowerCase().replace(/.$/, ''))).toMatchObject({
        ...{ code: 'invalid-request', path: 'route' },
        message: expect.stringContaining(`(did you mean "${route}"?)`),
      })
      expect(await call(request, route, { querry: {} })).toMatchObject({
        ...{ code: 'invalid-request', path: 'querry' },
        message: expect.stringContaining('(did you mean "query"?)'),
      })
      await expectRefused(request, (value) => [route, value], /^input$/, isObject)
      await expectRefused(request, (value) => [route, {}, value], /^options$/, isObject)
      await expectRefused(request, (value) => [route, {}, { timeout: value }], /^timeout$/)
      await expectRefused(request, (value) => [route, {}, { signal: value }], /^signal$/)
      expect(requests).toBe(0)
    },
  )
})

describe('webhooks', () => {
  const receivers = [
    ['leadconnector', leadConnectorWebhook, { account: 'a', locationId: 'l' }],
    ['agent-conversation', agentConversationWebhook, { account: 'a', secret: 'a long secret' }],
  ] as const

  it.each(receivers)('of %s refuse wrong options and wrong arguments', async (_, create, good) => {
    const options = ['tolerance', 'skew', 'maxBytes', 'replays', 'lease', 'raw', 'now', 'onWarning']
    await expectRefused(create, (value) => [value], /^$/, isObject)
    const rights: Record<string, (value: unknown) => boolean> = {
      skew: (value) => value === 0 || value === 0.5,
      raw: (value) => value === true,
    }
    for (const option of options)
      await expectRefused(
        create,
        (value) => [{ ...good, [option]: value }],
        new RegExp(option),
        rights[option] ?? isFunction,
      )
    const webhook = create(good as never)
    const request = () => new Request('https://x.example', { method: 'POST', body: '{}' })
    await expectRefused(webhook.receive, (value) => [value], /^request/)
    await expectRefused(webhook.receive, (value) => [request(), value], /^handle$/, isFunction)
    await expectRefused(webhook.verify, (value) => [value], /^body$/)
    await expectRefused(
      webhook.parse,
      (value) => [value],
      /^payload$/,
      (value) => isObject(value) || value instanceof Map || value instanceof Date,
    )
    expect(await call(webhook.receive, { headers: {}, method: 'POST', body: { parsed: true } })).toMatchObject({
      code: 'invalid-request',
    })
  })
})

describe('swap', () => {
  it('refuses what is no adapter and no comparison', async () => {
    await expectRefused(portability, (value) => [value, desk], /^from$/)
    await expectRefused(portability, (value) => [desk, value], /^to$/)
    await expectRefused(portabilityTable, (value) => [value], /^portability$/)
  })
})

describe('the sandbox', () => {
  it('refuses wrong options by name', async () => {
    for (const [what, value] of junk) {
      if (!isObject(value))
        await expect(sandbox.start(value as never), what).rejects.toThrow(/^sandbox\.start: the options must/)
      for (const option of ['clock', 'vendors'])
        if (!(Array.isArray(value) && value.length === 0))
          await expect(sandbox.start({ [option]: value } as never), what).rejects.toThrow(`option "${option}"`)
    }
    for (const option of ['seed', 'port', 'thinkingTime', 'now', 'host'])
      for (const value of [null, Number.NaN, {}, [], 5n])
        await expect(sandbox.start({ [option]: value } as never)).rejects.toThrow(`option "${option}"`)
    await expect(sandbox.start({ sed: 7 } as never)).rejects.toThrow('there is no option "sed"')
  })

  it('refuses a setting that does not exist and a wrong message to plant, by name', async () => {
    const { world: _, stop, ...vendors } = await sandbox.start()
    for (const { settings, plant } of Object.values(vendors)) {
      expect(() => Object.assign(settings, { hideSentMS: 5 })).toThrow('there is no setting "hideSentMS"')
      Object.assign(settings, { hideSentMs: 5 })
      expect(settings.hideSentMs).toBe(5)
      const message = { by: 'operator', text: 'x' }
      for (const [wrong, name] of [
        [{ from: 'operator' }, '"from"'],
        [{ by: 'human' }, 'by'],
        [{ kind: 'sms' }, 'kind'],
        [{ text: undefined }, 'text'],
        [{ at: 'now' }, 'at'],
        [{ operatorId: 5 }, 'operatorId'],
      ] as const)
        expect(() => plant('c', { ...message, ...wrong } as never)).toThrow(name)
      expect(() => plant('c', null as never)).toThrow('must be an object')
    }
    await stop()
  })
})
