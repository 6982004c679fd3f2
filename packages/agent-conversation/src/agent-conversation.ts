import { type Adapter, createTransport, type RuntimeOptions, resolveOptions } from '@parley/core'
import { absent } from './agent-conversation-absent.ts'
import type { AgentConversation } from './agent-conversation-adapter.ts'
import { configSchema, env } from './agent-conversation-config.ts'
import type { AgentConversationContext } from './agent-conversation-context.ts'
import { limits } from './agent-conversation-limits.ts'
import { type AgentConversationOptions, defaults } from './agent-conversation-options.ts'
import { createProtocol, vendor } from './agent-conversation-protocol.ts'
import { createAgents } from './agents/agent-conversation-agents.ts'
import { createAttachments } from './attachments/agent-conversation-attachments.ts'
import { createContacts } from './contacts/agent-conversation-contacts.ts'
import { createControl } from './control/agent-conversation-control.ts'
import { createConversations } from './conversations/agent-conversation-conversations.ts'
import { createFeedback } from './feedback/agent-conversation-feedback.ts'
import { createKnowledge } from './knowledge/agent-conversation-knowledge.ts'
import { createMessages } from './messages/agent-conversation-messages.ts'
import { createAgentConversationNative } from './native/agent-conversation-native.ts'
import { createWebhooks } from './webhooks/agent-conversation-webhooks.ts'

/**
 * One agent behind the agent-conversation API: raia's, or any deployment of the same contract.
 *
 * ```ts
 * const hotline = agentConversation({ account: 'hotline', apiKey: () => secrets.get('hotline') })
 * const answer = await hotline.messages.ask(conversation, { text: 'When do you open?' })
 * ```
 *
 * Does no I/O. What is left out is taken from the environment (`AGENT_CONVERSATION_API_KEY` …).
 *
 * @throws ConfigurationError that names each wrong or missing option and its variable.
 */
export function agentConversation(options: Partial<AgentConversationOptions> & RuntimeOptions = {}): AgentConversation {
  const { config, runtime } = resolveOptions<AgentConversationOptions>(options, { vendor, configSchema, env })
  const {
    apiKey,
    organizationKey,
    operatorId,
    stateNames = false,
    replyTimeout = defaults.replyTimeout,
    ...rest
  } = config
  const deployment = { ...defaults, ...rest }
  const transport = createTransport(createProtocol(deployment), { ...rest, ...runtime, credential: apiKey })
  const organization =
    organizationKey === undefined
      ? undefined
      : createTransport(createProtocol({ ...deployment, authHeader: deployment.organizationHeader, authPrefix: '' }), {
          ...rest,
          ...runtime,
          credential: organizationKey,
        })
  const context: AgentConversationContext = { transport, operatorId, replyTimeout, stateNames, known: {} }
  return {
    vendor,
    account: transport.settings.account,
    limits,
    absent,
    budget: transport.settings.budget.state,
    fields: async () => (await import('./agent-conversation-fields.ts')).agentConversationFields,
    agents: createAgents(context),
    conversations: createConversations(context),
    messages: createMessages(context),
    contacts: createContacts(context),
    control: createControl(context),
    attachments: createAttachments(context),
    knowledge: createKnowledge(context),
    feedback: createFeedback(context),
    webhooks: createWebhooks(context),
    native: createAgentConversationNative(transport, organization),
  } satisfies Adapter
}
