import type { AnswerPart } from '@parley/core'
import { failure, told } from '@parley/testkit'
import { useNock } from '@parley/testkit/nock'
import { describe, expect, it } from 'vitest'
import { notFound } from '../fixtures/errors.ts'
import { agentMessage } from '../fixtures/messages.ts'
import { account } from '../helpers/account.ts'
import { serve } from '../helpers/vendor.ts'

useNock()

const uri = '/conversations/c-0001/messages'
const input = { text: 'Where is my parcel?', vendor: { 'agent-conversation': { sync: true } } }

async function all(parts: AsyncIterable<AnswerPart>): Promise<AnswerPart[]> {
  const found: AnswerPart[] = []
  for await (const part of parts) found.push(part)
  return found
}

describe('messages.stream', () => {
  it('yields the whole answer, after a warning that the vendor does not stream', async () => {
    const { adapter } = account()
    const parts = adapter.messages.stream('c-0001', input)
    const seen = serve(['POST', uri, 201, agentMessage])
    expect(seen).toEqual([])
    const found = await all(parts)
    expect(found.map(({ type }) => type)).toEqual(['warning', 'text', 'sources', 'finish'])
    expect(found[1]).toEqual({ type: 'text', text: 'Your parcel left the depot today.' })
    const last = found.at(-1)
    if (last?.type !== 'finish') throw new Error('It did not finish.')
    expect(last.answer).toMatchObject({ outcome: 'answered', message: { id: 'm-12' }, attempt: { messageId: 'm-11' } })
    expect(told(last.answer.warnings)).toEqual(['no-streaming'])
  })

  it('fails as messages.ask does, with its own operation name', async () => {
    serve(['POST', uri, 404, notFound])
    expect(await failure(all(account().adapter.messages.stream('c-0001', input)))).toMatchObject({
      code: 'not-found',
      operation: 'messages.stream',
    })
  })
})

describe('the limits of the vendor', () => {
  const long = 'x'.repeat(256_001)
  const { adapter } = account()
  const who = { firstName: 'A', lastName: 'B', email: 'a@b.example' }
  it.each([
    ['context', () => adapter.messages.ask('c', { text: 'x', context: long })],
    ['context', () => adapter.conversations.create({ contact: 'u', context: long })],
    ['title', () => adapter.conversations.create({ contact: 'u', title: 'x'.repeat(256) })],
    ['context', () => adapter.conversations.update('c', { context: long })],
    ['title', () => adapter.conversations.update('c', { title: 'x'.repeat(256) })],
    [
      'context',
      () => adapter.conversations.start({ contact: who, channel: 'email', text: 'x', subject: 's', context: long }),
    ],
    [
      'vendor.agent-conversation.contactContext',
      () =>
        adapter.conversations.start({
          ...{ contact: who, channel: 'email', text: 'x', subject: 's' },
          vendor: { 'agent-conversation': { contactContext: long } },
        }),
    ],
    [
      'vendor.agent-conversation.context',
      () => adapter.contacts.create({ ...who, vendor: { 'agent-conversation': { context: long } } }),
    ],
  ] as [string, () => Promise<unknown>][])(
    'refuse %s above its length before a request is sent',
    async (path, work) => {
      const most = path === 'title' ? 255 : 256_000
      expect(await failure(work())).toMatchObject({
        code: 'invalid-request',
        fields: [{ path, problem: `must have at most ${most} characters` }],
      })
    },
  )

  it('refuse a scheduled reply, because it would be sent at once', async () => {
    const sendAt = '2027-01-01T09:00:00.000Z'
    expect(await failure(adapter.messages.reply('c', { text: 'x', sendAt }))).toMatchObject({
      code: 'unsupported',
      fields: [{ path: 'sendAt' }],
      outcome: 'not-done',
    })
  })
})
