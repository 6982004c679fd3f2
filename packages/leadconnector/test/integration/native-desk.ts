import { type LeadConnector, leadConnector } from '@parley/leadconnector'
import { type Sandbox, sandbox } from '@parley/sandbox'
import { beforeEach, describe, expect, it } from 'vitest'

// It ends with the process, because several files share it.
const desk = await sandbox.start({ seed: 7, vendors: ['leadConnector'], thinkingTime: 0 })
const { url, credentials, settings } = desk.leadConnector
const usual = { ...settings }
const of = (name: string): string => credentials[name] ?? ''

const open = (token: string): LeadConnector['native'] =>
  leadConnector({ token, locationId: of('locationId'), baseUrl: url, rate: false, maxRetries: 0 }).native

/** A private integration, as most accounts have. */
export const native = open(of('token'))
/** A marketplace app, which owns a conversation provider. */
export const app = open(of('accessToken'))
export const [locationId, agentId, companyId, userId, conversationProviderId] = [
  of('locationId'),
  of('agentId'),
  of('companyId'),
  of('userId'),
  of('conversationProviderId'),
]
export const vendor: Sandbox<'leadConnector'>['leadConnector'] = desk.leadConnector

export const id = expect.stringMatching(/^\w{10,}$/)
export const number = expect.any(Number)
export const text = expect.any(String)
export const instant = expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/)
export const done = { success: true, traceId: text }

export function first<T>(items: readonly T[] | undefined): T {
  const item = items?.[0]
  if (item === undefined) throw new Error('The seed has none.')
  return item
}

/** Runs one check for each endpoint, each at a vendor as it was in the beginning. */
export function checkEach(checks: Readonly<Record<string, () => Promise<void>>>): void {
  beforeEach(() => {
    Object.assign(settings, usual, { rateLimit: false })
    vendor.reset()
  })
  describe('at the emulator', () => {
    it.each(Object.entries(checks))('%s', async (route, check) => {
      await check()
      const [method, path = ''] = route.split(' ')
      const pattern = new RegExp(`^${path.replace(/\{\w+\}/g, '[^/]+')}$`)
      const called = vendor.requests.some((request) => request.method === method && pattern.test(request.path))
      expect(called, 'it was called').toBe(true)
    })
  })
}

/** Some conversation whose last message came over this channel. */
export async function conversationBy(lastMessageType: string): Promise<{ conversationId: string; contactId: string }> {
  const { conversations } = await native.request('GET /conversations/search', {
    query: { locationId, lastMessageType, limit: 100 },
  })
  const { id: conversationId, contactId = '' } = first(conversations)
  return { conversationId, contactId }
}
