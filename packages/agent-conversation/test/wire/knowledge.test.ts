import { failure, told } from '@parley/testkit'
import { useNock } from '@parley/testkit/nock'
import nock from 'nock'
import { describe, expect, it } from 'vitest'
import { badRequest, notFound, serverFault } from '../fixtures/errors.ts'
import { account, entity } from '../helpers/account.ts'
import { auth, serve } from '../helpers/vendor.ts'

useNock()

/** The "AgentFile" schema; the values are made up. */
const file = {
  id: 'f-1',
  fileName: 'carriers.pdf',
  url: 'https://storage.example/carriers.pdf',
  createdAt: '2026-01-05T10:00:00Z',
  vectorStoreFileId: 'file-1',
  isUploadedToVectorStore: true,
  vectorStoreUploadStatus: 'done',
  uploadedToVectorStoreAt: '2026-01-05T10:00:04Z',
}
const item = {
  ...entity('knowledge', 'f-1', file),
  kind: { value: 'file', native: null },
  fileName: 'carriers.pdf',
  url: 'https://storage.example/carriers.pdf',
  status: { value: 'ready', native: 'done' },
  createdAt: '2026-01-05T10:00:00.000Z',
}
const uri = '/agent-files/by-api-key'

describe('knowledge.list', () => {
  it.each([
    ['a list', [file], 1],
    ['one file', file, 1],
    ['an envelope', { data: [file] }, 1],
    ['nothing', undefined, 0],
    ['null', null, 0],
    ['an empty list', [], 0],
  ])('reads a list that is %s', async (_, body, count) => {
    const seen = serve(['GET', uri, 200, body === null ? 'null' : body])
    const items = count === 0 ? [] : [item]
    expect(await account().adapter.knowledge.list()).toStrictEqual({ items, next: null, warnings: [], total: count })
    expect(seen).toStrictEqual([{ method: 'GET', uri: `/external${uri}`, headers: auth, body: undefined }])
  })

  it.each([
    ['processing', { vectorStoreUploadStatus: 'processing' }, { value: 'processing', native: 'processing' }, []],
    ['failed', { vectorStoreUploadStatus: 'failed' }, { value: 'failed', native: 'failed' }, []],
    ['ready by its flag', { isUploadedToVectorStore: true }, { value: 'ready', native: true }, []],
    ['not added', { vectorStoreUploadStatus: null }, { value: 'unknown', native: null }, []],
    [
      'a new word',
      { vectorStoreUploadStatus: 'parked' },
      { value: 'unknown', native: 'parked' },
      ['unknown-term data[0].vectorStoreUploadStatus'],
    ],
    ['silent', {}, undefined, []],
  ])('has files with the status %s', async (_, fields, status, warnings) => {
    serve(['GET', uri, 200, [{ id: 'f-1', ...fields }]])
    const page = await account().adapter.knowledge.list()
    expect(page.items[0]?.status).toEqual(status)
    expect(told(page.warnings)).toEqual(warnings)
  })

  it('cuts a list that comes whole, and filters names here', async () => {
    const files = ['a.pdf', 'b.pdf', 'c.txt', 'd.pdf'].map((fileName, index) => ({ id: `f-${index}`, fileName }))
    const body = [...files, { fileName: 'no id' }]
    serve(['GET', uri, 200, body], ['GET', uri, 200, body], ['GET', uri, 200, body])
    const { adapter } = account()
    const first = await adapter.knowledge.list({ limit: 2, search: 'PDF' })
    expect([first.items.map(({ id }) => id), first.total]).toEqual([['f-0', 'f-1'], 3])
    expect(told(first.warnings)).toEqual(['local-filter', 'bad-item data[4].id'])
    const ids = []
    for await (const { id } of adapter.knowledge.list({ limit: 2, search: 'pdf' })) ids.push(id)
    expect(ids).toEqual(['f-0', 'f-1', 'f-3'])
  })

  it('has only files, so that other kinds need no request', async () => {
    const { adapter } = account()
    expect(await adapter.knowledge.list({ kind: 'faq' })).toMatchObject({ items: [], next: null })
    serve(['GET', uri, 200, [file]])
    expect(await adapter.knowledge.list({ kind: 'file', knowledgeBaseId: 'x' })).toMatchObject({ items: [item] })
  })

  it('caches its agent', async () => {
    serve(['GET', '/agents/by-api-key', 200, { id: 'bot-1', name: 'x' }], ['GET', uri, 200, [file]])
    const { adapter } = account()
    await adapter.agents.list()
    expect((await adapter.knowledge.list()).items).toMatchObject([{ agentId: 'bot-1' }])
  })

  it.each([
    ['limit', { limit: 0 }],
    ['search', { search: {} }],
    ['cursor', { cursor: 'x' }],
    ['cursor', { cursor: 'LTE' }],
  ])('refuses a wrong %s', async (path, query) => {
    expect(await failure(account().adapter.knowledge.list(query as never))).toMatchObject({ fields: [{ path }] })
  })

  it('fails if the answer has no list', async () => {
    serve(['GET', uri, 200, { data: 'x' }])
    expect(await failure(account().adapter.knowledge.list())).toMatchObject({ code: 'response' })
  })
})

describe('knowledge.add', () => {
  const content = new Uint8Array([1, 2, 255])

  function serveUpload(status: number, body: object | undefined) {
    const seen: { headers: Headers; form: FormData }[] = []
    nock('https://api.raia2.com')
      .post('/external/agent-files/upload')
      .reply(async (request: Request) => {
        seen.push({ headers: request.headers, form: await request.formData() })
        return [status, body === undefined ? '' : JSON.stringify(body), { 'content-type': 'application/json' }]
      })
    return seen
  }

  it.each([
    [true, {}],
    [false, { vendor: { 'agent-conversation': { autoAddToVectorStore: false } } }],
  ])('uploads a file (added to the vector store: %s)', async (added, more) => {
    const seen = serveUpload(200, file)
    const { adapter, warnings } = account()
    const input = { kind: 'file', fileName: 'carriers.pdf', contentType: 'application/pdf', content, ...more } as const
    expect(await adapter.knowledge.add(input)).toStrictEqual(item)
    const { headers, form } = seen[0] as (typeof seen)[0]
    expect(headers.get('content-type')).toMatch(/^multipart\/form-data; boundary=/)
    expect(headers.get('agent-secret-key')).toBe('planted-key-1')
    expect([...form.keys()]).toEqual(['file', 'autoAddToVectorStore'])
    const sent = form.get('file') as File
    expect([sent.name, sent.type, new Uint8Array(await sent.arrayBuffer())]).toEqual([
      'carriers.pdf',
      'application/pdf',
      content,
    ])
    expect(form.get('autoAddToVectorStore')).toBe(String(added))
    expect(warnings).toEqual([])
  })

  it('accepts a blob, and warns about options without an effect', async () => {
    const seen = serveUpload(200, { id: 'f-9' })
    const { adapter, warnings } = account()
    const blob = new Blob(['hello'], { type: 'text/plain' })
    const more = { title: 'T', text: 'hello', knowledgeBaseId: 'kb' }
    await adapter.knowledge.add({ kind: 'file', fileName: 'a.txt', content: blob, ...more })
    const [{ form }] = seen as [(typeof seen)[0]]
    expect(await (form.get('file') as File).text()).toBe('hello')
    expect(told(warnings)).toEqual(['ignored-option title', 'ignored-option text', 'ignored-option knowledgeBaseId'])
  })

  it('fails after a refusal or has an unknown outcome, and is never sent again', async () => {
    const { adapter } = account()
    const add = () => adapter.knowledge.add({ kind: 'file', fileName: 'a', content })
    serveUpload(400, badRequest)
    expect(await failure(add())).toMatchObject({ code: 'invalid-request', outcome: 'not-done' })
    serveUpload(500, serverFault)
    expect(await failure(add())).toMatchObject({ code: 'vendor-fault', outcome: 'unknown' })
    serveUpload(200, undefined)
    expect(await failure(add())).toMatchObject({ code: 'response', outcome: 'unknown' })
  })

  it.each(['website', 'text', 'faq'])('refuses %s', async (kind) => {
    const input = { kind, url: 'https://x.example', title: 'T', text: 'x', question: 'q', answer: 'a' }
    expect(await failure(account().adapter.knowledge.add(input as never))).toMatchObject({
      code: 'unsupported',
      fields: [{ path: 'kind' }],
      outcome: 'not-done',
    })
  })

  it.each([
    ['input', null],
    ['text', { kind: 'file', fileName: 'a.pdf', text: 'x' }],
    ['content', { kind: 'file', fileName: 'a.pdf' }],
    ['content', { kind: 'file', fileName: 'a.pdf', content: 'x' }],
    ['fileName', { kind: 'file', content }],
    ['contentType', { kind: 'file', fileName: 'a', content, contentType: 'pdf' }],
    [
      'vendor.agent-conversation.autoAddToVectorStore',
      { kind: 'file', fileName: 'a', content, vendor: { 'agent-conversation': { autoAddToVectorStore: 'yes' } } },
    ],
  ])('refuses a wrong %s before a request is sent', async (path, input) => {
    expect(await failure(account().adapter.knowledge.add(input as never))).toMatchObject({
      code: 'invalid-request',
      fields: [{ path }],
      outcome: 'not-done',
    })
  })
})

describe('knowledge.remove', () => {
  it('removes one file', async () => {
    const seen = serve(['DELETE', '/agent-files/f%2F1/delete', 200, file])
    const { adapter, warnings } = account()
    expect(await adapter.knowledge.remove('f/1', { kind: 'file' })).toStrictEqual({ id: 'f/1', confirmed: true })
    expect(seen).toStrictEqual([
      { method: 'DELETE', uri: '/external/agent-files/f%2F1/delete', headers: auth, body: undefined },
    ])
    expect(warnings).toEqual([])
  })

  it('fails with `not-found` for a file that does not exist', async () => {
    serve(['DELETE', '/agent-files/f-1/delete', 404, notFound])
    const { adapter, warnings } = account()
    const removal = adapter.knowledge.remove(item as never, { knowledgeBaseId: 'x' })
    expect(await failure(removal)).toMatchObject({ code: 'not-found', outcome: 'not-done' })
    expect(told(warnings)).toEqual(['ignored-option knowledgeBaseId'])
    expect(await failure(adapter.knowledge.remove(''))).toMatchObject({ fields: [{ path: 'item' }] })
  })
})
