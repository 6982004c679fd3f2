import type { StandardSchemaV1 } from '@standard-schema/spec'
import { describe, expect, test, vi } from 'vitest'
import * as z from 'zod'
import {
  type Adapter,
  type AdapterDefinition,
  type AdapterOptions,
  credentialOption,
  flagOption,
  isParleyError,
  numberOption,
  type OptionCheck,
  open,
  optional,
  optionSchema,
  type ParleyError,
  patternOption,
  type RuntimeOptions,
  resolveConfig,
  resolveOptions,
  textOption,
} from '../src/index.ts'
import { expectClean } from './helpers/acme.ts'
import { idle } from './helpers/test-clock.ts'

interface AcmeConfig {
  apiKey: string
  region: 'eu' | 'us'
  size?: number
  loud?: boolean
}

const configSchema = optionSchema<AcmeConfig>({
  apiKey: credentialOption,
  region: patternOption(/^(?:eu|us)$/, 'must be eu or us'),
  size: optional(numberOption(1, true)),
  loud: optional(flagOption),
})
const env = { apiKey: 'ACME_API_KEY', region: 'ACME_REGION' }

const create = vi.fn(
  ({ account = 'default' }: AcmeConfig & AdapterOptions & RuntimeOptions): Adapter => ({
    vendor: 'acme',
    account,
    limits: { pageSize: {}, filters: {}, text: {}, rate: [], notes: [] },
    unsupported: {},
  }),
)
const definition: AdapterDefinition<AcmeConfig> = { vendor: 'acme', label: 'Acme', configSchema, env, create }

const resolve = (options: object, environment: Record<string, string | undefined> = {}) =>
  resolveConfig(options, { vendor: 'acme', account: 'main', configSchema, env, environment })

/** The error of something that has to fail, which holds nothing planted. */
function refusal(run: () => unknown): ParleyError {
  try {
    run()
  } catch (error) {
    if (!isParleyError(error)) throw error
    expectClean(error, error.stack, error.toJSON())
    return error
  }
  return expect.unreachable()
}

describe('resolveConfig', () => {
  test('takes the given options', () => {
    const options = { apiKey: 'k', region: 'eu', size: 2, loud: false, timeout: 5 }
    expect(resolve(options)).toEqual(options)
  })

  test('takes omitted options from the environment', () => {
    const environment = { ACME_API_KEY: 'from-env', ACME_REGION: 'us', OTHER: 'x' }
    expect(resolve({}, environment)).toEqual({ apiKey: 'from-env', region: 'us' })
    expect(resolve({ apiKey: 'given', region: undefined }, environment)).toEqual({ apiKey: 'given', region: 'us' })
  })

  test('treats an empty variable as unset', () => {
    const error = refusal(() => resolve({ region: 'eu' }, { ACME_API_KEY: '' }))
    expect(error.fields).toMatchObject([{ path: 'apiKey' }])
  })

  test('keeps a function unchanged', () => {
    const apiKey = () => 'k'
    expect(resolve({ apiKey, region: 'eu' })).toEqual({ apiKey, region: 'eu' })
  })

  test('names a missing option and its variable', () => {
    expect(refusal(() => resolve({ region: 'eu' }))).toMatchObject({
      code: 'configuration',
      vendor: 'acme',
      account: 'main',
      fields: [{ path: 'apiKey' }],
      message: 'acme: option "apiKey" is missing. Pass it as an option, or set the environment variable ACME_API_KEY.',
    })
  })

  test('names a wrong option and its variable, and not the value', () => {
    const error = refusal(() => resolve({ apiKey: 'k', region: 'planted' }))
    expect(error.message).toBe(
      'acme: option "region" is invalid: must be eu or us. Pass it as an option, or set the environment variable ACME_REGION.',
    )
    expect(refusal(() => resolve({ apiKey: ['planted'], region: 'eu' })).message).toContain('"apiKey" is invalid')
    expect(refusal(() => resolve({ apiKey: 'k', region: 'eu', size: 'planted' })).message).toBe(
      'acme: option "size" is invalid: must be a whole number of at least 1.',
    )
  })

  test('names an unknown option', () => {
    expect(refusal(() => resolve({ apiKey: 'k', region: 'eu', apiKye: 'planted' })).message).toBe(
      'acme: there is no option "apiKye" (did you mean "apiKey"?).',
    )
  })

  test('names every wrong option at once', () => {
    const error = refusal(() => resolve({ maxRetries: 1.5, size: 0 }))
    expect(error.fields?.map(({ path }) => path)).toEqual(['maxRetries', 'apiKey', 'region', 'size'])
  })

  test.each([
    ['account', ' '],
    ['baseUrl', 'planted'],
    ['baseUrl', 'ftp://acme.test'],
    ['baseUrl', 'https://user:planted@acme.test'],
    ['baseUrl', 'https://acme.test?key=planted'],
    ['timeout', 0],
    ['timeout', Number.NaN],
    ['timeout', '5'],
    ['attemptTimeout', -1],
    ['maxRetries', -1],
    ['maxRetries', 0.5],
    ['maxRetryAfter', -1],
    ['maxResponseBytes', 0],
    ['rate', true],
    ['rate', { requests: 0, perMs: 1 }],
    ['rate', { requests: 1 }],
    ['raw', 'yes'],
  ])('refuses an option of every adapter: %s as %j', (option, value) => {
    expect(refusal(() => resolve({ apiKey: 'k', region: 'eu', [option]: value })).fields).toMatchObject([
      { path: option },
    ])
  })

  test('accepts right options, and removes the last slash of the URL', () => {
    const common = {
      account: 'a',
      timeout: 1,
      attemptTimeout: 1,
      maxRetries: 0,
      maxRetryAfter: 0,
      maxResponseBytes: 1,
      raw: false,
    }
    for (const rate of [false, { requests: 1, perMs: 1 }]) {
      expect(resolve({ apiKey: 'k', region: 'eu', ...common, rate, baseUrl: 'https://acme.test/v1/' })).toEqual({
        apiKey: 'k',
        region: 'eu',
        ...common,
        rate,
        baseUrl: 'https://acme.test/v1',
      })
    }
  })

  describe('an option of the form { env }', () => {
    test('takes the value from that variable', () => {
      const environment = { SUPPORT_KEY: 'k', ACME_API_KEY: 'other' }
      expect(resolve({ apiKey: { env: 'SUPPORT_KEY' }, region: 'eu' }, environment)).toMatchObject({ apiKey: 'k' })
    })

    test.each([undefined, ''])('names the option and the variable if the variable is %j', (value) => {
      expect(refusal(() => resolve({ apiKey: { env: 'SUPPORT_KEY' } }, { SUPPORT_KEY: value }))).toMatchObject({
        code: 'configuration',
        vendor: 'acme',
        account: 'main',
        fields: [{ path: 'apiKey' }],
        message: 'acme: option "apiKey" reads the environment variable SUPPORT_KEY, which is not set.',
      })
    })

    test.each(['constructor', '__proto__', 'toString'])('is refused if the variable is %s', (variable) => {
      expect(refusal(() => resolve({ apiKey: { env: variable } })).message).toContain('which is not set')
    })

    test('is refused with further keys', () => {
      expect(refusal(() => resolve({ apiKey: { env: 'X', or: 'Y' }, region: 'eu' }, { X: 'k' })).fields).toMatchObject([
        { path: 'apiKey' },
      ])
    })
  })

  test.each(['__proto__', 'constructor', 'toString'])('refuses an unknown option that is called %s', (name) => {
    const options = JSON.parse(`{"apiKey":"k","region":"eu","${name}":{"size":5,"planted":1}}`) as object
    expect(refusal(() => resolve(options)).message).toBe(`acme: there is no option "${name}".`)
  })

  test('joins the path of a nested issue as other schema libraries give it', () => {
    const issues: StandardSchemaV1.Issue[] = [
      { message: 'Too short', path: [{ key: 'webhook' }, 'keys', 0] },
      { message: 'Required', path: ['constructor'] },
    ]
    const schema: StandardSchemaV1<unknown, object> = {
      '~standard': { version: 1, vendor: 'test', validate: () => ({ issues }) },
    }
    const error = refusal(() => resolveConfig({ webhook: {} }, { vendor: 'acme', configSchema: schema, env: {} }))
    expect(error.message).toBe('acme: option "webhook.keys.0" is invalid: Too short. option "constructor" is missing.')
  })

  test('refuses an asynchronous schema, and leaves no unhandled rejection', async () => {
    const unhandled = vi.fn()
    process.on('unhandledRejection', unhandled)
    try {
      const schema: StandardSchemaV1<unknown, object> = {
        '~standard': { version: 1, vendor: 'test', validate: () => Promise.reject(new Error('late')) },
      }
      expect(refusal(() => resolveConfig({}, { vendor: 'acme', configSchema: schema, env: {} })).message).toContain(
        'must be synchronous',
      )
      await idle()
      expect(unhandled).not.toHaveBeenCalled()
    } finally {
      process.off('unhandledRejection', unhandled)
    }
  })

  test('reads the environment of the process by default', () => {
    vi.stubEnv('ACME_API_KEY', 'from-process')
    try {
      expect(resolveConfig({ region: 'eu' }, { vendor: 'acme', configSchema, env })).toMatchObject({
        apiKey: 'from-process',
      })
    } finally {
      vi.unstubAllEnvs()
    }
  })
})

test('resolveOptions separates objects of the program from the configured options', () => {
  const runtime = { fetch: globalThis.fetch, random: () => 0, onWarning: () => {} }
  const options = { apiKey: 'k', region: 'eu', account: 'a', clock: undefined, ...runtime }
  expect(resolveOptions(options, { vendor: 'acme', configSchema, env })).toEqual({
    config: { apiKey: 'k', region: 'eu', account: 'a' },
    runtime,
  })
})

describe('open', () => {
  const good = { vendor: 'acme', account: 'support', apiKey: 'k', region: 'eu' }

  test('creates the adapter that the configuration names', () => {
    const fetch = async () => new Response()
    expect(open(good, [definition], { fetch })).toMatchObject({ vendor: 'acme', account: 'support' })
    const { vendor: _, ...options } = good
    expect(create).toHaveBeenLastCalledWith({ ...options, fetch })
  })

  test('reads from the given environment', () => {
    open({ vendor: 'acme', region: { env: 'R' } }, [definition], { environment: { R: 'us', ACME_API_KEY: 'k' } })
    expect(create).toHaveBeenLastCalledWith({ apiKey: 'k', region: 'us' })
  })

  test.each([{}, { vendor: 'planted' }, { vendor: 5 }, { vendor: '__proto__' }])(
    'names the known vendors for %j',
    (config) => {
      expect(refusal(() => open(config, [definition, { ...definition, vendor: 'other' }]))).toMatchObject({
        code: 'configuration',
        message: 'open: option "vendor" must be one of "acme", "other".',
        fields: [{ path: 'vendor' }],
      })
    },
  )

  test('names the only vendor once', () => {
    expect(refusal(() => open({ vendor: 'acm' }, [definition])).message).toBe('open: option "vendor" must be "acme".')
  })

  test.each([null, 'planted', 5, []])('refuses %j', (config) => {
    expect(refusal(() => open(config, [definition])).code).toBe('configuration')
  })

  test('names the account whose option is wrong', () => {
    expect(refusal(() => open({ ...good, region: 'planted' }, [definition], { environment: {} }))).toMatchObject({
      account: 'support',
      fields: [{ path: 'region' }],
    })
  })
})

test.each([
  ['textOption', textOption, ['a'], ['', ' ', 5, null, undefined]],
  ['credentialOption', credentialOption, ['a', () => 'a'], ['', 5, {}]],
  ['flagOption', flagOption, [true, false], ['true', 1, null]],
  ['numberOption', numberOption(2), [2, 2.5], [1, Number.NaN, Infinity, '3']],
  ['a whole numberOption', numberOption(0, true), [0, 3], [0.5, -1]],
  ['patternOption', patternOption(/^a+$/, 'must be a'), ['aa'], ['b', 5]],
  ['optional', optional(textOption), [undefined, 'a'], [null, '']],
])('accepts %s', (_, check, good, bad) => {
  for (const value of good) expect(check(value)).toBeUndefined()
  for (const value of bad) expect(check(value)).toMatch(/^must be /)
})

describe('a definition whose own schema declares an option of every adapter', () => {
  const made = (schema: AdapterDefinition<{ token: string; baseUrl?: string }>['configSchema']) => {
    const create = vi.fn((_: { token: string; baseUrl?: string }) => ({ vendor: 'own', account: 'a' }) as Adapter)
    return { create, definition: { vendor: 'own', label: 'Own', configSchema: schema, env: {}, create } }
  }
  const address: OptionCheck = (value) =>
    typeof value === 'string' && value.startsWith('https:') ? undefined : 'must be https'
  const config = { vendor: 'own', token: 't', baseUrl: 'https://own.test', timeout: 5_000, maxRetries: 1 }
  const given = { token: 't', baseUrl: 'https://own.test', timeout: 5_000, maxRetries: 1 }

  test.each([
    ['requires it', optionSchema<{ token: string; baseUrl?: string }>({ token: textOption, baseUrl: address })],
    [
      'may have it',
      optionSchema<{ token: string; baseUrl?: string }>({ token: textOption, baseUrl: optional(address) }),
    ],
    ['has it strictly, of zod', z.strictObject({ token: z.string(), baseUrl: z.string() })],
    [
      'has a default for it, of zod',
      z.object({ token: z.string(), baseUrl: z.string().default('https://default.test') }),
    ],
  ])('that %s can be opened', (_, schema) => {
    const { create, definition } = made(schema as never)
    open(config, [definition], { environment: {} })
    expect(create).toHaveBeenCalledWith(given)
  })

  test.each([
    [
      'is missing',
      optionSchema<{ token: string; baseUrl?: string }>({ token: textOption, baseUrl: address }),
      undefined,
    ],
    [
      'is wrong for it alone',
      optionSchema<{ token: string; baseUrl?: string }>({ token: textOption, baseUrl: optional(address) }),
      'http://own.test',
    ],
    [
      'is wrong for all',
      optionSchema<{ token: string; baseUrl?: string }>({ token: textOption, baseUrl: address }),
      'planted',
    ],
  ])('names the option once if it %s', (_, schema, baseUrl) => {
    const error = refusal(() => open({ ...config, baseUrl }, [made(schema).definition], { environment: {} }))
    expect(error.fields).toMatchObject([{ path: 'baseUrl' }])
  })
})
