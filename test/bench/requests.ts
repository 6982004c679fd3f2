import type { HighLevel } from '@gohighlevel/api-client'
import { agentConversation } from '@parley/agent-conversation'
import type { Adapter } from '@parley/core'
import { leadConnector } from '@parley/leadconnector'
import { liveChatAI } from '@parley/livechatai'
import axios from 'axios'
import { compare, type Row, row, type Way } from './measure.ts'

const counts = [1, 50, 1000]
/** Ours against raw `fetch` + `JSON.parse` may cost at most so many times as much. */
const atMost: Record<number, number> = { 50: 1.5, 1000: 1.25 }
const runsFor = (count: number): number => (count >= 1000 ? 60 : 250)

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
  const ways: Way[] = [
    { name: 'fetch', run: async () => JSON.parse(await (await fetch(target)).text()) as unknown },
    { name: 'axios', run: () => axios.get(target) },
    { name: 'ours', run: async () => adapter.messages?.list?.(String(count), { order: 'asc' }) },
  ]
  const costs = await compare(ways, runsFor(count))
  return against(`${name}, ${count} messages`, costs, [
    ['fetch', 'fetch + JSON.parse', atMost[count]],
    ['axios', 'axios', 0.8],
  ])
}

/** LeadConnector's conversation search and messages, 20 and 100 of them, against the vendor's own client. */
async function compareWithSdk(base: string): Promise<Row[]> {
  const { HighLevel } = await import('@gohighlevel/api-client')
  const sdk = new HighLevel({ privateIntegrationToken: 'pit-bench' })
  pointAt(sdk, base)
  // The benchmark asks more often than the vendor allows; its limit is not what is measured.
  const ours = leadConnector({ token: 'pit-bench', locationId: 'bench', baseUrl: base, rate: false })
  const search = await compare(
    [
      { name: 'sdk', run: () => sdk.conversations.searchConversation({ locationId: 'bench', limit: 20 }) },
      { name: 'ours', run: async () => ours.conversations.list({ limit: 20 }) },
    ],
    runsFor(20),
  )
  const messages = await compare(
    [
      { name: 'sdk', run: () => sdk.conversations.getMessages({ conversationId: '100', limit: 100 }) },
      { name: 'ours', run: async () => ours.messages.list('100', { limit: 100 }) },
    ],
    runsFor(100),
  )
  return [
    ...against('leadconnector, search of 20', search, [['sdk', 'official SDK', 0.8]]),
    ...against('leadconnector, 100 messages', messages, [['sdk', 'official SDK', 0.8]]),
  ]
}

/** The official client has no option for its address; its HTTP client has. */
function pointAt(sdk: HighLevel, base: string): void {
  const { httpClient } = sdk as unknown as { httpClient: { defaults: { baseURL: string } } }
  httpClient.defaults.baseURL = base
}

function against(
  job: string,
  costs: ReadonlyMap<string, { cpu: number; wall: number }>,
  others: [key: string, label: string, target: number | undefined][],
): Row[] {
  const ours = costs.get('ours')
  return others.flatMap(([key, label, target]) => {
    const theirs = costs.get(key)
    if (!ours || !theirs) return []
    return [
      row(`${job}: CPU µs per request, against ${label}`, ours.cpu, theirs.cpu, target),
      row(`${job}: wall µs per request, against ${label}`, ours.wall, theirs.wall, target),
    ]
  })
}
