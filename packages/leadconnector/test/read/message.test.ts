import { serialize } from '@parley/core'
import { describe, expect, it } from 'vitest'
import { readAuthor, readEmail, readMessage } from '../../src/read/message.ts'
import { activityPayload, callPayload, emailMessagePayload, emailPayload, smsPayload } from '../fixtures/messages.ts'
import { entity, reader } from '../helpers/account.ts'

describe('a message', () => {
  it('keeps every value of the payload', () => {
    const { reading } = reader()
    expect(readMessage(smsPayload, reading)).toStrictEqual({
      ...entity('message', 'msg_3', smsPayload),
      conversationId: 'cnv_81',
      contactId: 'ctc_5',
      type: { value: 'text', native: 'TYPE_SMS' },
      direction: 'outbound',
      author: { kind: 'agent', basis: 'inferred', native: 'app' },
      sourcesState: 'fetchable',
      channel: { value: 'sms', native: 'TYPE_SMS' },
      text: 'See you Tuesday',
      status: { value: 'delivered', native: 'delivered' },
      attachments: [
        {
          ref: 'leadconnector:clinic/attachment/msg_3#0',
          vendor: 'leadconnector',
          account: 'clinic',
          id: 'msg_3#0',
          raw: 'https://files.example/a.png',
          url: 'https://files.example/a.png',
          access: 'open',
        },
        {
          ref: 'leadconnector:clinic/attachment/msg_3#1',
          vendor: 'leadconnector',
          account: 'clinic',
          id: 'msg_3#1',
          raw: 'https://services.leadconnectorhq.com/files/d/slug1',
          url: 'https://services.leadconnectorhq.com/files/d/slug1',
          access: 'fetchable',
        },
      ],
      externalId: 'ext_3',
      createdAt: '2026-01-02T00:00:00.000Z',
      updatedAt: '2026-01-02T00:00:05.000Z',
    })
    expect(reading.warnings).toEqual([])
  })

  it('has no `raw` if payloads are not kept', () => {
    expect(readMessage(smsPayload, reader(false).reading)).not.toHaveProperty('raw')
  })

  it('of the type email has no body in a list', () => {
    expect(readMessage(emailMessagePayload, reader().reading)).toStrictEqual({
      ...entity('message', 'msg_9', emailMessagePayload),
      conversationId: 'cnv_81',
      contactId: 'ctc_5',
      type: { value: 'email', native: 'TYPE_EMAIL' },
      direction: 'outbound',
      author: { kind: 'agent', basis: 'inferred', native: 'app' },
      sourcesState: 'fetchable',
      channel: { value: 'email', native: 'TYPE_EMAIL' },
      status: { value: 'read', native: 'opened' },
      email: { ids: ['eml_1', 'eml_2'] },
      createdAt: '2026-01-02T08:00:00.000Z',
    })
  })

  it('reads the ids of its emails from the documented double nesting too', () => {
    const raw = { ...emailMessagePayload, meta: { email: { email: { messageIds: ['eml_1'] } } } }
    expect(readMessage(raw, reader().reading).email).toStrictEqual({ ids: ['eml_1'] })
  })

  it('of the type call keeps every value', () => {
    expect(readMessage(callPayload, reader().reading)).toStrictEqual({
      ...entity('message', 'msg_7', callPayload),
      conversationId: 'cnv_81',
      contactId: 'ctc_5',
      type: { value: 'call', native: 'TYPE_CALL' },
      direction: 'inbound',
      author: { kind: 'contact', basis: 'vendor', id: 'ctc_5' },
      sourcesState: 'unavailable',
      channel: { value: 'voice', native: 'TYPE_CALL' },
      text: null,
      status: { value: 'answered', native: 'completed' },
      call: { duration: 42, status: { value: 'completed', native: 'completed' } },
      // Without a payload, because the vendor keeps recordings out of `attachments`.
      attachments: [
        {
          ref: 'leadconnector:clinic/attachment/msg_7#recording',
          vendor: 'leadconnector',
          account: 'clinic',
          id: 'msg_7#recording',
          access: 'fetchable',
          contentType: 'audio/x-wav',
        },
      ],
      createdAt: '2026-01-01T09:00:00.000Z',
    })
  })

  it('of the type call has a recording only if the call reached a person or voicemail and no file is attached', () => {
    const attachmentsOf = (meta: object, attachments?: string[]) =>
      readMessage({ ...callPayload, meta, ...(attachments && { attachments }) }, reader().reading).attachments
    expect(attachmentsOf({ call: { duration: 0, status: 'no-answer' } })).toBeUndefined()
    expect(attachmentsOf({ call: { status: 'busy' } }, [])).toEqual([])
    expect(attachmentsOf({ call: { status: 'voicemail' } }, [])?.map(({ id }) => id)).toEqual(['msg_7#recording'])
    expect(attachmentsOf({ callDuration: '3' })?.map(({ id }) => id)).toEqual(['msg_7#recording'])
    const own = attachmentsOf({ call: { duration: 3 } }, ['https://files.example/call.wav'])
    expect(own?.map(({ id }) => id)).toEqual(['msg_7#0'])
  })

  it('of the type call is read from the documented shape too', () => {
    const raw = { ...callPayload, meta: { callDuration: '42', callStatus: 'no-answer' } }
    expect(readMessage(raw, reader().reading).call).toStrictEqual({
      duration: 42,
      status: { value: 'no-answer', native: 'no-answer' },
    })
  })

  it('of the type activity has neither a status nor a contact', () => {
    expect(readMessage(activityPayload, reader().reading)).toStrictEqual({
      ...entity('message', 'msg_8', activityPayload),
      conversationId: 'cnv_81',
      contactId: 'ctc_5',
      type: { value: 'activity', native: 'TYPE_ACTIVITY_APPOINTMENT' },
      direction: 'internal',
      author: { kind: 'system', basis: 'vendor' },
      sourcesState: 'unavailable',
      channel: { value: 'system', native: 'TYPE_ACTIVITY_APPOINTMENT' },
      text: 'Appointment booked',
      createdAt: '2026-01-01T10:00:00.000Z',
    })
  })

  it('of the type internal comment is a note of an operator', () => {
    const raw = { ...smsPayload, messageType: 'TYPE_INTERNAL_COMMENT', userId: 'usr_9', attachments: undefined }
    expect(readMessage(raw, reader().reading)).toMatchObject({
      type: { value: 'note', native: 'TYPE_INTERNAL_COMMENT' },
      direction: 'internal',
      author: { kind: 'operator', basis: 'vendor', id: 'usr_9' },
      channel: { value: 'internal', native: 'TYPE_INTERNAL_COMMENT' },
      sourcesState: 'unavailable',
    })
  })

  it('takes its type from the numeric code if it has no word', () => {
    const { messageType: _, ...raw } = smsPayload
    expect(readMessage(raw, reader().reading)).toMatchObject({
      type: { value: 'text', native: 2 },
      channel: { value: 'sms', native: 2 },
    })
  })

  it('that was not delivered has the reason', () => {
    const raw = { ...smsPayload, status: 'undelivered', error: 'landline' }
    expect(readMessage(raw, reader().reading)).toMatchObject({
      status: { value: 'failed', native: 'undelivered' },
      failure: 'landline',
    })
  })

  it('takes its conversation from the request if the payload names none', () => {
    const { conversationId: _, ...raw } = smsPayload
    expect(readMessage(raw, reader().reading, 'cnv_81').conversationId).toBe('cnv_81')
    expect(() => readMessage(raw, reader().reading)).toThrow('conversationId')
  })

  it('keeps unknown words and warns about each once', () => {
    const { reading } = reader()
    const raw = { ...smsPayload, messageType: 'TYPE_PIGEON', direction: 'sideways', status: 'lost', source: 'attic' }
    const message = readMessage({ ...raw, direction: 'sideways' }, reading)
    expect(message).toMatchObject({
      type: { value: 'unknown', native: 'TYPE_PIGEON' },
      channel: { value: 'unknown', native: 'TYPE_PIGEON' },
      direction: 'unknown',
      status: { value: 'unknown', native: 'lost' },
      author: { kind: 'unknown', basis: 'inferred' },
    })
    expect(reading.warnings.map(({ code, path }) => [code, path])).toEqual([
      ['unknown-term', 'messageType'],
      ['unknown-term', 'direction'],
      ['unknown-term', 'status'],
    ])
  })
})

describe('the author of a message', () => {
  const cases: [string, object, object][] = [
    ['inbound', { direction: 'inbound', contactId: 'ctc_5' }, { kind: 'contact', basis: 'vendor', id: 'ctc_5' }],
    ['with a person', { direction: 'outbound', userId: 'usr_9' }, { kind: 'operator', basis: 'vendor', id: 'usr_9' }],
    [
      'with a person and a source',
      { direction: 'outbound', userId: 'usr_9', source: 'app' },
      { kind: 'operator', basis: 'vendor', id: 'usr_9', native: 'app' },
    ],
    [
      'of a workflow',
      { direction: 'outbound', source: 'workflow' },
      { kind: 'automation', basis: 'inferred', native: 'workflow' },
    ],
    [
      'of a campaign',
      { direction: 'outbound', source: 'campaign' },
      { kind: 'automation', basis: 'vendor', native: 'campaign' },
    ],
    [
      'of a bulk action',
      { direction: 'outbound', source: 'bulk_actions' },
      { kind: 'automation', basis: 'vendor', native: 'bulk_actions' },
    ],
    ['of the API', { direction: 'outbound', source: 'api' }, { kind: 'automation', basis: 'inferred', native: 'api' }],
    ['of the app', { direction: 'outbound', source: 'app' }, { kind: 'agent', basis: 'inferred', native: 'app' }],
    ['without a source', { direction: 'outbound' }, { kind: 'unknown', basis: 'inferred' }],
    [
      'of an unknown source',
      { direction: 'outbound', source: 'attic' },
      { kind: 'unknown', basis: 'inferred', native: 'attic' },
    ],
    ['without a direction', {}, { kind: 'unknown', basis: 'inferred' }],
  ]
  it.each(cases)('is derived from the payload: %s', (_name, raw, author) => {
    expect(readAuthor({ ...raw }, 'text', reader().reading)).toStrictEqual(author)
  })

  it('is the platform for an info line of the live chat', () => {
    const raw = { ...smsPayload, messageType: 'TYPE_LIVE_CHAT_INFO_MESSAGE' }
    expect(readMessage(raw, reader().reading)).toMatchObject({ author: { kind: 'system' }, direction: 'outbound' })
  })

  it('may be an agent inside a workflow, so that its sources can be fetched, but not in a campaign', () => {
    expect(readMessage({ ...smsPayload, source: 'workflow' }, reader().reading).sourcesState).toBe('fetchable')
    expect(readMessage({ ...smsPayload, source: 'campaign' }, reader().reading).sourcesState).toBe('unavailable')
  })
})

describe('an email that is read by its own id', () => {
  it('keeps every value of the payload', () => {
    expect(readEmail(emailPayload, reader().reading)).toStrictEqual({
      ...entity('message', 'eml_2', emailPayload),
      conversationId: 'cnv_81',
      contactId: 'ctc_5',
      type: { value: 'email', native: null },
      direction: 'outbound',
      author: { kind: 'agent', basis: 'inferred', native: 'app' },
      sourcesState: 'unavailable',
      channel: { value: 'email', native: null },
      status: { value: 'read', native: 'opened' },
      text: 'Tuesday & 8:15\nSee you',
      html: emailPayload.body,
      email: {
        subject: 'Your slot',
        from: 'desk@harbour.example',
        to: ['ada@quill.example'],
        cc: ['bo@quill.example'],
        bcc: [],
        threadId: 'thr_1',
      },
      inReplyTo: 'eml_1',
      attachments: [
        {
          ref: 'leadconnector:clinic/attachment/eml_2#0',
          vendor: 'leadconnector',
          account: 'clinic',
          id: 'eml_2#0',
          raw: 'https://files.example/plan.pdf',
          url: 'https://files.example/plan.pdf',
          access: 'open',
        },
      ],
      externalId: 'ext_e2',
      createdAt: '2026-01-02T08:00:00.000Z',
    })
  })

  it('without markup is plain text', () => {
    const message = readEmail({ ...emailPayload, body: 'See you, 1 < 2', to: 'ada@quill.example' }, reader().reading)
    expect(message.text).toBe('See you, 1 < 2')
    expect(message).not.toHaveProperty('html')
    expect(message.email?.to).toEqual(['ada@quill.example'])
  })
})

it('a message is plain data, and loses its payload when it is serialized', () => {
  const message = readMessage(smsPayload, reader().reading)
  expect(JSON.parse(JSON.stringify(message))).toStrictEqual(message)
  expect(serialize(message)).not.toContain('altId')
})
