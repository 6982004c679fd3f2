import type { ContactSearch } from '@parley/core'
import { failure } from '@parley/testkit'
import { useNock } from '@parley/testkit/nock'
import { describe, expect, it } from 'vitest'
import { readContact } from '../../src/read/contact.ts'
import { contactPayload } from '../fixtures/contacts.ts'
import { otherNotFound, reader, testAccount, vendor } from '../helpers/account.ts'

useNock()

const version = '2021-07-28'
const ada = readContact(contactPayload, reader().reading)
const duplicate = '/contacts/search/duplicate'

describe('contacts.get', () => {
  it('returns the id that was asked for if the answer lacks it', async () => {
    for (const contact of [{ email: 'ada@quill.example' }, { locationId: 'loc_1', id: null }]) {
      vendor('2021-07-28').get('/contacts/ctc_5').reply(200, { contact })
      expect(await testAccount().contacts.get('ctc_5')).toMatchObject({ id: 'ctc_5' })
    }
    for (const contact of [{}, { fault: 'none' }]) {
      vendor('2021-07-28').get('/contacts/ctc_5').reply(200, { contact })
      expect(await failure(testAccount().contacts.get('ctc_5'))).toMatchObject({ code: 'response' })
    }
  })

  it('reads the custom fields of both versions', async () => {
    const customFields = [
      { id: 'f1', value: 'a' },
      { id: 'f2', fieldValue: 'b' },
      { id: 'f3', field_value: ['c'] },
      { id: 'f4' },
    ]
    vendor('2021-07-28')
      .get('/contacts/ctc_5')
      .reply(200, { contact: { ...contactPayload, customFields } })
    const contact = await testAccount().contacts.get('ctc_5')
    expect(contact.customFields).toEqual({ f1: 'a', f2: 'b', f3: ['c'], f4: null })
  })

  it.each([
    ['wrapped', { contact: contactPayload, traceId: 't' }],
    ['flat', contactPayload],
  ])('reads an answer in which the contact is %s', async (_shape, body) => {
    vendor(version).get('/contacts/ctc_5').reply(200, body)
    expect(await testAccount().contacts.get('ctc_5')).toStrictEqual(ada)
  })
})

describe('contacts.search', () => {
  it.each([
    [{ email: 'ada@quill.example' }, { email: 'ada@quill.example' }],
    [{ phone: '+1 555-0100' }, { number: '+1 555-0100' }],
  ])('searches for %j', async (search, params) => {
    vendor(version)
      .get(duplicate)
      .query({ locationId: 'loc_1', ...params })
      .reply(200, { contact: contactPayload })
    expect(await testAccount().contacts.search(search)).toStrictEqual({ items: [ada], next: null, warnings: [] })
  })

  it('keeps contacts found by email only if the phone number matches too', async () => {
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
    [404, { statusCode: 404, message: 'Contact not found' }],
    [400, { statusCode: 400, message: 'Contact not found' }],
    [400, { statusCode: 400, message: 'No contact found' }],
  ])('finds no contact after HTTP %i with the body %j', async (status, body) => {
    vendor(version).get(duplicate).query(true).reply(status, body)
    expect((await testAccount().contacts.search({ email: 'x@y.example' })).items).toEqual([])
  })

  it.each(otherNotFound)(
    'takes only the vendor’s own words for an empty result, not HTTP %i with %o',
    async (status, body) => {
      vendor(version).get(duplicate).query(true).reply(status, body)
      expect(await failure(testAccount().contacts.search({ phone: '+1 555 0100' }))).toMatchObject({ status })
    },
  )

  it('keeps a contact that was found by one of its other addresses', async () => {
    const additional = {
      additionalEmails: [{ email: 'Second@Quill.example', validEmailDate: null }],
      additionalPhones: [{ phone: '+43 (0) 1-234 567', phoneLabel: 'Work' }],
    }
    vendor(version)
      .get(duplicate)
      .query(true)
      .times(4)
      .reply(200, { contact: { ...contactPayload, ...additional } })
    const account = testAccount()
    const count = async (search: ContactSearch) => (await account.contacts.search(search)).items.length
    expect(await count({ email: ' SECOND@quill.example ' })).toBe(1)
    expect(await count({ phone: '+43 01 234567' })).toBe(1)
    expect(await count({ email: 'ada@quill.example', phone: '0043' })).toBe(0)
    expect(await count({ email: 'ada@quill.example', phone: '+43 01 23 45 67' })).toBe(1)
    const found = { contacts: [{ ...contactPayload, ...additional }], total: 1 }
    vendor(version).post('/contacts/search').times(3).reply(200, found)
    expect(await count({ text: 'second@quill.example' })).toBe(1)
    expect(await count({ text: '+43 01 234567' })).toBe(1)
    expect(await count({ text: 'nobody here' })).toBe(0)
  })

  it('keeps a single contact that was found by an address it does not show, with a warning', async () => {
    vendor(version)
      .post('/contacts/search')
      .reply(200, { contacts: [contactPayload], total: 1 })
    const page = await testAccount().contacts.search({ text: 'hidden@quill.example' })
    expect(page.items).toHaveLength(1)
    expect(page.warnings.map(({ code }) => code)).toEqual(['local-filter', 'degraded'])
  })

  it('drops every contact if the vendor ignored the address', async () => {
    const other = { ...contactPayload, id: 'ctc_6' }
    vendor(version)
      .post('/contacts/search')
      .reply(200, { contacts: [contactPayload, other], total: 2 })
    expect((await testAccount().contacts.search({ text: 'hidden@quill.example' })).items).toEqual([])
  })

  it('searches for a text page by page and filters the result', async () => {
    const other = { ...contactPayload, id: 'ctc_6', name: 'Bo', firstName: 'Bo', email: null, phone: null }
    vendor(version)
      .post('/contacts/search', { locationId: 'loc_1', query: 'Quill ada', page: 1, pageLimit: 2 })
      .reply(200, { contacts: [contactPayload, other], total: 3 })
    vendor(version)
      .post('/contacts/search', { locationId: 'loc_1', query: 'Quill ada', page: 2, pageLimit: 2 })
      .reply(200, { contacts: [], total: 3 })
    // A contact is missing by the count, so the list is read once more.
    vendor(version)
      .post('/contacts/search', { locationId: 'loc_1', query: 'Quill ada', page: 1, pageLimit: 2 })
      .reply(200, { contacts: [contactPayload, other], total: 3 })
    vendor(version)
      .post('/contacts/search', { locationId: 'loc_1', query: 'Quill ada', page: 2, pageLimit: 2 })
      .reply(200, { contacts: [], total: 3 })
    const found: string[] = []
    const codes: string[] = []
    for await (const page of testAccount().contacts.search({ text: 'Quill ada', limit: 2 }).pages()) {
      found.push(...page.items.map(({ id }) => id))
      codes.push(...page.warnings.map(({ code }) => code))
    }
    expect(found).toEqual(['ctc_5'])
    expect(codes).toContain('degraded')
  })

  it('is sent again after a fault, because it changes nothing', async () => {
    vendor(version).post('/contacts/search').reply(503)
    vendor(version).post('/contacts/search').reply(200, { contacts: [], total: 0 })
    expect((await testAccount().contacts.search({ text: 'ada' })).items).toEqual([])
  })

  it('warns about an id of the application, and refuses it as the only criterion', async () => {
    vendor(version).get(duplicate).query(true).reply(200, { contact: contactPayload })
    const page = await testAccount().contacts.search({ email: 'ada@quill.example', externalId: 'u1' })
    expect(page).toMatchObject({ items: [{ id: 'ctc_5' }], warnings: [{ code: 'ignored-option' }] })
    expect(await failure(testAccount().contacts.search({ externalId: 'u1' }))).toMatchObject({
      code: 'invalid-request',
      fields: [{ path: 'email' }],
    })
  })
})
