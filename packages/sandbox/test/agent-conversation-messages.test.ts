import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, expect, test } from 'vitest'
import { agentConversationDesk, badRequest, type Json, notFound } from './agent-conversation-desk.ts'

const desk = agentConversationDesk()
const slow = agentConversationDesk(20)
const { call } = desk

const everyConversation = async (): Promise<Json[]> => {
  const pages = await Promise.all([1, 2, 3, 4].map((page) => call('GET', `/conversations?pageSize=100&page=${page}`)))
  return pages.flatMap(({ body }) => body['data'] as Json[])
}

const open = async (on = desk): Promise<string> => {
  const user = (await on.call('GET', '/agents/users')).body['data'][0]
  return (await on.call('POST', '/conversations', { body: { conversationUserId: user.id } })).body['id']
}

const thread = async (id: string, query = ''): Promise<Json[]> =>
  (await call('GET', `/conversations/${id}/messages${query}`)).body['messages']

const setMode = (id: string, mode: 'ai' | 'manual') => call('PUT', `/conversations/${id}/mode`, { body: { mode } })
const ask = (id: string, message: string) => call('POST', `/conversations/${id}/messages`, { body: { message } })
const askAsync = (id: string, message: string) =>
  call('POST', `/conversations/${id}/messages/async`, { body: { message } })
const poll = (id: string, questionId: string) => call('GET', `/conversations/${id}/messages/${questionId}/response-on`)

describe('GET messages', () => {
  test('returns the whole thread in either order', async () => {
    const longest = Math.max(...desk.world.dialogues.map(({ turns }) => turns.length))
    const dialogue = desk.world.dialogues.find(({ turns }) => turns.length === longest)
    const all = await everyConversation()
    const threads = await Promise.all(
      all.filter(({ title }) => title === dialogue?.subject).map(({ id }) => thread(id)),
    )
    const long = threads.find((messages) => messages.length >= 400)
    expect(long).toBeDefined()
    const id = long?.[0]?.['conversationId']
    expect(await thread(id, '?orderDirection=DESC')).toEqual([...(long ?? [])].reverse())
    const times = (long ?? []).map(({ createdAt }) => Date.parse(createdAt))
    expect(times).toEqual([...times].sort((a, b) => a - b))
    expect((await call('GET', `/conversations/${id}/messages?orderDirection=up`)).status).toBe(400)
  })

  test('returns roles, sources, citations, files, feedback and unknown words', async () => {
    const all = await everyConversation()
    const threads = await Promise.all(all.slice(0, 250).map(({ id }) => thread(id, '?shouldIncludeFeedbacks=true')))
    const messages = threads.flat()
    const roles = new Set(messages.map(({ senderRole }) => senderRole))
    expect([...roles].sort()).toEqual(['assistant', 'conversation_user', 'manual_assistant', 'workflow'])
    const sources = new Set(messages.map(({ source }) => source))
    for (const source of ['email', 'sms', 'live_chat', 'copilot', 'api', 'voice', 'rcs'])
      expect(sources).toContain(source)
    expect(threads.some((one) => one.length === 0)).toBe(true)
    expect(messages.some(({ fullAIResponse: ai }) => ai?.urlCitations.length > 0)).toBe(true)
    expect(messages.some(({ fullAIResponse: ai }) => ai?.fileCitations.length > 0)).toBe(true)
    expect(messages.some(({ files }) => files.length > 0)).toBe(true)
    expect(messages.some(({ conversationMessageFeedbacks: votes }) => votes.length > 0)).toBe(true)
    expect(messages.some(({ message, isAnonymized }) => isAnonymized && message === '[anonymized]')).toBe(true)
    expect((await thread(all[0]?.['id']))[0]).not.toHaveProperty('conversationMessageFeedbacks')
    desk.served.settings.oddValues = 'all'
    const [odd] = await thread(messages[0]?.['conversationId'])
    expect(odd).toMatchObject({ senderRole: 'never_seen_role', source: 'never_seen_source' })
  })

  test('cites files that the agent has', async () => {
    const files = (await call<Json[]>('GET', '/agent-files/by-api-key')).body
    const { body } = await ask(await open(), 'How long is the warranty on a frame?')
    const [citation] = body['fullAIResponse'].fileCitations
    expect(files).toContainEqual(
      expect.objectContaining({ vectorStoreFileId: citation.fileId, fileName: citation.filename }),
    )
  })
})

describe('a synchronous send', () => {
  test('returns the agent’s reply and its sources', async () => {
    const id = await open()
    const { status, body } = await ask(id, 'When do you open?')
    expect(status).toBe(201)
    const [question, reply] = await thread(id)
    expect(question).toMatchObject({ message: 'When do you open?', senderRole: 'conversation_user', source: 'api' })
    expect(reply).toEqual(body)
    expect(body).toMatchObject({
      senderRole: 'assistant',
      conversationId: id,
      conversationMessageId: question?.['id'],
      fullAIResponse: { outputText: body['message'], urlCitations: [{ title: 'Opening hours and address' }] },
    })
    expect(body['message']).toContain('9:00')
  })

  test('says that the knowledge has no answer', async () => {
    const { body } = await ask(await open(), 'What is the capital of Mongolia?')
    expect(body['message']).toContain('do not know')
    expect(body['fullAIResponse']).toMatchObject({ urlCitations: [], fileCitations: [] })
  })

  test('can return the question instead', async () => {
    desk.served.settings.syncAnswer = 'echo'
    const id = await open()
    const { body } = await ask(id, 'When do you open?')
    expect(body['senderRole']).toBe('conversation_user')
    expect((await poll(id, body['id'])).body).toMatchObject({
      status: 'completed',
      message: { senderRole: 'assistant' },
    })
  })

  test('gets no answer in manual mode', async () => {
    const id = await open()
    await setMode(id, 'manual')
    const { status, body } = await ask(id, 'When do you open?')
    expect([status, body['senderRole']]).toEqual([201, 'conversation_user'])
    expect(await thread(id)).toHaveLength(1)
    expect((await poll(id, body['id'])).body['status']).toBe('pending')
  })

  test('hands over if a person is requested', async () => {
    const id = await open()
    await ask(id, 'May I speak to a real person?')
    expect((await call('GET', `/conversations/${id}`)).body['mode']).toBe('manual')
    desk.served.settings.escalates = false
    await setMode(id, 'ai')
    await ask(id, 'May I speak to a real person?')
    expect((await call('GET', `/conversations/${id}`)).body['mode']).toBe('ai')
  })

  test('updates the conversation’s time unless told otherwise', async () => {
    const id = await open()
    const updatedAt = async () => (await call('GET', `/conversations/${id}`)).body['updatedAt']
    const before = await updatedAt()
    desk.served.settings.messagesTouchConversation = false
    await ask(id, 'Hello')
    expect(await updatedAt()).toBe(before)
    desk.served.settings.messagesTouchConversation = true
    await ask(id, 'Hello')
    expect(Date.parse(await updatedAt())).toBeGreaterThan(Date.parse(before))
  })

  test('refuses an empty message and unknown files, and a failing agent answers with HTTP 500', async () => {
    const id = await open()
    expect(await ask(id, ' ')).toMatchObject(badRequest('message should not be empty'))
    const wrong = { message: 'x', files: [{ fileName: 'a.pdf' }] }
    expect(await call('POST', `/conversations/${id}/messages`, { body: wrong })).toMatchObject(
      badRequest('each value in files must have fileName and storagePath'),
    )
    const unknown = { message: 'x', files: [{ fileName: 'a.pdf', storagePath: 'nowhere' }] }
    expect(await call('POST', `/conversations/${id}/messages`, { body: unknown })).toMatchObject(
      badRequest('storagePath nowhere does not exist'),
    )
    desk.served.settings.failReplies = true
    expect(await ask(id, 'Hello')).toMatchObject({
      status: 500,
      body: { status: 500, message: 'Internal Server Error' },
    })
  })
})

describe('an asynchronous send', () => {
  test('is pending for at least one poll, then completed', async () => {
    const id = await open()
    const { status, body: question } = await askAsync(id, 'When do you open?')
    expect([status, question['senderRole']]).toEqual([201, 'conversation_user'])
    expect((await poll(id, question['id'])).body).toEqual({ status: 'pending', message: null, error: null })
    const { body } = await poll(id, question['id'])
    expect(body).toMatchObject({ status: 'completed', error: null, message: { conversationMessageId: question['id'] } })
    expect((await poll(id, question['id'])).body).toEqual(body)
    expect(await thread(id)).toHaveLength(2)
  })

  test('is pending until the agent’s thinking time has passed', async () => {
    const id = await open(slow)
    const body = { message: 'When do you open?' }
    const question = (await slow.call('POST', `/conversations/${id}/messages/async`, { body })).body
    const look = async () =>
      (await slow.call('GET', `/conversations/${id}/messages/${question['id']}/response-on`)).body['status']
    expect([await look(), await look(), await look()]).toEqual(['pending', 'pending', 'pending'])
    await slow.clock.advance(25)
    expect(await look()).toBe('completed')
  })

  test('appears in the thread too', async () => {
    const id = await open()
    await askAsync(id, 'When do you open?')
    expect(await thread(id)).toHaveLength(1)
    expect(await thread(id)).toHaveLength(2)
  })

  test.each([
    ['older', { status: 'running' }, { status: 'completed' }],
    ['newWords', { status: 'thinking_hard', message: null, error: null }, { status: 'answered' }],
    ['nullWhilePending', null, { status: 'completed' }],
    ['notFoundWhilePending', notFound.body, { status: 'completed' }],
    ['bareMessage', { status: 'pending', message: null, error: null }, { senderRole: 'assistant' }],
    ['emptyWhenCompleted', { status: 'pending', message: null, error: null }, { status: 'completed', message: null }],
  ] as const)('has the shape %s', async (shape, first, second) => {
    desk.served.settings.responseShape = shape
    const id = await open()
    const { body: question } = await askAsync(id, 'When do you open?')
    expect((await poll(id, question['id'])).body).toEqual(first)
    expect((await poll(id, question['id'])).body).toMatchObject(second)
  })

  test('can fail', async () => {
    desk.served.settings.failReplies = true
    const id = await open()
    const { body: question } = await askAsync(id, 'Hello')
    await poll(id, question['id'])
    expect((await poll(id, question['id'])).body).toEqual({
      status: 'failed',
      message: null,
      error: 'The agent could not answer',
    })
  })

  test('is answered by a person in manual mode', async () => {
    const id = await open()
    await setMode(id, 'manual')
    const { body: question } = await askAsync(id, 'Hello?')
    await poll(id, question['id'])
    expect((await poll(id, question['id'])).body['status']).toBe('pending')
    const message = { message: 'Hi, Ines here', conversationMessageId: question['id'] }
    await call('POST', `/conversations/${id}/send-manual-message`, { body: message })
    expect((await poll(id, question['id'])).body).toMatchObject({ message: { senderRole: 'manual_assistant' } })
  })

  test('answers with 404 on older deployments and for unknown questions', async () => {
    const id = await open()
    expect(await poll(id, 'nope')).toMatchObject(notFound)
    desk.served.settings.asyncRoute = 'missing'
    expect((await askAsync(id, 'Hello')).body).toMatchObject({ error: 'Not Found', statusCode: 404 })
  })
})

describe('a manual message', () => {
  const send = (id: string, body: object) => call('POST', `/conversations/${id}/send-manual-message`, { body })

  test('is stored with HTTP 200, several times in a row, and its author takes over', async () => {
    const id = await open()
    await ask(id, 'Hello')
    await setMode(id, 'manual')
    const organization = { 'Organization-Secret-Key': desk.served.credentials['organizationKey'] ?? '' }
    const [author] = (await call<Json[]>('GET', '/platform-users', { headers: organization })).body
    const { status, body } = await send(id, { message: 'One moment', authorId: author?.['id'] })
    expect([status, body['senderRole'], body['message']]).toEqual([200, 'manual_assistant', 'One moment'])
    expect((await send(id, { message: 'Here I am' })).status).toBe(200)
    expect(await thread(id)).toHaveLength(4)
    const { assignedUser } = (await call('GET', `/conversations/${id}`)).body
    expect(assignedUser).toMatchObject({ id: author?.['id'], firstName: 'Ines' })
  })

  test('is refused with an empty 400 in ai mode and in voice conversations', async () => {
    const id = await open()
    expect(await send(id, { message: 'Hi' })).toMatchObject({ status: 400, body: null })
    const voice = (await everyConversation()).find(({ aiCallId }) => aiCallId)
    await setMode(voice?.['id'], 'manual')
    expect(await send(voice?.['id'], { message: 'Hi' })).toMatchObject({ status: 400, body: null })
  })

  test('requires a text and a known author', async () => {
    const id = await open()
    expect(await send(id, {})).toMatchObject(badRequest('message should not be empty'))
    expect(await send(id, { message: 'Hi', authorId: 'nobody' })).toMatchObject(badRequest('authorId does not exist'))
  })
})

describe('message files', () => {
  test('are uploaded, sent and downloaded without showing the key to the storage', async () => {
    const id = await open()
    const body = { fileName: 'receipt 1.txt', contentType: 'text/plain' }
    const { status, body: place } = await call('POST', `/conversations/${id}/message-files/upload-url`, { body })
    expect([status, Object.keys(place)]).toEqual([200, ['signedUrl', 'storagePath']])
    const put = (headers: Record<string, string>) =>
      fetch(place['signedUrl'], { method: 'PUT', body: 'total: 79', headers })
    expect((await put({ 'content-type': 'text/plain', 'Agent-Secret-Key': 'k' })).status).toBe(400)
    expect((await put({ 'content-type': 'text/plain', Authorization: 'Bearer k' })).status).toBe(400)
    expect((await put({ 'content-type': 'image/png' })).status).toBe(403)
    expect((await put({ 'content-type': 'text/plain' })).status).toBe(200)

    const files = [{ fileName: 'receipt 1.txt', storagePath: place['storagePath'] }]
    await call('POST', `/conversations/${id}/messages`, { body: { message: 'See here', files } })
    const [question] = await thread(id)
    const [file] = question?.['files'] ?? []
    expect(file).toMatchObject({ fileName: 'receipt 1.txt', size: 9, openAIFileId: expect.stringMatching(/^file-/) })

    const found = await call('GET', `/conversations/${id}/message-files/${file.id}/signed-url`)
    expect(found).toMatchObject({ status: 200, body: { fileId: file.id } })
    const download = await fetch(found.body['signedUrl'])
    expect([download.headers.get('content-type'), await download.text()]).toEqual(['text/plain', 'total: 79'])
    expect((await fetch(`${found.body['signedUrl']}0`)).status).toBe(403)
    await desk.clock.advance(desk.served.settings.signedUrlLifetime + 1)
    expect((await fetch(found.body['signedUrl'])).status).toBe(403)
  })

  test('name the missing values', async () => {
    const id = await open()
    expect(await call('POST', `/conversations/${id}/message-files/upload-url`, { body: {} })).toMatchObject(
      badRequest('fileName should not be empty', 'contentType should not be empty'),
    )
    expect(await call('GET', `/conversations/${id}/message-files/nope/signed-url`)).toMatchObject(notFound)
  })
})

describe('feedback', () => {
  test('is one vote per message and voter', async () => {
    const id = await open()
    const { body: reply } = await ask(id, 'When do you open?')
    const vote = (voteType: string) =>
      call('POST', '/conversation-message-feedbacks', {
        body: { conversationMessageId: reply['id'], userId: 'voter', voteType, question: 'When?', comment: 'ok' },
      })
    const { status, body } = await vote('up')
    expect(status).toBe(201)
    expect(body).toEqual({
      id: expect.any(String),
      conversationMessageId: reply['id'],
      ...{ voteType: 'up', question: 'When?', answer: null, comment: 'ok' },
      ...{ createdAt: expect.any(String), updatedAt: expect.any(String) },
    })
    expect((await vote('down')).body['id']).toBe(body['id'])
    const { feedbacks } = (await call('GET', `/conversations/${id}`)).body
    expect(feedbacks).toMatchObject([{ id: body['id'], voteType: 'down', createdAt: expect.any(String) }])
    const [, shown] = await thread(id, '?shouldIncludeFeedbacks=true')
    expect(shown?.['conversationMessageFeedbacks'][0]).not.toHaveProperty('createdAt')
  })

  test('requires a known message and a vote', async () => {
    const body = { conversationMessageId: 'x', userId: 'u', voteType: 'meh', question: 'q' }
    expect((await call('POST', '/conversation-message-feedbacks', { body })).status).toBe(400)
    const known = { ...body, voteType: 'up' }
    expect(await call('POST', '/conversation-message-feedbacks', { body: known })).toMatchObject(notFound)
  })
})

test('webhooks on this machine receive replies only if that is switched on', async () => {
  const heard: { headers: Record<string, unknown>; body: Json }[] = []
  const receiver = createServer((request, response) => {
    let text = ''
    request.on('data', (chunk) => {
      text += chunk
    })
    request.on('end', () => {
      heard.push({ headers: request.headers, body: JSON.parse(text) })
      response.end()
    })
  })
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/hook`
  const webhook = { title: 't', description: 'd', url, triggerCondition: 'each_message', headers: { 'X-Mine': 's' } }
  expect((await call('POST', '/agents/webhooks', { body: webhook })).status).toBe(400)
  desk.served.settings.webhookTargets = 'any'
  expect((await call('POST', '/agents/webhooks', { body: webhook })).status).toBe(201)
  const id = await open()
  const { body: reply } = await ask(id, 'When do you open?')
  await expect.poll(() => heard.length).toBe(1)
  expect(heard[0]).toMatchObject({ headers: { 'x-mine': 's' }, body: { conversationId: id, messageId: reply['id'] } })
  receiver.close()
})
