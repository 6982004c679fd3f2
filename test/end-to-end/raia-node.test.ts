import { agentConversation } from '@parley/agent-conversation'
import { sandbox, testClock } from '@parley/sandbox'
import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { type Recorded, record } from './support/recorder.ts'

/*
 * The vendor's own integration, a node for n8n (github.com/raia-ai/n8n-node, 1.0.8; not on npm), is small:
 * what it sends is sent here as it would, empty texts included, since a form of n8n gives one for what is not filled in.
 */

const desk = await sandbox.start({ vendors: ['agentConversation'], clock: testClock() })
const { agentConversation: emulator } = desk
const apiKey = emulator.credentials['apiKey'] ?? ''
const recorder = await record(emulator.url)
const base = `${recorder.url}/external`
const ours = agentConversation({ apiKey, baseUrl: base })

beforeEach(() => {
  emulator.reset()
  recorder.requests.length = 0
})
afterAll(async () => {
  await recorder.stop()
  await desk.stop()
})

async function node(path: string, body?: object): Promise<{ status: number; body: Record<string, unknown> }> {
  const response = await fetch(base + path, {
    method: body ? 'POST' : 'GET',
    headers: { Accept: 'application/json', 'Content-Type': 'application/json', 'Agent-Secret-Key': apiKey },
    ...(body && { body: JSON.stringify(body) }),
  })
  return { status: response.status, body: (await response.json()) as Record<string, unknown> }
}

const person = {
  firstName: 'Nia',
  lastName: 'Vale',
  context: 'Support',
  source: 'crm',
  fkId: '',
  fkUserId: '',
}
const sms = { ...person, channel: 'sms', phoneNumber: '+15550142', smsIntroduction: 'Hello' }
const email = {
  ...person,
  channel: 'email',
  email: 'nia@shop.example',
  emailSubject: 'Your bike',
  emailIntroduction: 'It is ready.',
  includeSignatureInEmail: false,
}

const shown = ({ method, path, headers, body }: Recorded) => ({
  method,
  path,
  key: headers['agent-secret-key'],
  type: headers['content-type'],
  body: body === '' ? null : JSON.parse(body),
})

describe('the n8n node of the vendor', () => {
  it('checks its credential', async () => {
    expect(await node('/agents/by-api-key')).toMatchObject({ status: 200, body: { id: expect.any(String) } })
    await ours.native.request('GET /agents/by-api-key')
    const [theirs, own] = recorder.requests.map(shown)
    expect({ ...own, type: theirs?.type }).toEqual(theirs)
  })

  it.each([
    ['SMS', sms],
    ['email', email],
  ])('starts a conversation by %s, as native does', async (_, body) => {
    const made = await node('/conversations/start', body)
    expect(made).toMatchObject({ status: 201, body: { conversationId: expect.any(String) } })
    emulator.reset()
    const own = await ours.native.request('POST /conversations/start', { body: body as never })
    expect(own).toEqual(made.body)
    const [theirs, last] = recorder.requests.map(shown)
    expect(last).toEqual(theirs)
    const conversation = await ours.conversations.get(String(made.body['conversationId']))
    expect(conversation.contact?.name).toBe('Nia Vale')
  })

  it('starts two conversations with two people, though neither has an id of the caller', async () => {
    const one = await node('/conversations/start', sms)
    const other = await node('/conversations/start', { ...sms, firstName: 'Ben', phoneNumber: '+15550143' })
    expect(other.body['conversationId']).not.toBe(one.body['conversationId'])
    const conversation = await ours.conversations.get(String(other.body['conversationId']))
    expect(conversation.contact?.name).toBe('Ben Vale')
  })

  it('makes a user and opens a chat for it', async () => {
    const user = await node('/users', { ...person, email: 'nia@shop.example' })
    expect(user.body).toMatchObject({ id: expect.any(String), firstName: 'Nia' })
    const chat = await node('/conversations', { conversationUserId: user.body['id'], title: 'Chat with Agent' })
    expect(chat.status).toBeLessThan(300)
    const conversation = await ours.conversations.get(String(chat.body['id']))
    expect(conversation.title).toBe('Chat with Agent')
  })

  it('prompts the agent, as native does', async () => {
    const body = { prompt: 'When do you open?' }
    const told = await node('/prompts', body)
    expect(told.body).toMatchObject({ status: expect.any(String), response: expect.any(String) })
    emulator.reset()
    expect(await ours.native.request('POST /prompts', { body })).toEqual(told.body)
    const [theirs, own] = recorder.requests.map(shown)
    expect(own).toEqual(theirs)
  })

  it('is refused with a message for a route that it once had and that no reference has', async () => {
    expect((await node('/messages', { conversationId: 'c', message: 'Hello' })).status).toBe(404)
  })
})
