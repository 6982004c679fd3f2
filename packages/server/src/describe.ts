import * as z from 'zod'
import { common, type FieldTexts, parameters } from './descriptions.ts'
import { descriptions } from './generated/descriptions.ts'
import type { Route } from './route.ts'
import { named, problem } from './schemas.ts'

type Json = Record<string, unknown>

/** The OpenAPI 3.1 description of the routes. */
export function describeRoutes(routes: readonly Route[], serverUrl?: string, texts: FieldTexts = descriptions): Json {
  const components: Json = { ...json }
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
      override: ({ zodSchema, jsonSchema }) => {
        const text = z.globalRegistry.get(zodSchema)?.description
        if (text !== undefined) jsonSchema.description = text
        // A check of its own does not say what it takes, so it is tried.
        if (zodSchema._zod.def.type === 'custom' && !named.has(zodSchema) && z.safeParse(zodSchema, {}).success)
          jsonSchema.$ref = `#/$defs/${z.safeParse(zodSchema, '').success ? 'JsonValue' : 'JsonObject'}`
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
        ...{
          name,
          in: 'path',
          required: true,
          description: parameterText(name, texts),
          schema: schemaOf(schema, 'input'),
        },
      })),
      ...Object.entries(route.query).map(([name, schema]) => ({
        ...{ name, in: 'query', required: !isOptional(schema), description: parameterText(name, texts) },
        schema: schemaOf(inner(schema), 'input'),
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
            ? {
                200: {
                  description: answerTexts[answers] ?? 'Done.',
                  content: { [answers]: { schema: { type: 'string' } } },
                },
              }
            : { 204: { description: 'Done.' } }),
        default: {
          description: 'It failed.',
          content: { 'application/problem+json': { schema: schemaOf(problem, 'output') } },
        },
      },
    }
  }
  for (const [id, schema] of Object.entries(components)) {
    const { properties = {} } = schema as { properties?: Record<string, Json> }
    for (const [name, property] of Object.entries(properties)) {
      const text = texts[id]?.[name] ?? texts['Entity']?.[name] ?? common[name]
      if (text !== undefined) property['description'] ??= text
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
    paths: { ...paths, ...publicPaths },
    components: {
      schemas: Object.fromEntries(Object.entries(components).sort(([a], [b]) => (a < b ? -1 : 1))),
      securitySchemes: {
        token: { type: 'http', scheme: 'bearer' },
        session: { type: 'apiKey', in: 'cookie', name: 'parley' },
      },
    },
  }
}

/** What a parameter means. */
const parameterText = (name: string, texts: FieldTexts = descriptions): string | undefined =>
  parameters[name] ?? texts['DeskFilter']?.[name] ?? common[name]

/** Any JSON, as the schemas of the models have it without saying so. */
const json: Json = {
  JsonValue: {
    anyOf: [
      ...['string', 'number', 'boolean', 'null'].map((type) => ({ type })),
      { type: 'array', items: { $ref: '#/components/schemas/JsonValue' } },
      { $ref: '#/components/schemas/JsonObject' },
    ],
  },
  JsonObject: { type: 'object', additionalProperties: { $ref: '#/components/schemas/JsonValue' } },
}

const secretOfLink = {
  ...{ name: 'secret', in: 'path', required: true, description: 'The secret of the link.' },
  schema: { type: 'string' },
}
const isUp = { description: 'It works.', content: { 'application/json': { schema: { type: 'object' } } } }
const page = (description: string): Json => ({
  description,
  content: { 'text/html': { schema: { type: 'string' } } },
})

/** What is answered without a token or a session. */
const publicPaths: Json = {
  '/health/live': {
    get: {
      ...{ operationId: 'health.live', summary: 'The process answers.', tags: ['health'], security: [] },
      responses: { 200: isUp },
    },
  },
  '/health/ready': {
    get: {
      ...{ operationId: 'health.ready', summary: 'The database answers.', tags: ['health'], security: [] },
      responses: { 200: isUp, 503: { description: 'The database does not answer.' } },
    },
  },
  '/sign-in/{secret}': {
    get: {
      ...{ operationId: 'signIn.show', summary: 'The page of a sign-in link. It uses nothing up.', tags: ['sign-in'] },
      ...{ security: [], parameters: [secretOfLink], responses: { 200: page('A page with a button.') } },
    },
    post: {
      ...{
        operationId: 'signIn.use',
        summary: 'Uses a sign-in link up and sets the cookie of a session.',
        tags: ['sign-in'],
      },
      description: 'The request needs the header `Origin` of the server, which browsers send by themselves.',
      ...{ security: [], parameters: [secretOfLink] },
      responses: {
        303: { description: 'Signed in. The cookie is set. The address is that of the page, or else `/v1/session`.' },
        403: page('The link was used before or has expired, or the request comes from another site.'),
        429: { description: 'Too many attempts with links that do not exist.' },
      },
    },
  },
  '/webhooks/{account}': {
    post: {
      ...{
        operationId: 'webhooks.receive',
        summary: 'Receives a delivery of a vendor.',
        tags: ['webhooks'],
        security: [],
      },
      description: 'The signature of the vendor proves it. Its form is the vendor’s.',
      parameters: [
        {
          ...{ name: 'account', in: 'path', required: true, description: parameterText('account') },
          schema: { type: 'string' },
        },
      ],
      responses: {
        200: { description: 'It is stored, or it was before.' },
        default: { description: 'It was refused. The vendor sends it again, if it can.' },
      },
    },
  },
}

/** What an answer that is not JSON has. */
const answerTexts: Readonly<Record<string, string>> = {
  'text/event-stream':
    'Events. `ready`: from here on. `changes`: an array of `Change`. `reset`: changes were missed, read the lists again. The id of each is a cursor.',
  'application/x-ndjson': 'A JSON object in each line.',
  'text/csv': 'A table with a line of names, as in RFC 4180.',
  'application/octet-stream': 'The bytes.',
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
