import { failure, hangingFetch, told } from '@parley/testkit'
import { useNock } from '@parley/testkit/nock'
import { describe, expect, it } from 'vitest'
import { fullConversation, listedConversation } from '../fixtures/conversations.ts'
import { badRequest, missingRoute, notFound, serverFault } from '../fixtures/errors.ts'
import { account, entity } from '../helpers/account.ts'
import { auth, json, serve } from '../helpers/vendor.ts'

useNock()

const { feedbacks: _, ...created } = listedConversation
const read = {
  ...entity('conversation', 'c-0001', created),
  contact: { id: 'u-77', ref: 'agent-conversation:hotline/contact/u-77', name: 'Mara Okoye' },
  title: 'Parcel delay',
  status: { value: 'unknown', native: null },
  control: { holder: 'agent', basis: 'vendor', native: 'ai' },
  isAnonymized: false,
  lastActivityAt: '2026-02-01T08:04:11.520Z',
  createdAt: '2026-02-01T08:00:00.000Z',
  updatedAt: '2026-02-01T08:04:11.520Z',
}

describe('conversations.get', () => {
  it('reads one conversation and encodes its id', async () => {
    const seen = serve(['GET', '/conversations/c%2F1%20%3F', 200, created])
    expect(await account().adapter.conversations.get('c/1 ?')).toStrictEqual(read)
    expect(seen).toEqual([
      { method: 'GET', uri: '/external/conversations/c%2F1%20%3F', headers: auth, body: undefined },
    ])
  })

  it.each([[''], [' '], ['..'], ['.'], [undefined as never], [7 as never], [{ id: '' } as never], [null as never]])(
    'refuses %o as an id',
    async (id) => {
      const error = await failure(account().adapter.conversations.get(id))
      expect(error).toMatchObject({ code: 'invalid-request', fields: [{ path: 'conversation' }] })
    },
  )

  it('refuses another vendor’s conversation', async () => {
    const error = await failure(account().adapter.conversations.get({ id: 'c', vendor: 'elsewhere' } as never))
    expect(error).toMatchObject({ code: 'invalid-request', fields: [{ path: 'conversation' }] })
  })

  it('fails if the answer is no conversation', async () => {
    serve(['GET', '/conversations/c', 200, [1]])
    expect(await failure(account().adapter.conversations.get('c'))).toMatchObject({ code: 'response' })
  })
})

describe('conversations.create', () => {
  it('opens a conversation', async () => {
    const seen = serve(['POST', '/conversations', 201, created])
    const { adapter, warnings } = account()
    const conversation = await adapter.conversations.create({
      contact: 'u-77',
      title: 'Parcel delay',
      context: 'Has called before.',
      customFields: { orderNo: 'A-19' },
      stateId: 'state-1',
      channel: 'sms',
    })
    expect(conversation).toStrictEqual(read)
    expect(seen).toEqual([
      {
        method: 'POST',
        uri: '/external/conversations',
        headers: json,
        body: {
          conversationUserId: 'u-77',
          title: 'Parcel delay',
          context: 'Has called before.',
          customData: { orderNo: 'A-19' },
          conversationStateId: 'state-1',
        },
      },
    ])
    expect(told(warnings)).toEqual(['ignored-option channel'])
  })

  it('sends only the given values', async () => {
    const seen = serve(['POST', '/conversations', 201, created])
    await account().adapter.conversations.create({ contact: { id: 'u-77' } as never })
    expect(seen[0]?.body).toEqual({ conversationUserId: 'u-77' })
  })

  it('counts characters and not code units', async () => {
    serve(['POST', '/conversations', 201, created])
    await account().adapter.conversations.create({ contact: 'u-77', title: '😀'.repeat(255) })
  })

  it.each([
    ['input', undefined as never],
    ['contact', {} as never],
    ['contact', { contact: null as never }],
    ['contact', { contact: '' }],
    ['title', { contact: 'u', title: 'x'.repeat(256) }],
    ['title', { contact: 'u', title: '😀'.repeat(256) }],
    ['title', { contact: 'u', title: 7 as never }],
    ['context', { contact: 'u', context: 'x'.repeat(256_001) }],
    ['customFields', { contact: 'u', customFields: [] as never }],
    ['stateId', { contact: 'u', stateId: 1 as never }],
  ])('refuses a wrong %s before a request is sent', async (path, input) => {
    const error = await failure(account().adapter.conversations.create(input))
    expect(error).toMatchObject({ code: 'invalid-request', outcome: 'not-done', fields: [{ path }] })
  })

  it('has an unknown outcome if the answer cannot be read', async () => {
    serve(['POST', '/conversations', 201, { title: 'no id' }])
    expect(await failure(account().adapter.conversations.create({ contact: 'u' }))).toMatchObject({
      code: 'response',
      outcome: 'unknown',
      retryable: false,
    })
  })

  it('reads the states before it writes', async () => {
    serve(['GET', '/conversations/states', 403, {}])
    const { conversations } = account({ stateNames: true }).adapter
    expect(await failure(conversations.create({ contact: 'u' }))).toMatchObject({ code: 'authentication' })
  })
})

describe('conversations.update', () => {
  it.each([
    [{ title: 'New' }, { title: 'New' }, { value: 'unknown', native: null }],
    [
      { context: 'C', stateId: 's' },
      { context: 'C', conversationStateId: 's' },
      { value: 'unknown', native: null },
    ],
    [{ status: 'open' as const }, { status: 'active' }, { value: 'open', native: 'active' }],
    [{ status: 'closed' as const }, { status: 'inactive' }, { value: 'closed', native: 'inactive' }],
    [{ status: 'archived' as const }, { status: 'archived' }, { value: 'archived', native: 'archived' }],
  ])('with %o sends %o', async (changes, body, status) => {
    const seen = serve(['PUT', '/conversations/c-0001', 200, created])
    expect(await account().adapter.conversations.update('c-0001', changes)).toStrictEqual({ ...read, status })
    expect(seen).toEqual([{ method: 'PUT', uri: '/external/conversations/c-0001', headers: json, body }])
  })

  it.each([
    ['unread', { title: 'x', unread: false }],
    ['isStarred', { isStarred: false }],
  ])('refuses to change %s, which the vendor does not keep, and changes nothing', async (path, changes) => {
    const error = await failure(account().adapter.conversations.update('c-0001', changes))
    expect(error).toMatchObject({ code: 'unsupported', fields: [{ path }], outcome: 'not-done' })
  })

  it.each([
    ['input', {}],
    ['status', { status: 'done' as never }],
    ['title', { title: 'x'.repeat(256) }],
  ])('refuses a wrong %s before a request is sent', async (path, changes) => {
    const error = await failure(account().adapter.conversations.update('c', changes))
    expect(error).toMatchObject({ code: 'invalid-request', fields: [{ path }] })
  })
})

describe('conversations.deleteForContact', () => {
  it.each([
    ['204', 204, undefined],
    ['200 with whatever', 200, '<html>'],
    ['404: nobody is known by that id', 404, notFound],
  ] as const)('succeeds with %s', async (_, status, answer) => {
    const seen = serve(['DELETE', '/conversations', status, answer])
    expect(await account().adapter.conversations.deleteForContact('u-77')).toStrictEqual({
      id: 'u-77',
      confirmed: false,
    })
    expect(seen).toEqual([
      { method: 'DELETE', uri: '/external/conversations', headers: json, body: { conversationUserId: 'u-77' } },
    ])
  })

  it.each([
    [400, badRequest, { code: 'invalid-request', outcome: 'not-done' }],
    [404, { ...missingRoute, message: 'Cannot DELETE /external/conversations' }, { code: 'not-found' }],
    [404, '<html>Not here</html>', { status: 404 }],
    [404, 'Not Found', { status: 404 }],
    [404, { message: 'Not Found' }, { status: 404 }],
    [404, undefined, { status: 404 }],
    [500, serverFault, { code: 'vendor-fault', outcome: 'unknown' }],
  ])('fails with HTTP %i and %o', async (status, answer, expected) => {
    serve(['DELETE', '/conversations', status, answer])
    expect(await failure(account().adapter.conversations.deleteForContact('u-77'))).toMatchObject(expected)
  })

  it('is refused without a contact', async () => {
    const error = await failure(account().adapter.conversations.deleteForContact(''))
    expect(error).toMatchObject({ code: 'invalid-request', fields: [{ path: 'contact' }] })
  })

  it('is not sent again if its outcome is unknown', async () => {
    const tries: unknown[] = []
    const { adapter } = account({ fetch: hangingFetch, onRequest: (trace) => tries.push(trace) })
    expect(await failure(adapter.conversations.deleteForContact('u'))).toMatchObject({
      code: 'timeout',
      outcome: 'unknown',
    })
    expect(tries).toHaveLength(1)
  })
})

describe('conversations.start', () => {
  const contact = {
    firstName: 'Ilse',
    lastName: 'Brand',
    email: 'ilse@brand.example',
    phone: '+15550178',
    externalId: 'crm-78',
  }
  const common = {
    firstName: 'Ilse',
    lastName: 'Brand',
    email: 'ilse@brand.example',
    phoneNumber: '+15550178',
    fkId: 'crm-78',
  }
  const answer = { conversationId: 'c-0002' }
  const start = ['POST', '/conversations/start', 201, answer] as const
  const then = ['GET', '/conversations/c-0002', 200, fullConversation] as const

  it('writes an email with every value', async () => {
    const seen = serve([...start], [...then])
    const conversation = await account({ operatorId: 'p-9' }).adapter.conversations.start({
      contact,
      channel: 'email',
      text: 'Dear Ilse',
      subject: 'Your lamp',
      context: 'Broken twice.',
      customFields: { orderNo: 'A-19' },
      stateId: 'state-1',
      vendor: {
        'agent-conversation': {
          contactContext: 'Prefers email.',
          source: 'crm',
          fkUserId: 'login-78',
          includeSignatureInEmail: true,
          resetConversation: false,
          skipEmailValidation: true,
          skipPhoneNumberValidation: false,
        },
      },
    })
    expect(conversation).toMatchObject({ id: 'c-0002', title: 'Broken lamp', channel: { value: 'voice' } })
    expect(seen).toEqual([
      {
        method: 'POST',
        uri: '/external/conversations/start',
        headers: json,
        body: {
          ...common,
          channel: 'email',
          emailSubject: 'Your lamp',
          emailIntroduction: 'Dear Ilse',
          includeSignatureInEmail: true,
          resetConversation: false,
          context: 'Prefers email.',
          conversationContext: 'Broken twice.',
          source: 'crm',
          fkUserId: 'login-78',
          customData: { orderNo: 'A-19' },
          conversationStateId: 'state-1',
          authorId: 'p-9',
          skipEmailValidation: true,
          skipPhoneNumberValidation: false,
        },
      },
      { method: 'GET', uri: '/external/conversations/c-0002', headers: auth, body: undefined },
    ])
  })

  it('writes a text message', async () => {
    const seen = serve([...start], [...then])
    const { adapter, warnings } = account()
    await adapter.conversations.start({
      contact: { firstName: 'Ilse', lastName: 'Brand', phone: '+15550178' },
      channel: 'sms',
      text: 'Hello Ilse',
      subject: 'Your lamp',
      vendor: {
        'agent-conversation': { includeSignatureInSms: true, includeSignatureInEmail: true, authorId: 'p-2' },
      },
    })
    expect(seen[0]?.body).toEqual({
      channel: 'sms',
      firstName: 'Ilse',
      lastName: 'Brand',
      phoneNumber: '+15550178',
      smsIntroduction: 'Hello Ilse',
      includeSignatureInSms: true,
      authorId: 'p-2',
    })
    expect(told(warnings)).toEqual(['ignored-option includeSignatureInEmail', 'ignored-option subject'])
  })

  it('starts a call', async () => {
    const seen = serve([...start], [...then])
    const { adapter, warnings } = account()
    const vendor = { 'agent-conversation': { resetConversation: true, includeSignatureInSms: true } }
    await adapter.conversations.start({ contact, channel: 'voice', text: 'Good morning', vendor })
    expect(seen[0]?.body).toEqual({ ...common, channel: 'voice', firstMessage: 'Good morning' })
    expect(told(warnings)).toEqual(['ignored-option includeSignatureInSms', 'ignored-option resetConversation'])
  })

  it('does not fail once the message was sent', async () => {
    serve([...start], ['GET', '/conversations/c-0002', 500, serverFault])
    const { adapter, warnings } = account({ maxRetries: 0 })
    expect(await adapter.conversations.start({ contact, channel: 'voice', text: 'Hello' })).toStrictEqual({
      ...entity('conversation', 'c-0002', { id: 'c-0002' }),
      status: { value: 'unknown', native: null },
      control: { holder: 'unknown', basis: 'none', native: null },
    })
    expect(told(warnings)).toEqual(['degraded'])
  })

  it('has an unknown outcome if the answer has no id', async () => {
    serve(['POST', '/conversations/start', 201, {}])
    const error = await failure(account().adapter.conversations.start({ contact, channel: 'voice', text: 'Hello' }))
    expect(error).toMatchObject({ code: 'response', outcome: 'unknown', fields: [{ path: 'conversationId' }] })
  })

  const sms = { contact, channel: 'sms' as const, text: 'x' }
  it.each([
    ['contact', { ...sms, contact: undefined as never }],
    ['contact.firstName', { ...sms, contact: { ...contact, firstName: '' } }],
    ['contact.lastName', { ...sms, contact: { ...contact, lastName: undefined as never } }],
    ['channel', { ...sms, channel: undefined as never }],
    ['channel', { ...sms, channel: 'fax' as never }],
    ['text', { ...sms, text: ' ' }],
    ['contact.phone', { ...sms, contact: { firstName: 'I', lastName: 'B' } }],
    ['contact.phone', { ...sms, channel: 'voice' as const, contact: { firstName: 'I', lastName: 'B' } }],
    ['contact.email', { ...sms, channel: 'email' as const, subject: 's', contact: { firstName: 'I', lastName: 'B' } }],
    ['subject', { ...sms, channel: 'email' as const }],
  ])('is refused without %s before a request is sent', async (path, input) => {
    const error = await failure(account().adapter.conversations.start(input))
    expect(error).toMatchObject({ code: 'invalid-request', outcome: 'not-done', fields: [{ path }] })
  })
})
