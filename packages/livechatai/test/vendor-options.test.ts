import {
  type OperationName,
  type OperationOf,
  requireOperation,
  supports,
  type VendorOptions,
  type With,
} from '@parley/core'
import type { LiveChatAI } from '@parley/livechatai'
import { describe, expect, it } from 'vitest'
import { account, failure } from './helpers/account.ts'

/** What a parameter has for vendor options. Entities are parameters too; their `vendor` is a name. */
type VendorPart<Parameter> = Parameter extends unknown
  ? 'vendor' extends keyof Parameter
    ? Exclude<Parameter['vendor' & keyof Parameter], string | undefined>
    : never
  : never
type TakesVendorOptions = {
  [Name in OperationName]: LiveChatAI extends With<Name>
    ? [VendorPart<NonNullable<Parameters<OperationOf<Name>>[number]>>] extends [never]
      ? never
      : Name
    : never
}[OperationName]

type Own = VendorOptions['livechatai']

/** What each operation is called with. Its input comes last; it is valid except for `vendor`. */
const calls: Record<TakesVendorOptions, [...targets: unknown[], input: object]> = {
  'agents.list': [{}],
  'agents.create': [{ name: 'Shop helper', liveChatEnabled: true }],
  'conversations.list': [{}],
  'conversations.create': [{ contact: 'p-1' }],
  'messages.list': ['c-1', {}],
  'messages.ask': ['c-1', { text: 'When do you open?' }],
  'messages.stream': ['c-1', { text: 'When do you open?' }],
  'messages.reply': ['c-1', { text: 'At nine.', operatorId: 'u-1' }],
  'contacts.list': [{}],
  'contacts.upsert': [{ externalId: 'ext-1' }],
  'knowledge.list': [{}],
  'knowledge.add': [{ kind: 'faq', question: 'Open?', answer: 'From nine.' }],
  'feedback.list': [{}],
  'feedback.suggestions': [{}],
}

type Result = PromiseLike<unknown> | AsyncIterable<unknown>

async function readAll(stream: AsyncIterable<unknown>) {
  for await (const part of stream) void part
}

/** Every option of every operation; the compiler refuses one that is missing. */
const options: {
  [Name in keyof Own]-?: { [Option in keyof Required<Own>[Name]]-?: true }
} = {
  'agents.create': { isImageSharingEnabled: true },
  'conversations.list': {
    type: true,
    viewId: true,
    startDate: true,
    endDate: true,
    channel: true,
    sentiment: true,
    topic: true,
    resolution: true,
    extraQuery: true,
  },
  'conversations.create': { ip: true, country: true },
  'messages.ask': { ip: true, country: true, responseFormat: true, messageType: true },
  'messages.reply': { messageType: true },
  'contacts.list': { agentId: true },
  'knowledge.list': { agentId: true, source: true },
  'knowledge.add': { agentId: true, fileType: true, isGeneratedByAI: true, relatedMessageId: true },
  'feedback.list': { agentId: true },
  'feedback.suggestions': { agentId: true },
  'contacts.create': { agentId: true, userHash: true },
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
    [{ livechatai: { misspelled: true } }, 'vendor.livechatai.misspelled'],
    [{ livechatai: null }, 'vendor.livechatai'],
    [{ livechatai: ['misspelled'] }, 'vendor.livechatai'],
    ['misspelled', 'vendor'],
    [null, 'vendor'],
  ] as const

  const each = Object.entries(options).flatMap(([of, names]) =>
    Object.keys(names).map((option) => ({ name: of in calls ? of : 'contacts.upsert', option })),
  )

  it.each(each)('have their values checked: $option of $name', async ({ name, option }) => {
    for (const value of [null, Number.NaN]) {
      const { error, requests } = await call(name, { livechatai: { [option]: value } })
      expect({ requests, ...error }).toMatchObject({
        code: 'invalid-request',
        fields: [{ path: `vendor.livechatai.${option}` }],
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
