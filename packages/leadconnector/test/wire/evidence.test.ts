import { describe, expect, it } from 'vitest'
import { readGeneration } from '../../src/read/generation.ts'
import { generationPayload } from '../fixtures/generation.ts'
import { nested, smsPayload } from '../fixtures/messages.ts'
import { failure, movingClock, otherNotFound, testAccount, useNock, vendor } from '../helpers/account.ts'
import { createReading } from '../helpers/reading.ts'

useNock()

const path = '/conversation-ai/generations'
const none = { statusCode: 400, message: 'No Ai suggestion Found', error: 'Bad Request' }
const lookup = (source: string, messageId = 'msg_3') => vendor().get(path).query({ messageId, source })
const generation = readGeneration(generationPayload, createReading(), 'msg_3')

describe('generations.get', () => {
  it('reads the generation of an answer', async () => {
    lookup('conversation').reply(200, generationPayload)
    expect(await testAccount().generations.get('msg_3')).toStrictEqual(generation)
  })

  it.each([400, 404, 422, 500])('looks in workflows after a miss (%i)', async (status) => {
    lookup('conversation').reply(status, none)
    lookup('workflow').reply(200, generationPayload)
    expect(await testAccount().generations.get('msg_3')).toStrictEqual(generation)
  })

  it.each(otherNotFound)('does not take %i %o for "no agent made it"', async (status, body) => {
    lookup('conversation').reply(status, body)
    expect(await failure(testAccount().generations.get('msg_3'))).toMatchObject({ status })
  })

  it('is not found for a message that no agent made', async () => {
    lookup('conversation').reply(400, none)
    lookup('workflow').reply(400, none)
    expect(await failure(testAccount().generations.get('msg_3'))).toMatchObject({
      code: 'not-found',
      operation: 'generations.get',
    })
  })
})

describe('sources.of', () => {
  it('gives the chunks and asks once only', async () => {
    lookup('conversation').reply(200, generationPayload)
    const account = testAccount()
    const sources = await account.sources.of('msg_3')
    expect(sources).toStrictEqual(generation.sources)
    sources.length = 0
    expect(await account.sources.of('msg_3')).toStrictEqual(generation.sources)
  })

  it('remembers them without their payload, and asks once more when that is wanted', async () => {
    lookup('conversation').twice().reply(200, generationPayload)
    const account = testAccount({ raw: false })
    const plain = await account.sources.of('msg_3')
    expect(plain.map(({ raw }) => raw)).toEqual([undefined, undefined])
    expect(await account.sources.of('msg_3', { raw: true })).toStrictEqual(generation.sources)
    expect(await account.sources.of('msg_3', { raw: true })).toStrictEqual(generation.sources)
    // What is remembered with its payload is given without it.
    expect(await account.sources.of('msg_3')).toStrictEqual(plain)
  })

  it('remembers a miss for a while', async () => {
    lookup('conversation').twice().reply(400, none)
    lookup('workflow').twice().reply(400, none)
    const clock = movingClock()
    const account = testAccount({ clock })
    expect(await account.sources.of('msg_3')).toEqual([])
    expect(await account.sources.of('msg_3')).toEqual([])
    await clock.advance(600_001)
    expect(await account.sources.of('msg_3')).toEqual([])
  })

  it('forgets the oldest after five hundred', async () => {
    vendor().get(path).query(true).times(502).reply(200, generationPayload)
    const account = testAccount({ clock: movingClock() })
    for (let index = 0; index < 101; index++) {
      const batch = Array.from({ length: index < 100 ? 5 : 1 }, (_, place) => `msg_${index * 5 + place}`)
      if (index % 19 === 18) await new Promise((resolve) => account.clock.after(11_000, () => resolve(undefined)))
      for (const id of batch) await account.sources.of(id)
    }
    await account.sources.of('msg_500')
    await account.sources.of('msg_0')
  })

  it('asks nobody about a message that cannot be the agent’s', async () => {
    vendor()
      .get('/conversations/cnv_81/messages')
      .query(true)
      .reply(200, nested([{ ...smsPayload, direction: 'inbound' }]))
    const account = testAccount()
    const { items } = await account.messages.list('cnv_81')
    expect(await account.sources.of(items[0] as never)).toEqual([])
  })
})
