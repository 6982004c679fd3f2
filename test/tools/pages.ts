import { readFileSync } from 'node:fs'
import { agentManifestJsonSchema } from '@parley/swap'
import { apiPage } from './api.ts'
import { configSchema } from './config-schema.ts'
import { fieldDescriptions } from './descriptions.ts'
import { deskMethods, filterFields } from './desk-tables.ts'
import { capabilityPage } from './matrix.ts'
import { portabilityPages } from './portability.ts'
import { clientTypes, routesPage } from './server.ts'

const root = new URL('../../', import.meta.url)

/** The generated pages: their paths and their content. */
export const pages = async (): Promise<{ path: URL; content: string }[]> => [
  { path: new URL('docs/capabilities.md', root), content: await capabilityPage() },
  { path: new URL('docs/api.md', root), content: await apiPage() },
  { path: new URL('docs/server-routes.md', root), content: routesPage() },
  {
    path: new URL('packages/swap/generated/agent-manifest.schema.json', root),
    content: `${JSON.stringify(agentManifestJsonSchema(), null, 2)}\n`,
  },
  { path: new URL('packages/server/src/generated/descriptions.ts', root), content: fieldDescriptions() },
  { path: new URL('packages/server/src/generated/paths.ts', root), content: await clientTypes() },
  { path: new URL('packages/cli/config.schema.json', root), content: configSchema() },
  pageOf('docs/desk.md', (text) =>
    [
      { name: 'filter', content: filterFields() },
      { name: 'methods', content: deskMethods() },
    ].reduce(
      (page, { name, content }) =>
        between(page, `<!-- generated: ${name} -->`, `<!-- /generated: ${name} -->`, content),
      text,
    ),
  ),
  pageWithSource('docs/writing-an-adapter.md', 'docs/examples/acme.ts'),
  pageWithSource('docs/webhooks.md', 'docs/examples/postgres-replay-store.ts'),
  ...(await portabilityPages()).map(({ path, content }) => ({ path: new URL(path, root), content })),
]

const read = (path: string): string => readFileSync(new URL(path, root), 'utf8')

const pageOf = (path: string, write: (text: string) => string): { path: URL; content: string } => ({
  path: new URL(path, root),
  content: write(read(path)),
})

const pageWithSource = (path: string, source: string): { path: URL; content: string } =>
  pageOf(path, (text) => between(text, `<!-- source: ${source} -->`, '<!-- /source -->', sourceOf(source)))

const sourceOf = (path: string): string => `\`\`\`ts\n${read(path).trimEnd()}\n\`\`\``

/** A page with generated content between two marks. */
function between(text: string, start: string, end: string, content: string): string {
  const from = text.indexOf(start)
  const to = text.indexOf(end)
  if (from < 0 || to < from) throw new Error(`A page has lost its marks ${start} and ${end}.`)
  return `${text.slice(0, from + start.length)}\n\n${content}\n\n${text.slice(to)}`
}
