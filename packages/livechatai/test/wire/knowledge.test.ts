import type { KnowledgeInput } from '@parley/core'
import { failure, told } from '@parley/testkit'
import { useNock } from '@parley/testkit/nock'
import { describe, expect, it } from 'vitest'
import { errorBody } from '../fixtures/errors.ts'
import { listedSource, madeSource, sourcePage } from '../fixtures/knowledge.ts'
import { account, entity } from '../helpers/account.ts'
import { got, posted, serve } from '../helpers/vendor.ts'

useNock()

const list = (query: string) => `/data-sources?agentId=bot-1&${query}`
const item = {
  ...entity('knowledge', 'src-1', listedSource),
  kind: { value: 'website', native: 'WEBSITE' },
  title: 'Delivery',
  url: 'https://shop.test/delivery',
  text: 'Parcels take two days.',
  status: { value: 'ready', native: 'COMPLETED' },
  agentId: 'bot-1',
  size: 22,
  createdAt: '2026-01-05T10:00:00.000Z',
  updatedAt: '2026-01-05T10:00:04.000Z',
}

describe('knowledge.list', () => {
  it('reads one page', async () => {
    const seen = serve(['GET', list('page=1&limit=10'), 200, sourcePage([listedSource])])
    expect(await account().adapter.knowledge.list()).toStrictEqual({
      items: [item],
      next: null,
      warnings: [],
      total: 1,
    })
    expect(seen).toStrictEqual([got(list('page=1&limit=10'))])
  })

  it('reads a question with its answer from the documented fields', async () => {
    const raw = { id: 'src-2', title: 'Open?', text: 'From nine.', url: null, source: 'QA', status: 'COMPLETED' }
    serve(['GET', list('page=1&limit=10'), 200, sourcePage([raw])])
    const { items } = await account().adapter.knowledge.list()
    expect(items).toStrictEqual([
      {
        ...entity('knowledge', 'src-2', raw),
        kind: { value: 'faq', native: 'QA' },
        title: 'Open?',
        text: 'From nine.',
        url: null,
        question: 'Open?',
        answer: 'From nine.',
        status: { value: 'ready', native: 'COMPLETED' },
        agentId: 'bot-1',
      },
    ])
  })

  it('reads every page and returns each item once', async () => {
    const numbered = (from: number, count: number) =>
      Array.from({ length: count }, (_, index) => ({ ...listedSource, id: `src-${from + index}` }))
    serve(
      ['GET', list('page=1&limit=10'), 200, sourcePage(numbered(1, 10), 1, 2)],
      ['GET', list('page=2&limit=10'), 200, sourcePage(numbered(10, 3), 2, 2)],
      // One came twice, so others may have moved: the list is read again.
      ['GET', list('page=1&limit=10'), 200, sourcePage(numbered(1, 10), 1, 2)],
      ['GET', list('page=2&limit=10'), 200, sourcePage(numbered(11, 2), 2, 2)],
    )
    const ids: string[] = []
    for await (const { id } of account().adapter.knowledge.list()) ids.push(id)
    expect(ids).toEqual(Array.from({ length: 12 }, (_, index) => `src-${index + 1}`))
  })

  it.each([
    ['website', 'WEBSITE'],
    ['text', 'TEXT'],
    ['faq', 'QA'],
    ['image', 'IMAGE'],
  ] as const)('requests %s from the vendor', async (kind, word) => {
    const one = { ...listedSource, source: word }
    const seen = serve(['GET', list(`source=${word}&page=1&limit=100`), 200, sourcePage([one])])
    const page = await account().adapter.knowledge.list({ kind, limit: 500 })
    expect([page.items.length, page.total, page.warnings]).toEqual([1, 1, []])
    expect(seen).toHaveLength(1)
  })

  it('filters here what the vendor cannot filter, with a warning', async () => {
    const files = [
      { ...listedSource, source: 'PDF', id: 'a' },
      { ...listedSource, source: 'DOCX', id: 'b', title: 'House rules' },
    ]
    serve(['GET', list('page=1&limit=10'), 200, sourcePage([listedSource, ...files])])
    const page = await account().adapter.knowledge.list({ kind: 'file', search: 'RULES' })
    expect(page.items.map(({ id }) => id)).toEqual(['b'])
    expect(page).not.toHaveProperty('total')
    expect(told(page.warnings)).toEqual(['local-filter', 'local-filter'])
  })

  it('accepts the vendor’s own words and another agent', async () => {
    const seen = serve(['GET', '/data-sources?agentId=bot-2&source=PDF&page=1&limit=10', 200, sourcePage([])])
    const vendor = { livechatai: { agentId: 'bot-2', source: 'PDF' } } as const
    const page = await account().adapter.knowledge.list({ vendor, knowledgeBaseId: 'kb' })
    expect([seen.length, told(page.warnings)]).toEqual([1, ['ignored-option knowledgeBaseId']])
  })

  it('keeps unknown words, and drops an item that cannot be read', async () => {
    const odd = { ...listedSource, source: 'SHEET', status: 'AWAITING_REVIEW', characterCount: 'many' }
    serve(['GET', list('page=1&limit=10'), 200, sourcePage([odd, { title: 'no id' }])])
    const page = await account().adapter.knowledge.list()
    expect(page.items).toMatchObject([
      { kind: { value: 'unknown', native: 'SHEET' }, status: { value: 'unknown', native: 'AWAITING_REVIEW' } },
    ])
    expect(told(page.warnings)).toEqual([
      'unknown-term data.items[0].source',
      'unknown-term data.items[0].status',
      'unreadable-field data.items[0].characterCount',
      'bad-item data.items[1].id',
    ])
  })

  it.each([
    ['limit', { limit: 0 }],
    ['kind', { kind: 'page' }],
    ['search', { search: 7 }],
    ['vendor.livechatai.source', { vendor: { livechatai: { source: 'YOUTUBE' } } }],
    ['cursor', { cursor: 'x' }],
  ])('refuses a wrong %s', async (path, query) => {
    expect(await failure(account().adapter.knowledge.list(query as never))).toMatchObject({
      code: 'invalid-request',
      fields: [{ path }],
    })
  })

  it('fails without a list', async () => {
    serve(['GET', list('page=1&limit=10'), 200, { status: 'success', data: { agentId: 'bot-1' } }])
    expect(await failure(account().adapter.knowledge.list())).toMatchObject({
      code: 'response',
      fields: [{ path: 'data.items' }],
    })
  })
})

describe('knowledge.add', () => {
  const cases: [KnowledgeInput, string, string, object, object][] = [
    [
      { kind: 'website', url: 'https://shop.test/a', scope: 'page' },
      'url',
      'WEBSITE',
      { url: 'https://shop.test/a' },
      { kind: { value: 'website', native: 'WEBSITE' }, url: 'https://shop.test/a' },
    ],
    [
      { kind: 'text', title: 'Hours', text: 'From nine.' },
      'text',
      'TEXT',
      { title: 'Hours', content: 'From nine.' },
      { kind: { value: 'text', native: 'TEXT' }, title: 'Hours', text: 'From nine.' },
    ],
    [
      {
        kind: 'faq',
        question: 'Open?',
        answer: 'From nine.',
        vendor: { livechatai: { isGeneratedByAI: true, relatedMessageId: 'm-1' } },
      },
      'qa',
      'QA',
      { question: 'Open?', answer: 'From nine.', isGeneratedByAI: true, relatedMessageId: 'm-1' },
      { kind: { value: 'faq', native: 'QA' }, question: 'Open?', answer: 'From nine.' },
    ],
    [
      { kind: 'file', fileName: 'rules.DOCX', text: 'Be kind.' },
      'file',
      'DOCX',
      { title: 'rules.DOCX', content: 'Be kind.', fileType: 'docx' },
      { kind: { value: 'file', native: 'DOCX' }, title: 'rules.DOCX', text: 'Be kind.' },
    ],
    [
      { kind: 'file', title: 'Rules', text: 'Be kind.', contentType: 'application/pdf' },
      'file',
      'PDF',
      { title: 'Rules', content: 'Be kind.', fileType: 'pdf' },
      { kind: { value: 'file', native: 'PDF' }, title: 'Rules', text: 'Be kind.' },
    ],
    [
      { kind: 'file', fileName: 'plan.jpeg', text: 'Ground floor.' },
      'file',
      'IMAGE',
      { title: 'plan.jpeg', content: 'Ground floor.', fileType: 'image' },
      { kind: { value: 'image', native: 'IMAGE' }, title: 'plan.jpeg', text: 'Ground floor.' },
    ],
    [
      { kind: 'file', title: 'Plan', text: 'Ground floor.', vendor: { livechatai: { fileType: 'image' } } },
      'file',
      'IMAGE',
      { title: 'Plan', content: 'Ground floor.', fileType: 'image' },
      { kind: { value: 'image', native: 'IMAGE' }, title: 'Plan', text: 'Ground floor.' },
    ],
  ]

  it.each(cases)('sends %o', async (input, path, source, body, known) => {
    const seen = serve(['POST', `/data-sources/${path}`, 200, madeSource(source)])
    const { adapter, warnings } = account()
    expect(await adapter.knowledge.add(input)).toStrictEqual({
      ...entity('knowledge', 'src-9', { id: 'src-9', source, isGeneratedByAI: false }),
      status: { value: 'processing', native: null },
      agentId: 'bot-1',
      ...known,
    })
    expect(seen).toStrictEqual([posted(`/data-sources/${path}`, { ...body, agentId: 'bot-1' })])
    expect(warnings).toEqual([])
  })

  it('warns about options that the kind does not have', async () => {
    const seen = serve(['POST', '/data-sources/text', 200, madeSource('TEXT')])
    const { adapter, warnings } = account()
    const vendor = { livechatai: { fileType: 'pdf', isGeneratedByAI: true } } as const
    await adapter.knowledge.add({ kind: 'text', title: 'T', text: 'x', vendor })
    expect(seen).toStrictEqual([posted('/data-sources/text', { title: 'T', content: 'x', agentId: 'bot-1' })])
    expect(told(warnings)).toEqual(['ignored-option fileType', 'ignored-option isGeneratedByAI'])
  })

  it('adds to another agent, and has no collections', async () => {
    const seen = serve(['POST', '/data-sources/text', 200, madeSource('TEXT')])
    const { adapter, warnings } = account()
    const vendor = { livechatai: { agentId: 'bot-2' } }
    const added = await adapter.knowledge.add({ kind: 'text', title: 'T', text: 'x', knowledgeBaseId: 'kb', vendor })
    expect([added.agentId, seen[0]?.body]).toEqual(['bot-2', { title: 'T', content: 'x', agentId: 'bot-2' }])
    expect(told(warnings)).toEqual(['ignored-option knowledgeBaseId'])
  })

  const bytes = new Uint8Array([1])
  it.each([
    ['input', undefined],
    ['kind', {}],
    ['kind', { kind: 'video', url: 'https://shop.test' }],
    ['url', { kind: 'website' }],
    ['url', { kind: 'website', url: 'shop.test' }],
    ['url', { kind: 'website', url: 'ftp://shop.test/a' }],
    ['scope', { kind: 'website', url: 'https://shop.test', scope: 'site' }],
    ['scope', { kind: 'website', url: 'https://shop.test', scope: 'path' }],
    ['title', { kind: 'text', text: 'x' }],
    ['text', { kind: 'text', title: 'x', text: '' }],
    ['question', { kind: 'faq', answer: 'x' }],
    ['answer', { kind: 'faq', question: 'x' }],
    [
      'vendor.livechatai.isGeneratedByAI',
      { kind: 'faq', question: 'x', answer: 'y', vendor: { livechatai: { isGeneratedByAI: 'no' } } },
    ],
    [
      'vendor.livechatai.relatedMessageId',
      { kind: 'faq', question: 'x', answer: 'y', vendor: { livechatai: { relatedMessageId: 7 } } },
    ],
    ['content', { kind: 'file', fileName: 'a.pdf', content: bytes }],
    ['text', { kind: 'file', fileName: 'a.pdf' }],
    ['fileName', { kind: 'file', text: 'x' }],
    ['contentType', { kind: 'file', fileName: 'a.xlsx', text: 'x' }],
    [
      'vendor.livechatai.fileType',
      { kind: 'file', fileName: 'a.pdf', text: 'x', vendor: { livechatai: { fileType: 'PDF' } } },
    ],
    ['vendor.livechatai.agentId', { kind: 'text', title: 'T', text: 'x', vendor: { livechatai: { agentId: 7 } } }],
  ])('refuses a wrong %s before a request is sent: %o', async (path, input) => {
    expect(await failure(account().adapter.knowledge.add(input as never))).toMatchObject({
      code: 'invalid-request',
      fields: [{ path }],
      outcome: 'not-done',
    })
  })

  it.each([undefined, { status: 'success', data: { message: 'ok' } }, { status: 'success', data: { item: {} } }])(
    'has an unknown outcome if the answer has no id: %o',
    async (body) => {
      serve(['POST', '/data-sources/text', 200, body])
      const work = account().adapter.knowledge.add({ kind: 'text', title: 'T', text: 'x' })
      expect(await failure(work)).toMatchObject({ code: 'response', outcome: 'unknown' })
    },
  )
})

describe('knowledge.remove', () => {
  const removed = (fields: object) => ({ status: 'success', data: { agentId: 'bot-1', source: 'TEXT', ...fields } })
  const asked = (source: string, id = 'src-1', agentId = 'bot-1') => ({
    ...posted('/data-sources', { agentId, source, ids: [id] }),
    method: 'DELETE',
  })

  it('sends the kind and the id in a body', async () => {
    const seen = serve(['DELETE', '/data-sources', 200, removed({ deleted: ['src-1'], notFound: [] })])
    const { adapter } = account()
    expect(await adapter.knowledge.remove(item as never)).toStrictEqual({ id: 'src-1', confirmed: true })
    expect(seen).toStrictEqual([asked('WEBSITE')])
  })

  it('uses the agent of the item', async () => {
    const seen = serve(['DELETE', '/data-sources', 200, removed({})])
    const { adapter } = account()
    const other = { ...item, agentId: 'bot-2', kind: { value: 'unknown', native: 'SHEET' } }
    expect(await adapter.knowledge.remove(other as never)).toStrictEqual({ id: 'src-1', confirmed: false })
    expect(seen).toStrictEqual([asked('SHEET', 'src-1', 'bot-2')])
  })

  it('takes the kind from the options', async () => {
    const seen = serve(['DELETE', '/data-sources', 200, removed({ deleted: ['src-1'] })])
    await account().adapter.knowledge.remove('src-1', { kind: 'faq' })
    expect(seen).toStrictEqual([asked('QA')])
  })

  it.each([undefined, 'file'] as const)('looks up the kind if only %s is given', async (kind) => {
    const pdf = { ...listedSource, id: 'src-7', source: 'PDF' }
    const seen = serve(
      ['GET', list('page=1&limit=100'), 200, sourcePage([listedSource], 1, 2)],
      ['GET', list('page=2&limit=100'), 200, sourcePage([pdf], 2, 2)],
      ['DELETE', '/data-sources', 200, removed({ deleted: ['src-7'] })],
    )
    const { adapter } = account()
    expect(await adapter.knowledge.remove('src-7', kind && { kind })).toStrictEqual({ id: 'src-7', confirmed: true })
    expect(seen.at(-1)).toStrictEqual(asked('PDF', 'src-7'))
  })

  it('fails with `not-found` for a missing item, whether the list or a 200 says so', async () => {
    serve(['GET', list('page=1&limit=100'), 200, sourcePage([listedSource])])
    const { adapter } = account()
    expect(await failure(adapter.knowledge.remove('gone'))).toMatchObject({ code: 'not-found', outcome: 'not-done' })
    serve(['DELETE', '/data-sources', 200, removed({ deleted: [], notFound: ['src-1'] })])
    expect(await failure(adapter.knowledge.remove(item as never))).toMatchObject({ code: 'not-found' })
    serve(['DELETE', '/data-sources', 400, errorBody('source is required', 'BAD_REQUEST')])
    expect(await failure(adapter.knowledge.remove(item as never))).toMatchObject({ code: 'invalid-request' })
  })

  it.each(['YOUTUBE', 'NOTION'])('refuses %s before a request is sent', async (native) => {
    const video = { ...item, kind: { value: 'video', native } }
    expect(await failure(account().adapter.knowledge.remove(video as never))).toMatchObject({
      code: 'unsupported',
      fields: [{ path: 'item.kind' }],
      outcome: 'not-done',
    })
  })

  it.each([
    ['item', '', undefined],
    ['item', null, undefined],
    ['item', { ...item, vendor: 'other' }, undefined],
    ['kind', 'src-1', { kind: 'page' }],
  ])('refuses a wrong %s', async (path, target, options) => {
    expect(await failure(account().adapter.knowledge.remove(target as never, options as never))).toMatchObject({
      code: 'invalid-request',
      fields: [{ path }],
    })
  })
})
