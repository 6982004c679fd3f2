import * as z from 'zod'
import type { Route } from './route.ts'
import { named, problem } from './schemas.ts'

type Json = Record<string, unknown>

/** The OpenAPI 3.1 description of the routes. */
export function describeRoutes(routes: readonly Route[], serverUrl?: string): Json {
  const components: Json = {}
  const refTo = (id: string): Json => ({ $ref: `#/components/schemas/${id}` })

  /** The JSON schema. What has a name is put into the components. */
  function schemaOf(schema: z.core.$ZodType, io: 'input' | 'output'): Json {
    const id = named.get(schema)?.id
    if (id !== undefined && id in components) return refTo(id)
    const {
      $schema: _,
      $defs = {},
      ...rest
    } = z.toJSONSchema(schema, {
      metadata: named,
      unrepresentable: 'any',
      io,
      override: ({ jsonSchema }) => {
        // No answer has the payloads of vendors.
        if (jsonSchema.properties && 'ref' in jsonSchema.properties) delete jsonSchema.properties['raw']
      },
    })
    Object.assign(components, moved($defs))
    if (id === undefined) return moved(rest)
    components[id] ??= moved(rest)
    return refTo(id)
  }

  const paths: Record<string, Json> = {}
  for (const route of routes) {
    const { path, method, id, summary, role, body, result, answers, takesKey } = route
    const parameters = [
      ...Object.entries(route.params).map(([name, schema]) => ({
        ...{ name, in: 'path', required: true, schema: schemaOf(schema, 'input') },
      })),
      ...Object.entries(route.query).map(([name, schema]) => ({
        ...{ name, in: 'query', required: !isOptional(schema), schema: schemaOf(inner(schema), 'input') },
      })),
      ...(takesKey ? [keyHeader] : []),
      ...(answers === 'text/event-stream' ? [lastEventId] : []),
    ]
    const [group, verb] = id.split('.')
    paths[path] ??= {}
    ;(paths[path] as Json)[method] = {
      operationId: id,
      summary,
      description: `For callers with the role ${role}.`,
      tags: [verb !== undefined ? group : method === 'post' ? 'commands' : 'reading'],
      ...(parameters.length > 0 && { parameters }),
      ...(body && {
        requestBody: { required: true, content: { 'application/json': { schema: schemaOf(body, 'input') } } },
      }),
      responses: {
        ...(result
          ? { 200: { description: 'Done.', content: { 'application/json': { schema: schemaOf(result, 'output') } } } }
          : answers
            ? { 200: { description: 'Done.', content: { [answers]: { schema: { type: 'string' } } } } }
            : { 204: { description: 'Done.' } }),
        default: {
          description: 'It failed.',
          content: { 'application/problem+json': { schema: schemaOf(problem, 'output') } },
        },
      },
    }
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Parley',
      version: '1',
      description: 'Conversations of every chatbot vendor, and what people do in them.',
    },
    ...(serverUrl !== undefined && { servers: [{ url: serverUrl }] }),
    security: [{ token: [] }, { session: [] }],
    paths,
    components: {
      schemas: Object.fromEntries(Object.entries(components).sort(([a], [b]) => (a < b ? -1 : 1))),
      securitySchemes: {
        token: { type: 'http', scheme: 'bearer' },
        session: { type: 'apiKey', in: 'cookie', name: 'parley' },
      },
    },
  }
}

const keyHeader = {
  name: 'Idempotency-Key',
  in: 'header',
  required: false,
  description: 'Makes repeating the request safe: a second one with the same key returns the first send.',
  schema: { type: 'string', minLength: 1, maxLength: 200 },
}

const lastEventId = {
  name: 'Last-Event-ID',
  in: 'header',
  required: false,
  description: 'The id of the last event that was received.',
  schema: { type: 'string' },
}

const isOptional = (schema: z.core.$ZodType): boolean => schema._zod.def.type === 'optional'

/** The schema of the value itself, where it may be missing. */
export const inner = (schema: z.core.$ZodType): z.core.$ZodType =>
  isOptional(schema) ? (schema._zod.def as z.core.$ZodOptionalDef).innerType : schema

/** With the references as they are in a description. */
const moved = <T>(value: T): T =>
  JSON.parse(
    JSON.stringify(value)
      .replaceAll('"#/$defs/', '"#/components/schemas/')
      .replaceAll(/"id":"[A-Z]\w*",?/g, ''),
  ) as T
