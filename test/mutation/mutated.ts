import { vendorNames } from '../vendors.ts'

/** What turns a vendor's answer into ours: where a silent mistake costs most, and no compiler can see it. */
const adapter = (name: string): string[] => [
  `packages/${name}/src/read/*.ts`,
  `packages/${name}/src/{vocabulary,protocol,sent}.ts`,
  // Where agents are written by more than one file, their actions are mapped in both directions.
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
