import { leadConnector } from '@parley/leadconnector'
import { type Sandbox, sandbox } from '@parley/sandbox'

/**
 * The accounts of the examples: the requests that go to a vendor are answered by its emulator, with the emulator's own
 * credentials and ids in the place of those that an example makes up.
 */
export interface DocAccounts {
  readonly fetch: typeof fetch
  /** What the examples' programs find in their environment. */
  readonly environment: Readonly<Record<string, string>>
  readonly vendors: Sandbox
  stop(): Promise<void>
}

interface Account {
  readonly origin: string
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  /** What an example writes, and what it is at the emulator. */
  readonly ids: Readonly<Record<string, string>>
}

export async function openDocAccounts(): Promise<DocAccounts> {
  const vendors = await sandbox.start()
  const { leadConnector: crm, liveChatAI, agentConversation } = vendors
  crm.settings.rateLimit = false
  const lead = crm.credentials
  const live = liveChatAI.credentials
  const agent = agentConversation.credentials
  const { token = '', locationId = '' } = lead
  const clinic = leadConnector({ token, locationId, baseUrl: crm.url, rate: false })
  const texts = await clinic.conversations.list({ channel: 'sms' })
  const calls = await clinic.messages.export({ channel: 'voice' })
  const accounts: Account[] = [
    {
      origin: 'https://services.leadconnectorhq.com',
      url: crm.url,
      headers: { authorization: `Bearer ${token}` },
      ids: {
        ...Object.fromEntries(['location', 'loc_1', 'location-1'].map((id) => [id, locationId])),
        agt_1: lead['agentId'] ?? '',
        cnv_1: texts.items[0]?.id ?? '',
        conversation: texts.items[0]?.id ?? '',
        msg_1: calls.items.find(({ attachments }) => attachments?.length)?.id ?? '',
      },
    },
    {
      origin: 'https://app.livechatai.com',
      url: liveChatAI.url,
      headers: { authorization: `Bearer ${live['apiKey']}` },
      ids: { agent: live['agentId'] ?? '', clx4b2k9s0000: live['agentId'] ?? '', user_7: live['userId'] ?? '' },
    },
    ...['https://api.raia2.com', 'https://api-eu.raia2.com'].map((origin) => ({
      origin,
      url: agentConversation.url,
      headers: {
        'agent-secret-key': agent['apiKey'] ?? '',
        'organization-secret-key': agent['organizationKey'] ?? '',
      },
      ids: {},
    })),
  ]
  const { fetch: real } = globalThis
  return {
    vendors,
    environment: {
      SHOP_KEY: 'key',
      LIVECHATAI_API_KEY: 'key',
      LIVECHATAI_AGENT_ID: 'agent',
      AGENT_CONVERSATION_API_KEY: 'key',
      LEADCONNECTOR_TOKEN: 'token',
      LEADCONNECTOR_LOCATION_ID: 'location',
      LEADCONNECTOR_CLIENT_ID: lead['clientId'] ?? '',
      LEADCONNECTOR_CLIENT_SECRET: lead['clientSecret'] ?? '',
    },
    async fetch(input, init) {
      const request = new Request(input, init)
      const { origin } = new URL(request.url)
      const account = accounts.find((one) => one.origin === origin)
      if (account) return real(await moved(request, account))
      if (new URL(request.url).hostname === '127.0.0.1') return real(request)
      throw new TypeError(`An example asks ${origin}, which no emulator stands for`)
    },
    stop: vendors.stop,
  }
}

async function moved(request: Request, { origin, url, headers, ids }: Account): Promise<Request> {
  const own = (text: string) => ids[text] ?? text
  const target = new URL(request.url.replace(origin, url))
  target.pathname = target.pathname.split('/').map(own).join('/')
  for (const [name, value] of [...target.searchParams]) target.searchParams.set(name, own(value))
  const sent = new Headers(request.headers)
  for (const [name, value] of Object.entries(headers)) if (sent.has(name)) sent.set(name, value)
  sent.delete('content-length')
  const { method, signal } = request
  const { body, contentType } = await bodyOf(request, own)
  if (contentType === null) sent.delete('content-type')
  return new Request(target, {
    method,
    headers: sent,
    signal,
    redirect: request.redirect,
    ...(body !== null && { body }),
  })
}

/** JSON and forms with the emulator's ids in them; anything else as it is. */
async function bodyOf(request: Request, own: (text: string) => string) {
  const contentType = request.headers.get('content-type')
  if (request.body === null) return { body: null, contentType }
  if (contentType?.includes('json')) {
    const text = await request.text()
    const body = JSON.stringify(JSON.parse(text, (_, value) => (typeof value === 'string' ? own(value) : value)))
    return { body, contentType }
  }
  if (contentType?.startsWith('multipart/')) {
    const body = new FormData()
    for (const [name, value] of await request.formData()) {
      if (typeof value === 'string') body.append(name, own(value))
      else body.append(name, value, value.name)
    }
    // Written by `Request`, with the boundary.
    return { body, contentType: null }
  }
  return { body: await request.arrayBuffer(), contentType }
}
