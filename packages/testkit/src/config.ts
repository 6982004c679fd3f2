import { type Adapter, type AdapterDefinition, isParleyError, open, type ParleyError } from '@parley/core'
import { afterEach, describe, expect, it, vi } from 'vitest'

/** An option with a value that is refused, and words of the message besides the option's name. */
type WrongOption = readonly [option: string, value: unknown, words?: string]

interface Subject {
  /** The name of the factory. */
  name: string
  create: (options?: object) => Adapter
  definition: AdapterDefinition<never>
  label: string
  /** The environment variable of each option that has one. */
  env: Readonly<Record<string, string>>
  /** The options that every account needs, as they are given in these tests. */
  required: Readonly<Record<string, string>>
  /** Every option of the vendor's own, as JSON can hold it. The value of a secret is `{ env }`. */
  json: Readonly<Record<string, unknown>>
  environment: Readonly<Record<string, string>>
  wrong: readonly WrongOption[]
  /** A `baseUrl` that is given, and the URL that requests then begin with. */
  baseUrls: readonly (readonly [given: string, base: string])[]
  /** One request that reads one entity: its path below the base, the answer, and the part of it that is the payload. */
  read: {
    path: string
    answer: unknown
    payload: unknown
    call: (adapter: Adapter) => PromiseLike<{ raw?: unknown }>
  }
}

const wrongForEveryVendor: readonly WrongOption[] = [
  ['account', ''],
  ['baseUrl', 'api.vendor.example', 'must be an http or https URL'],
  ['baseUrl', 'ftp://api.vendor.example', 'must be an http or https URL'],
  ['baseUrl', 'https://user:planted@api.vendor.example'],
  ['baseUrl', 'https://api.vendor.example/path?x=1'],
  ['timeout', -1],
  ['timeout', 0, 'must be a number of at least 1'],
  ['attemptTimeout', 0],
  ['maxRetries', 1.5],
  ['maxRetryAfter', -1],
  ['maxResponseBytes', 0],
  ['rate', true],
  ['raw', 'no'],
]

/** How an account is configured: from options, the environment and JSON, and what is refused. */
export function configSuite(subject: Subject): void {
  const { name, create, definition, label, env, required, json, environment, wrong, baseUrls, read } = subject

  afterEach(() => vi.unstubAllEnvs())

  describe(`the configuration of ${name}`, () => {
    it('names every missing option and the environment variable that it can come from', () => {
      for (const variable of Object.values(env)) vi.stubEnv(variable, '')
      const { message, fields } = problemOf(() => create())
      for (const option of Object.keys(required)) {
        expect(message).toContain(`"${option}" is missing`)
        expect(message).toContain(env[option])
      }
      expect(fields?.map(({ path }) => path)).toEqual(Object.keys(required))
    })

    it.each(Object.keys(required))('is refused without the option %s', (option) => {
      vi.stubEnv(env[option] as string, '')
      const { [option]: _, ...others } = required
      expect(problemOf(() => create(others))).toMatchObject({
        fields: [{ path: option }],
        message: expect.stringContaining(env[option] as string),
      })
    })

    it('can come from the environment', () => {
      for (const [option, value] of Object.entries(required)) vi.stubEnv(env[option] as string, value)
      expect(create()).toMatchObject({ vendor: definition.vendor, account: 'default' })
    })

    const refused = [...wrongForEveryVendor, ...wrong].map(([option, value, words = '']) => ({ option, value, words }))

    it.each(refused)('is refused with the wrong option $option: $value', ({ option, value, words }) => {
      const { message, fields } = problemOf(() => create({ ...required, [option]: value }))
      expect(message).toContain(`option "${option}`)
      expect(message).toContain(words)
      expect(fields).toMatchObject([{ path: expect.stringMatching(`^${option}`) }])
      expect(message + JSON.stringify(fields)).not.toMatch(/Invalid input|planted/)
    })

    it('names an option that does not exist, and the one that was probably meant', () => {
      const [option] = Object.keys(required) as [string]
      const misspelled = option.toUpperCase()
      expect(problemOf(() => create({ ...required, [misspelled]: 'x', unlike: 'x' })).message).toBe(
        `${definition.vendor}: there is no option "${misspelled}" (did you mean "${option}"?). there is no option "unlike".`,
      )
    })

    it('can be opened from plain JSON', () => {
      const shared = { timeout: 30_000, rate: { requests: 5, perMs: 1_000 }, maxRetries: 0, raw: false }
      const config = { vendor: definition.vendor, account: 'shop', ...json, ...shared }
      const adapter = open(JSON.parse(JSON.stringify(config)), [definition as never], { environment })
      expect(adapter).toMatchObject({ vendor: definition.vendor, account: 'shop' })
    })

    it('is described by the definition', () => {
      expect(definition).toMatchObject({ label, env })
    })
  })

  describe(`an account of ${name}`, () => {
    /** Reads with these options, and returns the URL of the request too. */
    async function readWith(options: object): Promise<{ entity: { raw?: unknown }; url: string | undefined }> {
      const urls: string[] = []
      const fetch: typeof globalThis.fetch = async (input) => {
        urls.push((input as Request).url)
        return Response.json(read.answer)
      }
      const entity = await read.call(create({ ...required, fetch, ...options }))
      return { entity, url: urls[0] }
    }

    it.each(baseUrls)('with the base URL %s sends its requests to %s', async (baseUrl, base) => {
      expect((await readWith({ baseUrl })).url).toBe(base + read.path)
    })

    it('keeps the vendor’s payload only if `raw` is true', async () => {
      expect((await readWith({ raw: true })).entity.raw).toStrictEqual(read.payload)
      expect((await readWith({ raw: false })).entity).not.toHaveProperty('raw')
      expect((await readWith({})).entity).not.toHaveProperty('raw')
    })
  })
}

function problemOf(work: () => unknown): ParleyError {
  try {
    work()
  } catch (error) {
    if (isParleyError(error) && error.code === 'configuration') return error
    throw error
  }
  throw new Error('the configuration was accepted')
}
