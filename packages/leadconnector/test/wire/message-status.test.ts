import type { Message } from '@parley/core'
import { failure } from '@parley/testkit'
import { useNock } from '@parley/testkit/nock'
import { describe, expect, it } from 'vitest'
import { readMessage } from '../../src/read/message.ts'
import { emailMessagePayload, smsPayload } from '../fixtures/messages.ts'
import { reader, testAccount, vendor } from '../helpers/account.ts'

useNock()

const path = '/conversations/messages/msg_3/status'
const emailPath = '/conversations/messages/email/eml_2/status'
const ok = { conversationId: 'cnv_81', messageId: 'msg_3', msg: 'Message status updated.' }
const fresh: Message = readMessage({ ...smsPayload, dateAdded: '2026-01-02T09:59:55.000Z' }, reader().reading)
const mail: Message = readMessage({ ...emailMessagePayload, dateAdded: '2026-01-02T09:59:55.000Z' }, reader().reading)
const unknownProvider = { statusCode: 403, message: 'No conversation provider found for this message' }

describe('messages.setStatus', () => {
  it.each(['pending', 'delivered', 'read'] as const)('sends the status %s', async (status) => {
    vendor().put(path, { status }).reply(200, ok)
    expect(await testAccount().messages.setStatus('msg_3', { status })).toBeUndefined()
  })

  it('sends the reason of a failure with the vendor’s own fields', async () => {
    const recipients = [{ emailId: 'ada@quill.example', status: 'failed', failReason: 'full' }]
    vendor()
      .put(path, {
        status: 'failed',
        error: { code: '30003', type: 'carrier', message: 'Unreachable handset' },
        emailMessageId: 'eml_2',
        recipients,
      })
      .reply(200, ok)
    await testAccount().messages.setStatus('msg_3', {
      status: 'failed',
      failure: { code: '30003', type: 'carrier', message: 'Unreachable handset' },
      vendor: { leadconnector: { emailMessageId: 'eml_2', recipients } },
    })
  })

  it('accepts recipients as strings too, which is the declared type', async () => {
    const recipients = ['ada@quill.example', { emailId: 'bo@quill.example', status: 'read' }]
    vendor().put(path, { status: 'read', recipients }).reply(200, ok)
    await testAccount().messages.setStatus('msg_3', { status: 'read', vendor: { leadconnector: { recipients } } })
  })

  it('uses the newer endpoint for an email', async () => {
    vendor('v3').put(emailPath, { status: 'delivered' }).reply(200, { success: true, message: 'Updated' })
    await testAccount().messages.setStatus(mail, { status: 'delivered' })
    const recipients = [{ emailId: 'ada@quill.example', status: 'clicked' }]
    vendor('v3')
      .put(emailPath, { status: 'clicked', events: { clicked: 1, own: 0 }, recipients })
      .reply(200, { success: true, message: 'Updated' })
    await testAccount().messages.setStatus('eml_2', {
      status: 'read',
      vendor: { leadconnector: { emailStatus: 'clicked', events: { clicked: 1, own: 0 }, recipients } },
    })
  })

  it('warns that the reason of an email has another place', async () => {
    vendor('v3').put(emailPath, { status: 'failed' }).reply(200, { success: true })
    const account = testAccount()
    await account.messages.setStatus(mail, { status: 'failed', failure: { message: 'full' } })
    expect(account.warnings.map(({ code, path: at }) => [code, at])).toEqual([['ignored-option', 'failure']])
  })

  it.each([401, 403])('waits until the provider of a message that was just sent is known (HTTP %i)', async (status) => {
    vendor().put(path).times(3).reply(status, unknownProvider)
    vendor().put(path, { status: 'delivered' }).reply(200, ok)
    const account = testAccount()
    await account.messages.setStatus(fresh, { status: 'delivered' })
    expect(account.clock.waits).toEqual([1_000, 2_000, 3_000])
  })

  it('waits for ten seconds at most', async () => {
    vendor().put(path).times(5).reply(403, unknownProvider)
    const account = testAccount()
    expect(await failure(account.messages.setStatus('msg_3', { status: 'read' }))).toMatchObject({
      code: 'permission',
      status: 403,
    })
    expect(account.clock.waits).toEqual([1_000, 2_000, 3_000, 4_000])
  })

  it.each([
    ['of an old message', unknownProvider, readMessage(smsPayload, reader().reading)],
    ['that another app has', { message: "You don't have access to the conversationProvider with id p" }, fresh],
    ['to another location', { message: 'The token does not have access to this location.' }, fresh],
  ])('does not wait after the refusal %s', async (_name, body, message) => {
    vendor().put(path).reply(403, body)
    const account = testAccount()
    expect((await failure(account.messages.setStatus(message as Message, { status: 'read' }))).code).toBe('permission')
    expect(account.clock.waits).toEqual([])
  })

  it('is sent again if that is safe, and not if it would count twice', async () => {
    vendor().put(path).reply(502, '<html>')
    vendor().put(path, { status: 'read' }).reply(200, ok)
    await testAccount().messages.setStatus('msg_3', { status: 'read' })
    vendor('v3').put(emailPath).reply(502, '<html>')
    const counted = { status: 'read', vendor: { leadconnector: { events: { opened: 1 } } } } as const
    expect(await failure(testAccount().messages.setStatus(mail, counted))).toMatchObject({ outcome: 'unknown' })
  })

  it.each([
    ['', { status: 'read' }, 'message'],
    ['msg_3', null, 'input'],
    ['msg_3', {}, 'status'],
    ['msg_3', { status: 'clicked' }, 'status'],
    ['msg_3', { status: 'failed', failure: { message: 'x' } }, 'failure.code'],
    ['msg_3', { status: 'failed', failure: { code: '1', message: 'x' } }, 'failure.type'],
    ['msg_3', { status: 'failed', failure: { code: '1', type: 't' } }, 'failure.message'],
    ['msg_3', { status: 'read', vendor: { leadconnector: { recipients: 'a' } } }, 'vendor.leadconnector.recipients'],
    [mail, { status: 'read', vendor: { leadconnector: { recipients: ['a'] } } }, 'vendor.leadconnector.recipients[0]'],
    [
      'msg_3',
      { status: 'read', vendor: { leadconnector: { recipients: [''] } } },
      'vendor.leadconnector.recipients[0]',
    ],
    [
      'msg_3',
      { status: 'read', vendor: { leadconnector: { recipients: [{ status: 'read' }] } } },
      'vendor.leadconnector.recipients[0].emailId',
    ],
    [
      'msg_3',
      { status: 'read', vendor: { leadconnector: { events: { opened: -1 } } } },
      'vendor.leadconnector.events.opened',
    ],
    [
      'msg_3',
      { status: 'read', vendor: { leadconnector: { emailStatus: 'eaten' } } },
      'vendor.leadconnector.emailStatus',
    ],
    [
      'msg_3',
      { status: 'read', vendor: { leadconnector: { emailMessageId: 7 } } },
      'vendor.leadconnector.emailMessageId',
    ],
  ])('refuses %j with %j before a request is sent', async (target, input, field) => {
    expect(await failure(testAccount().messages.setStatus(target, input as never))).toMatchObject({
      code: 'invalid-request',
      fields: [{ path: field }],
    })
  })
})
