import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { StandardSchemaV1 } from '@standard-schema/spec'
import { describe, expect, expectTypeOf, test } from 'vitest'
import type { Agent, Event } from '../src/index.ts'
import { maybe, object, optional, schemaOf, text } from '../src/model/schema-kit.ts'
import { assertModel, type ModelKind, parseModel, schemas } from '../src/schema.ts'
import { failure } from './helpers/acme.ts'
import * as models from './helpers/models.ts'

const kinds = Object.keys(schemas) as ModelKind[]
const { message, conversation, agent, event } = models
const examples: Record<ModelKind, object> = { ...models }

/** One that may be missing, or null. */
const optionalField: Record<ModelKind, string> = {
  agent: 'goal',
  conversation: 'title',
  message: 'html',
  source: 'url',
  contact: 'name',
  attachment: 'url',
  generation: 'input',
  event: 'occurredAt',
  action: 'condition',
  workingHours: 'autoReply',
  knowledge: 'title',
  suggestion: 'reason',
  webhook: 'description',
  feedback: 'comment',
  operator: 'email',
}

/** One that must be there. */
const requiredField = (kind: ModelKind): string =>
  kind === 'feedback' ? 'id' : kind === 'workingHours' ? 'agentId' : 'vendor'

/** What is wrong with a value: `author.kind must be …`. */
function problems(kind: ModelKind, value: unknown): string[] {
  const result = schemas[kind]['~standard'].validate(value)
  if (result instanceof Promise) throw new Error('asynchronous')
  return (result.issues ?? []).map(({ path, message: problem }) => `${path?.map(String).join('.')} ${problem}`)
}

describe('the schema of a model', () => {
  test.each(kinds)('accepts a complete %s and returns it unchanged', (kind) => {
    expect(problems(kind, examples[kind])).toEqual([])
    expect(parseModel(kind, examples[kind])).toEqual(examples[kind])
    expect(parseModel(kind, JSON.parse(JSON.stringify(examples[kind])))).toEqual(examples[kind])
  })

  test.each(kinds)('refuses a %s with an additional, a missing or an undefined field', (kind) => {
    expect(problems(kind, { ...examples[kind], shoeSize: 5 })).toEqual([
      expect.stringContaining('has fields that the model does not have: shoeSize'),
    ])
    const required = requiredField(kind)
    const less = Object.entries(examples[kind]).filter(([field]) => field !== required)
    expect(problems(kind, Object.fromEntries(less)).join()).toContain(`${required} `)
    const known = optionalField[kind]
    expect(problems(kind, { ...examples[kind], [known]: undefined }).join()).toContain(`${known} `)
    expect(problems(kind, { ...examples[kind], [known]: null })).toEqual([])
  })

  test.each([null, undefined, 'text', 5, []])('refuses %j', (value) => {
    for (const kind of kinds) expect(problems(kind, value)).not.toEqual([])
  })

  test('accepts any value as `raw`', () => {
    const raw = { when: new Date(0), do: () => {} }
    expect(parseModel('message', { ...message, raw }).raw).toBe(raw)
    expect(parseModel('event', { ...event, raw: undefined })).toHaveProperty('raw', undefined)
  })

  test.each([
    '2026-01-15T10:30:00Z',
    '2026-01-15T10:30:00.000+00:00',
    '2026-02-30T10:30:00.000Z',
    '1768473000',
    '',
    ' 2026-01-15T10:30:00.000Z',
    1_768_473_000_000,
    new Date(0),
  ])('refuses the instant %j', (createdAt) => {
    expect(problems('message', { ...message, createdAt })).toHaveLength(1)
  })

  test('checks an action by its kind', () => {
    expect(problems('action', { ...models.action, kind: 'dance' })).toEqual([
      expect.stringMatching(/^kind must be one of trigger-workflow, .*unknown$/),
    ])
    expect(problems('action', { ...models.action, workflowIds: ['w1'] })).toEqual([
      expect.stringContaining('has fields that the model does not have: workflowIds'),
    ])
    const unknown = { kind: 'unknown', native: 'DANCE', name: null, agentId: 'a1', attributes: { steps: [1, 2] } }
    const { ref, vendor, account, id } = models.action
    expect(problems('action', { ref, vendor, account, id, ...unknown })).toEqual([])
  })

  test('checks an event by its kind', () => {
    const { conversation: _, ...withoutConversation } = { ...event, conversation: conversation.ref }
    expect(problems('event', withoutConversation)).toEqual(['conversation must be a string'])
    expect(problems('event', { ...event, snapshot: models.message })).toEqual([])
    expect(problems('event', { ...event, snapshot: models.contact })).not.toEqual([])
    expect(problems('event', { ...event, kind: 'message.eaten' })).toEqual([
      expect.stringMatching(/^kind must be one of message.created, .*unknown$/),
    ])
    const { vendor, account, dedupeKey } = event
    expect(problems('event', { kind: 'unknown', vendor, account, dedupeKey, native: 'Eaten', raw: { a: 1 } })).toEqual(
      [],
    )
  })

  test('accepts unknown for every term, and no other word outside of the vocabulary', () => {
    expect(problems('message', { ...message, type: { value: 'unknown', native: 'HOLOGRAM' } })).toEqual([])
    expect(problems('message', { ...message, type: { value: 'hologram', native: 'HOLOGRAM' } })).toEqual([
      expect.stringMatching(/^type.value must be one of text, email, .*unknown$/),
    ])
    expect(problems('message', { ...message, type: 'text' })).toEqual(['type must be an object'])
    expect(problems('message', { ...message, type: { value: 'text' } })).toHaveLength(1)
    expect(problems('message', { ...message, type: { value: 'text', native: {} } })).toHaveLength(1)
    expect(problems('agent', { ...agent, channels: [{ value: 'pigeon', native: 1 }] })).toHaveLength(1)
  })

  test.each([
    ['is of another entity', 'acme:main/message/m2'],
    ['is of another kind', 'acme:main/contact/m1'],
    ['is of another account', 'acme:other/message/m1'],
    ['is no ref', 'm1'],
    ['is encoded without need', 'acme:main/message/%6D1'],
  ])('refuses a ref that %s', (_, ref) => {
    expect(problems('message', { ...message, ref })).toEqual([expect.stringMatching(/^ref must (?:be|match)/)])
  })

  test('checks refs to other entities', () => {
    expect(problems('event', { ...event, message: conversation.ref })).toEqual(['message must be the ref of a message'])
    const contact = { ...conversation.contact, ref: conversation.ref }
    expect(problems('conversation', { ...conversation, contact })).toEqual(['contact.ref must be the ref of a contact'])
  })

  test.each([
    ['a date', new Date(0)],
    ['undefined', undefined],
    ['a function', () => {}],
    ['NaN', Number.NaN],
    ['a class', new Map()],
  ])('refuses %s in values that have to be JSON', (_, value) => {
    expect(problems('agent', { ...agent, attributes: { deep: [{ value }] } })).toEqual([
      'attributes must be a JSON object',
    ])
  })

  test('treats a key called __proto__ as data', () => {
    const attributes = JSON.parse('{"__proto__":{"a":1}}') as Agent['attributes']
    expect(JSON.stringify(parseModel('agent', { ...agent, attributes } as Agent).attributes)).toBe(
      '{"__proto__":{"a":1}}',
    )
    expect(problems('agent', JSON.parse(`{"__proto__":{},${JSON.stringify(agent).slice(1)}`))).toHaveLength(1)
  })

  test('refuses a vendor that is no name in lower case, and an empty id', () => {
    for (const vendor of ['', 'Acme', 'a_b', 'a/b']) expect(problems('event', { ...event, vendor })).toHaveLength(1)
    expect(problems('event', { ...event, dedupeKey: '' })).toEqual(['dedupeKey must be a non-empty string'])
  })
})

describe('parseModel', () => {
  test('names the fields and quotes no value', async () => {
    const broken = { ...message, author: { kind: 'planted' }, sources: [{ ...models.source, title: ['planted'] }] }
    const error = await failure(Promise.resolve().then(() => parseModel('message', broken)))
    expect(error.code).toBe('invalid-request')
    expect(error.fields?.map(({ path }) => path)).toEqual(['author.kind', 'author.basis', 'sources[0].title'])
    expect(error.message).toMatch(
      /^This is not a valid message: author.kind must be one of contact, .*; sources\[0\].title must be a string\.$/,
    )
  })

  test('reports a value that is no object', () => {
    expect(() => parseModel('agent', 'planted')).toThrow('This is not a valid agent: it must be an object.')
  })

  test('assertModel narrows the type', () => {
    const value: unknown = agent
    assertModel('agent', value)
    expectTypeOf(value).toEqualTypeOf<Agent>()
    expect(() => assertModel('event', value)).toThrow(expect.objectContaining({ code: 'invalid-request' }))
  })
})

describe('the types of the schemas', () => {
  test('are those of Standard Schema', () => {
    expectTypeOf(schemas.agent).toEqualTypeOf<StandardSchemaV1<unknown, Agent>>()
    expectTypeOf<StandardSchemaV1.InferOutput<typeof schemas.event>>().toEqualTypeOf<Event>()
    expect(schemas.agent['~standard'].version).toBe(1)
  })

  test('do not compile if a schema differs from its interface', () => {
    interface Model {
      a?: string
      b: string | null
    }
    // @ts-expect-error a field less, although optional
    schemaOf<{ a?: string }>()(object({}))
    // @ts-expect-error a field more, although optional
    schemaOf<Record<never, never>>()(object({ a: optional(text) }))
    // @ts-expect-error optional in the schema only
    schemaOf<{ a: string }>()(object({ a: optional(text) }))
    // @ts-expect-error optional in the interface only
    schemaOf<{ a?: string }>()(object({ a: text }))
    // @ts-expect-error undefined is not missing
    schemaOf<{ a: string | undefined }>()(object({ a: optional(text) }))
    // @ts-expect-error null in the schema only
    schemaOf<{ a?: string }>()(object({ a: maybe(text) }))
    // @ts-expect-error null in the interface only
    schemaOf<Model>()(object({ a: optional(text), b: text }))
    expect(schemaOf<{ a?: string }>()(object({ a: optional(text) }))).toBeDefined()
  })
})

test('a value that throws when it is read is no model, and leaves no rejection behind', async () => {
  const rejected: unknown[] = []
  const note = (reason: unknown) => void rejected.push(reason)
  process.on('unhandledRejection', note)
  try {
    const value = new Proxy(message, {
      get: () => {
        throw new Error('a text of a customer')
      },
    })
    const error = await failure(Promise.resolve().then(() => parseModel('message', value)))
    expect(error).toMatchObject({
      code: 'invalid-request',
      message: 'This is not a valid message: it cannot be read.',
    })
    await new Promise((resolve) => setImmediate(resolve))
    expect(rejected).toEqual([])
  } finally {
    process.off('unhandledRejection', note)
  }
})

test('the main entry does not import zod', () => {
  const source = fileURLToPath(new URL('../src', import.meta.url))
  const seen = new Set<string>()
  const packages = new Set<string>()
  const visit = (file: string) => {
    if (seen.has(file)) return
    seen.add(file)
    for (const [, from = ''] of readFileSync(file, 'utf8').matchAll(/(?:from|import) '([^']+)'/g)) {
      if (from.startsWith('.')) visit(join(dirname(file), from))
      else packages.add(from)
    }
  }
  visit(join(source, 'index.ts'))
  expect(packages).toContain('ky')
  expect([...packages].filter((name) => name.startsWith('zod'))).toEqual([])
})
