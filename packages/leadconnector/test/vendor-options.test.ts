import {
  type OperationName,
  type OperationOf,
  requireOperation,
  supports,
  type VendorOptions,
  type With,
} from '@parley/core'
import type { LeadConnector } from '@parley/leadconnector'
import { describe, expect, it } from 'vitest'
import { failure, testAccount } from './helpers/account.ts'

/** What a parameter has for vendor options. Entities are parameters too; their `vendor` is a name. */
type VendorPart<Parameter> = Parameter extends unknown
  ? 'vendor' extends keyof Parameter
    ? Exclude<Parameter['vendor' & keyof Parameter], string | undefined>
    : never
  : never
type TakesVendorOptions = {
  [Name in OperationName]: LeadConnector extends With<Name>
    ? [VendorPart<NonNullable<Parameters<OperationOf<Name>>[number]>>] extends [never]
      ? never
      : Name
    : never
}[OperationName]

type Own = VendorOptions['leadconnector']

/** What each operation is called with. Its input comes last; it is valid except for `vendor`. */
const calls: Record<TakesVendorOptions, [...targets: unknown[], input: object]> = {
  'agents.list': [{}],
  'agents.create': [{ name: 'Front desk', personality: 'Kind', goal: 'Help', instructions: 'Answer.' }],
  'agents.update': ['bot_1', { name: 'Front desk' }],
  'conversations.list': [{}],
  'conversations.create': [{ contact: 'con_1' }],
  'conversations.update': ['cnv_1', { unread: false }],
  'messages.list': ['cnv_1', {}],
  'messages.ask': ['cnv_1', { text: 'When do you open?' }],
  'messages.stream': ['cnv_1', { text: 'When do you open?' }],
  'messages.reply': ['cnv_1', { text: 'At nine.' }],
  'messages.note': ['cnv_1', { text: 'Regular.' }],
  'messages.export': [{}],
  'messages.setStatus': ['msg_1', { status: 'delivered' }],
  'contacts.search': [{ text: 'ada' }],
  'contacts.upsert': [{ name: 'Ada' }],
  'attachments.upload': ['cnv_1', { fileName: 'a.pdf', content: new Uint8Array([1]), contentType: 'application/pdf' }],
  'knowledge.list': [{}],
  'knowledge.add': [{ kind: 'faq', question: 'Open?', answer: 'From nine.' }],
}

type Result = PromiseLike<unknown> | AsyncIterable<unknown>

async function readAll(stream: AsyncIterable<unknown>) {
  for await (const part of stream) void part
}

/** Every option of every operation; the compiler refuses one that is missing. */
const options: {
  [Name in keyof Own]-?: { [Option in keyof Required<Own>[Name]]-?: true }
} = {
  'agents.create': {
    channels: true,
    sleepEnabled: true,
    respondToImages: true,
    respondToAudio: true,
    knowledgeBaseTriggers: true,
  },
  'agents.update': {
    channels: true,
    sleepEnabled: true,
    respondToImages: true,
    respondToAudio: true,
    knowledgeBaseTriggers: true,
  },
  'conversations.list': {
    followers: true,
    mentions: true,
    lastMessageType: true,
    lastMessageDirection: true,
    lastMessageAction: true,
    createdSince: true,
    createdUntil: true,
  },
  'messages.list': { types: true, emailBodies: true },
  'messages.ask': {
    type: true,
    conversationProviderId: true,
    altId: true,
    subject: true,
    html: true,
    emailFrom: true,
    emailTo: true,
    emailCc: true,
    emailBcc: true,
    emailMessageId: true,
  },
  'messages.reply': {
    type: true,
    conversationProviderId: true,
    fromNumber: true,
    toNumber: true,
    emailFrom: true,
    emailTo: true,
    emailCc: true,
    emailBcc: true,
    emailReplyMode: true,
    threadId: true,
    templateId: true,
    appointmentId: true,
    customSubtypeId: true,
    subType: true,
    usesNativeSchedulingAi: true,
    optimizationPeriod: true,
    forward: true,
    status: true,
  },
  'messages.note': { subType: true, status: true },
  'messages.export': { emailBodies: true },
  'messages.setStatus': { emailMessageId: true, recipients: true, events: true, emailStatus: true },
  'attachments.upload': { isSecureAttachment: true, chatServiceSid: true, isGroupSms: true },
  'conversations.update': { feedback: true, unreadCount: true },
  'contacts.create': {
    companyName: true,
    timezone: true,
    source: true,
    assignedTo: true,
    gender: true,
    address1: true,
    city: true,
    state: true,
    postalCode: true,
    website: true,
    dnd: true,
    dndSettings: true,
    inboundDndSettings: true,
  },
}

/** Calls an operation whose input has this `vendor`, over a connection that fails. */
async function call(name: string, vendor: unknown) {
  let requests = 0
  const adapter = testAccount({
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
    const adapter = testAccount()
    expect(Object.keys(calls).filter((name) => !supports(adapter, name as OperationName))).toEqual([])
  })

  const wrong = [
    [{ leadconnector: { misspelled: true } }, 'vendor.leadconnector.misspelled'],
    [{ leadconnector: null }, 'vendor.leadconnector'],
    [{ leadconnector: ['misspelled'] }, 'vendor.leadconnector'],
    ['misspelled', 'vendor'],
    [null, 'vendor'],
  ] as const

  const each = Object.entries(options).flatMap(([of, names]) =>
    Object.keys(names).map((option) => ({ name: of in calls ? of : 'contacts.upsert', option })),
  )

  it.each(each)('have their values checked: $option of $name', async ({ name, option }) => {
    for (const value of [null, Number.NaN]) {
      const { error, requests } = await call(name, { leadconnector: { [option]: value } })
      expect({ requests, ...error }).toMatchObject({
        code: 'invalid-request',
        fields: [{ path: `vendor.leadconnector.${option}` }],
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
