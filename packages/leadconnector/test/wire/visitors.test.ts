import { memoryStore } from '@parley/core'
import { told } from '@parley/testkit'
import { useNock } from '@parley/testkit/nock'
import { describe, expect, it } from 'vitest'
import { contactPayload } from '../fixtures/contacts.ts'
import { otherNotFound, testAccount, vendor } from '../helpers/account.ts'

useNock()

const version = '2021-07-28'
const upsert = '/contacts/upsert'
const field = 'cf_external'
const withId = (externalId: string) => ({ ...contactPayload, customFields: [{ id: field, value: externalId }] })

describe('contacts.ensure', () => {
  it('makes a contact without what is not verified, and says where it remembers it', async () => {
    vendor(version)
      .post(upsert, { locationId: 'loc_1', name: 'Ada' })
      .reply(200, { new: true, contact: contactPayload })
    const { contact, isNew, warnings } = await testAccount().contacts.ensure({
      ...{ externalId: 'web-1', name: 'Ada', email: 'typed@quill.example' },
    })
    expect([contact.id, isNew]).toEqual(['ctc_5', true])
    expect(told(warnings)).toEqual(['degraded email', 'degraded externalId'])
    expect(warnings[1]?.message).toMatch(/set externalIdField or store in the options of leadConnector\(\)/)
  })

  it('makes one contact for an external id in all processes that share a store', async () => {
    const store = memoryStore()
    vendor(version).post(upsert).reply(200, { new: true, contact: contactPayload })
    expect((await testAccount({ store }).contacts.ensure({ externalId: 'web-1' })).warnings).toEqual([])
    vendor(version).get('/contacts/ctc_5').reply(200, { contact: contactPayload })
    expect(await testAccount({ store }).contacts.ensure({ externalId: 'web-1' })).toMatchObject({
      ...{ contact: { id: 'ctc_5' }, isNew: false },
    })
  })

  it('makes another contact if the vendor has deleted the remembered one', async () => {
    const store = memoryStore()
    vendor(version).post(upsert).reply(200, { new: true, contact: contactPayload })
    await testAccount({ store }).contacts.ensure({ externalId: 'web-1' })
    vendor(version).get('/contacts/ctc_5').reply(400, { message: 'Contact not found', statusCode: 400 })
    vendor(version)
      .post(upsert)
      .reply(200, { new: true, contact: { ...contactPayload, id: 'ctc_6' } })
    expect(await testAccount({ store }).contacts.ensure({ externalId: 'web-1' })).toMatchObject({
      ...{ contact: { id: 'ctc_6' }, isNew: true },
    })
  })

  it('keeps the external id in the custom field of the configuration, and finds it there', async () => {
    const filters = [{ field: `customFields.${field}`, operator: 'eq', value: 'web-1' }]
    const search = { locationId: 'loc_1', page: 1, pageLimit: 20, filters }
    // An ignored filter must not give somebody else's contact.
    vendor(version)
      .post('/contacts/search', search)
      .reply(200, { contacts: [withId('web-2')], total: 1 })
    vendor(version)
      .post(upsert, { locationId: 'loc_1', customFields: [{ id: field, field_value: 'web-1' }] })
      .reply(200, { new: true, contact: withId('web-1') })
    const made = await testAccount({ externalIdField: field }).contacts.ensure({ externalId: 'web-1' })
    expect([made.isNew, made.warnings]).toEqual([true, []])
    vendor(version)
      .post('/contacts/search', search)
      .reply(200, { contacts: [withId('web-1')], total: 1 })
    expect(await testAccount({ externalIdField: field }).contacts.ensure({ externalId: 'web-1' })).toMatchObject({
      ...{ contact: { id: 'ctc_5' }, isNew: false, warnings: [] },
    })
  })

  it('looks up a verified address exactly, and sends it only then', async () => {
    const duplicate = '/contacts/search/duplicate'
    vendor(version).get(duplicate).query({ locationId: 'loc_1', email: 'ada@quill.example' }).reply(400, otherNotFound)
    vendor(version)
      .get(duplicate)
      .query({ locationId: 'loc_1', email: 'ada@quill.example' })
      .reply(200, { contact: null })
    vendor(version)
      .post(upsert, { locationId: 'loc_1', email: 'ada@quill.example' })
      .reply(200, { new: true, contact: contactPayload })
    const account = testAccount()
    await account.contacts.ensure({ email: 'ada@quill.example', verified: true }).catch(() => undefined)
    const { isNew } = await account.contacts.ensure({ email: 'ada@quill.example', verified: true })
    expect(isNew).toBe(true)
  })
})

describe('operators.list', () => {
  it('reads the users of the location, without deleted ones', async () => {
    vendor(version)
      .get('/users/')
      .query({ locationId: 'loc_1' })
      .reply(200, {
        users: [
          { id: 'usr_1', name: 'Ines Varga', email: 'ines@clinic.example', roles: { role: 'admin', type: 'account' } },
          { id: 'usr_2', name: 'Gone', deleted: true },
        ],
      })
    expect((await testAccount().operators.list()).items).toMatchObject([
      { id: 'usr_1', ref: 'leadconnector:clinic/operator/usr_1', name: 'Ines Varga', role: 'admin' },
    ])
  })
})
