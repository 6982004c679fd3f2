import { describe, expect, test } from 'vitest'
import { everyRow, openDesk, type TestDesk } from './livechatai-desk.ts'

const every = (desk: TestDesk, source = 'ALL') =>
  everyRow(desk, `/data-sources?agentId=${desk.agentId}&source=${source}`, 'data.items')

test('the list of data sources has the whole knowledge by type', async () => {
  const desk = openDesk({ oddValues: 'none' })
  const items = await every(desk)
  expect(items.length).toBeGreaterThan(desk.world.knowledge.length)
  for (const item of items) {
    expect(Object.keys(item)).toEqual([
      ...['id', 'title', 'text', 'url', 'source', 'status', 'characterCount', 'createdAt', 'updatedAt'],
    ])
    expect(item['characterCount']).toBe(String(item['text']).length)
  }
  const types = new Set(items.map(({ source }) => source))
  expect(types).toEqual(new Set(['WEBSITE', 'TEXT', 'QA', 'PDF', 'DOCX', 'IMAGE', 'NOTION', 'YOUTUBE']))
  const questions = await every(desk, 'QA')
  expect(questions).toEqual(items.filter(({ source }) => source === 'QA'))
  expect((await desk.get(`/data-sources?agentId=${desk.agentId}&source=NOTION`)).status).toBe(400)
})

test('the list of data sources has an unknown state', async () => {
  const statuses = new Set((await every(openDesk())).map(({ status }) => status))
  expect(statuses).toEqual(new Set(['COMPLETED', 'FAILED', 'AWAITING_REVIEW']))
})

describe('adding a data source', () => {
  test.each([
    ['url', { url: 'https://shop.test/faq' }, 'WEBSITE'],
    ['text', { title: 'Holidays', content: 'Closed in August.' }, 'TEXT'],
    ['qa', { question: 'Dogs?', answer: 'Yes.', isGeneratedByAI: true, relatedMessageId: 'm' }, 'QA'],
    ['file', { title: 'a.pdf', content: 'Text', fileType: 'pdf' }, 'PDF'],
    ['file', { title: 'a.docx', content: 'Text', fileType: 'docx' }, 'DOCX'],
    ['file', { title: 'a.png', content: 'Text', fileType: 'image' }, 'IMAGE'],
  ])('works for %s', async (kind, body, source) => {
    const desk = openDesk()
    const answer = await desk.post(`/data-sources/${kind}`, { agentId: desk.agentId, ...body })
    const id = answer.text('data.item.id')
    expect(answer.body).toEqual({
      status: 'success',
      data: { message: expect.any(String), item: { id, source, isGeneratedByAI: kind === 'qa' } },
    })
    const statusOf = async () => (await every(desk)).find((item) => item['id'] === id)?.['status']
    expect(await statusOf()).toBe('PROCESSING')
    expect(await statusOf()).toBe('COMPLETED')
  })

  test.each([
    ['url', {}],
    ['url', { url: 'shop' }],
    ['text', { title: 'x' }],
    ['qa', { question: 'x' }],
    ['file', { title: 'x', content: 'x' }],
    ['file', { title: 'x', content: 'x', fileType: 'PDF' }],
  ])('of the type %s refuses %j', async (kind, body) => {
    const desk = openDesk()
    expect((await desk.post(`/data-sources/${kind}`, { agentId: desk.agentId, ...body })).status).toBe(400)
  })

  test('a web page that cannot be reached fails as a data source', async () => {
    const desk = openDesk({ processingListings: 0 })
    const made = await desk.post('/data-sources/url', { agentId: desk.agentId, url: 'https://shop.invalid/' })
    const item = (await every(desk)).find(({ id }) => id === made.at('data.item.id'))
    expect(item?.['status']).toBe('FAILED')
  })

  test('the agent answers from added knowledge, in the requested format, until it is deleted', async () => {
    const desk = openDesk()
    const taught = { question: 'Do you sell zeppelins?', answer: 'See [our **zeppelins**](https://z.test).' }
    const made = await desk.post('/data-sources/qa', { agentId: desk.agentId, ...taught })
    const ask = (responseFormat: string) =>
      desk.post('/conversations', { agentId: desk.agentId, question: 'Are there zeppelins?', responseFormat })
    expect((await ask('MARKDOWN')).at('data.response')).toBe(taught.answer)
    expect((await ask('PLAIN')).at('data.response')).toBe('See our zeppelins (https://z.test).')
    const id = made.text('data.item.id')
    await desk.delete('/data-sources', { agentId: desk.agentId, source: 'QA', id })
    expect((await ask('PLAIN')).at('data.links')).toEqual([])
  })
})

describe('deleting data sources', () => {
  test('returns deleted and missing ids, and another type than requested', async () => {
    const desk = openDesk()
    const [first, second] = await every(desk, 'PDF')
    const ids = [first?.['id'], 'nobody']
    const answer = await desk.delete('/data-sources', { agentId: desk.agentId, source: 'PDF', ids })
    expect(answer.body).toEqual({
      status: 'success',
      data: {
        message: expect.any(String),
        agentId: desk.agentId,
        source: 'WEBSITE',
        deleted: [first?.['id']],
        notFound: ['nobody'],
      },
    })
    expect((await every(desk, 'PDF'))[0]).toEqual(second)
  })

  test('reaches one type in a call', async () => {
    const desk = openDesk()
    const [pdf] = await every(desk, 'PDF')
    const answer = await desk.delete('/data-sources', { agentId: desk.agentId, source: 'TEXT', id: pdf?.['id'] })
    expect(answer.at('data')).toMatchObject({ deleted: [], notFound: [pdf?.['id']] })
  })

  test.each([
    { source: 'ALL', ids: ['x'] },
    { source: 'PDF' },
    { source: 'PDF', ids: 'x' },
    { source: 'PDF', ids: [] },
  ])('refuses %j', async (body) => {
    const desk = openDesk()
    expect((await desk.delete('/data-sources', { agentId: desk.agentId, ...body })).status).toBe(400)
  })
})
