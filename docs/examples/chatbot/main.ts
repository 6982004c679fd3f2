import { createChatbot } from '@parley/chatbot'
import { fileStore } from '@parley/core/node'
import { agentIn } from './agent.ts'
import { serveChat } from './server.ts'

const here = new URL('./', import.meta.url)
const agent = await agentIn(process.argv[2] ?? new URL('agent.json', here))
const bot = createChatbot({
  agent,
  store: fileStore({ folder: new URL('visitors/', here).pathname }),
  onHandOff: ({ conversationRef }) => console.log(`A visitor asks for a person: ${conversationRef}`),
  onError: (error) => console.error(error instanceof Error ? error.message : error),
})
const { url } = await serveChat(bot, Number(process.env['PORT'] ?? 3000))
console.log(`The chat is at ${url} and asks ${agent.vendor}.`)
