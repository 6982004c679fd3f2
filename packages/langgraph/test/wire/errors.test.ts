import { failure } from '@parley/testkit'
import { useNock } from '@parley/testkit/nock'
import { describe, expect, it } from 'vitest'
import { badId, notFound, threadId } from '../fixtures/threads.ts'
import { account } from '../helpers/account.ts'
import { sentence, serve } from '../helpers/vendor.ts'

useNock()

const at = `/threads/${threadId}`
const get = () => failure(account({ maxRetries: 0 }).adapter.conversations.get(threadId))

describe('an error of the server', () => {
  it('of an id that is no UUID says that nothing exists under it', async () => {
    serve(['GET', '/threads/nope', 400, badId])
    expect(await failure(account().adapter.conversations.get('nope'))).toMatchObject({
      ...{ code: 'not-found', vendorCode: 'ZodError' },
    })
  })

  it('is not found with the server’s own words', async () => {
    serve(sentence('GET', at, 404, notFound))
    const error = await get()
    expect(error).toMatchObject({ code: 'not-found', status: 404, vendorMessage: notFound })
    expect(error).not.toHaveProperty('message', expect.stringContaining('baseUrl'))
  })

  it('advises to check the address if the server does not serve it', async () => {
    serve(sentence('GET', at, 404, '404 Not Found'))
    expect(await get()).toMatchObject({ code: 'not-found', message: expect.stringContaining('baseUrl') })
  })

  it.each([
    [401, 'authentication'],
    [403, 'permission'],
    [429, 'rate-limit'],
    [500, 'vendor-fault'],
    [503, 'vendor-fault'],
  ])('with HTTP %i is %s', async (status, code) => {
    serve(['GET', at, status, 'No'])
    expect(await get()).toMatchObject({ code, status })
  })

  it.each([['<html>'], ['[]'], [''], ['7'], ['{"thread_id":'], [{}], [{ thread_id: '' }]])(
    'with HTTP 200 is an unreadable response where the body is %j',
    async (body) => {
      serve(['GET', at, 200, body])
      expect(await get()).toMatchObject({ code: 'response' })
    },
  )

  it('is repeated at a read after a fault', async () => {
    const seen = serve(['GET', at, 502, ''], ['GET', at, 200, { thread_id: threadId, status: 'idle' }])
    await account().adapter.control.get(threadId)
    expect(seen).toHaveLength(2)
  })
})
