import { open } from '@parley/core'
import { liveChatAIDefinition } from '@parley/livechatai'
import { describe, expect, it } from 'vitest'
import { loadVendors } from '../vendors.ts'
import { junk, refusalOf } from './junk.ts'

const vendors = await loadVendors()

const baseUrl = 'https://emulator.example/some/path'
const common = {
  ...{
    account: 'desk',
    baseUrl,
    timeout: 5_000,
    attemptTimeout: 1_000,
    maxRetries: 1,
    maxRetryAfter: 1_000,
    raw: true,
  },
  ...{ maxResponseBytes: 1_000_000, rate: { requests: 5, perMs: 1_000 }, priority: 'backfill' },
}

const isFunction = (value: unknown): boolean => typeof value === 'function'
const isText = (value: unknown): boolean => value === '5'
/** Every option that all adapters have, and the junk values that are valid for it. */
const options: Record<string, (value: unknown) => boolean> = {
  account: isText,
  baseUrl: () => false,
  timeout: () => false,
  attemptTimeout: () => false,
  maxRetries: (value) => value === 0,
  maxRetryAfter: (value) => value === 0 || value === 0.5,
  maxResponseBytes: () => false,
  rate: () => false,
  priority: () => false,
  raw: (value) => value === true,
  fetch: isFunction,
  clock: () => false,
  random: isFunction,
  limiter: () => false,
  lookup: isFunction,
  onWarning: isFunction,
  onRequest: isFunction,
}

/** A factory throws synchronously, because it does no I/O. */
const refusal = (make: () => unknown) => refusalOf(async () => make())

describe.each(Object.entries(options))('the option %s', (option, isRight) => {
  it('is refused by name, in the same words at every vendor, when its value is wrong', async () => {
    for (const [what, value] of junk) {
      if (isRight(value)) continue
      const refusals = await Promise.all(
        vendors.map(({ create, credentials }) => refusal(() => create({ ...credentials, [option]: value }))),
      )
      const [first] = refusals.map((each) => withoutVendor(each))
      for (const each of refusals) expect(withoutVendor(each), what).toEqual(first)
      expect(first, what).toMatchObject({
        code: 'configuration',
        path: option,
        message: expect.stringContaining(`"${option}"`),
      })
    }
  })
})

const withoutVendor = (refused: Awaited<ReturnType<typeof refusal>>) =>
  typeof refused === 'string'
    ? refused
    : { ...refused, message: refused.message.replace(/^[\w-]+: | Pass it as an option.*/g, '') }

describe.each(vendors)('$label', ({ create, definition, credentials, ownOptions }) => {
  const { vendor } = definition
  const own = { ...credentials, ...ownOptions }

  it('refuses a wrong value of each of its own options by name', async () => {
    for (const option of Object.keys(own)) {
      for (const [what, value] of junk) {
        if (value === '5' || value === '' || value === true || typeof value === 'function') continue
        if (option === 'version' && typeof value === 'object') continue
        if (option === 'replyTimeout' && typeof value === 'number') continue
        const refused = await refusal(() => create({ ...own, [option]: value } as never))
        expect(refused, `${option}: ${what}`).toMatchObject({ code: 'configuration', path: option })
      }
    }
  })

  it('refuses options that are no object, and an option that does not exist', async () => {
    for (const [what, value] of junk) {
      if (Object.prototype.toString.call(value) === '[object Object]') continue
      expect(await refusal(() => create(value as never)), what).toMatchObject({ code: 'configuration' })
    }
    const refused = await refusal(() => create({ ...own, timeOut: 5 }))
    expect(refused).toEqual({
      ...{ code: 'configuration', path: 'timeOut' },
      message: `${vendor}: there is no option "timeOut" (did you mean "timeout"?).`,
    })
    const [credential = ''] = Object.keys(own)
    const misspelled = await refusal(() => create({ [credential.toUpperCase()]: 'x', ...own }))
    expect(misspelled).toMatchObject({ message: expect.stringContaining(`(did you mean "${credential}"?)`) })
  })

  it('opens with every option that is data, and with each of them alone', () => {
    const environment = {}
    for (const [option, value] of Object.entries({ ...own, ...common }))
      open({ vendor, ...credentials, [option]: value }, [definition], { environment })
    const adapter = open({ vendor, ...own, ...common }, [definition], { environment })
    expect(adapter).toMatchObject({ vendor, account: 'desk' })
    expect(JSON.parse(JSON.stringify({ ...own, ...common }))).toEqual({ ...own, ...common })
  })

  it('sends what it was opened for to its baseUrl', async () => {
    const urls: string[] = []
    const fetch = async (input: RequestInfo | URL): Promise<Response> => {
      urls.push(input instanceof Request ? input.url : String(input))
      return Response.json({}, { status: 404 })
    }
    const adapter = open({ vendor, ...own, ...common }, [definition], { environment: {}, fetch: fetch as never })
    await refusalOf(() => adapter.conversations?.get?.('id-1'))
    expect(urls[0]).toMatch(/^https:\/\/emulator\.example\/some\/path\//)
  })
})

describe('open', () => {
  it('refuses what is no configuration, no list of definitions and no runtime', async () => {
    const good = { vendor: 'livechatai', apiKey: 'key', agentId: 'agent' }
    for (const [what, value] of junk) {
      const config = await refusal(() => open(value, [liveChatAIDefinition]))
      expect(config, what).toMatchObject({ code: 'configuration' })
      const definitions = await refusal(() => open(good, value as never))
      expect(definitions, what).toMatchObject({ code: 'configuration', path: 'definitions' })
      if (Object.prototype.toString.call(value) === '[object Object]' || value instanceof Map || value instanceof Date)
        continue
      const runtime = await refusal(() => open(good, [liveChatAIDefinition], value as never))
      expect(runtime, what).toMatchObject({ code: 'configuration', path: 'runtime' })
    }
    expect(await refusal(() => open({ vendor: 'liveChatAI' }, [liveChatAIDefinition]))).toMatchObject({
      ...{ code: 'configuration', path: 'vendor' },
      message: 'open: option "vendor" must be "livechatai".',
    })
  })
})
