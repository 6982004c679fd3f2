import type { AdapterDefinition } from '@parley/core'
import * as definitions from './definitions.ts'

/** Every vendor that a configuration can name, in the order of the alphabet. */
// biome-ignore lint/suspicious/noExplicitAny: adapters with different options have no narrower type
export const vendors: readonly AdapterDefinition<any>[] = Object.values(definitions).toSorted((one, other) =>
  one.vendor < other.vendor ? -1 : 1,
)

export const definitionOf = (vendor: string): AdapterDefinition | undefined =>
  vendors.find((definition) => definition.vendor === vendor)
