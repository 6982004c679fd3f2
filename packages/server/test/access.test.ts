import type { Conversation } from '@parley/core'
import { afterAll, describe, expect, it } from 'vitest'
import { conversation } from '../../inbox/test/fake-account.ts'
import { message } from '../../inbox/test/synced/filled.ts'
import { type Caller, checkScope, foreign, naming, withinScope } from '../src/access.ts'
import { describeRoutes } from '../src/describe.ts'
import { routes } from '../src/routes/index.ts'
import { chats, one, openHarness, path, two } from './harness.ts'

const known = new Set([one, two])
const caller: Caller = {
  ...({ person: { id: 'eve' }, role: 'admin', hasAll: false, by: 'token' } as const),
  accounts: new Set([two]),
}
const shown = (value: unknown) => withinScope(caller, value, known)
const [hiddenChat, chat] = chats
const hiddenRef = hiddenChat.ref

describe('what belongs to a hidden account', () => {
  it('is left out by each field that names it', () => {
    for (const field of naming) {
      expect(shown({ items: [{ [field]: hiddenRef }, { [field]: chat.ref }] }), field).toEqual({
        items: [{ [field]: chat.ref }],
      })
      expect(() => checkScope(caller, [{ [field]: hiddenRef }], known), field).toThrow('nothing under this address')
      expect(() => checkScope(caller, [{ [field]: [{ deep: { [field]: hiddenRef } }] }], known), field).toThrow()
    }
  })

  it('is left out by the vendor and the account of an entity or a warning', () => {
    const [ofOne, ofTwo] = ['one', 'two'].map((account) => ({ vendor: 'acme', account, message: 'It was slow.' }))
    expect(shown({ items: [], warnings: [ofOne, ofTwo] })).toEqual({ items: [], warnings: [ofTwo] })
    expect(() => shown(ofOne)).toThrow('nothing under this address')
  })

  it('takes its pair along', () => {
    const link = { contacts: [`${one}/contact/p1`, `${two}/contact/p1`] }
    expect(shown({ items: [link] })).toEqual({ items: [] })
    expect(shown({ items: [{ filter: { accounts: [one, two] } }] })).toEqual({ items: [] })
  })
})

const harness = await openHarness()
afterAll(() => harness.close())

describe('what people type', () => {
  const lures = [hiddenRef, one, 'x:y/contact/z', 'acme:none', `${one}/contact/p1`]

  it('hides no record and shows none of another account', async () => {
    const no = harness.numbers[1] as number
    const poisoned = lures.map((lure, index): Conversation => {
      const own = conversation('acme', 'two', `lure-${index}`, `2026-01-01T00:0${index + 3}:00.000Z`)
      const contact = { id: lure, name: lure, email: lure, phone: lure, externalId: lure }
      const lastMessage = { text: lure, at: null } as never
      return {
        ...own,
        title: lure,
        summary: lure,
        labels: [lure],
        customFields: { ref: lure, account: lure },
        contact,
        lastMessage,
      }
    })
    await harness.filled.write(no, 'conversation', poisoned)
    for (const [index, own] of poisoned.entries()) {
      const lure = lures[index] as string
      const file = { kind: 'file', fileName: lure, contentType: lure, availability: 'open', url: lure }
      const fields = { text: lure, externalId: lure, contactId: lure, attachments: [file] as never }
      await harness.filled.write(no, 'message', [message(own, `lure-${index}`, fields)])
    }
    await harness.filled.complete(
      no,
      poisoned.map(({ ref }) => ref),
    )
    const { body } = await harness.get('/v1/conversations', 'elsewhere')
    const refs = (body['items'] as { ref: string }[]).map(({ ref }) => ref)
    expect(refs.sort()).toEqual([chat.ref, ...poisoned.map(({ ref }) => ref)].sort())
    for (const [index, { ref }] of poisoned.entries()) {
      const at = `/v1/conversations/${path(ref)}`
      expect((await harness.get(at, 'elsewhere')).body).toMatchObject({
        ref,
        conversation: { contact: { email: lures[index] } },
      })
      const read = await harness.get(`${at}/messages`, 'elsewhere')
      expect(read.body['items']).toMatchObject([{ text: lures[index], attachments: [{ fileName: lures[index] }] }])
      const tagged = await harness.post(`${at}/tags`, { add: [lures[index]] }, 'elsewhere')
      expect(tagged).toMatchObject({ status: 200, body: { conversation: { tags: [lures[index]] } } })
    }
  })

  it('is passed on in a request', async () => {
    for (const lure of lures) {
      const contact = { name: lure, externalId: lure, email: lure, customFields: { ref: lure } }
      const made = await harness.post(`/v1/accounts/${path(two)}/contacts`, contact, 'elsewhere')
      // The account has no contacts to create, which is another reason.
      expect([made.status, made.body['code']]).toEqual([422, 'unsupported'])
    }
  })
})

type Schema = Readonly<Record<string, unknown>>

/** The names of the fields in requests and answers that can have any text, or anything. */
function openFields(): Set<string> {
  const { paths, components } = describeRoutes(routes) as {
    paths: Record<string, Record<string, { parameters?: Schema[]; requestBody?: Schema; responses: Schema }>>
    components: { schemas: Record<string, Schema> }
  }
  const found = new Set<string>()
  const walk = (name: string, schema: Schema): void => {
    const { $ref, anyOf, oneOf, items, prefixItems, properties = {}, additionalProperties, type, enum: words } = schema
    // Any JSON may have any field.
    if (/Json(?:Value|Object)$/.test(String($ref))) found.add(name)
    if ($ref !== undefined) return
    const inner = [anyOf, oneOf, items, prefixItems, additionalProperties]
      .flat()
      .filter((one) => typeof one === 'object')
    for (const one of inner) walk(name, one as Schema)
    for (const [key, one] of Object.entries(properties as object)) walk(key, one as Schema)
    const isAny = type === undefined && inner.length === 0
    if (words === undefined && !('const' in schema) && (isAny || [type].flat().includes('string'))) found.add(name)
  }
  for (const [name, schema] of Object.entries(components.schemas)) walk(name, schema)
  for (const { parameters = [], requestBody, responses } of Object.values(paths).flatMap((at) => Object.values(at))) {
    for (const { name, schema } of parameters) walk(String(name), schema as Schema)
    for (const content of [requestBody, responses['200'] as Schema | undefined]) {
      const json = (content?.['content'] as Record<string, { schema: Schema }> | undefined)?.['application/json']
      if (json) walk('', json.schema)
    }
  }
  return found
}

/** The fields that never have a ref or the name of an account that matters. Before one is added: can it? Then it is in `naming`. */
const others = `
  JsonValue JsonObject secret Action Idempotency-Key Last-Event-ID Problem actionIds add after agentId answer asOf assignee assigneeId at
  authorEmail authorId authorName autoReply avatarUrl basis bcc businessName by cc code comment companyName contactId
  content contentType context conversationId conversationIds country createdAt cursor date description detail dismissedAt displayName
  email endedAt expiresAt externalId failure fileId fileName finishedAt firstName followUp from gap goal handOffsSince holder html id
  ids improvement inReplyTo input instructions intent key kind knowledgeBaseId knowledgeBaseIds label labels language
  lastActivityAt lastName link mentions messageId model name native next nextAt oldestVerified operation operatorId
  operatorIds origin outcome path pausedUntil personality phone problem prompt question reason reasoning recordedAt
  remove reply requestId retriedBy retryOf role search send shortcut since snippet snoozedUntil start startedAt stateId
  subject summary tag tags text threadId timeZone timezone title to trigger type unapplied until updatedAt uploadId url view
  warnings
`

it('knows every field that can have a ref', () => {
  const listed = new Set([...naming, ...foreign, ...others.split(/\s+/)])
  expect(
    [...openFields()]
      .filter((name) => !listed.has(name))
      .sort()
      .join(' '),
  ).toBe('')
})
