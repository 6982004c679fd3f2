import { Ajv2020 } from 'ajv/dist/2020.js'
import fc from 'fast-check'
import { afterAll, expect, it } from 'vitest'
import { chats, one, openHarness, path, secrets, two } from './harness.ts'
import { type Schema, valuesOf } from './json-arbitrary.ts'

interface Operation {
  operationId: string
  security?: []
  parameters?: {
    name: string
    in: 'path' | 'query' | 'header'
    required: boolean
    description?: string
    schema: Schema
  }[]
  requestBody?: { content: { 'application/json': { schema: Schema } } }
  responses: Record<string, { content?: Record<string, { schema: Schema }> }>
}

const harness = await openHarness()
afterAll(() => harness.close())
const answer = await harness.send('/v1/openapi.json')
const description = (await answer.json()) as {
  openapi: string
  paths: Record<string, Record<string, Operation>>
  components: { schemas: Record<string, Schema> }
}
const { components } = description
const ajv = new Ajv2020({ strict: false, validateFormats: false })
ajv.addSchema({ $id: 'description', ...description })

const known = [
  ...[one, two, ...chats.map(({ ref }) => ref), ...harness.sends.map(({ id }) => id)],
  ...[one, two].flatMap((account) =>
    [
      'agent/a1',
      'contact/p1',
      'message/m0',
      'message/m1',
      'attachment/f1',
      'knowledge/k1',
      'suggestion/s1',
      'action/x1',
    ].map((rest) => `${account}/${rest}`),
  ),
]

const operations = Object.entries(description.paths).flatMap(([at, methods]) =>
  Object.entries(methods).map(([method, operation]) => [operation.operationId, method, at, operation] as const),
)
const cases = Number(process.env['PARLEY_FUZZ_CASES'] ?? 12)

const isSchemaOf = (pointer: string) => {
  const found = ajv.getSchema(`description#${pointer}`)
  if (!found) throw new Error(`No schema at ${pointer}`)
  return found
}
const pointerTo = (...steps: string[]) =>
  `/${steps.map((step) => encodeURIComponent(step.replaceAll('~', '~0').replaceAll('/', '~1'))).join('/')}`

it('has a description for each parameter and each field of what the desk gives', () => {
  const parameters = operations.flatMap(([id, , , { parameters = [] }]) =>
    parameters.flatMap(({ name, description }) => (description ? [] : [`${id} ${name}`])),
  )
  expect(parameters).toEqual([])
  const qualityNames = ['Quality', 'QualityCounts', 'FirstAnswers', 'HandOffs', 'QualityPeriod', 'AgentAnswers']
  const named = [
    'DeskConversation',
    'Send',
    'CommandResult',
    'Change',
    'Problem',
    'DeskFilter',
    'AuditEntry',
    ...qualityNames,
  ]
  const fields = named.flatMap((name) =>
    Object.entries(components.schemas[name]?.['properties'] as Record<string, Schema>).flatMap(([field, schema]) =>
      schema['description'] ? [] : [`${name}.${field}`],
    ),
  )
  expect(fields).toEqual([])
  const all = Object.values(components.schemas).flatMap((schema) =>
    Object.values((schema['properties'] ?? {}) as object),
  )
  expect(all.filter(({ description }) => description).length / all.length).toBeGreaterThan(0.6)
})

it('is described in OpenAPI 3.1', () => {
  expect(description.openapi).toBe('3.1.0')
  expect(operations.length).toBeGreaterThan(80)
})

it.each(operations.filter(([id, , , { security }]) => id !== 'events' && !security))(
  '%s answers any request in the form that its description states',
  async (id, method, at, operation) => {
    const { parameters = [], requestBody, responses } = operation
    const shape = Object.fromEntries(
      parameters.map(({ name, schema }) => [name, valuesOf(schema, components.schemas, known)]),
    )
    const required = parameters.flatMap(({ name, required }) => (required ? [name] : []))
    const request = fc.record({
      params: fc.record(shape, { requiredKeys: required }),
      framing: fc.constantFrom(...(requestBody ? (['length', 'chunked'] as const) : (['length', 'none'] as const))),
      token: fc.constantFrom(...(['reader', 'operator', 'admin', 'elsewhere'] as const)),
      body: requestBody
        ? valuesOf(requestBody.content['application/json'].schema, components.schemas, known)
        : fc.constant(undefined),
    })
    await fc.assert(
      fc.asyncProperty(request, async ({ params, framing, token, body }) => {
        const values = new Map(Object.entries(params))
        const query = new URLSearchParams()
        const headers = new Headers({ authorization: `Bearer ${secrets[token]}`, 'content-type': 'application/json' })
        for (const { name, in: place } of parameters) {
          const value = values.get(name)
          if (value === undefined) continue
          if (place === 'query') for (const one of [value].flat()) query.append(name, wordOf(one))
          if (place === 'header') headers.set(name, wordOf(value).replaceAll(/[^\x20-\x7e]/g, '?'))
        }
        const pathname = at.replaceAll(/\{(\w+)\}/g, (_, name: string) => path(wordOf(values.get(name)) || '-'))
        const response = await harness.send(`${pathname}?${query}`, {
          method: method.toUpperCase(),
          headers: Object.fromEntries(headers),
          framing,
          ...(body !== undefined && { body: JSON.stringify(body) }),
        })
        const text = await response.text()
        const type = response.headers.get('content-type') ?? ''
        if (response.status === 500 || response.status > 504)
          throw new Error(`${id} failed with ${response.status}: ${text}`)
        if (response.status >= 400) {
          expect(type).toBe('application/problem+json')
          conforms(pointerTo('components', 'schemas', 'Problem'), text)
        } else if (response.status !== 204 && type === 'application/json') {
          expect(responses['200']).toBeDefined()
          conforms(pointerTo('paths', at, method, 'responses', '200', 'content', 'application/json', 'schema'), text)
        }
        // What is written with the token of another account may have any text, so only its reads are looked at.
        if (token === 'elsewhere' && method === 'get' && response.status < 400) expect(text).not.toContain(`${one}/`)
      }),
      { numRuns: cases },
    )
  },
)

const wordOf = (value: unknown): string =>
  (typeof value === 'string' ? value : (JSON.stringify(value) ?? '')).replaceAll(/\p{Surrogate}/gu, '?')

function conforms(pointer: string, text: string): void {
  const isRight = isSchemaOf(pointer)
  if (!isRight(JSON.parse(text)))
    throw new Error(`${pointer}: ${JSON.stringify(isRight.errors)} in ${text.slice(0, 500)}`)
}
