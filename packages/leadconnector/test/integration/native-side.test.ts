import type {
  LeadConnectorContactEndpoints,
  LeadConnectorKnowledgeEndpoints,
  LeadConnectorUserEndpoints,
} from '@parley/leadconnector'
import { expect } from 'vitest'
import {
  checkEach,
  companyId,
  done,
  first,
  id,
  instant,
  locationId,
  native,
  number,
  text,
  userId,
} from './native-desk.ts'

const contact = async () =>
  first((await native.request('POST /contacts/search', { body: { locationId, pageLimit: 5 } })).contacts)
const create = async () =>
  (await native.request('POST /knowledge-bases/', { body: { name: 'Prices', locationId, description: 'All' } })).data.id
const addFaq = async (knowledgeBaseId: string) => {
  const body = { knowledgeBaseId, locationId, question: 'When?', answer: 'At 8.' }
  return (await native.request('POST /knowledge-bases/faqs', { body })).faq?.id ?? ''
}
const crawl = async (knowledgeBaseId: string) => {
  const body = { knowledgeBaseId, locationId, url: 'https://harbour.example/prices', option: 'Exact' }
  return (await native.request('POST /knowledge-bases/crawler', { body })).data
}
const pages = async (knowledgeBaseId: string) =>
  (await native.request('GET /knowledge-bases/crawler', { query: { knowledgeBaseId, locationId } })).urls

type Endpoints = LeadConnectorContactEndpoints & LeadConnectorUserEndpoints & LeadConnectorKnowledgeEndpoints

const checks: { [Route in keyof Endpoints]: () => Promise<void> } = {
  async 'GET /contacts/{contactId}'() {
    const { id: contactId, email } = await contact()
    const read = await native.request('GET /contacts/{contactId}', { path: { contactId } })
    expect(read).toMatchObject({ contact: { id: contactId, email, dateAdded: instant }, traceId: text })
  },
  async 'POST /contacts/upsert'() {
    const body = { locationId, name: 'Ada Quill', email: 'ada@quill.example', tags: ['new'] }
    const made = await native.request('POST /contacts/upsert', { body })
    expect(made).toMatchObject({ new: true, contact: { id, email: body.email, tags: ['new'] } })
    const again = await native.request('POST /contacts/upsert', { body: { ...body, tags: ['old'] } })
    expect(again).toMatchObject({ new: false, contact: { id: made.contact.id, tags: ['old'] } })
  },
  async 'POST /contacts/search'() {
    const body = { locationId, page: 2, pageLimit: 3 }
    const found = await native.request('POST /contacts/search', { body })
    expect(found).toMatchObject({ contacts: [{ id }, { id }, { id }], total: number })
  },
  async 'GET /contacts/search/duplicate'() {
    const { id: contactId, phone } = await contact()
    const find = (number: string) => native.request('GET /contacts/search/duplicate', { query: { locationId, number } })
    expect(await find(phone ?? '')).toMatchObject({ contact: { id: contactId } })
    expect((await find('+10000000000')).contact).toBeNull()
  },
  async 'PUT /contacts/{contactId}'() {
    const { id: contactId } = await contact()
    const body = { assignedTo: userId, firstName: 'Ada' }
    const put = await native.request('PUT /contacts/{contactId}', { path: { contactId }, body })
    expect(put).toMatchObject({ succeded: true, contact: { id: contactId, ...body } })
  },
  async 'GET /contacts/'() {
    const page = await native.request('GET /contacts/', { query: { locationId, limit: 2 } })
    expect(page).toMatchObject({ contacts: [{ id }, { id }], meta: { total: number, startAfter: number } })
    const { startAfter, startAfterId } = page.meta ?? {}
    const query = { locationId, startAfter: startAfter ?? 0, startAfterId: startAfterId ?? '' }
    const next = await native.request('GET /contacts/', { query })
    expect(next.contacts.map((each) => each.id)).not.toContain(first(page.contacts).id)
  },
  async 'GET /users/{userId}'() {
    const user = await native.request('GET /users/{userId}', { path: { userId } })
    expect(user).toMatchObject({ id: userId, name: text, email: text, roles: { locationIds: [locationId] } })
  },
  async 'GET /users/search'() {
    const query = { companyId, ids: userId, skip: '0', limit: '5' }
    expect(await native.request('GET /users/search', { query })).toMatchObject({ users: [{ id: userId }], count: 1 })
  },
  async 'GET /users/'() {
    const { users } = await native.request('GET /users/', { query: { locationId } })
    expect(users.map((user) => user.id)).toContain(userId)
  },
  async 'GET /knowledge-bases/'() {
    await create()
    const read = (from: object) =>
      native.request('GET /knowledge-bases/', { query: { locationId, limit: 1, ...from } }).then(({ data }) => data)
    const page = await read({})
    expect(page).toMatchObject({
      knowledgeBases: [{ id, name: text, createdAt: instant }],
      activeCount: number,
      hasMore: true,
      lastKnowledgeBaseId: id,
    })
    const next = await read({ lastKnowledgeBaseId: page.lastKnowledgeBaseId })
    expect(first(next.knowledgeBases).id).not.toBe(first(page.knowledgeBases).id)
  },
  async 'GET /knowledge-bases/{id}'() {
    const path = { id: await create() }
    const { data } = await native.request('GET /knowledge-bases/{id}', { path })
    expect(data).toMatchObject({ ...path, name: 'Prices', nameLowerCase: 'prices', kbMetadata: { faqs: 0, urls: 0 } })
  },
  async 'POST /knowledge-bases/'() {
    const body = { name: 'Prices', locationId }
    expect(await native.request('POST /knowledge-bases/', { body })).toMatchObject({
      ...done,
      data: { id, name: 'Prices' },
    })
  },
  async 'PUT /knowledge-bases/{id}'() {
    const path = { id: await create() }
    const body = { name: 'Fares', locationId }
    expect(await native.request('PUT /knowledge-bases/{id}', { path, body })).toMatchObject({
      ...done,
      data: { name: 'Fares' },
    })
  },
  async 'DELETE /knowledge-bases/{id}'() {
    const path = { id: await create() }
    expect(await native.request('DELETE /knowledge-bases/{id}', { path })).toEqual(done)
  },
  async 'GET /knowledge-bases/faqs'() {
    const knowledgeBaseId = await create()
    const faq = await addFaq(knowledgeBaseId)
    const list = await native.request('GET /knowledge-bases/faqs', { query: { knowledgeBaseId, locationId } })
    expect(list).toMatchObject({
      count: 1,
      faqs: [{ id: faq, question: 'When?', answer: 'At 8.', knowledgeBaseId }],
      lastFaqId: faq,
      hasMore: false,
    })
  },
  async 'POST /knowledge-bases/faqs'() {
    expect(await addFaq(await create())).toEqual(id)
  },
  async 'PUT /knowledge-bases/faqs/{id}'() {
    const path = { id: await addFaq(await create()) }
    const body = { question: 'When?', answer: 'At 9.' }
    expect(await native.request('PUT /knowledge-bases/faqs/{id}', { path, body })).toMatchObject(done)
  },
  async 'DELETE /knowledge-bases/faqs/{id}'() {
    const path = { id: await addFaq(await create()) }
    expect(await native.request('DELETE /knowledge-bases/faqs/{id}', { path })).toEqual(done)
  },
  async 'GET /knowledge-bases/crawler'() {
    const knowledgeBaseId = await create()
    const { url } = await crawl(knowledgeBaseId)
    expect(await pages(knowledgeBaseId)).toMatchObject([{ id, url, status: 'Pending', content: text }])
  },
  async 'POST /knowledge-bases/crawler'() {
    const started = await crawl(await create())
    expect(started).toMatchObject({ operationId: id, status: 'Pending', url: 'https://harbour.example/prices' })
  },
  async 'GET /knowledge-bases/crawler/status'() {
    const knowledgeBaseId = await create()
    const { operationId } = await crawl(knowledgeBaseId)
    const query = { operationId, knowledgeBaseId, locationId }
    const { data } = await native.request('GET /knowledge-bases/crawler/status', { query })
    expect(JSON.stringify(data)).toContain(operationId)
  },
  async 'POST /knowledge-bases/crawler/train'() {
    const knowledgeBaseId = await create()
    const { operationId } = await crawl(knowledgeBaseId)
    const urlIds = (await pages(knowledgeBaseId)).map((page) => page.id)
    const body = { knowledgeBaseId, locationId, operationId, urlIds }
    expect(await native.request('POST /knowledge-bases/crawler/train', { body })).toEqual(done)
    expect(await pages(knowledgeBaseId)).toMatchObject([{ status: 'Successful' }])
  },
  async 'DELETE /knowledge-bases/crawler'() {
    const knowledgeBaseId = await create()
    await crawl(knowledgeBaseId)
    const urlIds = (await pages(knowledgeBaseId)).map((page) => page.id)
    const body = { knowledgeBaseId, locationId, urlIds }
    expect(await native.request('DELETE /knowledge-bases/crawler', { body })).toMatchObject({ success: true })
    expect(await pages(knowledgeBaseId)).toEqual([])
  },
}

checkEach(checks)
