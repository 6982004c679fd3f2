import { describe, expect, it } from 'vitest'
import { readContact } from '../../src/read/read-leadconnector-contact.ts'
import { contactPayload } from '../fixtures/contacts.ts'
import { failure, testAccount, useNock, vendor } from '../helpers/account.ts'
import { createReading } from '../helpers/reading.ts'

useNock()

const version = '2021-07-28'
const ada = readContact(contactPayload, createReading())
const duplicate = '/contacts/search/duplicate'

describe('contacts.get', () => {
  it.each([
    ['wrapped', { contact: contactPayload, traceId: 't' }],
    ['flat', contactPayload],
  ])('reads an answer that is %s', async (_shape, body) => {
    vendor(version).get('/contacts/ctc_5').reply(200, body)
    expect(await testAccount().contacts.get('ctc_5')).toStrictEqual(ada)
  })
})

describe('contacts.search', () => {
  it.each([
    [{ email: 'ada@quill.example' }, { email: 'ada@quill.example' }],
    [{ phone: '+1 555-0100' }, { number: '+1 555-0100' }],
  ])('looks %j up', async (search, params) => {
    vendor(version)
      .get(duplicate)
      .query({ locationId: 'loc_1', ...params })
      .reply(200, { contact: contactPayload })
    expect(await testAccount().contacts.search(search)).toStrictEqual({ items: [ada], next: null, warnings: [] })
  })

  it('narrows by the phone number what the email found', async () => {
    vendor(version)
      .get(duplicate)
      .query({ locationId: 'loc_1', email: 'ada@quill.example' })
      .twice()
      .reply(200, { contact: contactPayload })
    const account = testAccount()
    const search = (phone: string) => account.contacts.search({ email: 'ada@quill.example', phone })
    expect((await search('+1 (555) 0100')).items).toHaveLength(1)
    expect((await search('+43 1')).items).toHaveLength(0)
  })

  it.each([
    [200, { contact: null }],
    [200, {}],
    [404, { statusCode: 404, message: 'Not Found' }],
    [400, { statusCode: 400, message: 'Contact not found' }],
  ])('finds nobody in %i %j', async (status, body) => {
    vendor(version).get(duplicate).query(true).reply(status, body)
    expect((await testAccount().contacts.search({ email: 'x@y.example' })).items).toEqual([])
  })

  it('searches for a text page by page and compares', async () => {
    const other = { ...contactPayload, id: 'ctc_6', name: 'Bo', firstName: 'Bo', email: null, phone: null }
    vendor(version)
      .post('/contacts/search', { locationId: 'loc_1', query: 'Quill ada', page: 1, pageLimit: 2 })
      .reply(200, { contacts: [contactPayload, other], total: 3 })
    vendor(version)
      .post('/contacts/search', { locationId: 'loc_1', query: 'Quill ada', page: 2, pageLimit: 2 })
      .reply(200, { contacts: [], total: 3 })
    const found: string[] = []
    for await (const { id } of testAccount().contacts.search({ text: 'Quill ada', limit: 2 })) found.push(id)
    expect(found).toEqual(['ctc_5'])
  })

  it('repeats a search that failed, because it changes nothing', async () => {
    vendor(version).post('/contacts/search').reply(503)
    vendor(version).post('/contacts/search').reply(200, { contacts: [], total: 0 })
    expect((await testAccount().contacts.search({ text: 'ada' })).items).toEqual([])
  })

  it('has no ids of the application', async () => {
    vendor(version).get(duplicate).query(true).reply(200, { contact: contactPayload })
    const page = await testAccount().contacts.search({ email: 'ada@quill.example', externalId: 'u1' })
    expect(page).toMatchObject({ items: [{ id: 'ctc_5' }], warnings: [{ code: 'ignored-option' }] })
    expect(await failure(testAccount().contacts.search({ externalId: 'u1' }))).toMatchObject({
      code: 'invalid-request',
      fields: [{ path: 'email' }],
    })
  })
})
