import { createServer } from 'node:http'
import {
  agentConversationMessages,
  leadConnectorMessages,
  leadConnectorSearch,
  liveChatAIConversation,
} from './payloads.ts'

/**
 * A server in another process that responds with prepared bytes. The paths are the vendors'. The id of a conversation
 * is its number of messages.
 */
const prepared = new Map<string, Buffer>()
const prepare = (key: string, make: () => object): Buffer => {
  const bytes = prepared.get(key) ?? Buffer.from(JSON.stringify(make()))
  prepared.set(key, bytes)
  return bytes
}

const server = createServer((request, response) => {
  const url = new URL(request.url ?? '/', 'http://localhost')
  const count = Number(/conversations\/(\d+)/.exec(url.pathname)?.[1] ?? 20)
  const after = /(\d+)$/.exec(url.searchParams.get('lastMessageId') ?? '')?.[1]
  const from = after === undefined ? 0 : count - Number(after)
  const bytes = url.pathname.endsWith('/search')
    ? prepare('search', () => leadConnectorSearch(count))
    : url.pathname.startsWith('/external')
      ? prepare(`external ${count}`, () => agentConversationMessages(count))
      : url.pathname.startsWith('/api/v2')
        ? prepare(`v2 ${count}`, () => liveChatAIConversation(count))
        : prepare(`messages ${count} ${from}`, () => leadConnectorMessages(count, from))
  response.writeHead(200, { 'content-type': 'application/json; charset=utf-8', 'content-length': bytes.length })
  response.end(bytes)
})
server.listen(0, '127.0.0.1', () => {
  const address = server.address()
  process.send?.(typeof address === 'object' ? address?.port : undefined)
})
