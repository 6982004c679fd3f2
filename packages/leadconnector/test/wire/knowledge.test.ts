import type { KnowledgeInput } from '@parley/core'
import { failure } from '@parley/testkit'
import { useNock } from '@parley/testkit/nock'
import { describe, expect, it } from 'vitest'
import { readCrawl, readFaq, readPage } from '../../src/read/knowledge.ts'
import { basesPayload, crawlPayload, faqPayload, pagePayload } from '../fixtures/knowledge.ts'
import { reader, testAccount, vendor } from '../helpers/account.ts'

useNock()

const bases = '/knowledge-bases/'
const faqs = '/knowledge-bases/faqs'
const crawler = '/knowledge-bases/crawler'
const place = (knowledgeBaseId: string) => ({ knowledgeBaseId, locationId: 'loc_1' })

const listsBases = (ids: readonly string[]) =>
  vendor().get(bases).query({ locationId: 'loc_1', limit: '20' }).reply(200, basesPayload(ids))
const listsFaqs = (base: string, found: readonly object[], query: object = {}, more: object = {}) =>
  vendor()
    .get(faqs)
    .query({ ...place(base), limit: '20', ...query })
    .reply(200, { count: found.length, faqs: found, lastFaqId: null, hasMore: false, ...more })
const listsPages = (base: string, found: readonly object[], query: object = {}, count = found.length) =>
  vendor()
    .get(crawler)
    .query({ ...place(base), page: '1', pageLength: '20', ...query })
    .reply(200, { count, urls: found })

const faq = (id: string, more: object = {}) => ({ ...faqPayload, id, ...more })
const page = (id: string) => ({ ...pagePayload, id })

describe('knowledge.list', () => {
  it('lists the FAQs and then the pages of one base after the other, and skips empty lists', async () => {
    listsBases(['kb_1', 'kb_2'])
    listsFaqs('kb_1', [])
    listsPages('kb_1', [page('u1')])
    listsFaqs('kb_2', [faq('f1'), faq('gone', { deleted: true }), faq('f2')])
    listsPages('kb_2', [])
    const pages: string[][] = []
    for await (const { items, warnings } of testAccount().knowledge.list().pages()) {
      pages.push(items.map(({ id }) => id))
      expect(warnings).toEqual([])
    }
    expect(pages).toEqual([['u1'], ['f1', 'f2'], []])
  })

  it('returns whole items', async () => {
    listsFaqs('kb_2', [faqPayload])
    const [first] = (await testAccount().knowledge.list({ knowledgeBaseId: 'kb_2' })).items
    expect(first).toStrictEqual(readFaq(faqPayload, reader().reading, 'kb_2'))
    listsPages('kb_2', [pagePayload])
    const [second] = (await testAccount().knowledge.list({ knowledgeBaseId: 'kb_2', kind: 'website' })).items
    expect(second).toStrictEqual(readPage(pagePayload, reader().reading, 'kb_2'))
  })

  it('is empty for a base that does not exist, unless another server says so', async () => {
    const faqsOf = () =>
      vendor()
        .get(faqs)
        .query({ ...place('kb_9'), limit: '20' })
    const list = () => testAccount().knowledge.list({ knowledgeBaseId: 'kb_9' })
    faqsOf().reply(400, { statusCode: 400, message: 'Knowledge base with id kb_9 not found', error: 'Bad Request' })
    expect(await list()).toEqual({ items: [], next: null, warnings: [] })
    faqsOf().reply(404, { message: 'Not Found' })
    expect(await failure(list())).toMatchObject({ code: 'not-found' })
  })

  it('continues in a list with the vendor’s cursors', async () => {
    const two = { limit: '2' }
    listsFaqs('kb_1', [faq('f1'), faq('f2')], two, { lastFaqId: 'f2', hasMore: true })
    listsFaqs('kb_1', [faq('f3')], { ...two, lastFaqId: 'f2' }, { lastFaqId: 'f3' })
    listsPages('kb_1', [page('u1'), page('u2')], { pageLength: '2' }, 3)
    listsPages('kb_1', [page('u3')], { pageLength: '2', page: '2' }, 3)
    const ids: string[] = []
    for await (const { id } of testAccount().knowledge.list({ knowledgeBaseId: 'kb_1', limit: 2 })) ids.push(id)
    expect(ids).toEqual(['f1', 'f2', 'f3', 'u1', 'u2', 'u3'])
  })

  it('reads on if the vendor sends fewer pages than asked for', async () => {
    const hundred = { pageLength: '100' }
    listsPages('kb_1', [page('u1'), page('u2')], hundred, 3)
    listsPages('kb_1', [page('u3')], { ...hundred, page: '2' }, 3)
    const list = testAccount().knowledge.list({ knowledgeBaseId: 'kb_1', kind: 'website', limit: 1_000 })
    const ids: string[] = []
    for await (const { id } of list) ids.push(id)
    expect(ids).toEqual(['u1', 'u2', 'u3'])
  })

  it('reads every base page by page', async () => {
    vendor()
      .get(bases)
      .query({ locationId: 'loc_1', limit: '20' })
      .reply(200, basesPayload(['kb_1'], true))
    vendor()
      .get(bases)
      .query({ locationId: 'loc_1', limit: '20', lastKnowledgeBaseId: 'kb_1' })
      .reply(200, basesPayload(['kb_2']))
    listsFaqs('kb_1', [])
    listsFaqs('kb_2', [faq('f1')])
    expect((await testAccount().knowledge.list({ kind: 'faq' })).items.map(({ id }) => id)).toEqual(['f1'])
  })

  it('is empty without a base', async () => {
    listsBases([])
    expect(await testAccount().knowledge.list()).toStrictEqual({ items: [], next: null, warnings: [] })
  })

  it('searches pages at the vendor and FAQs here, with a warning', async () => {
    listsFaqs('kb_1', [faq('f1', { question: 'Where?' }), faq('f2')])
    const account = testAccount()
    const found = await account.knowledge.list({ knowledgeBaseId: 'kb_1', search: 'OPEN' })
    expect(found.items.map(({ id }) => id)).toEqual(['f2'])
    expect(found.warnings.map(({ code }) => code)).toEqual(['local-filter'])
    listsPages('kb_1', [page('u1')], { query: 'OPEN' })
    const rest = await account.knowledge.list({ knowledgeBaseId: 'kb_1', search: 'OPEN', cursor: found.next as string })
    expect(rest.items.map(({ id }) => id)).toEqual(['u1'])
    expect(rest.warnings).toEqual([])
  })

  it.each(['text', 'file', 'rich-text'] as const)('has no items of the kind %s, and warns', async (kind) => {
    const { items, next, warnings } = await testAccount().knowledge.list({ kind })
    expect([items, next, warnings.map(({ code }) => code)]).toEqual([[], null, ['degraded']])
  })

  it('drops an item that cannot be read with a warning and continues', async () => {
    listsFaqs('kb_1', [null as never, faq('f1')])
    const { items, warnings } = await testAccount().knowledge.list({ knowledgeBaseId: 'kb_1' })
    expect(items.map(({ id }) => id)).toEqual(['f1'])
    expect(warnings.map(({ code, path }) => [code, path])).toEqual([['bad-item', 'faqs[0]']])
  })

  it('fails if the vendor repeats a page or does not say where the next page begins', async () => {
    listsFaqs('kb_1', [faq('f1')], {}, { hasMore: true, lastFaqId: 'f1' })
    listsFaqs('kb_1', [], { lastFaqId: 'f1' }, { hasMore: true, lastFaqId: 'f1' })
    const list = async () => {
      for await (const { id } of testAccount().knowledge.list({ knowledgeBaseId: 'kb_1' })) expect(id).toBe('f1')
    }
    expect((await failure(list())).code).toBe('response')
    listsFaqs('kb_1', [], {}, { hasMore: true })
    expect((await failure(testAccount().knowledge.list({ knowledgeBaseId: 'kb_1' }))).code).toBe('response')
  })

  it('fails if a page of a base has no list', async () => {
    vendor().get(faqs).query(true).reply(200, { count: 0 })
    expect((await failure(testAccount().knowledge.list({ knowledgeBaseId: 'kb_x' }))).code).toBe('response')
  })

  it.each([
    [{ limit: 0 }, 'limit'],
    [{ knowledgeBaseId: '' }, 'knowledgeBaseId'],
    [{ search: 7 }, 'search'],
    [{ cursor: 'forged' }, 'cursor'],
    [{ cursor: btoa('{"bases":[],"kind":"faq","after":null,"page":1,"size":20,"seen":0}') }, 'cursor'],
    [{ cursor: btoa('{"bases":["a"],"kind":"file","after":null,"page":1,"size":20,"seen":0}') }, 'cursor'],
    [{ vendor: { leadconnector: { query: 'x' } } }, 'vendor.leadconnector.query'],
  ])('refuses %j before a request is sent', async (query, field) => {
    expect(await failure(testAccount().knowledge.list(query as never))).toMatchObject({
      code: 'invalid-request',
      fields: [{ path: field }],
    })
  })
})

describe('knowledge.add', () => {
  const question = { kind: 'faq', question: 'When do you open?', answer: 'At 8:15.' } as const

  it('adds a FAQ', async () => {
    vendor()
      .post(faqs, { ...place('kb_2'), question: 'When do you open?', answer: 'At 8:15.' })
      .reply(201, { success: true, faq: faqPayload })
    const account = testAccount()
    const item = await account.knowledge.add({ ...question, knowledgeBaseId: 'kb_2' })
    expect(item).toStrictEqual(readFaq(faqPayload, reader().reading, 'kb_2'))
    expect(account.warnings).toEqual([])
  })

  it.each([
    [undefined, 'Exact'],
    ['page', 'Exact'],
    ['path', 'Path'],
    ['site', 'Domain'],
  ] as const)('starts a crawl (%s: %s) and lists the steps that are left', async (scope, option) => {
    const url = 'https://harbour.example/'
    vendor()
      .post(crawler, { ...place('kb_2'), url, option })
      .reply(201, { success: true, data: crawlPayload })
    const account = testAccount()
    const item = await account.knowledge.add({ kind: 'website', url, knowledgeBaseId: 'kb_2', ...(scope && { scope }) })
    expect(item).toStrictEqual(readCrawl(crawlPayload, reader().reading, 'kb_2'))
    expect(account.warnings.map(({ code }) => code)).toEqual(['degraded'])
  })

  it('adds to the only base or to the default one', async () => {
    const adds = (base: string) =>
      vendor()
        .post(faqs, (body) => body.knowledgeBaseId === base)
        .reply(201, { faq: faqPayload })
    listsBases(['kb_1'])
    adds('kb_1')
    await testAccount().knowledge.add(question)
    listsBases(['kb_1', 'kb_2', 'kb_3'])
    vendor()
      .get('/knowledge-bases/kb_1')
      .reply(200, { success: true, data: { id: 'kb_1', isDefault: false } })
    vendor()
      .get('/knowledge-bases/kb_2')
      .reply(200, { success: true, data: { id: 'kb_2', isDefault: true } })
    adds('kb_2')
    await testAccount().knowledge.add(question)
  })

  it('names the scope that newer editions ask for', async () => {
    vendor().post(faqs).reply(401, { statusCode: 401, message: 'The token is not authorized for this scope.' })
    const error = await failure(testAccount().knowledge.add({ ...question, knowledgeBaseId: 'kb_2' }))
    expect(error).toMatchObject({ code: 'permission', message: expect.stringContaining('knowledge-bases.write') })
  })

  it('asks for a base if there is no default one', async () => {
    listsBases([])
    expect(await failure(testAccount().knowledge.add(question))).toMatchObject({
      fields: [{ path: 'knowledgeBaseId' }],
    })
  })

  it('is not sent again if its outcome is unknown', async () => {
    vendor().post(faqs).reply(502, '<html>')
    expect(await failure(testAccount().knowledge.add({ ...question, knowledgeBaseId: 'kb_2' }))).toMatchObject({
      outcome: 'unknown',
    })
  })

  const base = { knowledgeBaseId: 'kb_2' }
  it.each([
    [null, 'input'],
    [{ ...base, kind: 'text', title: 'a', text: 'b' }, 'kind'],
    [{ ...base, kind: 'file', text: 'b' }, 'kind'],
    [{ ...base }, 'kind'],
    [{ ...base, kind: 'faq', answer: 'a' }, 'question'],
    [{ ...base, kind: 'faq', question: 'a', answer: ' ' }, 'answer'],
    [{ ...base, kind: 'website' }, 'url'],
    [{ ...base, kind: 'website', url: 'harbour' }, 'url'],
    [{ ...base, kind: 'website', url: 'ftp://harbour.example' }, 'url'],
    [{ ...base, kind: 'website', url: 'https://a.example', scope: 'world' }, 'scope'],
    [{ ...question, knowledgeBaseId: 7 }, 'knowledgeBaseId'],
  ])('refuses %j before a request is sent', async (input, field) => {
    expect(await failure(testAccount().knowledge.add(input as KnowledgeInput))).toMatchObject({
      code: 'invalid-request',
      fields: [{ path: field }],
      outcome: 'not-done',
    })
  })
})

describe('knowledge.remove', () => {
  const faqItem = readFaq(faqPayload, reader().reading, 'kb_2')
  const pageItem = readPage(pagePayload, reader().reading, 'kb_2')
  const unknownFaq = { statusCode: 400, message: 'FAQ with id url_1 not found' }
  const pages = { locationId: 'loc_1', knowledgeBaseId: 'kb_2', urlIds: ['url_1'] }
  const twoBases = { success: true, data: { knowledgeBases: [{ id: 'kb_1' }, { id: 'kb_2' }], hasMore: false } }

  it('removes a FAQ', async () => {
    vendor().delete(`${faqs}/faq_1`).twice().reply(200, { success: true })
    expect(await testAccount().knowledge.remove(faqItem)).toStrictEqual({ id: 'faq_1', confirmed: true })
    expect(await testAccount().knowledge.remove('faq_1', { kind: 'faq' })).toStrictEqual({
      id: 'faq_1',
      confirmed: true,
    })
  })

  it('removes a page, and learns only from the count whether it was there', async () => {
    vendor().delete(crawler, pages).reply(200, { success: true })
    expect(await testAccount().knowledge.remove(pageItem)).toStrictEqual({ id: 'url_1', confirmed: false })
    vendor().delete(crawler, pages).reply(200, { success: true, deletedCount: 1, message: 'URLs deleted' })
    const options = { kind: 'website', knowledgeBaseId: 'kb_2' } as const
    expect(await testAccount().knowledge.remove('url_1', options)).toStrictEqual({ id: 'url_1', confirmed: true })
  })

  it('sends that not all pages are meant only if the validator asks for it', async () => {
    const asks = { statusCode: 422, message: ['deleteAll must be a boolean value'], error: 'Unprocessable Entity' }
    vendor().delete(crawler, pages).reply(422, asks)
    vendor()
      .delete(crawler, { ...pages, deleteAll: false })
      .reply(200, { success: true, deletedCount: 1 })
    expect((await testAccount().knowledge.remove(pageItem)).confirmed).toBe(true)
    vendor()
      .delete(crawler)
      .reply(422, { message: ['urlIds must be an array'] })
    expect(await failure(testAccount().knowledge.remove(pageItem))).toMatchObject({ fields: [{ path: 'urlIds' }] })
  })

  it('tries a bare id as a FAQ and then as a page', async () => {
    vendor().delete(`${faqs}/url_1`).reply(400, unknownFaq)
    vendor().get('/knowledge-bases/').query(true).reply(200, twoBases)
    vendor()
      .delete(crawler, { ...pages, knowledgeBaseId: 'kb_1' })
      .reply(200, { success: true, deletedCount: 0 })
    vendor().delete(crawler, pages).reply(200, { success: true, deletedCount: 1 })
    expect(await testAccount().knowledge.remove('url_1')).toStrictEqual({ id: 'url_1', confirmed: true })
    vendor().delete(`${faqs}/url_1`).reply(400, unknownFaq)
    expect((await failure(testAccount().knowledge.remove('url_1', { kind: 'faq' }))).code).toBe('not-found')
    vendor().delete(`${faqs}/url_1`).reply(403, { message: 'Forbidden' })
    expect((await failure(testAccount().knowledge.remove('url_1'))).code).toBe('permission')
  })

  it('looks for the base of a page in every base, because the removal has to name one', async () => {
    vendor().get('/knowledge-bases/').query(true).reply(200, twoBases)
    const asked: string[] = []
    vendor()
      .delete(crawler, ({ knowledgeBaseId }) => asked.push(knowledgeBaseId) > 0)
      .twice()
      .reply(200, { success: true })
    const removed = await testAccount().knowledge.remove('url_1', { kind: 'website' })
    expect(removed).toStrictEqual({ id: 'url_1', confirmed: false })
    expect(asked).toStrictEqual(['kb_1', 'kb_2'])
  })

  it.each([
    ['', {}, 'item'],
    ['x', { kind: 'file' }, 'kind'],
    ['x', { kind: 'website', knowledgeBaseId: 7 }, 'knowledgeBaseId'],
    [{ ...faqItem, vendor: 'livechatai' }, {}, 'item'],
  ])('refuses the wrong input number %# before a request is sent', async (item, options, field) => {
    expect(await failure(testAccount().knowledge.remove(item, options as never))).toMatchObject({
      code: 'invalid-request',
      fields: [{ path: field }],
    })
  })
})
