import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'
import { GHLRateLimitError, UserType, type WebhookRequest } from '@gohighlevel/api-client'
import { memoryStore } from '@parley/core'
import { leadConnectorOAuth } from '@parley/leadconnector/oauth'
import { leadConnectorWebhook } from '@parley/leadconnector/webhook'
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest'
import { readDeclared } from './support/declared.ts'
import { nativeOf, openOfficial } from './support/official.ts'

const official = await openOfficial()
const { emulator, names, recorder, clock } = official
const name = (key: string): string => names[key] ?? ''
const client = { client_id: name('clientId'), client_secret: name('clientSecret') }

beforeEach(() => {
  emulator.reset()
  recorder.requests.length = 0
})
afterAll(official.stop)

const kept = { ...emulator.settings }
afterEach(() => Object.assign(emulator.settings, kept))

/** A form as its fields, without the parts that the clients may send differently. */
const formOf = ({ path, headers, body }: (typeof recorder.requests)[number]) => ({
  path,
  type: body === '' ? undefined : headers['content-type']?.toString().split(';')[0],
  fields: Object.fromEntries(new URLSearchParams(body)),
})

describe('OAuth', () => {
  const oauth = () =>
    leadConnectorOAuth({
      clientId: client.client_id,
      clientSecret: client.client_secret,
      store: memoryStore(),
      baseUrl: recorder.url,
    })
  const declared = readDeclared('oauth')

  it('exchanges a code, once', async () => {
    const theirs = official.theirs({})
    const given = { ...client, grant_type: 'authorization_code', code: name('authorizationCode') }
    const answer = await theirs.oauth.getAccessToken(given)
    expect(declared.differences(answer, 'GetAccessCodeSuccessfulResponseDto')).toEqual([])
    expect(answer).toMatchObject({ userType: 'Location', locationId: name('locationId') })
    await expect(theirs.oauth.getAccessToken(given)).rejects.toMatchObject({ statusCode: 400 })
    emulator.reset()
    const own = await oauth().exchange(name('authorizationCode'))
    expect(own).toMatchObject({ locationId: name('locationId'), companyId: answer.companyId })
    const [first, , last] = recorder.requests.map(formOf)
    expect(last).toEqual(first)
  })

  it('refreshes, and the old refresh token ends after its grace', async () => {
    const { oauth: sdk } = official.theirs({})
    const refresh = (token: string) =>
      sdk.refreshToken(token, client.client_id, client.client_secret, 'refresh_token', UserType.Location)
    const first = await refresh(name('refreshToken'))
    expect(declared.differences(first, 'GetAccessCodeSuccessfulResponseDto')).toEqual([])
    expect(first.refresh_token).not.toBe(name('refreshToken'))
    expect((await refresh(name('refreshToken'))).access_token).toBe(first.access_token)
    await clock.advance(31_000)
    await expect(refresh(name('refreshToken'))).rejects.toMatchObject({
      statusCode: 400,
      message: expect.stringContaining('Invalid grant'),
    })
  })

  it('lists locations and gives one its token, as ours does', async () => {
    const sdk = official.theirs({ agencyAccessToken: name('companyToken') }).oauth
    const companyId = name('companyId')
    const query = { companyId, appId: client.client_id.split('-')[0] ?? '', skip: '0', limit: '20' }
    const listed = await sdk.getInstalledLocation(query)
    expect(declared.differences(listed, 'GetInstalledLocationsSuccessfulResponseDto')).toEqual([])
    const locationId = listed.locations?.[0]?._id ?? ''
    const token = await sdk.getLocationAccessToken({ companyId, locationId })
    expect(declared.differences(token, 'GetLocationAccessTokenSuccessfulResponseDto')).toEqual([])
    const theirs = recorder.requests.splice(0)

    const own = oauth()
    await own.exchange(name('companyAuthorizationCode'))
    recorder.requests.length = 0
    const page = await own.installedLocations({ companyId })
    expect(page.items.map(({ id }) => id)).toEqual(listed.locations?.map(({ _id }) => _id))
    await own.locationToken({ companyId, locationId })
    const shown = (request: (typeof theirs)[number]) => ({
      ...formOf(request),
      method: request.method,
      query: request.query.map(String).toSorted(),
    })
    expect(recorder.requests.map(shown)).toEqual(theirs.map(shown))
  })

  it('renews an access token that ran out, and goes on', async () => {
    const sdk = official.theirs({})
    const locationId = name('locationId')
    const code = name('authorizationCode')
    const session = await sdk.oauth.getAccessToken({ ...client, grant_type: 'authorization_code', code })
    await sdk.getSessionStorage().setSession(locationId, session)
    await clock.advance(25 * 3_600_000)
    recorder.requests.length = 0
    const found = await sdk.conversations.searchConversation({ locationId, limit: 1 })
    expect(found.conversations).toHaveLength(1)
    expect(recorder.requests.map(({ path }) => path)).toEqual([
      '/conversations/search',
      '/oauth/token',
      '/conversations/search',
    ])
  })
})

describe('refusals', () => {
  const locationId = name('locationId')
  const agent = { name: 'A', personality: 'Calm', goal: 'Help', instructions: 'Be kind' }
  const send = { type: 'SMS', contactId: 'nobody', conversationId: 'nothing', conversationProviderId: 'none' }

  it.each([
    ['a wrong token', { privateIntegrationToken: 'pit-wrong' }, 401, /jwt|token/i, 'authentication'],
    ['a missing scope', { privateIntegrationToken: name('readonlyToken') }, 401, /scope/i, 'permission'],
    ['a token of a company', { agencyAccessToken: name('companyToken') }, 403, /location/i, 'permission'],
  ])('of %s', async (_, config, statusCode, message, code) => {
    const call = official.theirs(config).conversationAi.createAgent(agent)
    await expect(call).rejects.toMatchObject({ statusCode, message: expect.stringMatching(message) })
    const [token = ''] = Object.values(config)
    const own = nativeOf(official.ours(token))('POST /conversation-ai/agents', { body: agent })
    await expect(own).rejects.toMatchObject({ code, status: statusCode })
  })

  it('of an unknown version', async () => {
    const call = official.theirs({ privateIntegrationToken: name('token'), apiVersion: '2020-01-01' })
    await expect(call.conversationAi.searchAgent({})).rejects.toMatchObject({
      statusCode: 401,
      message: expect.stringMatching(/version/i),
    })
  })

  it('of a body that breaks rules, with one text for each', async () => {
    const bad = official.theirs().conversationAi.createAgent({ ...agent, waitTime: 'soon' } as never)
    await expect(bad).rejects.toMatchObject({ statusCode: 422, code: 'VALIDATION' })
    await expect(bad).rejects.toMatchObject({ response: { message: expect.arrayContaining([expect.any(String)]) } })
  })

  it('of what is not there, with a 400', async () => {
    const sdk = official.theirs()
    const agentId = 'nobody'
    await expect(sdk.conversationAi.getAgent({ agentId })).rejects.toMatchObject({
      statusCode: 400,
      message: expect.stringMatching(/^No Agent found for the id/),
    })
    await expect(sdk.conversations.getMessage({ id: 'nothing' })).rejects.toMatchObject({ statusCode: 400 })
    await expect(official.ours().agents.get(agentId)).rejects.toMatchObject({ code: 'not-found' })
    const other = sdk.conversations.searchConversation({ locationId: name('secondLocationId') })
    await expect(other).rejects.toMatchObject({ statusCode: 403, code: 'FORBIDDEN' })
  })

  it('of a wrong token for an inbound message, as a fault', async () => {
    const sdk = official.theirs({ privateIntegrationToken: 'pit-wrong' })
    await expect(sdk.conversations.addAnInboundMessage(send)).rejects.toMatchObject({ statusCode: 500 })
  })

  it('of too many requests, with the numbers that the client reads', async () => {
    Object.assign(emulator.settings, { rateLimit: true, rateLimitBurst: 1 })
    const sdk = official.theirs()
    await sdk.conversations.searchConversation({ locationId, limit: 1 })
    const error = await sdk.conversations.searchConversation({ locationId }).catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(GHLRateLimitError)
    expect(error).toMatchObject({ rateLimit: { scope: 'burst', intervalMs: 10_000, remaining: 0 } })
  })
})

describe('files', () => {
  const search = async (lastMessageType: string) => {
    const { conversations } = await official
      .theirs()
      .conversations.searchConversation({ locationId: name('locationId'), lastMessageType })
    const [found] = conversations
    if (!found) throw new Error('There is none')
    return found
  }

  it('go up as a form, once the client is told that it is one', async () => {
    const { id } = await search('TYPE_SMS')
    const form = new FormData()
    form.append('locationId', name('locationId'))
    form.append('conversationId', id)
    form.append('fileAttachment', new File(['hello'], 'note.txt', { type: 'text/plain' }))
    const { conversations } = official.theirs()
    // By default it sends a form as JSON.
    await expect(conversations.uploadFileAttachments(form as never)).rejects.toMatchObject({ statusCode: 400 })
    const options = { headers: { 'Content-Type': 'multipart/form-data' } }
    const answer = await conversations.uploadFileAttachments(form as never, options)
    expect(answer).toMatchObject({ uploadedFiles: { 'note.txt': expect.stringContaining('/files/p/') } })
    const own = await nativeOf(official.ours())('POST /conversations/messages/upload', { body: form })
    expect(Object.keys(own['uploadedFiles'] as object)).toEqual(['note.txt'])
    const parts = recorder.requests.slice(-2).map(({ body }) => body.match(/name="\w+"(; filename="[^"]+")?/g))
    expect(parts[0]).toEqual(parts[1])
  })

  it('come down as bytes', async () => {
    const { id } = await search('TYPE_CALL')
    const sdk = official.theirs()
    const flat = await nativeOf(official.ours())('GET /conversations/{conversationId}/messages', {
      path: { conversationId: id },
      query: { type: 'TYPE_CALL' },
    })
    const { messages } = flat['messages'] as { messages: { id: string; meta: { call: { status: string } } }[] }
    const spoken = messages.find(({ meta }) => meta.call.status !== 'no-answer')
    const path = { locationId: name('locationId'), messageId: spoken?.id ?? '' }
    const theirs = await sdk.conversations.getMessageRecording(path, { responseType: 'arraybuffer' })
    const route = 'GET /conversations/messages/{messageId}/locations/{locationId}/recording'
    const own = await nativeOf(official.ours())(route, { path })
    expect(Buffer.from(theirs as ArrayBuffer).equals(own as never)).toBe(true)
    expect(Buffer.from(theirs as ArrayBuffer).toString('latin1', 0, 4)).toBe('RIFF')
  })
})

describe('webhooks', () => {
  interface Heard extends WebhookRequest {
    readonly bytes: Buffer
  }
  const heard: Heard[] = []
  let server: Server

  /** The vendor's middleware behind a server that keeps the raw body, as its documents require. */
  async function listen(sdk: ReturnType<typeof official.theirs>) {
    heard.length = 0
    const middleware = sdk.webhooks.subscribe()
    server = createServer(async (incoming, response) => {
      const bytes = await buffer(incoming)
      const request: Heard = {
        method: incoming.method ?? '',
        url: incoming.url ?? '',
        headers: incoming.headers,
        body: JSON.parse(bytes.toString()),
        rawBody: bytes,
        bytes,
      }
      await middleware(request, response, () => response.writeHead(200).end())
      heard.push(request)
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    emulator.settings.webhookUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`
  }
  afterEach(() => {
    server.closeAllConnections()
    server.close()
  })

  const config = () => ({ webhookPublicKey: emulator.webhooks.publicKey })

  it('hold before the official middleware and before ours, however their JSON is spelled', async () => {
    const sdk = official.theirs({ ...config(), locationAccessToken: name('accessToken') })
    await listen(sdk)
    emulator.webhooks.rate.respell = 1
    const { conversations } = await sdk.conversations.searchConversation({ locationId: name('locationId'), limit: 5 })
    for (const { contactId } of conversations) {
      await sdk.contacts.updateContact({ contactId }, { tags: ['Grüße', '1e3'] } as never)
    }
    await emulator.webhooks.settled()
    expect(heard).toHaveLength(5)
    expect(heard.map(({ isSignatureValid }) => isSignatureValid)).toEqual(heard.map(() => true))
    // Its fallback for servers without a raw body does not work: it checks JSON that it serialized itself.
    const again = heard.map(({ rawBody: _, bytes: __, ...request }) => ({ ...request, isSignatureValid: false }))
    for (const request of again) await sdk.webhooks.subscribe()(request, {}, () => {})
    expect(again.map(({ isSignatureValid }) => isSignatureValid)).toContain(false)
    const own = leadConnectorWebhook({
      account: 'shop',
      locationId: name('locationId'),
      publicKeys: [emulator.webhooks.publicKey],
      now: clock.now,
    })
    for (const { bytes, headers } of heard) {
      const request = new Request('https://shop.example/hook', {
        method: 'POST',
        headers: { 'x-ghl-signature': String(headers['x-ghl-signature']) },
        body: new Uint8Array(bytes),
      })
      expect(await own.receive(request)).toMatchObject({ status: 200, events: [{ account: 'shop' }] })
    }
  })

  it('of somebody else do not', async () => {
    const sdk = official.theirs({ ...config(), locationAccessToken: name('accessToken') })
    await listen(sdk)
    emulator.webhooks.rate.wrongSignature = 1
    const { conversations } = await sdk.conversations.searchConversation({ locationId: name('locationId'), limit: 1 })
    const [{ contactId = '' } = {}] = conversations
    await sdk.contacts.updateContact({ contactId }, { tags: ['new'] } as never)
    await emulator.webhooks.settled()
    expect(heard.map(({ isSignatureValid }) => isSignatureValid)).toEqual([false, true])
  })

  it('of an installation let the middleware fetch the token of the location', async () => {
    const sdk = official.theirs(config())
    await listen(sdk)
    const storage = sdk.getSessionStorage()
    const grant = (code: string) => sdk.oauth.getAccessToken({ ...client, grant_type: 'authorization_code', code })
    await storage.setSession(name('companyId'), await grant(name('companyAuthorizationCode')))
    await grant(name('authorizationCode'))
    await emulator.webhooks.settled()
    expect(heard.map(({ body }) => body.installType)).toEqual(['Company', 'Location'])
    expect(heard.map(({ installTokenError }) => installTokenError)).toEqual([undefined, undefined])
    expect(await storage.getAccessToken(name('locationId'))).toBeTruthy()
    emulator.webhooks.emit('UNINSTALL', { locationId: name('locationId'), companyId: name('companyId') })
    await emulator.webhooks.settled()
    expect(await storage.getSession(name('locationId'))).toBeNull()
  })
})
