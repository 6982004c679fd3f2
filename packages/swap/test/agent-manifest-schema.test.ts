import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { agentManifestJsonSchema, parseAgentManifest } from '../src/index.ts'

interface Schema {
  type?: string | string[]
  properties?: Record<string, Schema>
  required?: string[]
  additionalProperties?: boolean
  oneOf?: Schema[]
  anyOf?: Schema[]
  items?: Schema
}

const published = JSON.parse(
  readFileSync(new URL('../generated/agent-manifest.schema.json', import.meta.url), 'utf8'),
) as Schema & Record<string, unknown>

it('the published JSON Schema is that of the code', () => {
  expect(published).toEqual(agentManifestJsonSchema())
  expect(published).toMatchObject({
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $id: expect.stringMatching(/agent-manifest\/1\.json$/),
    title: expect.any(String),
    required: ['parley', 'version'],
  })
})

it('every object in the JSON Schema refuses unknown fields, as the library does', () => {
  const open: Schema[] = []
  const walk = (schema: Schema) => {
    if (schema.type === 'object' && schema.additionalProperties !== false) open.push(schema)
    const parts = [...Object.values(schema.properties ?? {}), ...(schema.oneOf ?? []), ...(schema.anyOf ?? [])]
    for (const part of schema.items ? [...parts, schema.items] : parts) walk(part)
  }
  walk(published)
  expect(open).toEqual([])
  expect(() => parseAgentManifest({ parley: 'agent', version: 1, other: 1 })).toThrow('other is no field')
})
