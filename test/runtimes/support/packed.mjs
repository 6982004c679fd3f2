// Runs beside the packed packages, on whichever Node.js is being tried: imports every entry, and calls each vendor's
// adapter over a real connection.
import { createServer } from 'node:http'
import { agentConversation } from '@parley/agent-conversation'
import { isParleyError } from '@parley/core'
import { leadConnector } from '@parley/leadconnector'
import { liveChatAI } from '@parley/livechatai'

const entries = process.argv.slice(2)
for (const entry of entries) if (Object.keys(await import(entry)).length === 0) throw new Error(`${entry} is empty.`)

const lists = {
  '/conversations/search': { conversations: [{ id: 'c-1' }], total: 1 },
  '/api/v2/conversations': {
    status: 'success',
    data: { conversations: [{ id: 'c-1' }], meta: { total: 1, perPage: 20, currentPage: 1, totalPages: 1 } },
  },
  '/external/conversations': { data: [{ id: 'c-1' }], hasNextPage: false },
}

const asked = []
let status = 200
const server = createServer((request, response) => {
  const { pathname } = new URL(request.url, 'http://127.0.0.1')
  if (status === 200) asked.push(`${request.method} ${pathname}`)
  response.writeHead(status, { 'content-type': 'application/json' })
  response.end(JSON.stringify(status === 200 ? lists[pathname] : { message: 'not found' }))
})
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
const baseUrl = `http://127.0.0.1:${server.address().port}`

const accounts = [
  leadConnector({ account: 'packed', baseUrl, token: 'pit-1', locationId: 'loc_1' }),
  liveChatAI({ account: 'packed', baseUrl, apiKey: 'key-1', agentId: 'bot-1' }),
  agentConversation({ account: 'packed', baseUrl, apiKey: 'key-1' }),
]

const listed = []
for (const { conversations } of accounts) for await (const { ref } of conversations.list()) listed.push(ref)

status = 404
const failed = []
for (const { messages } of accounts)
  await messages.list('c-2').then(undefined, (error) => failed.push(isParleyError(error) ? error.code : String(error)))

server.close()
server.closeAllConnections()
const [major] = process.versions.node.split('.')
process.stdout.write(JSON.stringify({ major, entries: entries.length, asked, listed, failed }))
