import { failure } from '@parley/testkit'
import { methodOf, nativeRequest } from '@parley/testkit/native'
import { useNock } from '@parley/testkit/nock'
import { describe, expect, it } from 'vitest'
import { testAccount, vendor } from '../helpers/account.ts'
import { cases } from './attempt.ts'

useNock()

it.each(['conversationId', 'contactId'])('an inbound message can be added with only a %s', async (name) => {
  vendor().post('/conversations/messages/inbound').reply(201, {})
  const body = { type: 'SMS', [name]: 'a' }
  expect(await nativeRequest(testAccount(), 'POST /conversations/messages/inbound', { body })).toEqual({})
})

describe('a native request', () => {
  it.each([
    [400, { message: 'No Agent found for the id: agt_x', error: 'Bad Request', statusCode: 400 }, 'not-found'],
    [401, { statusCode: 401, message: 'Invalid JWT', error: 'Unauthorized' }, 'authentication'],
    [401, { statusCode: 401, message: 'version header is invalid.' }, 'configuration'],
    [401, { statusCode: 401, message: 'The token is not authorized for this scope.' }, 'permission'],
    [422, { statusCode: 422, message: ['name must be a string'] }, 'invalid-request'],
  ])('fails on HTTP %i with the body %j with the code %s', async (status, body, code) => {
    vendor().get('/conversation-ai/agents/agt_x').reply(status, body)
    const error = await failure(
      testAccount().native.request('GET /conversation-ai/agents/{agentId}', { path: { agentId: 'agt_x' } }),
    )
    expect(error).toMatchObject({ code, status, operation: 'native GET /conversation-ai/agents/{agentId}' })
  })

  it('fails if the vendor reports a failed cancellation with HTTP 200', async () => {
    vendor().delete('/conversations/messages/msg_1/schedule').reply(200, { status: 404, message: 'Message not found' })
    const cancel = testAccount().native.request('DELETE /conversations/messages/{messageId}/schedule', {
      path: { messageId: 'msg_1' },
    })
    expect((await failure(cancel)).code).toBe('not-found')
  })
})

describe('the version header of a native request', () => {
  it('is the configured version of its family', async () => {
    const account = testAccount({ version: { conversations: 'v3', users: '2023-02-21' } })
    vendor('v3').get('/conversations/cnv_1').reply(200, {})
    vendor('2023-02-21').get('/users/usr_1').reply(200, {})
    vendor('2021-07-28').get('/contacts/ctc_1').reply(200, {})
    await account.native.request('GET /conversations/{conversationId}', { path: { conversationId: 'cnv_1' } })
    await account.native.request('GET /users/{userId}', { path: { userId: 'usr_1' } })
    await account.native.request('GET /contacts/{contactId}', { path: { contactId: 'ctc_1' } })
  })

  it.each(['version', 'Version', 'VERSION'])(
    'can be given as the header %s, even for a path with a version of its own',
    async (name) => {
      vendor('2027-01-01').get('/conversations/cnv_1').reply(200, {})
      vendor('2027-01-01').get('/conversation-ai/agents/agt_1/actions').reply(200, {})
      const { native } = testAccount()
      const headers = { [name]: '2027-01-01' }
      await native.request('GET /conversations/{conversationId}', { path: { conversationId: 'cnv_1' } }, { headers })
      await native.request('GET /conversation-ai/agents/{agentId}/actions', { path: { agentId: 'agt_1' } }, { headers })
    },
  )

  it('is the last version before v3 for endpoints that v3 dropped, even if the adapter uses v3', async () => {
    const account = testAccount({ version: { conversations: 'v3' } })
    for (const each of cases.filter(({ route }) => route.includes('/preferences/'))) {
      vendor('2021-04-15').intercept(each.uri, methodOf(each)).reply(200, [])
      expect(await nativeRequest(account, each.route, each.input)).toEqual([])
    }
  })
})
