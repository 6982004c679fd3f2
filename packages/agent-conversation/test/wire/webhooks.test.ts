import { failure, told } from '@parley/testkit'
import { useNock } from '@parley/testkit/nock'
import { describe, expect, it } from 'vitest'
import { badRequest, serverFault } from '../fixtures/errors.ts'
import { account, entity } from '../helpers/account.ts'
import { json, serve } from '../helpers/vendor.ts'

useNock()

const uri = '/agents/webhooks'
const input = {
  title: 'Inbox',
  description: 'Brings the inbox up to date.',
  url: 'https://inbox.example/hooks/raia',
  trigger: 'message.created',
  headers: { 'X-Secret': 'planted' },
} as const
const sent = {
  title: 'Inbox',
  description: 'Brings the inbox up to date.',
  url: 'https://inbox.example/hooks/raia',
  triggerCondition: 'each_message',
  headers: { 'X-Secret': 'planted' },
}
const kept = {
  id: 'w-1',
  agentId: 'bot-1',
  status: 'active',
  createdAt: '2026-02-01T08:04:10Z',
  updatedAt: '2026-02-01T08:04:10Z',
  title: sent.title,
  description: sent.description,
  url: sent.url,
  triggerCondition: sent.triggerCondition,
}

describe('webhooks.create', () => {
  it('registers a URL and shows its headers to nobody', async () => {
    const seen = serve(['POST', uri, 201, { ...kept, headers: sent.headers }])
    const { adapter, warnings } = account()
    const webhook = await adapter.webhooks.create(input)
    expect(webhook).toStrictEqual({
      ...entity('webhook', 'w-1', kept),
      title: 'Inbox',
      description: 'Brings the inbox up to date.',
      url: 'https://inbox.example/hooks/raia',
      trigger: { value: 'message.created', native: 'each_message' },
      isActive: true,
      agentId: 'bot-1',
      createdAt: '2026-02-01T08:04:10.000Z',
      updatedAt: '2026-02-01T08:04:10.000Z',
    })
    expect(JSON.stringify(webhook)).not.toContain('planted')
    expect(seen).toStrictEqual([{ method: 'POST', uri: `/external${uri}`, headers: json, body: sent }])
    expect(warnings).toEqual([])
  })

  it.each([
    ['message.created', 'each_message'],
    ['conversation.created', 'start_dialog'],
    ['conversation.ended', 'end_dialog'],
    ['conversation.archived', 'auto_archive_conversation'],
    ['chat.unavailable', 'chat_currently_unavailable'],
    ['manual', 'manual'],
  ] as const)('maps %s to %s and back', async (trigger, triggerCondition) => {
    const seen = serve(['POST', uri, 201, { ...kept, triggerCondition }])
    const webhook = await account().adapter.webhooks.create({ ...input, trigger })
    expect(webhook.trigger).toEqual({ value: trigger, native: triggerCondition })
    expect(seen[0]?.body).toMatchObject({ triggerCondition })
  })

  it('keeps omitted values unknown, and an unknown word as it is', async () => {
    serve(['POST', uri, 201, { id: 'w-1', triggerCondition: 'full_moon', status: 'inactive' }])
    const { adapter, warnings } = account()
    expect(await adapter.webhooks.create(input)).toStrictEqual({
      ...entity('webhook', 'w-1', { id: 'w-1', triggerCondition: 'full_moon', status: 'inactive' }),
      title: null,
      url: input.url,
      trigger: { value: 'unknown', native: 'full_moon' },
      isActive: false,
    })
    expect(told(warnings)).toEqual(['unknown-term triggerCondition'])
  })

  it.each([
    [400, badRequest, { code: 'invalid-request', outcome: 'not-done' }],
    [500, serverFault, { code: 'vendor-fault', outcome: 'unknown' }],
    [201, { title: 'no id' }, { code: 'response', outcome: 'unknown' }],
  ])('fails after HTTP %d', async (status, body, expected) => {
    serve(['POST', uri, status, body])
    expect(await failure(account().adapter.webhooks.create(input))).toMatchObject(expected)
  })

  it.each([
    'http://inbox.example/hooks',
    'https://localhost/hooks',
    'https://127.0.0.1/hooks',
    'https://10.1.2.3/hooks',
    'https://192.168.0.1/hooks',
    'https://169.254.169.254/latest',
    'https://[::1]/hooks',
    'https://[::ffff:7f00:1]/hooks',
    'https://[64:ff9b::7f00:1]/hooks',
    'https://2130706433/hooks',
    'https://localhost./hooks',
    'https://printer.local/hooks',
    'https://metadata.google.internal/',
    'https://user:pw@inbox.example/hooks',
    'ftp://inbox.example',
    'inbox.example/hooks',
  ])('refuses %s, which is no public HTTPS URL', async (url) => {
    expect(await failure(account().adapter.webhooks.create({ ...input, url }))).toMatchObject({
      code: 'invalid-request',
      fields: [{ path: 'url' }],
      outcome: 'not-done',
    })
  })

  it.each(['https://1password.example/hooks', 'https://local-bakery.example/', 'https://internal-news.example.com/'])(
    'accepts %s, which only looks private',
    async (url) => {
      serve(['POST', uri, 201, { id: 'w-1' }])
      expect(await account().adapter.webhooks.create({ ...input, url })).toMatchObject({ id: 'w-1' })
    },
  )

  it('refuses a name that resolves to a private address', async () => {
    const lookup = async () => ['10.0.0.1']
    expect(await failure(account({ lookup }).adapter.webhooks.create(input))).toMatchObject({
      code: 'invalid-request',
      fields: [{ path: 'url', problem: expect.stringContaining('resolves to a private address') }],
      outcome: 'not-done',
    })
  })

  it.each([
    ['input', null],
    ['title', { ...input, title: '' }],
    ['description', { ...input, description: undefined }],
    ['url', { ...input, url: undefined }],
    ['trigger', { ...input, trigger: undefined }],
    ['trigger', { ...input, trigger: 'toString' }],
    ['headers', { ...input, headers: 'x: y' }],
    ['headers', { ...input, headers: { 'X Secret': 'x' } }],
    ['headers', { ...input, headers: { 'X-Secret': 7 } }],
    ['headers', { ...input, headers: { 'X-Secret': 'a\nb' } }],
  ])('refuses a wrong %s before a request is sent', async (path, wrong) => {
    const error = await failure(account().adapter.webhooks.create(wrong as never))
    expect(error).toMatchObject({ code: 'invalid-request', fields: [{ path }], outcome: 'not-done' })
    expect(JSON.stringify(error)).not.toContain('planted')
  })
})
