import {
  type AgentConversationEndpoints,
  type AgentConversationNative,
  agentConversation,
} from '@parley/agent-conversation'
import { type Sandbox, sandbox } from '@parley/sandbox'
import { failure } from '@parley/testkit'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'

let server: Sandbox<'agentConversation'>
let initial: Sandbox<'agentConversation'>['agentConversation']['settings']
let native: AgentConversationNative
let agentId: string

beforeAll(async () => {
  server = await sandbox.start({ seed: 7, vendors: ['agentConversation'] })
  const { credentials, settings } = server.agentConversation
  initial = { ...settings }
  agentId = credentials['agentId'] ?? ''
  native = open(credentials['apiKey'])
})
afterEach(() => {
  Object.assign(server.agentConversation.settings, initial)
  server.agentConversation.reset()
})
afterAll(() => server.stop())

function open(apiKey = 'none'): AgentConversationNative {
  const { url, credentials } = server.agentConversation
  return agentConversation({ apiKey, baseUrl: url, organizationKey: credentials['organizationKey'] ?? '' }).native
}

const instant = expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/)
const text = expect.stringMatching(/\w/)
const number = expect.any(Number)
const question = { message: 'When are you open on Saturday?' }
const amounts = {
  tokensAmountPerMonth: 1_000,
  smsAmountPerMonth: 0,
  emailsAmountPerMonth: 20,
  secondsAmountPerMonth: 600,
}
const person = { firstName: 'Ada', lastName: 'Quill', email: 'ada.q@quill.example', phoneNumber: '+15550142' }

const user = () => native.request('POST /users', { body: { ...person, fkId: 'crm-1', customData: { tier: 'gold' } } })
const conversation = async () => {
  const { id } = await user()
  return native.request('POST /conversations', { body: { conversationUserId: id, title: 'Opening hours' } })
}
const ask = async () => {
  const path = { id: (await conversation()).id }
  return { path, message: await native.request('POST /conversations/{id}/messages', { path, body: question }) }
}
const newAgent = async () => {
  const roles = await native.request('GET /agent-roles/by-api-key')
  const [role] = Array.isArray(roles) ? roles : []
  return { roleId: role?.id ?? '', name: 'night', publicName: 'Nora', outputJsonSchema: '{}', tags: ['night'] }
}
const ai = {
  ...{ model: 'gpt-5-mini', temperature: 0.2, topP: 0.9, instructions: 'Be kind.' },
  ...{ isFileSearchEnabled: true, fileSearchMaxNumResults: 4 },
}
const file = (autoAdd = false) => {
  const body = new FormData()
  body.set('file', new File(['We open at nine.'], 'hours.txt', { type: 'text/plain' }))
  if (autoAdd) body.set('autoAddToVectorStore', 'true')
  return native.request('POST /agent-files/upload', { body })
}
const files = async () => {
  const list = await native.request('GET /agent-files/by-api-key')
  return Array.isArray(list) ? list : 'data' in list ? list.data : [list]
}
const fileOf = async (id: string) => (await files()).find((each) => each.id === id)
/** As the docs say: to other storage, without any key. */
const put = (signedUrl: string, type: string) =>
  fetch(signedUrl, { method: 'PUT', body: 'bytes', headers: { 'content-type': type } })
const attached = async (id: string) => {
  const body = { fileName: 'photo.png', contentType: 'image/png' }
  const place = await native.request('POST /conversations/{id}/message-files/upload-url', { path: { id }, body })
  expect((await put(place.signedUrl, body.contentType)).status).toBe(200)
  return { fileName: body.fileName, storagePath: place.storagePath }
}
const untilAnswered = async <T>(look: () => Promise<{ status?: string } & T>): Promise<T> => {
  for (let looks = 0; looks < 5; looks++) {
    const state = await look()
    if (state.status === 'completed') return state
    expect(state).toMatchObject({ status: 'pending', error: null })
  }
  throw new Error('It was never answered.')
}

/** One for each endpoint: the compiler misses none, and none is there twice. */
const checks: { [Route in keyof AgentConversationEndpoints]: () => Promise<void> } = {
  async 'GET /conversations'() {
    const query = { page: 2, pageSize: 3, orderBy: 'updatedAt', orderDirection: 'ASC' } as const
    const page = await native.request('GET /conversations', { query })
    expect(page).toMatchObject({ currentPage: 2, pageSize: 3, hasNextPage: true, hasPreviousPage: true })
    expect(page.data).toHaveLength(3)
    expect(page.data[0]).toMatchObject({ id: text, conversationUserId: text, createdAt: instant })
    const rated = await native.request('GET /conversations', { query: { withFeedbacksOnly: true } })
    expect(rated.data[0]?.feedbacks?.[0]).toMatchObject({ id: text, voteType: expect.stringMatching(/^(up|down)$/) })
    expect(rated.totalItems).toBeLessThan(page.totalItems)
  },
  async 'POST /conversations'() {
    const { id } = await user()
    const body = { conversationUserId: id, title: 'Parcel', context: 'Second time', customData: { order: 'A-19' } }
    const made = await native.request('POST /conversations', { body })
    expect(made).toMatchObject({
      id: text,
      conversationUserId: id,
      title: 'Parcel',
      metadata: { customData: body.customData },
    })
    const found = await native.request('GET /conversations', { query: { userId: id } })
    expect(found.data.map((each) => each.id)).toEqual([made.id])
  },
  async 'DELETE /conversations'() {
    const { id, conversationUserId = '' } = await conversation()
    expect(await native.request('DELETE /conversations', { body: { conversationUserId } })).toBeUndefined()
    expect(await failure(native.request('GET /conversations/{id}', { path: { id } }))).toMatchObject({
      code: 'not-found',
    })
  },
  async 'GET /conversations/states'() {
    const state = { id: text, name: text, isPersistent: expect.any(Boolean), createdAt: instant }
    for (const statesShape of ['array', 'object', 'envelope'] as const) {
      server.agentConversation.settings.statesShape = statesShape
      const list = await native.request('GET /conversations/states')
      const [first] = Array.isArray(list) ? list : 'data' in list ? list.data : [list]
      expect(first).toMatchObject(state)
    }
  },
  async 'GET /conversations/{id}'() {
    const { id } = await conversation()
    const got = await native.request('GET /conversations/{id}', { path: { id } })
    expect(got).toMatchObject({ id, title: 'Opening hours', mode: 'ai', user: { firstName: 'Ada' }, feedbacks: [] })
  },
  async 'PUT /conversations/{id}'() {
    const path = { id: (await conversation()).id }
    const body = { title: 'Closed', context: 'Third time', status: 'archived' } as const
    expect(await native.request('PUT /conversations/{id}', { path, body })).toMatchObject({ ...path, title: 'Closed' })
    expect(await native.request('GET /conversations/{id}', { path })).toMatchObject({ title: 'Closed' })
  },
  async 'POST /conversations/start'() {
    const bodies = [
      { ...person, channel: 'email', emailSubject: 'Your bike', emailIntroduction: 'Hello Ada' },
      { ...person, channel: 'sms', smsIntroduction: 'Hello Ada' },
      { ...person, channel: 'voice', firstMessage: 'Hello Ada' },
    ] as const
    for (const body of bodies) {
      const { conversationId } = await native.request('POST /conversations/start', { body })
      const { messages } = await native.request('GET /conversations/{id}/messages', { path: { id: conversationId } })
      expect(messages).toMatchObject([{ message: 'Hello Ada', source: body.channel }])
    }
  },
  async 'GET /conversations/{id}/messages'() {
    const { path } = await ask()
    const query = { orderDirection: 'DESC', shouldIncludeFeedbacks: true } as const
    const { messages } = await native.request('GET /conversations/{id}/messages', { path, query })
    expect(messages.map(({ senderRole }) => senderRole)).toEqual(['assistant', 'conversation_user'])
    expect(messages[1]).toMatchObject({ message: question.message, conversationMessageFeedbacks: [] })
  },
  async 'POST /conversations/{id}/messages'() {
    const { path, message } = await ask()
    expect(message).toMatchObject({ conversationId: path.id, senderRole: 'assistant', message: text, source: 'api' })
  },
  async 'POST /conversations/{id}/messages/async'() {
    const path = { id: (await conversation()).id }
    const body = { ...question, context: 'In a hurry', files: [await attached(path.id)] }
    const asked = await native.request('POST /conversations/{id}/messages/async', { path, body })
    expect(asked).toMatchObject({ senderRole: 'conversation_user', ...question, files: [{ fileName: 'photo.png' }] })
  },
  async 'GET /conversations/{id}/messages/{questionMessageId}/response-on'() {
    const { id } = await conversation()
    const asked = await native.request('POST /conversations/{id}/messages/async', { path: { id }, body: question })
    const path = { id, questionMessageId: asked.id }
    const { message } = await untilAnswered(
      async () =>
        (await native.request('GET /conversations/{id}/messages/{questionMessageId}/response-on', { path })) ?? {},
    )
    expect(message).toMatchObject({ senderRole: 'assistant', conversationMessageId: asked.id, message: text })
  },
  async 'PUT /conversations/{id}/mode'() {
    const path = { id: (await conversation()).id }
    expect(await native.request('PUT /conversations/{id}/mode', { path })).toMatchObject({ mode: 'ai' })
    for (const mode of ['manual', 'ai'] as const)
      expect(await native.request('PUT /conversations/{id}/mode', { path, body: { mode } })).toMatchObject({ mode })
  },
  async 'POST /conversations/{id}/send-manual-message'() {
    const path = { id: (await conversation()).id }
    const body = { message: 'I will look.' }
    const route = 'POST /conversations/{id}/send-manual-message'
    expect(await failure(native.request(route, { path, body }))).toMatchObject({ code: 'invalid-request', status: 400 })
    await native.request('PUT /conversations/{id}/mode', { path, body: { mode: 'manual' } })
    expect(await native.request(route, { path, body })).toMatchObject({ senderRole: 'manual_assistant', ...body })
  },
  async 'POST /conversations/{id}/message-files/upload-url'() {
    const { id } = await conversation()
    expect(await attached(id)).toMatchObject({ storagePath: expect.stringContaining(id) })
  },
  async 'GET /conversations/{id}/message-files/{fileId}/signed-url'() {
    const { id } = await conversation()
    const body = { ...question, files: [await attached(id)] }
    const asked = await native.request('POST /conversations/{id}/messages/async', { path: { id }, body })
    const path = { id, fileId: asked.files?.[0]?.id ?? '' }
    const route = 'GET /conversations/{id}/message-files/{fileId}/signed-url'
    const { signedUrl, fileId } = await native.request(route, { path })
    expect(fileId).toBe(path.fileId)
    expect(await (await fetch(signedUrl)).text()).toBe('bytes')
  },

  async 'POST /users'() {
    const made = await user()
    expect(made).toMatchObject({ ...person, id: text, fkId: 'crm-1', metadata: { customData: { tier: 'gold' } } })
    expect(await failure(user())).toMatchObject({ code: 'invalid-request', status: 400 })
  },
  async 'GET /users/search'() {
    const { id, conversationUserId } = await conversation()
    for (const query of [{ email: person.email }, { phoneNumber: person.phoneNumber }, { fkId: 'crm-1' }])
      expect(await native.request('GET /users/search', { query })).toMatchObject({
        user: { id: conversationUserId },
        conversationIds: [id],
      })
  },
  async 'GET /users/{id}'() {
    const { id } = await user()
    expect(await native.request('GET /users/{id}', { path: { id } })).toMatchObject({ id, lastName: 'Quill' })
  },
  async 'DELETE /users/{id}'() {
    const path = { id: (await user()).id }
    expect(await native.request('DELETE /users/{id}', { path })).toBeUndefined()
    expect(await failure(native.request('GET /users/{id}', { path }))).toMatchObject({ code: 'not-found' })
  },
  async 'GET /users/{id}/limits'() {
    const path = { id: (await user()).id }
    expect(await failure(native.request('GET /users/{id}/limits', { path }))).toMatchObject({ code: 'not-found' })
    const made = await native.request('POST /users/{id}/limits', { path, body: amounts })
    expect(await native.request('GET /users/{id}/limits', { path })).toEqual(made)
  },
  async 'POST /users/{id}/limits'() {
    const path = { id: (await user()).id }
    const made = await native.request('POST /users/{id}/limits', { path, body: amounts })
    expect(made).toEqual({ ...amounts, id: text, userId: path.id, isOrganizationDefault: false })
  },
  async 'PUT /users/{id}/limits'() {
    const path = { id: (await user()).id }
    const made = await native.request('POST /users/{id}/limits', { path, body: amounts })
    const body = { ...amounts, smsAmountPerMonth: 5 }
    expect(await native.request('PUT /users/{id}/limits', { path, body })).toEqual({ ...made, smsAmountPerMonth: 5 })
  },
  async 'DELETE /users/{id}/limits'() {
    const path = { id: (await user()).id }
    await native.request('POST /users/{id}/limits', { path, body: amounts })
    await native.request('DELETE /users/{id}/limits', { path })
    expect(await failure(native.request('GET /users/{id}/limits', { path }))).toMatchObject({ code: 'not-found' })
  },
  async 'GET /agents/users'() {
    const query = { page: 1, pageSize: 2, orderBy: 'createdAt', orderDirection: 'ASC' } as const
    const page = await native.request('GET /agents/users', { query })
    expect(page).toMatchObject({ currentPage: 1, pageSize: 2, totalItems: number, data: [{ id: text }, { id: text }] })
  },

  async 'GET /agents/by-api-key'() {
    const agent = await native.request('GET /agents/by-api-key')
    expect(agent).toMatchObject({ id: agentId, name: text, status: 'active', aiConfig: { instructions: text } })
    expect(agent.skills?.find(({ systemName }) => systemName === 'API')).toHaveProperty('apiKey')
  },
  async 'GET /agents/statistic'() {
    const all = await native.request('GET /agents/statistic')
    const { conversationUserId = '' } = (await native.request('GET /conversations')).data[0] ?? {}
    const some = await native.request('GET /agents/statistic', { query: { conversationUserId } })
    expect(all).toEqual({
      ...{ tokensUsed: number, tokensPerConversation: number, vapiSecondsUsed: number, averageCallDuration: number },
      ...{ smsUsed: number, smsPerConversation: number, emailsUsed: number, emailsPerConversation: number },
    })
    expect(some.tokensUsed).toBeLessThan(all.tokensUsed)
  },
  async 'GET /agents/limits'() {
    expect(await native.request('GET /agents/limits')).toEqual({
      ...{ emailsAmount: number, smsAmount: number, tokensAmount: number, secondsAmount: number },
    })
  },
  async 'POST /agents/limits'() {
    const made = await native.request('POST /agents/limits', { body: amounts })
    expect(made).toEqual({ ...amounts, id: text, agentId, isOrganizationDefault: false })
  },
  async 'PUT /agents/limits'() {
    const made = await native.request('POST /agents/limits', { body: amounts })
    const body = { ...amounts, emailsAmountPerMonth: 7 }
    expect(await native.request('PUT /agents/limits', { body })).toEqual({ ...made, emailsAmountPerMonth: 7 })
  },
  async 'DELETE /agents/limits'() {
    await native.request('POST /agents/limits', { body: amounts })
    await native.request('DELETE /agents/limits')
    expect(await failure(native.request('DELETE /agents/limits'))).toMatchObject({ code: 'not-found' })
  },
  async 'POST /agents'() {
    const made = await native.request('POST /agents', { body: { ...(await newAgent()), ...ai } })
    expect(made).toMatchObject({ id: text, name: 'night', publicName: 'Nora', tags: ['night'], aiConfig: ai })
    expect(await open(made.agentApiKey ?? '').request('GET /agents/by-api-key')).toMatchObject({ id: made.id })
    const page = await native.request('GET /agents/{id}/users', { path: { id: made.id } })
    expect(page).toMatchObject({ data: [], totalItems: 0 })
  },
  async 'PUT /agents/{id}'() {
    const change = { publicName: 'Nora', avatarUrl: 'https://quill.example/nora.png', status: 'inactive' as const }
    const path = { id: agentId }
    const changed = await native.request('PUT /agents/{id}', {
      path,
      body: { outputJsonSchema: '{}', ...change, ...ai },
    })
    expect(changed).toMatchObject({ ...change, aiConfig: ai })
    expect(await native.request('GET /agents/by-api-key')).toEqual(changed)
  },
  async 'GET /agents/{id}/users'() {
    const query = { pageSize: 3 }
    const page = await native.request('GET /agents/{id}/users', { path: { id: agentId }, query })
    expect(page).toEqual(await native.request('GET /agents/users', { query }))
  },
  async 'GET /agent-roles/by-api-key'() {
    const role = { id: text, name: text, description: text }
    expect(await native.request('GET /agent-roles/by-api-key')).toEqual([role, role])
  },
  async 'GET /platform-users'() {
    const staff = await native.request('GET /platform-users', { query: { role: 'owner' } })
    expect(staff).toEqual([{ id: text, email: text, phoneNumber: text, firstName: text, lastName: text }])
    const [owner] = staff as { id: string }[]
    const path = { id: (await conversation()).id }
    await native.request('PUT /conversations/{id}/mode', { path, body: { mode: 'manual' } })
    const body = { message: 'Hello', authorId: owner?.id ?? '' }
    await native.request('POST /conversations/{id}/send-manual-message', { path, body })
    expect(await native.request('GET /conversations/{id}', { path })).toMatchObject({ assignedUser: { id: owner?.id } })
  },
  async 'POST /agents/webhooks'() {
    const body = {
      ...{ title: 'Inbox', description: 'To the inbox', url: 'https://inbox.quill.example/hook' },
      ...{ triggerCondition: 'each_message' as const, headers: { 'X-Hook': 'made-up' } },
    }
    const made = await native.request('POST /agents/webhooks', { body })
    expect(made).toMatchObject({ ...body, id: text, agentId, status: 'active', createdAt: instant })
    const local = native.request('POST /agents/webhooks', { body: { ...body, url: 'http://127.0.0.1/hook' } })
    expect(await failure(local)).toMatchObject({ code: 'invalid-request', status: 400 })
  },

  async 'POST /agent-files/upload'() {
    const made = await file(true)
    expect(made).toMatchObject({ id: text, fileName: 'hours.txt', url: text, vectorStoreUploadStatus: 'done' })
    expect(await (await fetch(made.url ?? '')).text()).toBe('We open at nine.')
  },
  async 'GET /agent-files/by-api-key'() {
    for (const agentFilesShape of ['array', 'object', 'envelope'] as const) {
      server.agentConversation.settings.agentFilesShape = agentFilesShape
      expect((await files())[0]).toMatchObject({ id: text, fileName: text, createdAt: instant })
    }
  },
  async 'DELETE /agent-files'() {
    const [one, other] = [await file(), await file()]
    await native.request('DELETE /agent-files', { body: { fileIds: [one.id, other.id] } })
    expect([await fileOf(one.id), await fileOf(other.id)]).toEqual([undefined, undefined])
  },
  async 'DELETE /agent-files/{id}/delete'() {
    const { id } = await file()
    await native.request('DELETE /agent-files/{id}/delete', { path: { id } })
    expect(await fileOf(id)).toBeUndefined()
  },
  async 'DELETE /agent-files/{id}/delete-from-vector-store'() {
    const { id } = await file(true)
    await native.request('DELETE /agent-files/{id}/delete-from-vector-store', { path: { id } })
    expect(await fileOf(id)).toMatchObject({ vectorStoreUploadStatus: null })
  },
  async 'PUT /agent-files/{id}/add-to-vector-store'() {
    const { id } = await file()
    await native.request('PUT /agent-files/{id}/add-to-vector-store', { path: { id } })
    expect(await fileOf(id)).toMatchObject({ isUploadedToVectorStore: true, vectorStoreUploadStatus: 'done' })
  },
  async 'PUT /agent-files/{id}/add-to-vector-store/async'() {
    const { id } = await file()
    await native.request('PUT /agent-files/{id}/add-to-vector-store/async', { path: { id } })
    expect(await fileOf(id)).toMatchObject({ vectorStoreUploadStatus: 'processing' })
    expect(await fileOf(id)).toMatchObject({ vectorStoreUploadStatus: 'done', uploadedToVectorStoreAt: instant })
  },

  async 'POST /prompts'() {
    const answer = await native.request('POST /prompts', { body: { prompt: question.message, tokenTrackingId: 't' } })
    expect(answer).toEqual({ status: 'completed', totalTokens: number, response: text, error: null })
    server.agentConversation.settings.edition = 'older'
    const older = await native.request('POST /prompts', { body: { prompt: question.message } })
    expect(older).toEqual({ totalTokens: number, response: answer.response })
  },
  async 'POST /prompts/async'() {
    expect(await native.request('POST /prompts/async', { body: { prompt: 'Hello' } })).toEqual({ promptId: text })
  },
  async 'GET /prompts/{id}/response-on'() {
    const { promptId } = await native.request('POST /prompts/async', { body: { prompt: question.message } })
    const path = { id: promptId }
    const answered = await untilAnswered(
      async () => (await native.request('GET /prompts/{id}/response-on', { path })) ?? {},
    )
    expect(answered).toMatchObject({ response: text, totalTokens: number })
  },
  async 'POST /prompts/upload-url'() {
    const body = { fileName: 'photo.png', contentType: 'image/png' }
    const place = await native.request('POST /prompts/upload-url', { body })
    expect((await put(place.signedUrl, body.contentType)).status).toBe(200)
    const files = [{ fileName: body.fileName, storagePath: place.storagePath }]
    const answer = await native.request('POST /prompts', { body: { prompt: question.message, files } })
    expect(answer).toMatchObject({ response: text })
  },

  async 'POST /conversation-message-feedbacks'() {
    const { path, message } = await ask()
    const { user: voter } = await native.request('GET /conversations/{id}', { path })
    const body = {
      ...{ conversationMessageId: message.id, userId: voter?.id ?? '', voteType: 'down' as const },
      ...{ question: question.message, answer: message.message ?? '', comment: 'Unhelpful' },
    }
    const voted = await native.request('POST /conversation-message-feedbacks', { body })
    const { userId: _, ...said } = body
    expect(voted).toEqual({ ...said, id: text, createdAt: instant, updatedAt: instant })
    const again = await native.request('POST /conversation-message-feedbacks', { body: { ...body, voteType: 'up' } })
    expect(again).toMatchObject({ id: voted.id, voteType: 'up' })
    const { feedbacks } = await native.request('GET /conversations/{id}', { path })
    expect(feedbacks).toMatchObject([{ id: voted.id, voteType: 'up', userEmail: person.email }])
  },
  async 'POST /resource-usage'() {
    const body = { type: 'VAPI_SECONDS', amount: 90 } as const
    const before = await native.request('GET /agents/statistic')
    expect(await native.request('POST /resource-usage', { body })).toBeUndefined()
    const after = await native.request('GET /agents/statistic')
    expect(after.vapiSecondsUsed - before.vapiSecondsUsed).toBe(90)
  },
}

describe('every endpoint of the emulated vendor', () => {
  it.each(Object.entries(checks))('works through `native`: %s', (_, check) => check())

  it('has a native endpoint in the adapter', async () => {
    expect(Object.keys(await native.endpoints())).toEqual(Object.keys(checks))
  })

  it('refuses a wrong key, and each key where the other one belongs', async () => {
    const { organizationKey, apiKey } = server.agentConversation.credentials
    expect(await failure(open('wrong').request('GET /agents/limits'))).toMatchObject({ code: 'authentication' })
    expect(await failure(open(organizationKey).request('GET /agents/limits'))).toMatchObject({ code: 'authentication' })
    const { url } = server.agentConversation
    const agentOnly = agentConversation({ apiKey: apiKey ?? '', organizationKey: apiKey ?? '', baseUrl: url }).native
    expect(await failure(agentOnly.request('GET /platform-users'))).toMatchObject({ code: 'authentication' })
  })
})
