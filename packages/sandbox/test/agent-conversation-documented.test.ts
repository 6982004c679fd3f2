import { beforeEach, describe, expect, test } from 'vitest'
import type { AgentConversationSettings } from '../src/agent-conversation/index.ts'
import { agentConversationDesk, type Json } from './agent-conversation-desk.ts'
import { problems, specification } from './agent-conversation-specification.ts'

const desk = agentConversationDesk()
/** What was answered well, by endpoint. */
const seen = new Set<string>()

/** Every switch of a shape as it is farthest from the specification, which `documented` overrules. */
const odd = {
  edition: 'older',
  statesShape: 'array',
  agentFilesShape: 'envelope',
  syncAnswer: 'echo',
  asyncRoute: 'missing',
  responseShape: 'newWords',
  missingFields: 'null',
  oddValues: 'all',
  badRequestStatus: 400,
} as const satisfies Partial<AgentConversationSettings>

beforeEach(() => void Object.assign(desk.served.settings, odd, { shapes: 'documented' }))

interface Given {
  readonly path?: Readonly<Record<string, string>>
  readonly query?: string
  readonly body?: unknown
}

const keys = () => ({ 'Organization-Secret-Key': desk.served.credentials['organizationKey'] ?? '' })
const fill = (template: string, path: Given['path'] = {}) =>
  template.replace(/\{(\w+)\}/g, (_, name) => path[name] ?? '')

/** One call, whose answer is held against the specification. */
async function ok(route: string, { path, query = '', body }: Given = {}): Promise<Json> {
  const [method = '', template = ''] = route.split(' ')
  const [status, shape] = specification[route] ?? []
  const answer = await desk.call(method, fill(template, path) + query, { headers: keys(), body })
  expect(answer.status, route).toBe(status)
  expect(shape?.safeParse(answer.body).error?.issues, route).toBeUndefined()
  seen.add(route)
  return answer.body
}

async function refused(status: keyof typeof problems, route: string, { path, query = '', body }: Given, key?: string) {
  const [method = '', template = ''] = route.split(' ')
  const headers = key === undefined ? keys() : {}
  const answer = await desk.call(method, fill(template, path) + query, {
    headers,
    body,
    ...(key !== undefined && { key }),
  })
  expect(answer.status, route).toBe(status)
  expect(problems[status].safeParse(answer.body).error?.issues, route).toBeUndefined()
}

const person = { firstName: 'Ada', lastName: 'Quill', email: 'ada.q@quill.example', phoneNumber: '+15550142' }
const amounts = {
  ...{ tokensAmountPerMonth: 1_000, smsAmountPerMonth: 0 },
  ...{ emailsAmountPerMonth: 20, secondsAmountPerMonth: 600 },
}
const opened = async () => {
  const user = await ok('POST /users', { body: { ...person, customData: { tier: 'gold' } } })
  return ok('POST /conversations', { body: { conversationUserId: user['id'] } })
}

describe('with the shapes of the specification, the emulator', () => {
  test('returns every seeded conversation, message and user as declared', async () => {
    const { totalPages } = await ok('GET /conversations', { query: '?pageSize=100' })
    for (let page = 1; page <= totalPages; page++) {
      const { data } = await ok('GET /conversations', { query: `?pageSize=100&page=${page}` })
      for (const { id } of data.filter((_: Json, index: number) => index % 3 === 0)) {
        await ok('GET /conversations/{id}', { path: { id } })
        await ok('GET /conversations/{id}/messages', { path: { id }, query: '?shouldIncludeFeedbacks=true' })
      }
    }
    const { data } = await ok('GET /agents/users', { query: '?pageSize=100' })
    await ok('GET /users/{id}', { path: { id: data[0].id } })
    const id = desk.served.credentials['agentId'] ?? ''
    expect(await ok('GET /agents/{id}/users', { path: { id }, query: '?pageSize=100' })).toMatchObject({ data })
  })

  test('returns written and sent values as declared', async () => {
    const { id: stateId } = await ok('GET /conversations/states')
    const { id, conversationUserId } = await opened()
    const path = { id }
    await ok('PUT /conversations/{id}', { path, body: { title: 'Hours', conversationStateId: stateId } })
    const file = { fileName: 'a.txt', contentType: 'text/plain' }
    const { storagePath } = await ok('POST /conversations/{id}/message-files/upload-url', { path, body: file })
    const files = [{ fileName: 'a.txt', storagePath }]
    const asked = await ok('POST /conversations/{id}/messages', { path, body: { message: 'When do you open?', files } })
    expect(asked['senderRole']).toBe('assistant')
    const question = await ok('POST /conversations/{id}/messages/async', { path, body: { message: 'And?', files } })
    const fileId = question['files'][0].id
    await ok('GET /conversations/{id}/message-files/{fileId}/signed-url', { path: { id, fileId } })
    const asking = { path: { id, questionMessageId: question['id'] } }
    const look = () => ok('GET /conversations/{id}/messages/{questionMessageId}/response-on', asking)
    expect([(await look())['status'], (await look())['status']]).toEqual(['pending', 'completed'])
    const feedback = {
      conversationMessageId: asked['id'],
      userId: conversationUserId,
      voteType: 'up',
      question: 'When?',
    }
    await ok('POST /conversation-message-feedbacks', { body: feedback })
    await ok('PUT /conversations/{id}/mode', { path, body: {} })
    await ok('PUT /conversations/{id}/mode', { path, body: { mode: 'manual' } })
    await ok('POST /conversations/{id}/send-manual-message', { path, body: { message: 'I am here.' } })
    desk.served.plant(id, { by: 'operator', text: 'Written in the console.', at: null })
    await ok('GET /conversations/{id}/messages', { path })
    await ok('GET /users/search', { query: `?email=${person.email}` })
    const hello = { ...person, channel: 'sms', smsIntroduction: 'Hello Ada' }
    const { conversationId } = await ok('POST /conversations/start', { body: hello })
    await ok('GET /conversations/{id}/messages', { path: { id: conversationId } })
    await ok('DELETE /conversations', { body: { conversationUserId } })
    await ok('DELETE /users/{id}', { path: { id: conversationUserId } })
  })

  test('returns a failed answer as declared', async () => {
    desk.served.settings.failReplies = true
    desk.served.settings.pendingLooks = 0
    const { id } = await opened()
    const body = { message: 'When?' }
    await refused(500, 'POST /conversations/{id}/messages', { path: { id }, body })
    const asked = await ok('POST /conversations/{id}/messages/async', { path: { id }, body })
    const path = { id, questionMessageId: asked['id'] }
    const found = await ok('GET /conversations/{id}/messages/{questionMessageId}/response-on', { path })
    expect(found).toMatchObject({ status: 'failed', message: null, error: expect.any(String) })
  })

  test('returns agents, roles, staff, limits and usage as declared', async () => {
    await ok('GET /agents/by-api-key')
    const roles = await ok('GET /agent-roles/by-api-key')
    await ok('GET /platform-users')
    const body = { roleId: roles[0].id, name: 'n', publicName: 'N', outputJsonSchema: '{}', tags: [] }
    const { id } = await ok('POST /agents', { body })
    await ok('POST /agents', { body: { ...body, isApiSkillEnabled: false } })
    await ok('PUT /agents/{id}', { path: { id }, body: { outputJsonSchema: '{}', status: 'active' } })
    await ok('GET /agents/statistic')
    await ok('GET /agents/limits')
    const { conversationUserId } = await opened()
    for (const [route, given] of [
      ['/agents/limits', {}],
      ['/users/{id}/limits', { path: { id: conversationUserId } }],
    ] as const) {
      await ok(`POST ${route}`, { ...given, body: amounts })
      await ok(`PUT ${route}`, { ...given, body: amounts })
      if (route !== '/agents/limits') await ok(`GET ${route}`, given)
      await ok(`DELETE ${route}`, given)
    }
    await ok('POST /resource-usage', { body: { type: 'VAPI_SECONDS', amount: 1 } })
    const hook = { title: 't', description: 'd', url: 'https://hooks.example.com/x', triggerCondition: 'manual' }
    await ok('POST /agents/webhooks', { body: hook })
    await ok('POST /agents/webhooks', { body: { ...hook, headers: { 'X-Hook': 'made-up' } } })
  })

  test('returns files and prompts as declared', async () => {
    const upload = async () => {
      const form = new FormData()
      form.set('file', new File(['lights on'], 'lights.txt', { type: 'text/plain' }))
      const { url, credentials } = desk.served
      const response = await fetch(`${url}/external/agent-files/upload`, {
        method: 'POST',
        headers: { 'Agent-Secret-Key': credentials['apiKey'] ?? '' },
        body: form,
      })
      const body = await response.json()
      const [status, shape] = specification['POST /agent-files/upload'] ?? []
      expect([response.status, shape?.safeParse(body).error?.issues]).toEqual([status, undefined])
      seen.add('POST /agent-files/upload')
      return (body as Json)['id'] as string
    }
    const [id, other] = [await upload(), await upload()]
    expect((await ok('GET /agent-files/by-api-key'))['id']).toBe(other)
    for (const path of ['/async', '']) {
      await ok(`PUT /agent-files/{id}/add-to-vector-store${path}`, { path: { id: other } })
      await ok('GET /agent-files/by-api-key')
    }
    await ok('DELETE /agent-files/{id}/delete-from-vector-store', { path: { id: other } })
    await ok('GET /agent-files/by-api-key')
    await ok('DELETE /agent-files/{id}/delete', { path: { id: other } })
    await ok('DELETE /agent-files', { body: { fileIds: [id] } })
    await ok('GET /agent-files/by-api-key')
    await ok('POST /prompts', { body: { prompt: 'When do you open?' } })
    const { promptId } = await ok('POST /prompts/async', { body: { prompt: 'When do you open?' } })
    for (let looks = 0; looks < 2; looks++) await ok('GET /prompts/{id}/response-on', { path: { id: promptId } })
    await ok('POST /prompts/upload-url', { body: { fileName: 'a.pdf', contentType: 'application/pdf' } })
  })

  test('returns refusals as declared', async () => {
    await refused(400, 'POST /users', { body: {} })
    await refused(403, 'GET /conversations', {}, 'another key')
    await refused(404, 'GET /users/{id}', { path: { id: 'nobody' } })
    const { id } = await opened()
    const wrongMode = await desk.call('POST', `/conversations/${id}/send-manual-message`, { body: { message: 'x' } })
    expect(wrongMode).toMatchObject({ status: 400, body: null })
  })

  test('was checked at every endpoint', () => {
    expect([...seen].toSorted()).toEqual(Object.keys(specification).toSorted())
  })
})

test('returns the observed shapes again after the switch is turned back', async () => {
  Object.assign(desk.served.settings, { shapes: 'observed' })
  const { data } = (await desk.call('GET', '/conversations')).body
  expect(data[0]).toHaveProperty('threadId')
})
