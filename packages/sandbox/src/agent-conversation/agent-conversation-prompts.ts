import { hold } from '../kit/idle.ts'
import { answer } from '../world/answer.ts'
import { type AgentCall, agentRoute, type Desk } from './agent-conversation-call.ts'
import { notFound } from './agent-conversation-errors.ts'
import { fieldsOf } from './agent-conversation-fields.ts'
import { prepareUpload } from './agent-conversation-message-files.ts'
import type { StoredPrompt } from './agent-conversation-state.ts'

/** One question to the agent without any conversation. Creating here answers 200, unlike elsewhere. */
export function promptEndpoints(desk: Desk): void {
  agentRoute(desk, 'POST', '/prompts', async (call) => {
    const prompt = await read(call)
    await hold(call.context, call.context.thinkingTime, call.c.req.raw.signal)
    return call.c.json(completed(call, prompt))
  })
  agentRoute(desk, 'POST', '/prompts/async', async (call) => {
    const promptId = call.state.newId()
    call.state.prompts.set(promptId, await read(call))
    return call.c.json({ promptId })
  })
  agentRoute(desk, 'GET', '/prompts/:id/response-on', (call) => {
    const prompt = call.state.prompts.get(call.path('id'))
    if (!prompt) throw notFound()
    const early = prompt.looksLeft > 0 || call.context.now() < prompt.readyAt
    prompt.looksLeft -= 1
    if (!early) return call.c.json(completed(call, prompt))
    const older = call.settings.edition === 'older' || call.settings.responseShape === 'nullWhilePending'
    return call.c.json(older ? null : { status: 'pending', totalTokens: 0, response: null, error: null })
  })
  agentRoute(desk, 'POST', '/prompts/upload-url', async (call) => call.c.json(await prepareUpload(call, 'prompts')))
}

async function read({ body, context, settings }: AgentCall): Promise<StoredPrompt> {
  const fields = fieldsOf(await body())
  const prompt = fields.text('prompt', { required: true }) ?? ''
  fields.text('tokenTrackingId')
  fields.records('files', ['fileName', 'storagePath'])
  fields.check()
  const { text } = answer(context.world, prompt)
  return {
    response: text,
    totalTokens: Math.ceil((prompt.length + text.length) / 4),
    readyAt: context.now() + context.thinkingTime,
    looksLeft: settings.pendingLooks,
  }
}

function completed({ settings }: AgentCall, { totalTokens, response }: StoredPrompt): object {
  if (settings.edition === 'older') return { totalTokens, response }
  return { status: 'completed', totalTokens, response, error: null }
}
