/** What turns a vendor's answer into ours: where a silent mistake costs most, and no compiler can see it. */
const adapter = (name: string): string[] => [
  `packages/${name}/src/**/map/**/*.ts`,
  `packages/${name}/src/**/read/**/*.ts`,
  `packages/${name}/src/**/*-{problem,protocol,unwrap,page,sent,thread}.ts`,
  `!packages/${name}/src/**/index.ts`,
]

/** The files that are mutated, by package. */
export const mutated: Readonly<Record<string, readonly string[]>> = {
  core: [
    'packages/core/src/{read,errors,paging,sending}/**/*.ts',
    'packages/core/src/transport/{answer,failure,outcome,quotes,redact,retry-after}.ts',
    '!packages/core/src/**/index.ts',
  ],
  leadconnector: [
    ...adapter('leadconnector'),
    // An action and an agent are mapped in both directions, and here is the way back.
    'packages/leadconnector/src/agents/leadconnector-{action-{field,parts,kinds,write,rules},follow-up-parts}.ts',
    'packages/leadconnector/src/agents/leadconnector-{duration,agent-body,working-hours-body}.ts',
  ],
  livechatai: adapter('livechatai'),
  'agent-conversation': adapter('agent-conversation'),
}
