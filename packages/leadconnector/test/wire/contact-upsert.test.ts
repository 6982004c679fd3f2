import { failure } from '@parley/testkit'
import { useNock } from '@parley/testkit/nock'
import { describe, expect, it } from 'vitest'
import { readContact } from '../../src/read/contact.ts'
import { contactPayload } from '../fixtures/contacts.ts'
import { reader, testAccount, vendor } from '../helpers/account.ts'

useNock()

const contacts = () => vendor('2021-07-28')
const everything = {
  name: 'Ada Quill',
  firstName: 'Ada',
  lastName: 'Quill',
  email: 'ada@quill.example',
  phone: '+15550100',
  country: 'GB',
  tags: ['vip'],
}
const own = {
  companyName: 'Quill & Co',
  timezone: 'Europe/London',
  source: 'fair',
  assignedTo: 'usr_9',
  gender: 'female',
  address1: '1 Quay',
  city: 'Hull',
  state: 'ER',
  postalCode: 'HU1',
  website: 'https://quill.example',
  dnd: false,
  dndSettings: { SMS: { status: 'active' } },
  inboundDndSettings: { all: { status: 'inactive' } },
} as const

describe('contacts.upsert', () => {
  it.each([200, 201])('sends every given value, and says whether the contact is new (HTTP %i)', async (status) => {
    contacts()
      .post('/contacts/upsert', {
        locationId: 'loc_1',
        ...everything,
        customFields: [
          { id: 'fld_1', field_value: 'blue' },
          { id: 'fld_2', field_value: [1, 2] },
        ],
        ...own,
      })
      .reply(status, { new: status === 201, contact: contactPayload, traceId: 't' })
    const account = testAccount()
    const contact = await account.contacts.upsert({
      ...everything,
      customFields: { fld_1: 'blue', fld_2: [1, 2] },
      vendor: { leadconnector: own },
    })
    expect(contact).toStrictEqual(readContact(contactPayload, reader().reading))
    expect(account.warnings).toEqual([])
  })

  it('updates the contact whose id is given', async () => {
    contacts()
      .put('/contacts/ctc%2F5', { email: 'ada@quill.example', tags: [] })
      .reply(200, { succeded: true, contact: contactPayload })
    const contact = await testAccount().contacts.upsert({ id: 'ctc/5', email: 'ada@quill.example', tags: [] })
    expect(contact.id).toBe(contactPayload.id)
  })

  it('warns that the vendor keeps no id of the application', async () => {
    contacts()
      .post('/contacts/upsert', { locationId: 'loc_1', email: 'a@b.example' })
      .reply(201, { new: true, contact: contactPayload })
    const account = testAccount()
    await account.contacts.upsert({ email: 'a@b.example', externalId: 'crm-1' })
    expect(account.warnings.map(({ code, path }) => [code, path])).toEqual([['ignored-option', 'externalId']])
  })

  it('returns the id that it updated if the answer lacks it', async () => {
    contacts()
      .put('/contacts/ctc_5')
      .reply(200, { succeded: true, contact: { email: 'a@b.example' } })
    expect((await testAccount().contacts.upsert({ id: 'ctc_5', email: 'a@b.example' })).id).toBe('ctc_5')
  })

  it('sends the values of custom fields under the key of the version', async () => {
    const input = { email: 'a@b.example', customFields: { f1: 'x' } }
    const body = (key: string) => ({
      locationId: 'loc_1',
      email: 'a@b.example',
      customFields: [{ id: 'f1', [key]: 'x' }],
    })
    contacts().post('/contacts/upsert', body('field_value')).reply(201, { contact: contactPayload })
    await testAccount().contacts.upsert(input)
    vendor('v3').post('/contacts/upsert', body('fieldValue')).reply(201, { contact: contactPayload })
    await testAccount({ version: { contacts: 'v3' } }).contacts.upsert(input)
  })

  it('is sent again only if the input identifies the contact', async () => {
    for (const known of [{ email: 'a@b.example' }, { phone: '+15550100' }]) {
      contacts().post('/contacts/upsert').reply(502, '<html>')
      contacts().post('/contacts/upsert').reply(201, { new: false, contact: contactPayload })
      expect((await testAccount().contacts.upsert(known)).id).toBe(contactPayload.id)
    }
    contacts().post('/contacts/upsert').reply(502, '<html>')
    expect(await failure(testAccount().contacts.upsert({ name: 'Ada' }))).toMatchObject({ outcome: 'unknown' })
    contacts().put('/contacts/ctc_5').reply(502, '<html>')
    contacts().put('/contacts/ctc_5').reply(200, { contact: contactPayload })
    expect((await testAccount().contacts.upsert({ id: 'ctc_5', name: 'Ada' })).id).toBe(contactPayload.id)
  })

  it('tells an unknown contact from a missing scope', async () => {
    contacts().put('/contacts/ctc_x').reply(400, { message: 'Contact not found' })
    expect((await failure(testAccount().contacts.upsert({ id: 'ctc_x', name: 'Ada' }))).code).toBe('not-found')
    contacts().post('/contacts/upsert').reply(401, { message: 'The token is not authorized for this scope.' })
    const error = await failure(testAccount().contacts.upsert({ name: 'Ada' }))
    expect(error).toMatchObject({ code: 'permission', message: expect.stringContaining('contacts.write') })
  })

  it.each([
    [null, 'input'],
    [{}, 'input'],
    [{ id: 'ctc_5' }, 'input'],
    [{ externalId: 'crm-1' }, 'input'],
    [{ id: '', name: 'Ada' }, 'id'],
    [{ name: 7 }, 'name'],
    [{ email: '' }, 'email'],
    [{ tags: 'vip' }, 'tags'],
    [{ tags: ['vip', 7] }, 'tags[1]'],
    [{ customFields: [] }, 'customFields'],
    [{ vendor: { leadconnector: { dnd: 'no' } } }, 'vendor.leadconnector.dnd'],
    [{ vendor: { leadconnector: { dndSettings: 'SMS' } } }, 'vendor.leadconnector.dndSettings'],
    [{ vendor: { leadconnector: { ssn: '1' } } }, 'vendor.leadconnector.ssn'],
  ])('refuses %j before a request is sent', async (input, field) => {
    expect(await failure(testAccount().contacts.upsert(input as never))).toMatchObject({
      code: 'invalid-request',
      fields: [{ path: field }],
    })
  })
})
