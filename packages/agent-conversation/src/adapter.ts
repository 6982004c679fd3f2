import {
  type Adapter,
  type AdapterDefinition,
  type AdapterIdentity,
  type AttachmentOperations,
  type ControlOperations,
  createTransport,
  lazyGroup,
  type RuntimeOptions,
  resolveOptions,
} from '@parley/core'
import type { AgentConversationAgents } from './agents.ts'
import { limits, unsupported } from './capabilities.ts'
import { type AgentConversationOptions, configSchema, defaults, env } from './config.ts'
import type { AgentConversationContacts } from './contacts.ts'
import type { AgentConversationConversations } from './conversations.ts'
import type { AgentConversationFeedback } from './feedback.ts'
import type { AgentConversationKnowledge } from './knowledge.ts'
import type { AgentConversationMessages } from './messages.ts'
import type { AgentConversationNative } from './native/types.ts'
import type { AgentConversationOperators } from './operators.ts'
import { type Context, createProtocol, vendor } from './protocol.ts'
import type { AgentConversationWebhooks } from './webhooks.ts'

/**
 * One agent behind the agent-conversation API: raia's, or any deployment of the same contract.
 *
 * ```ts
 * const hotline = agentConversation({ account: 'hotline', apiKey: () => secrets.get('hotline') })
 * const answer = await hotline.messages.ask(conversation, { text: 'When do you open?' })
 * ```
 *
 * Creating it does no I/O. Omitted options are read from the environment (`AGENT_CONVERSATION_API_KEY` …).
 *
 * @throws ConfigurationError that names each invalid or missing option and its environment variable.
 */
export function agentConversation(options: Partial<AgentConversationOptions> & RuntimeOptions = {}): AgentConversation {
  const { config, runtime } = resolveOptions<AgentConversationOptions>(options, { vendor, configSchema, env })
  const {
    apiKey,
    organizationKey,
    stateNames = false,
    replyTimeout = defaults.replyTimeout,
    placeholderName = defaults.placeholderName,
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
  const context: Context = { ...transport, organization, replyTimeout, placeholderName, stateNames, known: {} }
  return {
    vendor,
    account: transport.settings.account,
    limits,
    unsupported,
    rateLimitStatus: transport.settings.rateLimiter.state,
    fields: () => context.load('fields', undefined, async () => (await import('./fields.ts')).fieldTable),
    traits: () => context.load('traits', undefined, async () => (await import('./fields.ts')).traits),
    agents: lazyGroup(context, 'agents', async () => (await import('./agents.ts')).createAgents(context), [
      'list',
      'get',
    ]),
    conversations: lazyGroup(
      context,
      'conversations',
      async () => (await import('./conversations.ts')).createConversations(context),
      ['list', 'get', 'create', 'start', 'update', 'deleteForContact'],
    ),
    messages: lazyGroup(context, 'messages', async () => (await import('./messages.ts')).createMessages(context), [
      'list',
      'ask',
      'stream',
      'reply',
      'reconcile',
    ]),
    contacts: lazyGroup(context, 'contacts', async () => (await import('./contacts.ts')).createContacts(context), [
      'list',
      'search',
      'get',
      'create',
      'delete',
      'ensure',
    ]),
    operators: lazyGroup(context, 'operators', async () => (await import('./operators.ts')).createOperators(context), [
      'list',
    ]),
    control: lazyGroup(context, 'control', async () => (await import('./control.ts')).createControl(context), [
      'get',
      'takeOver',
      'release',
    ]),
    attachments: lazyGroup(
      context,
      'attachments',
      async () => (await import('./attachments.ts')).createAttachments(context),
      ['upload', 'url', 'read'],
    ),
    knowledge: lazyGroup(context, 'knowledge', async () => (await import('./knowledge.ts')).createKnowledge(context), [
      'list',
      'add',
      'remove',
    ]),
    feedback: lazyGroup(context, 'feedback', async () => (await import('./feedback.ts')).createFeedback(context), [
      'list',
      'give',
    ]),
    webhooks: lazyGroup(context, 'webhooks', async () => (await import('./webhooks.ts')).createWebhooks(context), [
      'create',
    ]),
    native: lazyGroup(
      context,
      'native',
      async () => (await import('./native/index.ts')).createNativeApi(transport, organization),
      ['request', 'endpoints'],
    ),
  } satisfies Adapter
}

/** One agent, with its own key. The vendor does not support the missing operations; `unsupported` says why. */
export interface AgentConversation extends AdapterIdentity {
  readonly vendor: 'agent-conversation'
  readonly rateLimitStatus: NonNullable<AdapterIdentity['rateLimitStatus']>
  readonly agents: AgentConversationAgents
  readonly conversations: AgentConversationConversations
  readonly messages: AgentConversationMessages
  readonly contacts: AgentConversationContacts
  readonly operators: AgentConversationOperators
  readonly control: ControlOperations
  /** Files of messages. Each access requests a new address, because addresses expire after an undocumented time. */
  readonly attachments: AttachmentOperations
  readonly knowledge: AgentConversationKnowledge
  readonly feedback: AgentConversationFeedback
  readonly webhooks: AgentConversationWebhooks
  readonly native: AgentConversationNative
}

/** For `open`, so that a configuration can choose this vendor. */
export const agentConversationDefinition: AdapterDefinition<AgentConversationOptions, AgentConversation> = {
  vendor,
  label: 'Agent-conversation API (raia)',
  configSchema,
  env,
  create: agentConversation,
}
