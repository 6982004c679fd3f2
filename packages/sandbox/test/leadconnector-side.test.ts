import { describe, expect, it } from 'vitest'
import { type Body, openDesk } from './leadconnector-desk.ts'

describe('contacts', () => {
  it('are upserted by address, then by number, with their tags replaced', async () => {
    const { call, get, names } = openDesk()
    const { locationId } = names
    const made = await call('POST', '/contacts/upsert', {
      locationId,
      name: 'Nia Vale',
      email: 'Nia@example.com',
      tags: ['a', 'b'],
      customFields: [{ id: 'fld_1', field_value: 'blue' }],
    })
    expect(made.body.contact.customFields).toEqual([{ id: 'fld_1', value: 'blue' }])
    expect(made.body).toMatchObject({ new: true, contact: { firstName: 'Nia', lastName: 'Vale', name: 'Nia Vale' } })
    const { id } = made.body.contact
    const again = await call('POST', '/contacts/upsert', {
      locationId,
      email: 'nia@example.com',
      phone: '+15550123',
      tags: ['c'],
    })
    expect(again.body).toMatchObject({ new: false, contact: { id, tags: ['c'], phone: '+15550123' } })
    expect((await get('/contacts/search/duplicate', { locationId, number: '+15550123' })).body.contact.id).toBe(id)
    expect((await get('/contacts/search/duplicate', { locationId, email: 'no@example.com' })).body.contact).toBeNull()
    expect((await get(`/contacts/${id}`)).body.contact.email).toBe('nia@example.com')
    expect((await call('POST', '/contacts/upsert', { name: 'x' })).status).toBe(422)
    expect((await get('/contacts/nobody')).status).toBe(400)
  })

  it('assign their conversation', async () => {
    const { call, get, search, names } = openDesk()
    const [item] = await search({ assignedTo: 'unassigned' })
    for (const assignedTo of [names.userId, null]) {
      await call('PUT', `/contacts/${item.contactId}`, { assignedTo })
      expect((await get(`/contacts/${item.contactId}`)).body.contact.assignedTo ?? null).toBe(assignedTo)
      expect((await get(`/conversations/${item.id}`)).body.assignedTo ?? null).toBe(assignedTo)
      expect((await search({ id: item.id }))[0].assignedTo ?? null).toBe(assignedTo)
      const mine = await search({ assignedTo: names.userId })
      expect(mine.some(({ id }: Body) => id === item.id)).toBe(assignedTo !== null)
    }
    expect((await call('PUT', '/contacts/nobody', {})).status).toBe(400)
    expect((await call('PUT', `/contacts/${item.contactId}`, { tags: 'x' })).status).toBe(422)
  })

  it('are searched and listed in pages', async () => {
    const { call, get, names } = openDesk()
    const { locationId } = names
    const page = (number: number) => call('POST', '/contacts/search', { locationId, page: number, pageLimit: 50 })
    const first = (await page(1)).body
    expect(first.total).toBeGreaterThan(500)
    expect((await page(2)).body.contacts[0].id).not.toBe(first.contacts[0].id)
    const { name } = first.contacts[0]
    const found = (await call('POST', '/contacts/search', { locationId, query: name })).body.contacts
    expect(found.map((contact: Body) => contact.name)).toContain(name)
    const list = (await get('/contacts/', { locationId, limit: 2 })).body
    const { startAfter, startAfterId } = list.meta
    const rest = (await get('/contacts', { locationId, limit: 2, startAfter, startAfterId })).body
    expect(rest.contacts.map(({ id }: Body) => id)).toEqual(first.contacts.slice(2, 4).map(({ id }: Body) => id))
    expect((await get('/contacts/', { locationId, limit: 101 })).status).toBe(422)
  })
})

describe('preferences', () => {
  const path = '/conversations/preferences'

  it('list what contacts can unsubscribe from', async () => {
    const { call, get, names } = openDesk()
    const { locationId } = names
    const list = async () => (await get(`${path}/custom-subtypes`, { locationId })).body
    expect((await list()).map(({ name, archived }: Body) => [name, archived])).toEqual([
      ['News of the workshop', false],
      ['Winter offers', true],
    ])
    const body = { name: 'Tips', channel: 'sms', language: 'en' }
    const made = await call('POST', `${path}/custom-subtypes?locationId=${locationId}`, body)
    expect(made).toMatchObject({ status: 201, body: { ...body, description: '', archived: false, locationId } })
    expect(made.body.id).toMatch(/^\w{24}$/)
    const put = (id: string, change: object) =>
      call('PUT', `${path}/custom-subtypes/${id}?locationId=${locationId}`, change)
    expect((await put(made.body.id, { description: 'For all', archived: true })).body).toMatchObject({
      ...body,
      description: 'For all',
      archived: true,
    })
    expect((await list()).at(-1)).toMatchObject({ id: made.body.id, archived: true })
    expect((await put('sub_none', {})).status).toBe(400)
    expect((await put(made.body.id, { name: 'a'.repeat(101) })).status).toBe(422)
    expect((await call('POST', `${path}/custom-subtypes`, body)).status).toBe(422)
    const wrong = await call('POST', `${path}/custom-subtypes?locationId=${locationId}`, { channel: 'fax' })
    expect(wrong.body.message).toHaveLength(5)
    expect((await get(`${path}/custom-subtypes`)).status).toBe(422)
    expect((await get(`${path}/custom-subtypes`, { locationId: names.secondLocationId })).status).toBe(403)
  })

  it('store the choices of each address', async () => {
    const { call, get, search, names } = openDesk()
    const { locationId } = names
    const [{ contactId }] = await search({ lastMessageType: 'TYPE_EMAIL' })
    const [{ id }] = (await get(`${path}/custom-subtypes`, { locationId })).body
    const email = 'ada@quill.example'
    const status = async (more: object = {}) => {
      const { emails } = (await get(`${path}/unsubscriptions/status`, { locationId, contactId, ...more })).body
      return emails[0].subscriptions.map(({ subtype_status }: Body) => subtype_status === 'subscribed')
    }
    const change = (subscription_action: object, more: object = {}) =>
      call('POST', `${path}/unsubscriptions/user-change`, {
        locationId,
        contactId,
        email,
        subscription_action,
        ...more,
      })
    const custom = { type: 'custom', subtype_id: id, subtype_status: 'unsubscribed' }
    expect((await change(custom)).status).toBe(201)
    expect(await status({ email: 'Ada@quill.example' })).toEqual([true, false, true])
    expect(await status()).toEqual([true, true, true])
    await change({ type: 'default', subtype_name: 'One on One', subtype_status: 'unsubscribed' })
    expect(await status({ email })).toEqual([false, false, true])
    // Somebody who comes back has to have said so.
    const back = { ...custom, subtype_status: 'subscribed' }
    expect((await change(back)).status).toBe(400)
    await change(back, { legal_reason: 'asked for it' })
    expect(await status({ email })).toEqual([false, true, true])
    await change({ type: 'resub_all', subtype_status: 'subscribed' }, { legal_reason: 'asked for it' })
    expect(await status({ email })).toEqual([true, true, true])
    expect((await change({ type: 'custom', subtype_status: 'unsubscribed' })).status).toBe(422)
    expect((await change({ type: 'default', subtype_status: 'unsubscribed' })).status).toBe(422)
    expect((await change({ ...custom, subtype_id: 'sub_none' })).status).toBe(400)
    expect((await change(custom, { contactId: 'nobody' })).status).toBe(400)
    expect((await get(`${path}/unsubscriptions/status`, { locationId, contactId: 'nobody' })).status).toBe(400)
    expect((await get(`${path}/unsubscriptions/status`, { locationId })).status).toBe(422)
  })

  it('are not part of v3, and require no scope', async () => {
    const { get, names } = openDesk()
    const query = { locationId: names.locationId }
    expect((await get(`${path}/custom-subtypes`, query, { version: 'v3' })).status).toBe(404)
    expect((await get(`${path}/custom-subtypes`, query, { token: names.readonlyToken })).status).toBe(200)
  })
})

describe('users', () => {
  it('require the company for a search', async () => {
    const { get, names } = openDesk()
    const { companyId, locationId, userId } = names
    expect((await get('/users/search')).status).toBe(422)
    expect((await get('/users/search', { companyId: 'x' })).status).toBe(403)
    const { body } = await get('/users/search', { companyId, locationId, limit: 2, skip: 1 })
    expect(body).toMatchObject({ count: 5 })
    expect(body.users).toHaveLength(2)
    expect((await get('/users/search', { companyId, ids: userId })).body.users[0].id).toBe(userId)
    expect((await get(`/users/${userId}`)).body).toMatchObject({ id: userId, deleted: false })
    expect((await get('/users/nobody')).status).toBe(400)
    expect((await get('/users/', { locationId })).body.users).toHaveLength(5)
  })
})

describe('knowledge bases', () => {
  it('are listed, created up to fifteen, updated and deleted', async () => {
    const { call, get, names } = openDesk()
    const { locationId } = names
    const path = '/knowledge-bases/'
    const first = (await get(path, { locationId, limit: 1 })).body.data
    expect(first).toMatchObject({ activeCount: 2, hasMore: true })
    const second = (await get(path, { locationId, limit: 1, lastKnowledgeBaseId: first.lastKnowledgeBaseId })).body.data
    expect(second.hasMore).toBe(false)
    const { data } = (await get(`${path}${first.knowledgeBases[0].id}`)).body
    expect(data).toMatchObject({ isDefault: true, kbMetadata: { faqs: 4, files: 4, richText: 2 } })
    const made = await call('POST', path, { locationId, name: 'Bikes' })
    expect(made.status).toBe(201)
    const one = `${path}${made.body.data.id}`
    expect((await call('PUT', one, { locationId, name: 'Cycles' })).body.data.nameLowerCase).toBe('cycles')
    const described = await call('PUT', one, { description: 'Two wheels' })
    expect(described.body.data).toMatchObject({ name: 'Cycles', description: 'Two wheels' })
    for (let count = 3; count < 15; count += 1) await call('POST', path, { locationId, name: 'More' })
    expect((await call('POST', path, { locationId, name: 'Too many' })).status).toBe(400)
    expect((await call('DELETE', one)).body.success).toBe(true)
    expect((await get(one)).status).toBe(400)
    expect((await get(path)).status).toBe(422)
    expect((await call('POST', path, { locationId })).status).toBe(422)
  })

  it('return questions and answers in pages', async () => {
    const { call, get, names } = openDesk()
    const { locationId } = names
    const knowledgeBaseId = (await get('/knowledge-bases/', { locationId })).body.data.knowledgeBases[0].id
    const query = { locationId, knowledgeBaseId }
    const path = '/knowledge-bases/faqs'
    const first = (await get(path, { ...query, limit: 3 })).body
    expect(first).toMatchObject({ count: 4, hasMore: true })
    expect((await get(path, { ...query, lastFaqId: first.lastFaqId })).body.faqs).toHaveLength(1)
    const made = await call('POST', path, { ...query, question: 'Where?', answer: 'Here.' })
    expect(made.status).toBe(201)
    const one = `${path}/${made.body.faq.id}`
    expect((await call('PUT', one, { question: 'Where?', answer: 'There.' })).body.faq.answer).toBe('There.')
    expect((await call('DELETE', one)).body.success).toBe(true)
    expect((await call('DELETE', one)).status).toBe(400)
    expect((await get(path, { ...query, knowledgeBaseId: 'x' })).status).toBe(400)
    expect((await get(path, { locationId })).status).toBe(422)
  })

  it('crawl, train and delete pages', async () => {
    const { call, get, names } = openDesk()
    const { locationId } = names
    const knowledgeBaseId = (await get('/knowledge-bases/', { locationId })).body.data.knowledgeBases[0].id
    const query = { locationId, knowledgeBaseId }
    const path = '/knowledge-bases/crawler'
    const before = (await get(path, { ...query, page: 2, pageLength: 5 })).body
    expect(before.urls).toHaveLength(before.count - 5)
    const url = 'https://www.quilloncycles.example/new'
    const made = await call('POST', path, { ...query, url, option: 'Exact' })
    expect(made.body.data).toMatchObject({ status: 'Pending', url })
    const { operationId } = made.body.data
    await call('POST', `${path}/train`, { ...query, operationId, urlIds: [operationId] })
    expect((await call('POST', `${path}/train`, { urlIds: [operationId] })).status).toBe(422)
    const { data } = (await get(`${path}/status`, { ...query, operationId })).body
    expect(data.operationDetails).toMatchObject({ status: 'Successful', url, mode: 'Exact' })
    expect(data.aggregate).toMatchObject([{ records: [{ id: operationId, url }] }])
    expect((await get(`${path}/status`, { operationId })).status).toBe(422)
    expect((await call('POST', path, { ...query, url, option: 'Exact' })).body.data.status).toBe('Existing')
    const urlIds = [operationId, 'nothing']
    expect((await call('DELETE', path, { urlIds })).status).toBe(422)
    expect((await call('DELETE', path, { ...query, urlIds })).body.deletedCount).toBe(1)
    expect((await get(path, query)).body.count).toBe(before.count)
    expect((await call('POST', path, { ...query, url, option: 'All' })).status).toBe(422)
  })
})

describe('files', () => {
  async function upload(files: readonly File[], fields: Record<string, string> = {}) {
    const desk = openDesk()
    const [item] = await desk.search({ limit: 1 })
    const form = new FormData()
    for (const [key, value] of Object.entries({
      locationId: desk.names.locationId,
      conversationId: item.id,
      ...fields,
    })) {
      form.append(key, value)
    }
    for (const file of files) form.append('fileAttachment', file)
    return { ...desk, answer: await desk.call('POST', '/conversations/messages/upload', undefined, { form }) }
  }

  const text = (name = 'note.txt', size = 5) => new File(['x'.repeat(size)], name, { type: 'text/plain' })

  it('are stored and served unchanged', async () => {
    const { answer, call } = await upload([text()])
    expect(answer.status).toBe(200)
    const { pathname } = new URL(answer.body.uploadedFiles['note.txt'])
    expect((await call('GET', pathname, undefined, { token: null })).body).toBe('xxxxx')
  })

  it('close a secure file after an hour, and open it to tokens with the scope', async () => {
    const { answer, call, clock } = await upload([text()], { isSecureAttachment: 'true' })
    const { pathname } = new URL(answer.body.uploadedFiles['note.txt'])
    const open = () => call('GET', pathname, undefined, { token: null })
    expect((await open()).body).toBe('xxxxx')
    await clock.advance(3_600_000)
    expect((await open()).status).toBe(401)
    const { url } = (await call('GET', pathname)).body
    const signed = new URL(url)
    expect((await call('GET', signed.pathname + signed.search, undefined, { token: null })).body).toBe('xxxxx')
    expect((await call('GET', signed.pathname, undefined, { token: null })).status).toBe(404)
  })

  it('are refused with an error of their own, and with a fault for an unknown conversation', async () => {
    const large = (await upload([text('a.txt', 5 * 1024 * 1024 + 1)])).answer
    expect(large).toMatchObject({ status: 413, body: { status: 413 } })
    expect(large.body.statusCode).toBeUndefined()
    expect((await upload(Array.from({ length: 6 }, (_, index) => text(`${index}.txt`)))).answer.status).toBe(413)
    expect((await upload([text('a.exe')])).answer).toMatchObject({ status: 415, body: { status: 415 } })
    expect((await upload([text()], { conversationId: 'nothing' })).answer.status).toBe(500)
    expect((await upload([])).answer.status).toBe(400)
  })
})

describe('calls', () => {
  it('return the recording, the transcription and its text', async () => {
    const { get, search, names, emulator } = openDesk()
    const { locationId } = names
    const [item] = await search({ lastMessageType: 'TYPE_CALL' })
    const messages = (await get(`/conversations/${item.id}/messages`, { type: 'TYPE_CALL' })).body.messages.messages
    const { id } = messages.find(({ meta }: Body) => meta.call.status !== 'no-answer')
    const recording = await get(`/conversations/messages/${id}/locations/${locationId}/recording`)
    expect(recording.headers.get('content-type')).toBe('audio/x-wav')
    expect(recording.headers.get('content-disposition')).toContain('attachment')
    expect(recording.body.startsWith('RIFF')).toBe(true)
    const path = `/conversations/locations/${locationId}/messages/${id}/transcription`
    const { body } = await get(path)
    expect(body[0]).toMatchObject({
      sentenceIndex: 0,
      mediaChannel: expect.any(Number),
      confidence: expect.any(Number),
    })
    expect((await get(`${path}/download`)).body).toContain(body[0].transcript)
    emulator.settings.transcriptionShape = 'object'
    expect((await get(path)).body.transcript).toBe(body[0].transcript)
    expect((await get(path.replace(locationId, names.secondLocationId))).status).toBe(403)
    expect((await get(path.replace(id, 'nothing'))).status).toBe(400)
  })

  it('return none of them for a text message', async () => {
    const { get, search, names } = openDesk()
    const [item] = await search({ lastMessageType: 'TYPE_SMS' })
    const [{ id }] = (await get(`/conversations/${item.id}/messages`)).body.messages.messages
    const path = `/conversations/messages/${id}/locations/${names.locationId}/recording`
    expect((await get(path)).status).toBe(400)
  })
})

describe('typing', () => {
  it('accepts a boolean, a string or both', async () => {
    const { call, search, names, emulator } = openDesk()
    const [item] = await search({ lastMessageType: 'TYPE_LIVE_CHAT' })
    const body = { locationId: names.locationId, visitorId: 'v', conversationId: item.id, isTyping: true }
    const path = '/conversations/providers/live-chat/typing'
    expect(await call('POST', path, body)).toMatchObject({ status: 201, body: { success: true } })
    expect((await call('POST', path, { ...body, isTyping: 'true' })).status).toBe(422)
    emulator.settings.typingTakes = 'string'
    expect((await call('POST', path, body)).status).toBe(422)
    emulator.settings.typingTakes = 'both'
    expect((await call('POST', path, body)).status).toBe(201)
    expect((await call('POST', path, { ...body, conversationId: 'nothing' })).status).toBe(400)
  })
})
