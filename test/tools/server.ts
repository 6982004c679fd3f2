import openapi, { astToString } from 'openapi-typescript'
import ts from 'typescript'
import { describeRoutes } from '../../packages/server/src/describe.ts'
import { routes } from '../../packages/server/src/routes/index.ts'
import { fieldTexts } from './descriptions.ts'

interface Operation {
  operationId: string
  summary: string
  description: string
  tags: string[]
  parameters?: { name: string; in: string; required: boolean }[]
  requestBody?: object
  /** Of a path for which nobody has to be signed in. */
  security?: []
}

/** The types of the client, from the description of the server. */
export async function clientTypes(): Promise<string> {
  const nodes = await openapi(describeRoutes(routes, undefined, fieldTexts()) as never, {
    alphabetize: true,
    // TypeScript refuses a type in an interface that is made of itself.
    transform: (_, { path }) =>
      path?.endsWith('/schemas/JsonValue') ? ts.factory.createTypeReferenceNode('JsonValue') : undefined,
  })
  return `// Generated from the description of the server: pnpm generate.

import type { JsonValue } from '@parley/core'

${astToString(nodes)}`
}

/** The page that lists the routes of the server. */
export function routesPage(): string {
  const { paths } = describeRoutes(routes) as { paths: Record<string, Record<string, Operation>> }
  const groups = new Map<string, string[]>()
  for (const [path, methods] of Object.entries(paths))
    for (const [method, operation] of Object.entries(methods)) {
      if (operation.security) continue
      const { tags, parameters = [], requestBody, summary } = operation
      const route = routes.find(({ id }) => id === operation.operationId)
      const query = parameters
        .filter((one) => one.in !== 'path')
        .map(({ name, required }) => `\`${name}\`${required ? '' : '?'}`)
      const takes = [...query, ...(requestBody ? ['a body'] : [])].join(', ')
      const group = tags[0] ?? ''
      const row = `| \`${method.toUpperCase()} ${path}\` | ${summary} | ${route?.role ?? ''} | ${takes} |`
      groups.set(group, [...(groups.get(group) ?? []), row])
    }
  const tables = [...groups].map(
    ([group, rows]) =>
      `## ${group}\n\n| Route | What it does | Role | Takes |\n| --- | --- | --- | --- |\n${rows.join('\n')}\n`,
  )
  return `<!-- Generated: pnpm generate -->

# The routes of the server

What each route takes and answers in detail is in its OpenAPI 3.1 description, which a server gives under
\`/v1/openapi.json\`. [Server](server.md) explains how to use them.

A ref in a path is one part of it, so it is percent-encoded: \`/v1/conversations/acme%3Ashop%2Fconversation%2F1\`.

${tables.join('\n')}`
}
