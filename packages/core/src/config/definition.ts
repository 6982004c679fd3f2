import type { StandardSchemaV1 } from '@standard-schema/spec'
import type { Adapter } from '../contract/adapter.ts'
import type { RuntimeOptions } from '../transport/transport.ts'

/**
 * What an adapter's package exports beside its factory, so that configuration can choose the vendor.
 *
 * @typeParam Config what a configuration file may say.
 */
export interface AdapterDefinition<Config extends object = object, A extends Adapter = Adapter> {
  /** What `vendor` in a configuration must be. */
  readonly vendor: string
  /** The vendor's name for people. */
  readonly label: string
  /**
   * Checks the vendor's own options; core checks those that every adapter has. Any library that speaks Standard Schema
   * can make one.
   */
  readonly configSchema: StandardSchemaV1<unknown, Config>
  /** The environment variable that an option is read from when it is not given. */
  readonly env: { readonly [Option in keyof Config]?: string }
  create(options: Config & RuntimeOptions): A
}
