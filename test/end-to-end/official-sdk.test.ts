import type { HighLevel } from '@gohighlevel/api-client'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readDeclared } from './support/declared.ts'
import { type Answer, nativeOf, openOfficial } from './support/official.ts'
import type { Recorded } from './support/recorder.ts'
import { type Parts, type Scene, type SdkCall, sdkCalls } from './support/sdk-calls.ts'

const { emulator, clock, names, recorder, ...clients } = await openOfficial()
const theirs = clients.theirs()
const ours = clients.ours()
const native = nativeOf(ours)
type Route = keyof Awaited<ReturnType<typeof ours.native.endpoints>>
afterAll(clients.stop)

/** Calls a method of a service by their names. */
function method(client: HighLevel, [service, name]: readonly [string, string], ...given: unknown[]): Promise<unknown> {
  const key = service.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase())
  const services: object = client
  const group = (services as Record<string, Record<string, (...given: unknown[]) => Promise<unknown>>>)[key]
  if (!group?.[name]) throw new Error(`The client has no ${key}.${name}`)
  return group[name](...given)
}

async function findIds(): Promise<Record<string, string>> {
  const { locationId = '' } = names
  const search = async (query: object) =>
    (await native('GET /conversations/search', { query: { locationId, ...query } }))['conversations'] as Answer[]
  const messages = async (conversationId: unknown, query: object) => {
    const path = { conversationId: String(conversationId) }
    const answer = await native('GET /conversations/{conversationId}/messages', { path, query })
    return (answer['messages'] as { messages: Answer[] }).messages
  }
  const [sms] = await search({ lastMessageType: 'TYPE_SMS', lastMessageDirection: 'outbound' })
  const [email] = await search({ lastMessageType: 'TYPE_EMAIL' })
  const [call] = await search({ lastMessageType: 'TYPE_CALL' })
  const [answer] = await messages(sms?.['id'], { type: 'TYPE_SMS' })
  const [mail] = await messages(email?.['id'], { type: 'TYPE_EMAIL' })
  const calls = await messages(call?.['id'], { type: 'TYPE_CALL' })
  const spoken = calls.find(({ meta }) => (meta as { call: { status: string } }).call.status !== 'no-answer')
  const bases = await native('GET /knowledge-bases/', { query: { locationId } })
  const [base] = (bases['data'] as { knowledgeBases: Answer[] }).knowledgeBases
  const faqs = await native('GET /knowledge-bases/faqs', { query: { locationId, knowledgeBaseId: base?.['id'] } })
  const meta = mail?.['meta'] as { email: { messageIds: string[] } } | undefined
  const found = {
    conversationId: sms?.['id'],
    contactId: sms?.['contactId'],
    messageId: answer?.['id'],
    answerId: answer?.['id'],
    emailContactId: email?.['contactId'],
    emailId: meta?.email.messageIds[0],
    callId: spoken?.['id'],
    knowledgeBaseId: base?.['id'],
    faqId: (faqs['faqs'] as Answer[])[0]?.['id'],
  }
  return { ...names, ...Object.fromEntries(Object.entries(found).map(([key, id]) => [key, String(id)])) }
}

describe('the official client and ours', () => {
  let ids: Record<string, string>
  beforeAll(async () => {
    emulator.reset()
    ids = await findIds()
  })

  const scene = (): Scene => ({ ids, native, advance: (milliseconds) => clock.advance(milliseconds) })

  /** The requests and responses on the wire. */
  async function watch(send: () => Promise<unknown>) {
    recorder.requests.length = 0
    const answer = await send()
    const [request, ...more] = recorder.requests
    expect(more).toEqual([])
    return { answer, request: request as Recorded }
  }

  /** For a write, both clients find the same account in the same state, so that only the client differs. */
  async function prepare(call: SdkCall): Promise<Parts> {
    emulator.reset()
    return (await call.given?.(scene())) ?? {}
  }

  function officially(call: SdkCall, { path, query, body }: Parts) {
    const named = Object.entries({ ...path, ...query }).map(([name, value]) => [call.names?.[name] ?? name, value])
    const params = named.length > 0 ? [Object.fromEntries(named)] : []
    return method(theirs, call.sdk, ...params, ...(body ? [body] : []))
  }

  it.each(sdkCalls.map((call) => [call.sdk.join('.'), call] as const))('%s', async (_, call) => {
    const parts = await prepare(call)
    const official = await watch(() => officially(call, parts))
    const again = call.route.startsWith('GET ') ? parts : await prepare(call)
    const own = await watch(() => native(call.route, again))
    expect(sent(own.request)).toEqual(sent(official.request))
    // The official client uses one version for all endpoints. Ours uses the version of the endpoint's page.
    expect(official.request.headers['version']).toBe('2023-02-21')
    expect(own.request.headers['version']).toBe(
      (await ours.native.endpoints())[call.route as Route].headers?.['version'],
    )
    expect(withoutTrace(own.answer)).toEqual(withoutTrace(official.answer))
    expect(liesOf(call, official.answer)).toEqual(call.lies ?? [])
  })

  it.each(sdkCalls.map((call) => [call.sdk.join('.'), call] as const))(
    '%s is answered as it is declared where the shapes are the documented ones',
    async (_, call) => {
      const parts = await prepare(call)
      emulator.settings.shapes = 'documented'
      const answer = await officially(call, parts).finally(() => (emulator.settings.shapes = 'observed'))
      expect(liesOf(call, answer)).toEqual([])
      expect(additionsOf(call, answer)).toEqual(call.newer ?? [])
    },
  )
})

describe('the endpoints', () => {
  it('are all driven that the official client has', async () => {
    const driven = new Set([...sdkCalls.map(({ route }) => route), ...drivenElsewhere])
    const known = Object.keys(await ours.native.endpoints())
    expect(known.filter((route) => !driven.has(route))).toEqual(onlyOurs)
  })

  it.each(Object.entries(onlyTheirs))('leave out what no conversation needs: %s', (service, methods) => {
    const driven = sdkCalls.filter(({ sdk }) => sdk[0] === service).map(({ sdk }) => sdk[1])
    const { methods: all } = readDeclared(service)
    const left = all.filter((name) => !driven.includes(name))
    expect(left).toEqual(methods)
  })
})

/** Files cannot be compared as JSON. They are tested in `official-sdk-account.test.ts`. */
const drivenElsewhere = [
  'POST /conversations/messages/upload',
  'GET /conversations/messages/{messageId}/locations/{locationId}/recording',
]

/** Endpoints of the newest reference only. */
const onlyOurs = [
  'GET /conversation-ai/agents/{agentId}/actions',
  'GET /conversation-ai/agents/{agentId}/working-hours',
  'POST /conversation-ai/agents/{agentId}/working-hours',
  'PUT /conversation-ai/agents/{agentId}/working-hours',
  'DELETE /conversation-ai/agents/{agentId}/working-hours',
  'PUT /conversations/messages/email/{id}/status',
]

/** Methods without an endpoint of ours: those that are internal in v3, and files. */
const onlyTheirs: Record<string, string[]> = {
  'conversation-ai': [],
  conversations: [
    'sendReviewReply',
    'uploadFileAttachments',
    'initiateFileUpload',
    'completeFileUpload',
    'getMessageRecording',
  ],
  'knowledge-base': [],
  files: [],
}

/** The parts of a request that must be equal for both clients. The order of parameters is ignored. */
function sent({ method: verb, path, query, headers, body }: Recorded) {
  return {
    method: verb,
    path,
    query: query.map(String).toSorted(),
    authorization: headers['authorization'],
    type: body === '' ? undefined : headers['content-type'],
    body: body === '' ? undefined : JSON.parse(body),
  }
}

function withoutTrace(answer: unknown): unknown {
  if (typeof answer !== 'object' || answer === null || Array.isArray(answer)) return answer
  const { traceId: _, ...rest } = answer as Answer
  return rest
}

const liesOf = (call: SdkCall, answer: unknown): string[] => compared(call, answer, 'differences')
const additionsOf = (call: SdkCall, answer: unknown): string[] => compared(call, answer, 'additions')

function compared(
  { sdk: [service, name], model }: SdkCall,
  answer: unknown,
  how: 'differences' | 'additions',
): string[] {
  const declared = readDeclared(service)
  const whole = typeof model === 'string' ? model : declared.returns(name)
  const found = declared[how](answer, whole)
  if (typeof model !== 'object') return found
  const [field, type] = model
  const inner = declared[how]((answer as Answer)[field], type).map((each) => `${field}.${each}`)
  return [...found, ...inner].sort()
}
