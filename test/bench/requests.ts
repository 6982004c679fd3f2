import type { HighLevel } from '@gohighlevel/api-client'
import { agentConversation } from '@parley/agent-conversation'
import type { Adapter } from '@parley/core'
import { leadConnector } from '@parley/leadconnector'
import { liveChatAI } from '@parley/livechatai'
import axios from 'axios'
import ky from 'ky'
import { type Cost, pairedRow, pairs, type Row, type Way } from './measure.ts'

const counts = [1, 50, 1000]
const runsFor = (count: number): number => (count >= 1000 ? 20 : 100)

interface Vendor {
  name: string
  adapter: Adapter
  url(count: number): string
}

export async function compareRequests(base: string): Promise<Row[]> {
  const vendors: Vendor[] = [
    {
      name: 'agent-conversation',
      adapter: agentConversation({ apiKey: 'bench', baseUrl: `${base}/external` }),
      url: (count) => `${base}/external/conversations/${count}/messages?orderDirection=ASC`,
    },
    {
      name: 'livechatai',
      adapter: liveChatAI({ apiKey: 'bench', agentId: 'bench', baseUrl: `${base}/api/v2` }),
      url: (count) => `${base}/api/v2/conversations/${count}`,
    },
  ]
  const rows: Row[] = []
  for (const vendor of vendors) for (const count of counts) rows.push(...(await compareThread(vendor, count)))
  rows.push(...(await compareWithSdk(base)))
  return rows
}

/** The same conversation, whole, in one response. */
async function compareThread({ name, adapter, url }: Vendor, count: number): Promise<Row[]> {
  const target = url(count)
  const ours: Way = { name: 'ours', run: async () => adapter.messages?.list?.(String(count), { order: 'asc' }) }
  const job = `${name}, ${count} messages`
  const others: [label: string, target: number | undefined, run: Way['run']][] = [
    ['ky', count < 1000 ? 1.3 : undefined, () => throughKy(target)],
    ['fetch + JSON.parse', undefined, async () => JSON.parse(await (await fetch(target)).text()) as unknown],
    ['axios', undefined, () => axios.get(target)],
  ]
  const rows: Row[] = []
  for (const [label, target, run] of others)
    rows.push(...(await compare(job, ours, { name: label, run }, runsFor(count), target)))
  return rows
}

/** The same request with the options of the transport: a credential, a deadline, no retry, no redirect. */
async function throughKy(url: string): Promise<unknown> {
  const controller = new AbortController()
  const timer = setTimeout(() => controller.abort(), 30_000)
  try {
    const response = await ky(url, {
      headers: { accept: 'application/json', authorization: 'Bearer bench' },
      signal: controller.signal,
      redirect: 'manual',
      retry: 0,
      timeout: false,
      throwHttpErrors: false,
    })
    return JSON.parse(await response.text()) as unknown
  } finally {
    clearTimeout(timer)
  }
}

async function compare(job: string, ours: Way, theirs: Way, runs: number, target?: number): Promise<Row[]> {
  const rounds = await pairs(ours, theirs, runs)
  const of = (key: keyof Cost) => rounds.map((round) => ({ ours: round.ours[key], theirs: round.theirs[key] }))
  return [
    pairedRow(`${job}: CPU µs per request, against ${theirs.name}`, of('cpu'), target),
    pairedRow(`${job}: wall µs per request, against ${theirs.name}`, of('wall')),
  ]
}

/** LeadConnector's conversation search and messages, 20 and 100 of them, against the vendor's own client. */
async function compareWithSdk(base: string): Promise<Row[]> {
  const { HighLevel } = await import('@gohighlevel/api-client')
  const sdk = new HighLevel({ privateIntegrationToken: 'pit-bench' })
  pointAt(sdk, base)
  // The benchmark sends more requests than the vendor allows. It does not measure the rate limit.
  const ours = leadConnector({ token: 'pit-bench', locationId: 'bench', baseUrl: base, rate: false })
  const search: Way = {
    name: 'official SDK',
    run: () => sdk.conversations.searchConversation({ locationId: 'bench', limit: 20 }),
  }
  const messages: Way = {
    name: 'official SDK',
    run: () => sdk.conversations.getMessages({ conversationId: '100', limit: 100 }),
  }
  const ourSearch: Way = { name: 'ours', run: async () => ours.conversations.list({ limit: 20 }) }
  const ourMessages: Way = { name: 'ours', run: async () => ours.messages.list('100', { limit: 100 }) }
  return [
    ...(await compare('leadconnector, search of 20', ourSearch, search, runsFor(20), 0.8)),
    ...(await compare('leadconnector, 100 messages', ourMessages, messages, runsFor(100), 0.8)),
  ]
}

/** The official client has no option for the base URL, but its HTTP client has. */
function pointAt(sdk: HighLevel, base: string): void {
  const { httpClient } = sdk as unknown as { httpClient: { defaults: { baseURL: string } } }
  httpClient.defaults.baseURL = base
}
