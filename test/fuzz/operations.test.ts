import { type Adapter, isParleyError, operationNames, supports, type Warning } from '@parley/core'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { argumentsOf, signatures } from '../refusals/signatures.ts'
import { loadVendors, nameOf, type Vendor } from '../vendors.ts'
import { cases } from './cases.ts'
import { change, changed } from './changes.ts'
import { wrongsOf } from './invariants.ts'
import { payloadsOf } from './payloads.ts'

// Calls every operation with made-up responses. readers.test.ts tests the readers alone, and lists.test.ts the lists.

type Name = keyof typeof signatures
const names = operationNames.filter((name): name is Name => name !== 'messages.reconcile')

/** Inputs for operations that refuse an empty input before any request. */
const inputs: Partial<Record<Name, object>> = {
  'agents.create': { name: 'A', personality: 'B', goal: 'C', instructions: 'D', liveChatEnabled: true },
  'agents.actions.attach': { kind: 'trigger-workflow', name: 'Refund', workflowIds: ['w'], condition: 'x' },
  'agents.update': { name: 'A' },
  'agents.actions.update': { name: 'Refund' },
  'agents.followUp.update': { switchesChannel: true, actionIds: ['id-1'] },
  'agents.workingHours.set': { enabled: false, channels: [], timezone: 'contact', schedule: [] },
  'conversations.create': { contact: 'id-1' },
  'conversations.update': { title: 'A', unread: false },
  'conversations.start': {
    contact: { firstName: 'N', lastName: 'P', email: 'n@example.com' },
    ...{ channel: 'email', subject: 'A', text: 'B' },
  },
  'messages.provideInput': { value: 'A' },
  'messages.reply': { text: 'A', operatorId: 'id-2' },
  'messages.setStatus': { status: 'delivered' },
  'contacts.create': { firstName: 'N', lastName: 'P', email: 'n@example.com' },
  'contacts.ensure': { externalId: 'x-1', name: 'N' },
  'contacts.upsert': { externalId: 'x-1', email: 'n@example.com' },
  'attachments.upload': { fileName: 'a.png', contentType: 'image/png', content: new Uint8Array(1) },
  'knowledge.add': { kind: 'faq', question: 'A', answer: 'B', knowledgeBaseId: 'id-1' },
  'feedback.give': { vote: 'up', authorId: 'id-1', question: 'A' },
  'webhooks.create': { title: 'A', description: 'B', url: 'https://a.example/h', trigger: 'conversation.ended' },
}

/** A clock that advances as far as the accounts wait. */
function clock() {
  let time = Date.parse('2026-06-01T00:00:00.000Z')
  return {
    now: () => time,
    after: (milliseconds: number, run: () => void) => {
      const timer = setImmediate(() => {
        time += milliseconds
        run()
      })
      return () => clearImmediate(timer)
    },
  }
}

interface Said {
  status: number
  body: string | null
  type?: string
}

let requests = 0

/** The result of an operation when every response is this one. @throws every error that is not Parley's own. */
async function given(vendor: Vendor, name: Name, { status, body, type = 'application/json' }: Said): Promise<unknown> {
  const fetch = async (): Promise<Response> => {
    requests++
    return new Response(body, { status, headers: { 'content-type': type } })
  }
  const warnings: Warning[] = []
  const account = vendor.create({
    ...vendor.credentials,
    rate: false,
    fetch,
    clock: clock(),
    maxRetries: 0,
    timeout: 2_000,
    onWarning: (each) => void warnings.push(each),
  })
  if (!supports(account, name)) return undefined
  const operation = name.split('.').reduce<unknown>((found, step) => (found as Record<string, unknown>)[step], account)
  const args = argumentsOf(signatures[name])
  const input = vendor.fuzzInputs[name] ?? inputs[name]
  if (input) args[args.length - 2] = input
  if (name.startsWith('attachments.') && name !== 'attachments.upload') args[0] = attachmentOf(account)
  try {
    const result = (operation as (...given: unknown[]) => unknown)(...args)
    if (!name.endsWith('.stream')) return [await result, warnings]
    const parts: unknown[] = []
    for await (const part of result as AsyncIterable<unknown>) parts.push(part)
    return [parts, warnings]
  } catch (error) {
    if (isParleyError(error)) return JSON.parse(JSON.stringify(error))
    throw new Error(`${vendor.label}, ${name}: ${error instanceof Error ? error.stack : String(error)}`)
  }
}

const attachmentOf = ({ vendor, account }: Adapter): object => ({
  ...{ ref: `${vendor}:${account}/attachment/id-1`, vendor, account, id: 'id-1', messageId: 'id-2' },
  ...{ conversationId: 'id-3', url: 'https://93.184.216.34/a.png' },
})

/** Responses of a proxy, a broken deployment or an empty database. */
const odd: readonly Said[] = [
  { status: 204, body: null },
  ...[
    '',
    ' ',
    'null',
    'true',
    '5',
    '1e999',
    '"text"',
    '[]',
    '[null]',
    '[[]]',
    '{}',
    '{"data":null}',
    '{"data":[]}',
  ].map((body) => ({ status: 200, body })),
  ...['{"data":{}}', '{"data":"x"}', '{"__proto__":{"id":"x"}}', '{"id":{}}', '{"id":1e999}', '{"success":false}'].map(
    (body) => ({ status: 200, body }),
  ),
  { status: 200, body: '<!doctype html><title>Sign in</title>', type: 'text/html' },
  { status: 200, body: '{"id":"x","conversation', type: 'application/json' },
  { status: 201, body: '{"id":"x","createdAt":"yesterday","messages":{},"tags":{},"contact":[]}' },
]

const isFile = (name: Name): boolean => name === 'attachments.read'

describe.each(await loadVendors())('the operations of $label', (vendor) => {
  const account = vendor.create({ ...vendor.credentials })
  const has = names.filter((name) => supports(account, name))

  it.each(has)('%s gives models or an error of ours over odd answers', async (name) => {
    requests = 0
    for (const said of odd) {
      const result = await given(vendor, name, said)
      expect(isFile(name) ? [] : wrongsOf(result), JSON.stringify(said)).toEqual([])
    }
    // Without a request, an input was refused and no response was read. The address of a file, the operators of the
    // configuration and a contact that the vendor does not keep need no request.
    if (!/^(?:attachments\.url|operators\.list|contacts\.ensure)$/.test(name)) expect(requests).toBeGreaterThan(0)
  })

  it('give models or an error of ours whatever became of a payload', async () => {
    const payloads = await payloadsOf(nameOf(vendor))
    const drawn = fc.record({
      name: fc.constantFrom(...has.filter((each) => !isFile(each))),
      payload: fc.constantFrom(...payloads),
      around: fc.constantFrom('', 'data', 'agent', 'conversation', 'contact', 'message', 'messages'),
      changes: fc.array(change, { maxLength: 4 }),
    })
    await fc.assert(
      fc.asyncProperty(drawn, async ({ name, payload, around, changes }) => {
        const text = changed(payload.text, changes)
        const body = around === '' ? text : `{${JSON.stringify(around)}:${text}}`
        expect(wrongsOf(await given(vendor, name, { status: 200, body }))).toEqual([])
      }),
      { numRuns: Math.ceil(cases / 100) },
    )
  })
})
