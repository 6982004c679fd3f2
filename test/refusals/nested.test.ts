import { type Adapter, isParleyError, type OperationName } from '@parley/core'
import { beforeEach, describe, expect, it } from 'vitest'
import {
  sampleActions,
  sampleAgent,
  sampleHours,
  sampleSettings,
} from '../../packages/conformance/src/support/making.ts'
import { loadVendors } from '../vendors.ts'
import { refusalOf, revoked, throwing } from './junk.ts'
import { argumentsOf, signatures } from './signatures.ts'

// Invalid values deep inside an input. operations.test.ts tests each field by itself.

let requests = 0
const fetch = async (): Promise<Response> => {
  requests++
  return Response.json({ message: 'junk went out' }, { status: 400 })
}
beforeEach(() => {
  requests = 0
})
const common = { fetch, maxRetries: 0, rate: false as const }
const adapters: Adapter[] = (await loadVendors()).map(({ create, credentials, operator }) =>
  create({ ...common, ...credentials, ...operator }),
)

const self: Record<string, unknown> = {}
self['self'] = self

const deep = (): unknown => {
  let value: unknown = 1
  for (let depth = 0; depth < 5_000; depth++) value = [value]
  return value
}

/** Values that JSON would omit, change or reject, or that would reach a vendor as another text. */
const unsendable: readonly (readonly [string, unknown])[] = [
  ['NaN', Number.NaN],
  ['a symbol', Symbol('junk')],
  ['a bigint', 5n],
  ['a function', () => {}],
  ['a map', new Map([['a', 1]])],
  ['a set', new Set([1])],
  ['bytes', new Uint8Array([1, 2])],
  ['a buffer', Buffer.from('ab')],
  ['a file', new Blob(['ab'])],
  ['an array buffer', new ArrayBuffer(2)],
  ['bytes in a list', [new Uint8Array([1, 2])]],
  ['an entity with a map inside', { vendor: 'acme', ref: 'acme:default/contact/c', id: 'c', name: new Map() }],
  ['a date', new Date(0)],
  ['an object that contains itself', self],
  ['an object with a toJSON', { toJSON: () => 'something else' }],
  ['a list with a gap', new Array(2)],
  ['a list of undefined', [undefined]],
  ['a list of NaN', [Number.NaN]],
  ['a list without end', deep()],
  ['a proxy that throws', throwing()],
  ['a revoked proxy', revoked()],
  ['a list of revoked proxies', [revoked()]],
  ['half of a surrogate pair', 'cut off: \ud83d'],
  ['a NUL character', 'a\0b'],
]

const pause = { onOperatorMessage: true, onAutomationMessage: true, durationMs: 60_000 }
const agent = {
  ...{ ...sampleAgent, description: 'It helps.', channels: ['sms'], knowledgeBaseIds: ['base'], tags: ['one'] },
  pause,
}
const person = { firstName: 'Nora', lastName: 'Nested', email: 'nora@example.com', phone: '+14155550100' }
const customFields = { size: '42', more: { sizes: [1, 2], fileName: 'a.png', content: 'words' } }
const contact = { ...person, externalId: 'x-1', country: 'DE', tags: ['one'], customFields }
const file = { fileName: 'a.png', contentType: 'image/png', content: new Uint8Array(1) }

/** Complete, valid inputs. A test replaces one value at a time. */
const inputs: readonly [OperationName, targets: string[], input: object][] = [
  ['agents.create', [], agent],
  ['agents.update', ['id-1'], agent],
  ...sampleActions('id-2').map((action): [OperationName, string[], object] => [
    'agents.actions.attach',
    ['id-1'],
    action.kind === 'follow-up' ? { ...action, settings: sampleSettings } : action,
  ]),
  ['agents.actions.attach', ['id-1'], { kind: 'api-call', name: 'Look up', attributes: { apiConfig: { url: 'x' } } }],
  ['agents.actions.update', ['id-1', 'id-2'], { name: 'Other', settings: sampleSettings }],
  ['agents.followUp.update', ['id-1'], { ...sampleSettings, actionIds: ['id-2'] }],
  ['agents.workingHours.set', ['id-1'], { ...sampleHours, attributes: { notify: ['id-3'] } }],
  ['conversations.create', [], { contact: { id: 'id-1' }, title: 'A', context: 'B', customFields }],
  ['conversations.update', ['id-1'], { title: 'A', context: 'B', unread: false }],
  ['conversations.start', [], { contact: person, channel: 'email', subject: 'A', text: 'B', customFields }],
  ['messages.ask', ['id-1'], { text: 'A', context: 'B', attachments: [file] }],
  [
    'messages.provideInput',
    ['id-1'],
    { requestId: 'id-2', value: { approved: true, fileName: 'a.png', list: [1, [2]] } },
  ],
  ['messages.reply', ['id-1'], { text: 'A', html: 'B', subject: 'C', inReplyTo: 'id-2', attachments: [file] }],
  ['messages.note', ['id-1'], { text: 'A', operatorId: 'id-2', mentions: ['id-3'] }],
  ['messages.setStatus', ['id-1'], { status: 'failed', failure: { code: 'A', type: 'B', message: 'C' } }],
  ['contacts.create', [], contact],
  ['contacts.upsert', [], contact],
  ['attachments.upload', ['id-1'], file],
  ['knowledge.add', [], { kind: 'faq', question: 'A', answer: 'B', knowledgeBaseId: 'id-1' }],
  ['knowledge.add', [], { kind: 'text', title: 'A', text: 'B' }],
  ['feedback.give', ['id-1'], { vote: 'up', authorId: 'id-2', question: 'A', answer: 'B', comment: 'C' }],
  ['webhooks.create', [], { title: 'A', url: 'https://a.example', trigger: 'conversation.ended', headers: { a: 'b' } }],
]

type Path = readonly (string | number)[]

function placesIn(value: unknown, path: Path = []): Path[] {
  const isLeaf = typeof value !== 'object' || value === null || value instanceof Uint8Array
  const inner = isLeaf
    ? []
    : Object.entries(value).flatMap(([key, each]) => placesIn(each, [...path, Array.isArray(value) ? +key : key]))
  return path.length === 0 ? inner : [path, ...inner]
}

function changed(value: unknown, [step, ...rest]: Path, junk: unknown): unknown {
  if (step === undefined) return junk
  if (Array.isArray(value)) return value.with(Number(step), changed(value[Number(step)], rest, junk))
  return { ...(value as object), [step]: changed((value as Record<string, unknown>)[step], rest, junk) }
}

const nameOf = (path: Path): string =>
  path.map((step, index) => (typeof step === 'number' ? `[${step}]` : index === 0 ? step : `.${step}`)).join('')

const operationOf = (adapter: Adapter, name: string) =>
  name.split('.').reduce<unknown>((found, step) => (found as Record<string, unknown>)?.[step], adapter) as
    | ((...args: unknown[]) => Promise<unknown>)
    | undefined

/** The name of a file is cleaned and not refused, and its content may be bytes. */
const bytes: ReadonlySet<string> = new Set(['bytes', 'a buffer', 'a file'])
const isRight = (path: Path, junk: unknown, what: string): boolean => {
  if (!/^(?:attachments\[0\]\.)?(?:fileName|content)$/.test(nameOf(path))) return false
  return path.at(-1) === 'fileName' ? typeof junk === 'string' : bytes.has(what)
}

describe.each(inputs)('%s', (name, targets, input) => {
  it(`refuses at every place of ${JSON.stringify(Object.keys(input))} what cannot be sent as it is`, async () => {
    for (const adapter of adapters) {
      const operation = operationOf(adapter, name)
      if (!operation) continue
      for (const path of placesIn(input))
        for (const [what, junk] of unsendable) {
          if (isRight(path, junk, what)) continue
          const error = await operation(...targets, changed(input, path, junk)).catch((thrown: unknown) => thrown)
          const where = `${adapter.vendor}, ${nameOf(path)}: ${what}`
          if (!isParleyError(error)) throw new Error(`${where}: not refused, but ${String(error)}`)
          expect(error.code, where).toBe('invalid-request')
          expect(error.fields?.[0]?.path, where).toMatch(new RegExp(`^${nameOf(path.slice(0, 1))}`))
        }
    }
    expect(requests).toBe(0)
  })
})

it('names the innermost place', async () => {
  const create = adapters.map((adapter) => operationOf(adapter, 'contacts.create')).find((one) => one !== undefined)
  const error = await create?.({ ...contact, customFields: { more: { sizes: [1, Number.NaN] } } }).catch((e) => e)
  expect(error).toMatchObject({ fields: [{ path: 'customFields.more.sizes[1]', problem: 'must be a finite number' }] })
})

it('takes an entity whose other fields a vendor sent with half of a character', async () => {
  for (const adapter of adapters) {
    requests = 0
    const contact = { vendor: adapter.vendor, account: 'default', id: 'id-1', name: 'Nora \ud83d' }
    const ref = `${adapter.vendor}:default/contact/id-1`
    const create = operationOf(adapter, 'conversations.create')
    await create?.({ contact: { ref, ...contact } }).catch(() => {})
    expect(requests).toBe(create ? 1 : 0)
  }
})

describe('queries, options of vendors and native requests', () => {
  it('are refused as well', async () => {
    for (const [what, junk] of unsendable) {
      for (const adapter of adapters) {
        const [route = ''] = Object.keys((await adapter.native?.endpoints?.()) ?? {}).filter((each) =>
          /^POST \S+$/.test(each),
        )
        const native = adapter.native?.request as ((...args: unknown[]) => Promise<unknown>) | undefined
        const given: [path: RegExp, run: () => unknown][] = [
          [/^search/, () => adapter.conversations?.list?.({ search: junk as string })],
          [/^vendor\./, () => adapter.conversations?.list?.({ vendor: { [adapter.vendor]: junk } as never })],
          [
            /^vendor\./,
            () => adapter.messages?.ask?.('id-1', { text: 'A', vendor: { [adapter.vendor]: { x: junk } } as never }),
          ],
          [/^(?:body|path)/, () => native?.(route, { path: {}, body: { any: { where: junk } } })],
          [/^(?:body|path)/, () => native?.(route, { path: {}, body: { vendor: 'a', ref: 'b', content: junk } })],
          [/^(?:body|path)/, () => native?.(route, { path: {}, body: { fileName: [junk] } })],
        ]
        for (const [path, run] of given) {
          const error = await Promise.resolve()
            .then(run)
            .catch((thrown: unknown) => thrown)
          expect(error, `${adapter.vendor}, ${path}: ${what}`).toMatchObject({ code: 'invalid-request' })
          expect((error as { fields: { path: string }[] }).fields[0]?.path, `${adapter.vendor}: ${what}`).toMatch(path)
        }
      }
    }
    expect(requests).toBe(0)
  })
})

describe.each([
  ['a proxy that throws', throwing],
  ['a revoked proxy', revoked],
])('%s', (_, hostile) => {
  it.each(Object.entries(signatures))('is refused by %s in the place of each argument', async (name, signature) => {
    const { targets = [], operatorId, query, input } = signature
    const before = [...targets, ...(operatorId ? ['operatorId'] : [])]
    const paths = [...before, ...(query ? ['query'] : []), ...(input ? ['input'] : []), 'options']
    for (const adapter of adapters) {
      const operation = operationOf(adapter, name)
      if (!operation) continue
      for (const [index, path] of paths.entries()) {
        const refusal = await refusalOf(() => operation(...argumentsOf(signature).with(index, hostile())))
        expect(refusal, `${adapter.vendor}, ${path}`).toMatchObject({ code: 'invalid-request', path })
      }
    }
    expect(requests).toBe(0)
  })
})
