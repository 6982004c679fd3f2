import { globSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'
import { describeRoutes } from '../../packages/server/src/describe.ts'
import type { FieldTexts } from '../../packages/server/src/descriptions.ts'
import { routes } from '../../packages/server/src/routes/index.ts'
import { interfacesOf, sentenceOf } from './api-operations.ts'

const root = new URL('../../', import.meta.url)
const sources = [
  ...globSync('packages/core/src/model/*.ts', { cwd: fileURLToPath(root) }),
  ...[
    'core/src/contract/warning',
    'inbox/src/inbox',
    'inbox/src/synced',
    'inbox/src/desk/desk',
    'inbox/src/desk/desk-conversation',
    'inbox/src/desk/quality',
  ].map((path) => `packages/${path}.ts`),
].sort()

/** The docstrings of the fields that the description of the server has, by the name of the schema. */
export function fieldTexts(): FieldTexts {
  const { components } = describeRoutes(routes) as { components: { schemas: object } }
  const found = new Map<string, Record<string, string>>()
  for (const source of sources)
    for (const [name, declaration] of interfacesOf(new URL(source, root))) {
      if (name !== 'Entity' && !(name in components.schemas)) continue
      const fields = [...declaration.members].filter(ts.isPropertySignature).flatMap((field): [string, string][] => {
        const text = sentenceOf(field).replaceAll('\\|', '|')
        return text ? [[field.name.getText(), text]] : []
      })
      found.set(name, Object.fromEntries(fields))
    }
  return Object.fromEntries([...found].sort(([a], [b]) => (a < b ? -1 : 1)))
}

/** The same as a module of the server. */
export const fieldDescriptions = (): string => `// Generated from the docstrings of the library: pnpm generate.

import type { FieldTexts } from '../descriptions.ts'

export const descriptions: FieldTexts = ${JSON.stringify(fieldTexts(), null, 2)}
`
