import type { AgentConversation } from '@parley/agent-conversation'
import {
  type OperationName,
  type OperationOf,
  requireOperation,
  supports,
  type VendorOptions,
  type With,
} from '@parley/core'
import { describe, expect, it } from 'vitest'
import { account, failure } from './helpers/account.ts'

/** What a parameter has for vendor options. Entities are parameters too; their `vendor` is a name. */
type VendorPart<Parameter> = Parameter extends unknown
  ? 'vendor' extends keyof Parameter
    ? Exclude<Parameter['vendor' & keyof Parameter], string | undefined>
    : never
  : never
type TakesVendorOptions = {
  [Name in OperationName]: AgentConversation extends With<Name>
    ? [VendorPart<NonNullable<Parameters<OperationOf<Name>>[number]>>] extends [never]
      ? never
      : Name
    : never
}[OperationName]

type Own = VendorOptions['agent-conversation']

/** What each operation is called with. Its input comes last; it is valid except for `vendor`. */
const calls: Record<TakesVendorOptions, [...targets: unknown[], input: object]> = {
  'agents.list': [{}],
  'conversations.list': [{}],
  'conversations.create': [{ contact: 'u-1' }],
  'conversations.start': [
    { channel: 'sms', text: 'Hello', contact: { firstName: 'Ada', lastName: 'Byron', phone: '+43123' } },
  ],
  'conversations.update': ['c-1', { title: 'Delivery' }],
  'messages.list': ['c-1', {}],
  'messages.ask': ['c-1', { text: 'When do you open?' }],
  'messages.stream': ['c-1', { text: 'When do you open?' }],
  'messages.reply': ['c-1', { text: 'At nine.' }],
  'contacts.list': [{}],
  'contacts.search': [{ email: 'ada@shop.example' }],
  'contacts.create': [{ firstName: 'Ada', lastName: 'Byron', externalId: 'ext-1' }],
  'attachments.upload': ['c-1', { fileName: 'a.txt', content: new Uint8Array([1]), contentType: 'text/plain' }],
  'knowledge.list': [{}],
  'knowledge.add': [{ kind: 'file', fileName: 'a.txt', content: new Uint8Array([1]), contentType: 'text/plain' }],
  'feedback.list': [{}],
  'feedback.give': ['m-1', { vote: 'up', authorId: 'u-1', question: 'When do you open?' }],
  'webhooks.create': [
    { title: 'Inbox', description: 'Keeps it current.', url: 'https://inbox.example/', trigger: 'message.created' },
  ],
}

type Result = PromiseLike<unknown> | AsyncIterable<unknown>

async function readAll(stream: AsyncIterable<unknown>) {
  for await (const part of stream) void part
}

/** Every option of every operation; the compiler refuses one that is missing. */
const options: {
  [Name in keyof Own]-?: { [Option in keyof Required<Own>[Name]]-?: true }
} = {
  'conversations.list': { withFeedbacksOnly: true, orderBy: true },
  'conversations.start': {
    contactContext: true,
    source: true,
    fkUserId: true,
    authorId: true,
    includeSignatureInEmail: true,
    includeSignatureInSms: true,
    resetConversation: true,
    skipPhoneNumberValidation: true,
    skipEmailValidation: true,
  },
  'messages.list': { withFeedbacks: true },
  'messages.ask': { sync: true },
  'knowledge.add': { autoAddToVectorStore: true },
  'contacts.create': {
    context: true,
    source: true,
    fkUserId: true,
    skipPhoneNumberValidation: true,
    skipEmailValidation: true,
  },
}

/** Calls an operation whose input has this `vendor`, over a connection that fails. */
async function call(name: string, vendor: unknown) {
  let requests = 0
  const { adapter } = account({
    fetch: async () => {
      requests++
      throw new TypeError('fetch failed', { cause: Object.assign(new Error('refused'), { code: 'ECONNREFUSED' }) })
    },
  })
  const targets = [...calls[name as TakesVendorOptions]]
  const input = { ...(targets.pop() as object), vendor }
  const operation = requireOperation(adapter, name as OperationName) as unknown as (...given: unknown[]) => Result
  const result = operation(...targets, input)
  const error = await failure('then' in result ? result : readAll(result))
  return { error, requests }
}

describe('options of the vendor', () => {
  it('are tried only at operations that the adapter has', () => {
    const { adapter } = account()
    expect(Object.keys(calls).filter((name) => !supports(adapter, name as OperationName))).toEqual([])
  })

  const wrong = [
    [{ 'agent-conversation': { misspelled: true } }, 'vendor.agent-conversation.misspelled'],
    [{ 'agent-conversation': null }, 'vendor.agent-conversation'],
    [{ 'agent-conversation': ['misspelled'] }, 'vendor.agent-conversation'],
    ['misspelled', 'vendor'],
    [null, 'vendor'],
  ] as const

  const each = Object.entries(options).flatMap(([of, names]) =>
    Object.keys(names).map((option) => ({ name: of, option })),
  )

  it.each(each)('have their values checked: $option of $name', async ({ name, option }) => {
    for (const value of [null, Number.NaN]) {
      const { error, requests } = await call(name, { 'agent-conversation': { [option]: value } })
      expect({ requests, ...error }).toMatchObject({
        code: 'invalid-request',
        fields: [{ path: `vendor.agent-conversation.${option}` }],
        requests: 0,
      })
    }
  })

  it.each(Object.keys(calls))('are refused at %s without a request where they are wrong', async (name) => {
    for (const [vendor, path] of wrong) {
      const { error, requests } = await call(name, vendor)
      expect({ requests, ...error }).toMatchObject({
        code: 'invalid-request',
        outcome: 'not-done',
        fields: [{ path }],
        requests: 0,
      })
    }
  })

  it.each(Object.keys(calls))('are ignored at %s where they are those of another vendor', async (name) => {
    const { error, requests } = await call(name, { acme: { misspelled: true } })
    expect({ requests, ...error }).toMatchObject({ code: 'network' })
    expect(requests).toBeGreaterThan(0)
  })
})
