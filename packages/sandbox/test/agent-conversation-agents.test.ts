import { describe, expect, test } from 'vitest'
import { agentConversationDesk, badRequest, forbidden, type Json, notFound } from './agent-conversation-desk.ts'

const desk = agentConversationDesk()
const { call } = desk

const organization = () => ({
  headers: { 'Organization-Secret-Key': desk.served.credentials['organizationKey'] ?? '' },
})
const roleId = async (): Promise<string> =>
  (await call<Json[]>('GET', '/agent-roles/by-api-key', organization())).body[0]?.['id']
const needed = async () => ({
  roleId: await roleId(),
  name: 'night',
  publicName: 'Nora',
  outputJsonSchema: '{}',
  tags: [] as string[],
})
const ai = {
  model: 'a-model-of-tomorrow',
  temperature: 0,
  topP: 0.5,
  instructions: 'Be kind.',
  isFileSearchEnabled: true,
  fileSearchMaxNumResults: 3,
  isCodeInterpreterEnabled: true,
  reasoningEffort: 'xhigh',
  reasoningMode: 'pro',
  isOutputJsonSchemaEnabled: true,
}
const own = { description: 'At night', restrictDocumentsToOwnerOnly: true, tags: ['night', 'shop'] }
const post = (body: object) => call('POST', '/agents', { ...organization(), body })
const put = (id: string, body: object) => call('PUT', `/agents/${id}`, { ...organization(), body })

describe('POST /agents', () => {
  test('returns the given values in the agent, and its key in clear', async () => {
    const body = { ...(await needed()), ...ai, ...own, isApiSkillEnabled: true, outputJsonSchema: '{"type":"object"}' }
    const { status, body: made } = await post(body)
    expect(status).toBe(201)
    expect(made).toMatchObject({
      ...own,
      name: 'night',
      publicName: 'Nora',
      role: 'Assistant',
      aiConfig: { ...ai, outputJsonSchema: '{"type":"object"}' },
    })
    for (const name of ['roleId', 'model', 'instructions', 'isApiSkillEnabled']) expect(made).not.toHaveProperty(name)
    const key = made['agentApiKey']
    expect((await call('GET', '/agents/by-api-key', { key })).body).toEqual({ ...made, agentApiKey: undefined })
  })

  test('ignores names that are nested as in an answer', async () => {
    const { body } = await post({ ...(await needed()), role: 'Sales', aiConfig: { model: 'x', instructions: 'y' } })
    expect(body['role']).toBe('Assistant')
    expect(body['aiConfig'].model).not.toBe('x')
    expect(body['aiConfig'].instructions ?? null).toBeNull()
  })

  test('returns no key if the API is not enabled', async () => {
    const { body } = await post({ ...(await needed()), isApiSkillEnabled: false })
    expect(body['agentApiKey']).toBeNull()
    expect(JSON.stringify(body)).not.toContain('apiKey"')
  })

  test.each(['roleId', 'name', 'publicName', 'outputJsonSchema', 'tags'])('is refused without %s', async (name) => {
    expect(await post({ ...(await needed()), [name]: undefined })).toMatchObject(
      badRequest(`${name} should not be empty`),
    )
  })

  test.each([
    [{ roleId: 'none' }, 'roleId does not exist'],
    [{ tags: 'night' }, 'each value in tags must be a string'],
    [{ tags: [1] }, 'each value in tags must be a string'],
    [{ outputJsonSchema: {} }, 'outputJsonSchema must be a string'],
    [{ isFileSearchEnabled: true }, 'fileSearchMaxNumResults should not be empty'],
    [{ temperature: 'warm' }, 'temperature must be a number not less than 0'],
    [{ reasoningMode: 'auto' }, 'reasoningMode must be one of the following values: standard, pro'],
  ])('refuses %o', async (wrong, detail) => {
    expect(await post({ ...(await needed()), ...wrong })).toMatchObject(badRequest(detail))
  })

  test('requires the organisation’s key', async () => {
    expect(await call('POST', '/agents', { body: await needed() })).toMatchObject(forbidden)
  })
})

describe('PUT /agents/{id}', () => {
  test('changes the given values and keeps the others', async () => {
    const { agentApiKey, ...made } = (await post({ ...(await needed()), ...ai, ...own })).body
    const schema = { outputJsonSchema: '{}' }
    expect(await put(made['id'], schema)).toMatchObject({ status: 200, body: made })
    const change = { status: 'active', avatarUrl: 'https://files.example/nora.png', tags: [], publicName: 'Nell' }
    const unseen = { backgroundUrl: 'https://files.example/b.png', defaultErrorMessage: 'Later.' }
    const { body } = await put(made['id'], { ...schema, ...change, ...unseen, model: 'other', temperature: 1 })
    const aiConfig = { ...made['aiConfig'], model: 'other', temperature: 1 }
    expect(body).toEqual({ ...made, ...change, aiConfig, skills: expect.any(Array) })
    expect((await call('GET', '/agents/by-api-key', { key: agentApiKey })).body).toEqual(body)
  })

  test('requires the schema, and no value that only a new agent needs', async () => {
    const id = desk.served.credentials['agentId'] ?? ''
    expect(await put(id, { name: 'x' })).toMatchObject(badRequest('outputJsonSchema should not be empty'))
    expect((await put(id, { outputJsonSchema: '{}', status: 'asleep' })).status).toBe(400)
    expect(await put('nope', { outputJsonSchema: '{}' })).toMatchObject(notFound)
  })
})
