import { describe, expect, test } from 'vitest'
import { everyConversation, openDesk, type Row } from './livechatai-desk.ts'

test('the list of contacts has neither attributes nor an agent for each contact', async () => {
  const desk = openDesk()
  const answer = await desk.get(`/contacts?agentId=${desk.agentId}`)
  expect(Object.keys(answer.body)).toEqual(['status', 'agentId', 'data', 'totalCount', 'pages'])
  expect(answer.at('agentId')).toBe(desk.agentId)
  const fields = ['id', 'distinctId', 'name', 'email', 'phone', 'country', 'createdAt']
  for (const contact of answer.rows('data')) expect(Object.keys(contact)).toEqual(fields)
  expect(answer.at('data.0.createdAt')).toMatch(/:\d\dZ$/)
})

test('one contact has no envelope, and its attributes are an array with the values of the list', async () => {
  const desk = openDesk({ oddValues: 'none' })
  const rows = await everyConversation(desk)
  const contacts = rows.map((row) => row['contact'] as Row)
  const embedded = contacts.find((each) => Object.keys(each['attributes'] as Row).length > 2) ?? {}
  const answer = await desk.get(`/contacts/${embedded['id']}`)
  expect(Object.keys(answer.body)).toEqual([
    ...['id', 'agentId', 'chatSource', 'email', 'distinctId', 'name', 'phone', 'threadId', 'ip', 'country'],
    ...['attributes', 'createdAt', 'updatedAt'],
  ])
  const entries = answer.rows('attributes').map(({ key, value }) => [key, value])
  expect(Object.fromEntries(entries)).toEqual(embedded['attributes'])
  expect(answer.at('createdAt')).toMatch(/\.\d{3}Z$/)
})

describe('the upsert of a contact', () => {
  const rosa = { distinctId: 'crm-88', name: 'Rosa Lind', email: 'rosa@shop.test' }

  test('creates it, then finds it by agent and distinctId, and keeps omitted values', async () => {
    const desk = openDesk()
    const created = await desk.post('/contacts', { agentId: desk.agentId, ...rosa })
    const contactId = created.text('contactId')
    expect(created.body).toEqual({ status: 'success', contactId: expect.any(String) })
    const updated = await desk.post('/contacts', { agentId: desk.agentId, distinctId: 'crm-88', phone: '+4711' })
    expect(updated.at('contactId')).toBe(contactId)
    expect((await desk.get(`/contacts/${contactId}`)).body).toMatchObject({ ...rosa, phone: '+4711' })

    const other = (await desk.get('/agents')).text('data.1.id')
    const elsewhere = await desk.post('/contacts', { agentId: other, ...rosa })
    expect(elsewhere.at('contactId')).not.toBe(contactId)
  })

  test('updates the named contact', async () => {
    const desk = openDesk()
    const contactId = (await desk.get(`/contacts?agentId=${desk.agentId}`)).text('data.0.id')
    const answer = await desk.post('/contacts', { agentId: desk.agentId, contactId, ...rosa, name: null })
    expect(answer.at('contactId')).toBe(contactId)
    expect((await desk.get(`/contacts/${contactId}`)).body).toMatchObject({ distinctId: 'crm-88', name: null })
    expect((await desk.post('/contacts', { agentId: desk.agentId, contactId: 'nobody', ...rosa })).status).toBe(404)
  })

  test('silently drops attributes that the agent does not know', async () => {
    const desk = openDesk()
    const attributes = { segment: 'gold', open_orders: 2, shoe_size: 44, newsletter: { no: 'object' } }
    const answer = await desk.post('/contacts', { agentId: desk.agentId, ...rosa, attributes })
    expect(answer.status).toBe(200)
    expect((await desk.get(`/contacts/${answer.text('contactId')}`)).at('attributes')).toEqual([
      { key: 'segment', value: 'gold' },
      { key: 'open_orders', value: 2 },
    ])
  })

  test('requires a hash if secure identification is on', async () => {
    const desk = openDesk({ secureIdentification: true })
    expect((await desk.post('/contacts', { agentId: desk.agentId, ...rosa })).status).toBe(400)
    expect((await desk.post('/contacts', { agentId: desk.agentId, ...rosa, userHash: 'abc' })).status).toBe(200)
  })

  test.each([{ distinctId: undefined }, { attributes: [] }, { attributes: 'gold' }, { name: 7 }])(
    'refuses %j and makes no contact',
    async (wrong) => {
      const desk = openDesk()
      const total = async () => (await desk.get(`/contacts?agentId=${desk.agentId}`)).at('totalCount')
      const before = await total()
      expect((await desk.post('/contacts', { agentId: desk.agentId, ...rosa, ...wrong })).status).toBe(400)
      expect(await total()).toBe(before)
    },
  )
})
