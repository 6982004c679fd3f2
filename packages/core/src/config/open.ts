import type { StandardSchemaV1 } from '@standard-schema/spec'
import type { Adapter } from '../contract/adapter.ts'
import { ConfigurationError } from '../errors/kinds.ts'
import { isObject } from '../input/check.ts'
import { didYouMean } from '../input/similar.ts'
import type { RuntimeOptions } from '../transport/settings.ts'
import { type Environment, resolveConfig } from './resolve.ts'

/**
 * Creates the adapter that a configuration names, so that you can change the vendor in the configuration.
 *
 * ```ts
 * const desk = open({ vendor: 'livechatai', account: 'support', agentId: 'clx1' }, [liveChatAIDefinition])
 * ```
 *
 * @param config `vendor`, `account` and the vendor's own options. A value may be `{ env: 'NAME' }`. Does no I/O.
 * @param definitions the adapters to choose from.
 * @throws ConfigurationError that names the option and its environment variable.
 */
export function open(
  config: unknown,
  // biome-ignore lint/suspicious/noExplicitAny: a list of adapters with different options has no narrower type
  definitions: readonly AdapterDefinition<any>[],
  runtime: RuntimeOptions & { environment?: Environment } = {},
): Adapter {
  if (!isObject(config)) throw wrong('config', 'must be an object with a "vendor"')
  if (!isObject(runtime)) throw wrong('runtime', 'must be an object')
  if (
    !Array.isArray(definitions) ||
    definitions.length === 0 ||
    !definitions.every((each) => isObject(each) && typeof each['create'] === 'function')
  )
    throw wrong('definitions', 'must be a non-empty list of adapter definitions')
  const { vendor, ...options } = config
  const definition = definitions.find((candidate) => candidate.vendor === vendor)
  if (!definition) {
    const vendors = definitions.map((each): string => each.vendor)
    const names = vendors.map((each) => `"${each}"`).join(', ')
    if (vendors.length === 1) throw wrong('vendor', `must be ${names}`)
    const hint = typeof vendor === 'string' ? didYouMean(vendor, vendors) : ''
    throw wrong('vendor', `must be one of ${names}${hint}`)
  }
  const { environment, ...rest } = runtime
  const account = typeof options['account'] === 'string' ? options['account'] : undefined
  const resolved = resolveConfig<object>(options, { ...definition, account, environment })
  return definition.create({ ...resolved, ...rest })
}

const wrong = (path: string, problem: string): ConfigurationError =>
  new ConfigurationError({
    message: `open: ${path === 'vendor' ? 'option "vendor"' : path} ${problem}.`,
    fields: [{ path, problem }],
  })

/**
 * What an adapter's package exports beside its factory, so that a configuration can choose the vendor.
 *
 * @typeParam Config the options that a configuration file can contain.
 */
export interface AdapterDefinition<Config extends object = object, A extends Adapter = Adapter> {
  /** The value of `vendor` in a configuration. */
  readonly vendor: string
  /** The vendor's display name. */
  readonly label: string
  /**
   * Checks the vendor's own options. Core checks the common ones. Any library that supports Standard Schema can create
   * this schema.
   */
  readonly configSchema: StandardSchemaV1<unknown, Config>
  /** The environment variable that each option is read from when it is not given. */
  readonly env: { readonly [Option in keyof Config]?: string }
  create(options: Config & RuntimeOptions): A
}
