import { type Adapter, createTransport, type RuntimeOptions, resolveOptions } from '@parley/core'
import { createAgents } from './agents/livechatai-agents.ts'
import { createAttachments } from './attachments/livechatai-attachments.ts'
import { createContacts } from './contacts/livechatai-contacts.ts'
import { createControl } from './control/livechatai-control.ts'
import { createConversations } from './conversations/livechatai-conversations.ts'
import { createFeedback } from './feedback/livechatai-feedback.ts'
import { createKnowledge } from './knowledge/livechatai-knowledge.ts'
import { absent } from './livechatai-absent.ts'
import type { LiveChatAI } from './livechatai-adapter.ts'
import { configSchema, env } from './livechatai-config.ts'
import type { LiveChatAIContext } from './livechatai-context.ts'
import { limits } from './livechatai-limits.ts'
import { defaultBaseUrl, type LiveChatAIOptions } from './livechatai-options.ts'
import { createProtocol, vendor } from './livechatai-protocol.ts'
import { createMessages } from './messages/livechatai-messages.ts'
import { createLiveChatAINative } from './native/livechatai-native.ts'

/**
 * One AI agent of a LiveChatAI workspace, over API v2.
 *
 * ```ts
 * const desk = liveChatAI({ account: 'shop', apiKey: () => secrets.get('livechatai'), agentId: 'clx4b2k9s0000' })
 * const answer = await desk.messages.ask({ contact: null }, { text: 'When do you open?' })
 * ```
 *
 * Does no I/O. What is left out is taken from the environment (`LIVECHATAI_API_KEY`, `LIVECHATAI_AGENT_ID` …).
 *
 * @throws ConfigurationError that names each wrong or missing option and its variable.
 */
export function liveChatAI(options: Partial<LiveChatAIOptions> & RuntimeOptions = {}): LiveChatAI {
  const { config, runtime } = resolveOptions<LiveChatAIOptions>(options, { vendor, configSchema, env })
  const { apiKey, agentId, userId, streaming = false, baseUrl = defaultBaseUrl, ...rest } = config
  const transport = createTransport(createProtocol(baseUrl), { ...rest, ...runtime, credential: apiKey })
  const context: LiveChatAIContext = { transport, agentId, userId, streaming, known: {} }
  return {
    vendor,
    account: transport.settings.account,
    limits,
    absent,
    budget: transport.settings.budget.state,
    fields: async () => (await import('./livechatai-fields.ts')).liveChatAIFields,
    agents: createAgents(context),
    conversations: createConversations(context),
    messages: createMessages(context),
    contacts: createContacts(context),
    control: createControl(context),
    attachments: createAttachments(context),
    knowledge: createKnowledge(context),
    feedback: createFeedback(context),
    native: createLiveChatAINative(transport),
  } satisfies Adapter
}
