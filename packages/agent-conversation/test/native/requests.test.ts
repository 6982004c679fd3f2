import { failure, type NativeCase, nativeRequest, useNock } from '@parley/testkit'
import nock from 'nock'
import { describe, expect, it } from 'vitest'
import { account } from '../helpers/account.ts'
import { serve } from '../helpers/vendor.ts'
import { cases, form } from './cases.ts'

useNock()

const adapter = () => account({ organizationKey: 'organization-secret-1' }).adapter
const methodOf = ({ route }: NativeCase): string => route.split(' ')[0] as string
describe('over the wire', () => {
  it('POST /agent-files/upload', async () => {
    const seen: unknown[] = []
    nock('https://api.raia2.com')
      .post('/external/agent-files/upload')
      .reply(async (given: Request) => {
        const data = await given.formData()
        const file = data.get('file') as File
        seen.push(given.headers.get('content-type')?.split(';')[0], given.headers.get('agent-secret-key'))
        seen.push(file.name, await file.text(), data.get('autoAddToVectorStore'))
        return [200, JSON.stringify({ id: 'f-1' }), { 'content-type': 'application/json' }]
      })
    expect(await adapter().native.request('POST /agent-files/upload', { body: form() })).toEqual({ id: 'f-1' })
    expect(seen).toEqual(['multipart/form-data', 'planted-key-1', 'hours.txt', 'We open at nine.', 'true'])
  })

  it.each(['GET /agents/{id}/users', 'PUT /agents/{id}'])('%s carries the other key, and only that', async (route) => {
    const { input } = cases.find((each) => each.route === route) ?? {}
    const scope = nock('https://api.raia2.com', {
      reqheaders: { 'organization-secret-key': 'organization-secret-1' },
      badheaders: ['agent-secret-key', 'authorization'],
    })
      .intercept(/.*/, route.split(' ')[0] as string)
      .reply(200, {})
    await nativeRequest(adapter(), route, input)
    expect(scope.isDone()).toBe(true)
  })

  it('the agent’s endpoints carry no other key', async () => {
    nock('https://api.raia2.com', { badheaders: ['organization-secret-key'] })
      .get('/external/agents/by-api-key')
      .reply(200, {})
    expect(await adapter().native.request('GET /agents/by-api-key')).toEqual({})
  })
})

describe('what is required', () => {
  it.each(['phoneNumber', 'email', 'fkId'])('one of the three is enough: %s', async (name) => {
    const body = { firstName: 'Ada', lastName: 'Quill', [name]: 'x' }
    serve(['POST', '/users', 201, {}], ['GET', `/users/search?${name}=x`, 200, {}])
    expect(await nativeRequest(adapter(), 'POST /users', { body })).toEqual({})
    expect(await nativeRequest(adapter(), 'GET /users/search', { query: { [name]: 'x' } })).toEqual({})
  })

  it.each(['POST /agents', 'PUT /agents/{id}'])('%s: the results of a file search, where it is on', async (route) => {
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
  })

  it.each(['fax', 'constructor', 7])('a channel that nobody knows is the vendor’s to refuse: %o', async (channel) => {
    const body = { firstName: 'Ada', lastName: 'Quill', channel }
    serve(['POST', '/conversations/start', 400, {}])
    expect(await failure(nativeRequest(adapter(), 'POST /conversations/start', { body }))).toMatchObject({
      code: 'invalid-request',
      status: 400,
    })
  })
})

describe('documented limits', () => {
  const routes = ['POST /conversations', 'PUT /conversations/{id}'] as const
  const sizes = [
    ['title', 255],
    ['context', 256_000],
  ] as const
  const rows = routes.flatMap((route) => sizes.map(([name, most]) => [route, name, most] as const))

  it.each(rows)('%s: %s has at most %i characters', async (route, name, most) => {
    const each = cases.find((one) => one.route === route) as NativeCase
    const longest = '😀'.repeat(most)
    const body = { ...each.input.body, [name]: longest }
    serve([methodOf(each), each.uri, each.status, {}])
    expect(await nativeRequest(adapter(), route, { ...each.input, body })).toEqual({})
    const over = { ...each.input, body: { ...body, [name]: `${longest}!` } }
    const error = await failure(nativeRequest(adapter(), route, over))
    const problem = `must have at most ${most} characters`
    expect(error).toMatchObject({ code: 'invalid-request', fields: [{ path: `body.${name}`, problem }] })
    expect(error.message).toContain(`body.${name} ${problem}`)
    expect(error.message).not.toContain('😀')
  })
})
