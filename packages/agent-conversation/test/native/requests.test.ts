import { failure } from '@parley/testkit'
import { type NativeCase, nativeRequest } from '@parley/testkit/native'
import { useNock } from '@parley/testkit/nock'
import nock from 'nock'
import { describe, expect, it } from 'vitest'
import { account } from '../helpers/account.ts'
import { serve } from '../helpers/vendor.ts'
import { cases } from './cases.ts'

useNock()

const adapter = () => account({ organizationKey: 'organization-secret-1' }).adapter
const methodOf = ({ route }: NativeCase): string => route.split(' ')[0] as string
it('requests of the agent’s endpoints carry no key of the organisation', async () => {
  nock('https://api.raia2.com', { badheaders: ['organization-secret-key'] })
    .get('/external/agents/by-api-key')
    .reply(200, {})
  expect(await adapter().native.request('GET /agents/by-api-key')).toEqual({})
})

describe('a native request that needs one of several values', () => {
  it.each(['phoneNumber', 'email', 'fkId'])('can be sent with only %s', async (name) => {
    const body = { firstName: 'Ada', lastName: 'Quill', [name]: 'x' }
    serve(['POST', '/users', 201, {}], ['GET', `/users/search?${name}=x`, 200, {}])
    expect(await nativeRequest(adapter(), 'POST /users', { body })).toEqual({})
    expect(await nativeRequest(adapter(), 'GET /users/search', { query: { [name]: 'x' } })).toEqual({})
  })

  it.each(['POST /agents', 'PUT /agents/{id}'])(
    '%s needs the number of results only if the file search is on',
    async (route) => {
      const each = cases.find((one) => one.route === route) as NativeCase
      const bodyWith = (fields: object) => ({ ...each.input, body: { ...each.input.body, ...fields } })
      for (const fileSearchMaxNumResults of [undefined, null]) {
        const wrong = bodyWith({ isFileSearchEnabled: true, fileSearchMaxNumResults })
        expect(await failure(nativeRequest(adapter(), route, wrong))).toMatchObject({
          code: 'invalid-request',
          outcome: 'not-done',
          fields: [{ path: 'body.fileSearchMaxNumResults', problem: 'is required with isFileSearchEnabled' }],
        })
      }
      for (const isFileSearchEnabled of [false, undefined]) {
        serve([methodOf(each), each.uri, each.status, {}])
        const off = bodyWith({ isFileSearchEnabled, fileSearchMaxNumResults: undefined })
        expect(await nativeRequest(adapter(), route, off)).toEqual({})
      }
    },
  )

  it.each(['fax', 'constructor', 7])(
    'is sent with the unknown channel %o, so that the vendor decides',
    async (channel) => {
      const body = { firstName: 'Ada', lastName: 'Quill', channel }
      serve(['POST', '/conversations/start', 400, {}])
      expect(await failure(nativeRequest(adapter(), 'POST /conversations/start', { body }))).toMatchObject({
        code: 'invalid-request',
        status: 400,
      })
    },
  )
})
