import { failure, told } from '@parley/testkit'
import { useNock } from '@parley/testkit/nock'
import { describe, expect, it } from 'vitest'
import { conversationPage, listedConversation } from '../fixtures/conversations.ts'
import { badRequest, notFound, serverFault } from '../fixtures/errors.ts'
import { account, entity } from '../helpers/account.ts'
import { auth, json, serve } from '../helpers/vendor.ts'

useNock()

const vote = {
  id: 'v-1',
  voteType: 'down',
  question: 'Where?',
  answer: 'Here.',
  comment: 'Wrong.',
  userEmail: 'mara@shop.example',
  createdAt: '2026-02-01T08:05:00Z',
  updatedAt: '2026-02-01T08:06:00Z',
}
const feedback = {
  id: 'v-1',
  vote: { value: 'down', native: 'down' },
  question: 'Where?',
  answer: 'Here.',
  comment: 'Wrong.',
  authorEmail: 'mara@shop.example',
  createdAt: '2026-02-01T08:05:00.000Z',
}
const list = (page = 1, size = 50) =>
  `/conversations?page=${page}&pageSize=${size}&orderBy=updatedAt&orderDirection=DESC&withFeedbacksOnly=true`
const pageOf = (data: object[], hasNextPage = false) => ({
  ...conversationPage,
  ...{ data, hasNextPage, totalItems: undefined, totalPages: undefined },
})
const withVotes = (id: string, ...feedbacks: unknown[]) => ({ ...listedConversation, id, feedbacks })

describe('feedback.list', () => {
  it('collects feedback from the conversations that have any, with a warning', async () => {
    const second = { id: 'v-2', voteType: 'up', question: null }
    const seen = serve(['GET', list(), 200, pageOf([withVotes('c-1', vote, second), withVotes('c-2')])])
    const page = await account().adapter.feedback.list()
    expect(page).toMatchObject({ next: null })
    expect(page.items).toStrictEqual([
      { ...feedback, conversationId: 'c-1' },
      { id: 'v-2', vote: { value: 'up', native: 'up' }, question: null, conversationId: 'c-1' },
    ])
    expect(told(page.warnings)).toEqual(['degraded'])
    expect(page).not.toHaveProperty('total')
    expect(seen).toStrictEqual([{ method: 'GET', uri: `/external${list()}`, headers: auth, body: undefined }])
  })

  it('reads every page', async () => {
    serve(
      ['GET', list(1, 2), 200, pageOf([withVotes('c-1', vote)], true)],
      ['GET', list(2, 2), 200, pageOf([withVotes('c-2', { ...vote, id: 'v-9' })])],
    )
    const ids = []
    for await (const { id } of account().adapter.feedback.list({ limit: 2 })) ids.push(id)
    expect(ids).toEqual(['v-1', 'v-9'])
  })

  it('keeps to the given time, and keeps feedback without a time with a warning', async () => {
    const at = (id: string, createdAt: unknown) => ({ ...vote, id, createdAt })
    const votes = [
      at('late', '2026-02-01T08:05:00.001Z'),
      at('last', '2026-02-01T08:05:00.000Z'),
      at('first', '2026-02-01T08:00:00Z'),
      at('early', '2026-02-01T07:59:59.999Z'),
      at('undated', null),
    ]
    serve(['GET', list(), 200, pageOf([withVotes('c-1', ...votes)])])
    const page = await account().adapter.feedback.list({ since: '2026-02-01T08:00:00Z', until: '2026-02-01T08:05:00Z' })
    expect(page.items.map(({ id }) => id)).toEqual(['last', 'first', 'undated'])
    expect(told(page.warnings)).toEqual(['degraded', 'local-filter', 'local-filter', 'local-filter'])
  })

  it('drops feedback that cannot be read with a warning and continues', async () => {
    serve(['GET', list(), 200, pageOf([withVotes('c-1', 'x', { ...vote, voteType: 'sideways' })])])
    const page = await account().adapter.feedback.list()
    expect(page.items).toMatchObject([{ vote: { value: 'unknown', native: 'sideways' } }])
    expect(told(page.warnings)).toEqual([
      'bad-item data[0].feedbacks[0]',
      'unknown-term data[0].feedbacks[1].voteType',
      'degraded',
    ])
  })

  it.each([
    ['since', { since: 'yesterday' }],
    ['until', { until: 7 }],
    ['limit', { limit: -1 }],
  ])('refuses a wrong %s', async (path, query) => {
    expect(await failure(account().adapter.feedback.list(query as never))).toMatchObject({ fields: [{ path }] })
  })
})

describe('feedback.give', () => {
  const uri = '/conversation-message-feedbacks'
  const input = { vote: 'up', authorId: 'u-77', question: 'Where?', answer: 'Here.', comment: 'Right.' } as const
  const sent = { conversationMessageId: 'm-12', userId: 'u-77', voteType: 'up', question: 'Where?' }

  it('sends a vote of a contact', async () => {
    const { createdAt: _, updatedAt: __, ...undated } = { ...vote, voteType: 'up' }
    const seen = serve(['POST', uri, 201, undated], ['POST', uri, 201, undated])
    const { createdAt: ___, ...told } = { ...feedback, vote: { value: 'up', native: 'up' }, messageId: 'm-12' }
    const { adapter } = account()
    expect(await adapter.feedback.give('m-12', input)).toStrictEqual(told)
    const message = { ...entity('message', 'm-12'), conversationId: 'c-0001' } as never
    const { vote: up, authorId, question } = input
    expect(await adapter.feedback.give(message, { vote: up, authorId, question })).toStrictEqual({
      ...told,
      conversationId: 'c-0001',
    })
    const request = (body: object) => ({ method: 'POST', uri: `/external${uri}`, headers: json, body })
    expect(seen).toStrictEqual([request({ ...sent, answer: 'Here.', comment: 'Right.' }), request(sent)])
  })

  it('reads the answer, which names the message and not the voter', async () => {
    const { userEmail: _, ...answer } = { ...vote, voteType: 'up', conversationMessageId: 'm-12', comment: null }
    serve(['POST', uri, 201, answer])
    const { authorEmail: __, ...told } = feedback
    expect(await account().adapter.feedback.give('m-12', input)).toStrictEqual({
      ...told,
      vote: { value: 'up', native: 'up' },
      comment: null,
      messageId: 'm-12',
    })
  })

  it.each([
    [404, notFound, { code: 'not-found', outcome: 'not-done' }],
    [400, badRequest, { code: 'invalid-request', outcome: 'not-done' }],
    [500, serverFault, { code: 'vendor-fault', outcome: 'unknown' }],
    [201, undefined, { code: 'response', outcome: 'unknown' }],
  ])('fails after HTTP %d', async (status, body, expected) => {
    serve(['POST', uri, status, body])
    expect(await failure(account().adapter.feedback.give('m-12', input))).toMatchObject(expected)
  })

  it.each([
    ['message', '', input],
    ['input', 'm', undefined],
    ['vote', 'm', { ...input, vote: undefined }],
    ['vote', 'm', { ...input, vote: 'sideways' }],
    ['authorId', 'm', { ...input, authorId: undefined }],
    ['question', 'm', { ...input, question: ' ' }],
    ['answer', 'm', { ...input, answer: 7 }],
    ['comment', 'm', { ...input, comment: {} }],
  ])('refuses a wrong %s before a request is sent', async (path, target, wrong) => {
    expect(await failure(account().adapter.feedback.give(target, wrong as never))).toMatchObject({
      code: 'invalid-request',
      fields: [{ path }],
    })
  })
})
