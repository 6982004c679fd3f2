import { failure } from '@parley/testkit'
import { useNock } from '@parley/testkit/nock'
import { describe, expect, it } from 'vitest'
import { readGeneration } from '../../src/read/generation.ts'
import { generationPayload } from '../fixtures/generation.ts'
import { nested, smsPayload } from '../fixtures/messages.ts'
import { movingClock, otherNotFound, reader, testAccount, vendor } from '../helpers/account.ts'

useNock()

const path = '/conversation-ai/generations'
const none = { statusCode: 400, message: 'No Ai suggestion Found', error: 'Bad Request' }
const lookup = (source: string, messageId = 'msg_3') => vendor().get(path).query({ messageId, source })
const generation = readGeneration(generationPayload, reader().reading, 'msg_3')

describe('generations.get', () => {
  it('reads the generation of an answer', async () => {
    lookup('conversation').reply(200, generationPayload)
    expect(await testAccount().generations.get('msg_3')).toStrictEqual(generation)
  })

  it.each([400, 404, 422, 500])('looks among the workflows after HTTP %i', async (status) => {
    lookup('conversation').reply(status, none)
    lookup('workflow').reply(200, generationPayload)
    expect(await testAccount().generations.get('msg_3')).toStrictEqual(generation)
  })

  it.each(otherNotFound)('does not take HTTP %i with %o for a message without a generation', async (status, body) => {
    lookup('conversation').reply(status, body)
    expect(await failure(testAccount().generations.get('msg_3'))).toMatchObject({ status })
  })

  it('fails with `not-found` for a message that no agent wrote', async () => {
    lookup('conversation').reply(400, none)
    lookup('workflow').reply(400, none)
    expect(await failure(testAccount().generations.get('msg_3'))).toMatchObject({
      code: 'not-found',
      operation: 'generations.get',
    })
  })
})

describe('sources.list', () => {
  it('returns the chunks and requests them only once', async () => {
    lookup('conversation').reply(200, generationPayload)
    const account = testAccount()
    const sources = (await account.sources.list('msg_3')).items
    expect(sources).toStrictEqual(generation.sources)
    sources.length = 0
    expect((await account.sources.list('msg_3')).items).toStrictEqual(generation.sources)
  })

  it('pages through the chunks of one request if there is a limit', async () => {
    lookup('conversation').reply(200, generationPayload)
    const { sources } = testAccount()
    const first = await sources.list('msg_3', { limit: 1 })
    expect(first).toMatchObject({ items: [generation.sources[0]], total: 2 })
    const rest = await sources.list('msg_3', { cursor: first.next })
    expect(rest).toMatchObject({ items: [generation.sources[1]], next: null })
    const all = []
    for await (const source of sources.list('msg_3', { limit: 1 })) all.push(source)
    expect(all).toStrictEqual(generation.sources)
    // A cursor belongs to the message of its list.
    expect(await failure(sources.list('msg_4', { cursor: first.next }))).toMatchObject({ fields: [{ path: 'cursor' }] })
  })

  it('caches sources without their payload, and requests them again if `raw` is wanted', async () => {
    lookup('conversation').twice().reply(200, generationPayload)
    const account = testAccount({ raw: false })
    const plain = (await account.sources.list('msg_3')).items
    expect(plain.map(({ raw }) => raw)).toEqual([undefined, undefined])
    expect((await account.sources.list('msg_3', {}, { raw: true })).items).toStrictEqual(generation.sources)
    expect((await account.sources.list('msg_3', {}, { raw: true })).items).toStrictEqual(generation.sources)
    // What is remembered with its payload is given without it.
    expect((await account.sources.list('msg_3')).items).toStrictEqual(plain)
  })

  it('caches a miss for a while', async () => {
    lookup('conversation').twice().reply(400, none)
    lookup('workflow').twice().reply(400, none)
    const clock = movingClock()
    const account = testAccount({ clock })
    expect((await account.sources.list('msg_3')).items).toEqual([])
    expect((await account.sources.list('msg_3')).items).toEqual([])
    await clock.advance(600_001)
    expect((await account.sources.list('msg_3')).items).toEqual([])
  })

  it('drops the oldest entry after five hundred', async () => {
    vendor().get(path).query(true).times(502).reply(200, generationPayload)
    const account = testAccount({ clock: movingClock() })
    for (let index = 0; index < 101; index++) {
      const batch = Array.from({ length: index < 100 ? 5 : 1 }, (_, place) => `msg_${index * 5 + place}`)
      if (index % 19 === 18) await new Promise((resolve) => account.clock.after(11_000, () => resolve(undefined)))
      for (const id of batch) await account.sources.list(id)
    }
    await account.sources.list('msg_500')
    await account.sources.list('msg_0')
  })

  it('sends no request for a message that no agent can have written', async () => {
    vendor()
      .get('/conversations/cnv_81/messages')
      .query(true)
      .reply(200, nested([{ ...smsPayload, direction: 'inbound' }]))
    const account = testAccount()
    const { items } = await account.messages.list('cnv_81')
    expect((await account.sources.list(items[0] as never)).items).toEqual([])
  })
})
