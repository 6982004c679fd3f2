import { failure, told } from '@parley/testkit'
import { type Exchange, useNock } from '@parley/testkit/nock'
import { describe, expect, it } from 'vitest'
import { retrievedContact } from '../fixtures/contacts.ts'
import { documentedConversation, retrievedConversation, wrapped } from '../fixtures/conversations.ts'
import { errorBody } from '../fixtures/errors.ts'
import { account, entity } from '../helpers/account.ts'
import { got, posted, serve } from '../helpers/vendor.ts'

useNock()

const conversation = {
  ...entity('conversation', 'c-1', retrievedConversation),
  agentId: 'bot-1',
  contact: { id: 'p-1', ref: 'livechatai:shop/contact/p-1' },
  status: { value: 'open', native: false },
  control: { holder: 'agent', basis: 'inferred', native: false },
  assignee: null,
  isStarred: false,
  isMuted: false,
  lastMessage: null,
  lastActivityAt: '2026-02-01T08:04:05.000Z',
  createdAt: '2026-02-01T08:00:00.000Z',
  updatedAt: '2026-02-01T08:05:00.000Z',
}
const retrieve: Exchange = ['GET', '/conversations/c-1', 200, wrapped(retrievedConversation)]
const missing = errorBody('Not found', 'NOT_FOUND')

describe('conversations.get', () => {
  it('reads the conversation', async () => {
    const seen = serve(retrieve)
    expect(await account().adapter.conversations.get('c-1')).toStrictEqual(conversation)
    expect(seen).toStrictEqual([got('/conversations/c-1')])
  })

  it('reads the contact too if asked for', async () => {
    const seen = serve(retrieve, ['GET', '/contacts/p-1', 200, retrievedContact])
    expect(await account().adapter.conversations.get('c-1', { withContact: true })).toStrictEqual({
      ...conversation,
      contact: {
        id: 'p-1',
        ref: 'livechatai:shop/contact/p-1',
        name: 'Rosa Lind',
        email: 'rosa@shop.test',
        phone: null,
        externalId: 'crm-88',
      },
    })
    expect(seen).toStrictEqual([got('/conversations/c-1'), got('/contacts/p-1')])
  })

  it('returns the conversation without a contact that does not exist', async () => {
    serve(retrieve, ['GET', '/contacts/p-1', 404, missing])
    const { adapter, warnings } = account()
    expect(await adapter.conversations.get('c-1', { withContact: true })).toStrictEqual(conversation)
    expect(told(warnings)).toEqual(['degraded contactId'])
    const without = { ...retrievedConversation, contactId: null }
    serve(['GET', '/conversations/c-1', 200, wrapped(without)])
    expect(await adapter.conversations.get('c-1', { withContact: true })).toMatchObject({ contact: null })
  })

  it('fails if the contact may not be read', async () => {
    serve(retrieve, ['GET', '/contacts/p-1', 403, errorBody('No', 'FORBIDDEN')])
    const error = await failure(account().adapter.conversations.get('c-1', { withContact: true }))
    expect(error).toMatchObject({ code: 'permission', operation: 'conversations.get' })
  })

  it('accepts an entity, and refuses one of another vendor', async () => {
    serve(['GET', '/conversations/chat_1234567890', 200, wrapped(documentedConversation)])
    const { adapter } = account()
    const got = await adapter.conversations.get('chat_1234567890')
    serve(['GET', '/conversations/chat_1234567890', 200, wrapped(documentedConversation)])
    expect(await adapter.conversations.get(got)).toStrictEqual(got)
    expect(await failure(adapter.conversations.get({ ...got, vendor: 'other' }))).toMatchObject({
      code: 'invalid-request',
    })
  })

  it.each([{}, { status: 'success' }, { status: 'success', data: null }, { status: 'success', data: {} }])(
    'cannot read %o',
    async (body) => {
      serve(['GET', '/conversations/c-1', 200, body])
      expect(await failure(account().adapter.conversations.get('c-1'))).toMatchObject({ code: 'response' })
    },
  )
})

describe('conversations.create', () => {
  const made: Exchange = ['POST', '/conversations/create', 200, wrapped({ conversationId: 'c-1', contactId: 'p-1' })]

  it('opens a conversation and reads it', async () => {
    const seen = serve(made, retrieve)
    const { adapter, warnings } = account()
    const vendor = { livechatai: { ip: '203.0.113.7', country: 'AT' } }
    expect(await adapter.conversations.create({ contact: 'p-1', channel: 'whatsapp', vendor })).toStrictEqual(
      conversation,
    )
    expect(seen).toStrictEqual([
      posted('/conversations/create', {
        agentId: 'bot-1',
        contactId: 'p-1',
        integrationType: 'WHATSAPP',
        ip: '203.0.113.7',
        country: 'AT',
      }),
      got('/conversations/c-1'),
    ])
    expect(warnings).toEqual([])
  })

  it('warns about ignored values', async () => {
    const seen = serve(made, retrieve)
    const { adapter, warnings } = account()
    const input = { contact: 'p-1', title: 'a', context: 'b', customFields: {}, stateId: 'c', channel: 'web' } as const
    await adapter.conversations.create(input)
    expect(seen[0]?.body).toStrictEqual({ agentId: 'bot-1', contactId: 'p-1' })
    expect(told(warnings)).toEqual([
      'ignored-option channel',
      'ignored-option title',
      'ignored-option context',
      'ignored-option customFields',
      'ignored-option stateId',
    ])
  })

  it('uses the agent of the contact', async () => {
    serve(['GET', '/contacts/p-1', 200, { ...retrievedContact, agentId: 'bot-5' }])
    const { adapter } = account()
    const contact = await adapter.contacts.get('p-1')
    const seen = serve(made, retrieve)
    await adapter.conversations.create({ contact })
    expect(seen[0]?.body).toStrictEqual({ agentId: 'bot-5', contactId: 'p-1' })
  })

  it('refuses another channel', async () => {
    const error = await failure(account().adapter.conversations.create({ contact: 'p-1', channel: 'sms' }))
    expect(error).toMatchObject({ code: 'unsupported', outcome: 'not-done', fields: [{ path: 'channel' }] })
  })

  it('returns the known values if only reading back fails', async () => {
    serve(made, ['GET', '/conversations/c-1', 404, missing])
    const { adapter, warnings } = account()
    expect(await adapter.conversations.create({ contact: 'p-1' })).toStrictEqual({
      ...entity('conversation', 'c-1'),
      agentId: 'bot-1',
      contact: { id: 'p-1', ref: 'livechatai:shop/contact/p-1' },
      status: { value: 'unknown', native: null },
      control: { holder: 'unknown', basis: 'none', native: null },
    })
    expect(told(warnings)).toEqual(['degraded'])
  })

  it('has an unknown outcome without an id in the answer', async () => {
    serve(['POST', '/conversations/create', 201])
    const error = await failure(account().adapter.conversations.create({ contact: 'p-1' }))
    expect(error).toMatchObject({ code: 'response', outcome: 'unknown' })
  })
})

describe('conversations.close', () => {
  const ended: Exchange = [
    'POST',
    '/conversations/c-1/end',
    200,
    { status: 'success', message: 'Ended.', data: { conversationId: 'c-1', userId: 'u-9', contactId: 'p-1' } },
  ]
  const closed = { ...retrievedConversation, isResolved: true }

  it.each([
    [{}, undefined, {}],
    [{ operatorId: 'u-1' }, undefined, { userId: 'u-1' }],
    [{ operatorId: 'u-1' }, { operatorId: 'u-2' }, { userId: 'u-2' }],
  ])('as %o with %o sends %o and reads back', async (options, closing, body) => {
    const seen = serve(ended, ['GET', '/conversations/c-1', 200, wrapped(closed)])
    expect(await account(options).adapter.conversations.close('c-1', closing)).toStrictEqual({
      ...conversation,
      raw: closed,
      status: { value: 'closed', native: true },
    })
    expect(seen).toStrictEqual([posted('/conversations/c-1/end', body), got('/conversations/c-1')])
  })

  it('returns the known values if only reading back fails', async () => {
    serve(ended, ['GET', '/conversations/c-1', 404, missing])
    expect(await account().adapter.conversations.close('c-1')).toStrictEqual({
      ...entity('conversation', 'c-1'),
      status: { value: 'closed', native: null },
      control: { holder: 'unknown', basis: 'none', native: null },
    })
  })

  it('is not sent again if it may have happened', async () => {
    const seen = serve(['POST', '/conversations/c-1/end', 502, 'Bad gateway'])
    const error = await failure(account().adapter.conversations.close('c-1'))
    expect(error).toMatchObject({ code: 'vendor-fault', outcome: 'unknown', retryable: false })
    expect(seen).toHaveLength(1)
  })
})
