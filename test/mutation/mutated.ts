/** What turns a vendor's answer into ours: where a silent mistake costs most, and no compiler can see it. */
const adapter = (name: string): string[] => [
  `packages/${name}/src/read/*.ts`,
  `packages/${name}/src/{vocabulary,protocol,sent}.ts`,
]

/** The files that are mutated, by package. */
export const mutated: Readonly<Record<string, readonly string[]>> = {
  core: [
    'packages/core/src/{read,errors,paging,sending}/**/*.ts',
    'packages/core/src/transport/{failure,limit-headers}.ts',
    '!packages/core/src/**/index.ts',
  ],
  leadconnector: [
    ...adapter('leadconnector'),
    // An action and an agent are mapped in both directions, and here is the way back.
    'packages/leadconnector/src/agents/*.ts',
  ],
  livechatai: adapter('livechatai'),
  'agent-conversation': adapter('agent-conversation'),
}
