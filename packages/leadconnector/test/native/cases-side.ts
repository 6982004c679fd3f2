import { type Case, family } from './case.ts'

const contacts = family('2021-07-28')
const users = family('2021-07-28')
const knowledge = family('2021-04-15')

const locationId = 'loc_1'
const knowledgeBaseId = 'kb_2'
const ids = { knowledgeBaseId, locationId }
const inBase = 'knowledgeBaseId=kb_2&locationId=loc_1'
const bases = '/knowledge-bases'

export const sideCases: Case[] = [
  contacts('GET /contacts/{contactId}', '/contacts/ctc%205', { path: { contactId: 'ctc 5' } }),
  contacts(
    'POST /contacts/upsert',
    '/contacts/upsert',
    { body: { locationId, email: 'ada@quill.example', tags: ['new'], createNewIfDuplicateAllowed: false } },
    'body.locationId',
  ),
  contacts(
    'POST /contacts/search',
    '/contacts/search',
    { body: { locationId, page: 1, pageLimit: 20, query: 'ada', sort: [{ field: 'dateAdded', direction: 'desc' }] } },
    'body.locationId',
  ),
  contacts(
    'GET /contacts/search/duplicate',
    '/contacts/search/duplicate?locationId=loc_1&number=%2B15550100&email=ada%40quill.example',
    { query: { locationId, number: '+15550100', email: 'ada@quill.example' } },
    'query.locationId',
  ),
  contacts('PUT /contacts/{contactId}', '/contacts/ctc%205', {
    path: { contactId: 'ctc 5' },
    body: { assignedTo: null, tags: [] },
  }),
  contacts(
    'GET /contacts/',
    '/contacts/?locationId=loc_1&limit=100&query=ada&startAfter=1767312000000&startAfterId=ctc_4',
    { query: { locationId, limit: 100, query: 'ada', startAfter: 1_767_312_000_000, startAfterId: 'ctc_4' } },
    'query.locationId',
  ),
  users('GET /users/{userId}', '/users/usr%2F9', { path: { userId: 'usr/9' } }),
  users(
    'GET /users/search',
    '/users/search?companyId=com_1&locationId=loc_1&query=ada&skip=0&limit=25&ids=usr_1%2Cusr_2',
    { query: { companyId: 'com_1', locationId, query: 'ada', skip: '0', limit: '25', ids: 'usr_1,usr_2' } },
    'query.companyId',
  ),
  users('GET /users/', '/users/?locationId=loc_1', { query: { locationId } }, 'query.locationId'),
  knowledge(
    'GET /knowledge-bases/',
    `${bases}/?locationId=loc_1&query=faq&limit=20&lastKnowledgeBaseId=kb_1`,
    { query: { locationId, query: 'faq', limit: 20, lastKnowledgeBaseId: 'kb_1' } },
    'query.locationId',
  ),
  knowledge('GET /knowledge-bases/{id}', `${bases}/kb_2`, { path: { id: knowledgeBaseId } }),
  knowledge(
    'POST /knowledge-bases/',
    `${bases}/`,
    { body: { name: 'Prices', locationId, description: 'All of them' } },
    'body.name, body.locationId',
  ),
  knowledge('PUT /knowledge-bases/{id}', `${bases}/kb_2`, { path: { id: knowledgeBaseId }, body: { name: 'Prices' } }),
  knowledge('DELETE /knowledge-bases/{id}', `${bases}/kb_2`, { path: { id: knowledgeBaseId } }),
  knowledge(
    'GET /knowledge-bases/faqs',
    `${bases}/faqs?${inBase}&limit=10&lastFaqId=faq_1`,
    { query: { ...ids, limit: 10, lastFaqId: 'faq_1' } },
    'query.knowledgeBaseId, query.locationId',
  ),
  knowledge(
    'POST /knowledge-bases/faqs',
    `${bases}/faqs`,
    { body: { ...ids, question: 'When?', answer: 'At 8.' } },
    'body.knowledgeBaseId, body.locationId, body.question, body.answer',
  ),
  knowledge(
    'PUT /knowledge-bases/faqs/{id}',
    `${bases}/faqs/faq_1`,
    { path: { id: 'faq_1' }, body: { question: 'When?', answer: 'At 9.' } },
    'body.question, body.answer',
  ),
  knowledge('DELETE /knowledge-bases/faqs/{id}', `${bases}/faqs/faq_1`, { path: { id: 'faq_1' } }),
  knowledge(
    'GET /knowledge-bases/crawler',
    `${bases}/crawler?${inBase}&page=1&pageLength=10&query=price`,
    { query: { ...ids, page: 1, pageLength: 10, query: 'price' } },
    'query.knowledgeBaseId, query.locationId',
  ),
  knowledge(
    'POST /knowledge-bases/crawler',
    `${bases}/crawler`,
    { body: { ...ids, url: 'https://harbour.example', option: 'Domain' } },
    'body.knowledgeBaseId, body.locationId, body.url, body.option',
  ),
  knowledge(
    'GET /knowledge-bases/crawler/status',
    `${bases}/crawler/status?operationId=op_1&${inBase}`,
    { query: { operationId: 'op_1', ...ids } },
    'query.operationId, query.knowledgeBaseId, query.locationId',
  ),
  knowledge(
    'POST /knowledge-bases/crawler/train',
    `${bases}/crawler/train`,
    { body: { ...ids, operationId: 'op_1', urlIds: ['url_1'] } },
    'body.knowledgeBaseId, body.locationId, body.operationId, body.urlIds',
  ),
  knowledge(
    'DELETE /knowledge-bases/crawler',
    `${bases}/crawler`,
    { body: { ...ids, urlIds: ['url_1'] } },
    'body.knowledgeBaseId, body.locationId, body.urlIds',
  ),
  family('2021-04-15')('GET /files/d/{slug}', '/files/d/AbC%2F1', { path: { slug: 'AbC/1' } }),
]
