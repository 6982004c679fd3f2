import { vendorNames } from '../vendors.ts'

/**
 * The code that maps a vendor's responses to the models: a silent mistake there costs most, and no compiler detects it.
 */
const adapter = (name: string): string[] => [
  `packages/${name}/src/read/*.ts`,
  `packages/${name}/src/{vocabulary,protocol,sent}.ts`,
  // If several files write agents, their actions are mapped in both directions.
  `packages/${name}/src/agents/*.ts`,
]

/** The files that are mutated, by package. */
export const mutated: Readonly<Record<string, readonly string[]>> = {
  core: [
    'packages/core/src/{read,errors,paging,sending}/**/*.ts',
    'packages/core/src/transport/{failure,limit-headers}.ts',
    '!packages/core/src/**/index.ts',
  ],
  ...Object.fromEntries(vendorNames.map((name) => [name, adapter(name)])),
}
