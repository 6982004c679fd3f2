import { agentConversation } from '@parley/agent-conversation'
import { isParleyError, supports } from '@parley/core'
import { parseModel } from '@parley/core/schema'
import { leadConnector } from '@parley/leadconnector'
import { liveChatAI } from '@parley/livechatai'
import { nested, thread } from '../../../packages/leadconnector/test/fixtures/messages.ts'
import { answered } from '../../../packages/livechatai/test/fixtures/messages.ts'
import type { Vendor } from '../../vendors.ts'

/** Runs inside the other runtime. The results are compared outside. */

/** A vendor that sends these responses in turn, and records the requests. */
function vendor(...answers: { status: number; body: unknown }[]): { fetch: typeof fetch; asked: string[] } {
  const asked: string[] = []
  return {
    asked,
    fetch: async (input, init) => {
      const request = new Request(input, init)
      asked.push(
        `${request.method} ${new URL(request.url).pathname} ${['authorization', 'agent-secret-key', 'x-api-key'].map((name) => request.headers.get(name)).find(Boolean)}`,
      )
      const { status, body } = answers[Math.min(asked.length, answers.length) - 1] ?? { status: 500, body: {} }
      return new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json' } })
    },
  }
}

/** Lists a page with one broken item in it. */
export async function list({ create, credentials, lists }: Vendor): Promise<unknown> {
  const conversations = lists.find(({ operation }) => operation === 'conversations.list')
  const [item] = conversations?.items ?? []
  const { fetch, asked } = vendor({ status: 200, body: conversations?.answer([item, { id: null }]) })
  const account = create({ ...credentials, fetch })
  if (!supports(account, 'conversations.list')) return 'no list'
  const { items, warnings } = await account.conversations.list()
  for (const item of items) parseModel('conversation', JSON.parse(JSON.stringify(item)))
  return { asked, items: items.map(({ ref }) => ref), warnings: warnings.map(({ code }) => code) }
}

/** The error of a refused credential. */
export async function refused({ create, credentials }: Vendor): Promise<unknown> {
  const { fetch } = vendor({ status: 401, body: { message: 'no' } })
  const account = create({ ...credentials, fetch })
  if (!supports(account, 'conversations.list')) return 'no list'
  try {
    await account.conversations.list()
    return 'it went well'
  } catch (error) {
    return isParleyError(error) ? { ...JSON.parse(JSON.stringify(error)), message: undefined } : String(error)
  }
}

/** Asks, and gets the answer in the response. */
export async function ask(): Promise<unknown> {
  const { fetch, asked } = vendor({ status: 200, body: answered() })
  const { items, answer } = await askOf(liveChatAI({ apiKey: 'key-1', agentId: 'bot-1', fetch }))
  return { asked, items, answer }
}

async function askOf(
  desk: ReturnType<typeof liveChatAI>,
): Promise<{ items: number; answer: string | null | undefined }> {
  const { message } = await desk.messages.ask('c-1', { text: 'Where is my parcel?' })
  return { items: message?.sources?.length ?? 0, answer: message?.text }
}

/** Iterates over more than one page. */
export async function iterate(): Promise<unknown> {
  const all = thread(3)
  const { fetch } = vendor(
    { status: 200, body: nested(all.slice(0, 2), true) },
    { status: 200, body: nested(all.slice(2)) },
  )
  const ids: string[] = []
  for await (const { id } of leadConnector({ token: 'pit-1', locationId: 'loc_1', fetch }).messages.list('cnv_81'))
    ids.push(id)
  return ids
}

/** Aborting also ends the request, with the runtime's own signal. */
export async function abort(): Promise<unknown> {
  const caller = new AbortController()
  let aborted = false
  const hanging: typeof fetch = (input, init) =>
    new Promise((_resolve, reject) => {
      const signal = init?.signal ?? (input as Request).signal
      signal.addEventListener('abort', () => {
        aborted = true
        reject(signal.reason)
      })
      caller.abort()
    })
  try {
    const desk = agentConversation({ apiKey: 'key-1', fetch: hanging })
    return (await desk.conversations.list({}, { signal: caller.signal })).items
  } catch (error) {
    return { error: (error as Error).name, aborted }
  }
}

/** The globals of Node.js must be missing. */
export const globals = (): unknown =>
  ['process', 'Buffer', 'require', 'setImmediate', '__dirname', 'module'].filter((name) => name in globalThis)
