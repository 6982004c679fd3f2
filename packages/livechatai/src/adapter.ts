import {
  type Adapter,
  type AdapterDefinition,
  type AdapterIdentity,
  createTransport,
  lazyGroup,
  type RuntimeOptions,
  resolveOptions,
} from '@parley/core'
import type { LiveChatAIAgents } from './agents.ts'
import type { LiveChatAIAttachments } from './attachments.ts'
import { limits, unsupported } from './capabilities.ts'
import { configSchema, defaultBaseUrl, env, type LiveChatAIOptions } from './config.ts'
import type { LiveChatAIContacts } from './contacts.ts'
import type { LiveChatAIControl } from './control.ts'
import type { LiveChatAIConversations } from './conversations.ts'
import type { LiveChatAIFeedback } from './feedback.ts'
import type { LiveChatAIKnowledge } from './knowledge.ts'
import type { LiveChatAIMessages } from './messages.ts'
import type { LiveChatAINative } from './native/types.ts'
import type { LiveChatAIOperators } from './operators.ts'
import { type Context, createProtocol, vendor } from './protocol.ts'

/**
 * One AI agent of a LiveChatAI workspace, over API v2.
 *
 * ```ts
 * const desk = liveChatAI({ account: 'shop', apiKey: () => secrets.get('livechatai'), agentId: 'clx4b2k9s0000' })
 * const answer = await desk.messages.ask({ visitor: { externalId: 'web-1' } }, { text: 'When do you open?' })
 * ```
 *
 * Creating it does no I/O. Omitted options are read from the environment (`LIVECHATAI_API_KEY`, `LIVECHATAI_AGENT_ID`
 * …).
 *
 * @throws ConfigurationError that names each invalid or missing option and its environment variable.
 */
export function liveChatAI(options: Partial<LiveChatAIOptions> & RuntimeOptions = {}): LiveChatAI {
  const { config, runtime } = resolveOptions<LiveChatAIOptions>(options, { vendor, configSchema, env })
  const { apiKey, agentId, streaming = false, baseUrl = defaultBaseUrl, ...rest } = config
  const transport = createTransport(createProtocol(baseUrl, agentId), { ...rest, ...runtime, credential: apiKey })
  const context: Context = { ...transport, agentId, streaming, known: {} }
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
      'create',
      'delete',
    ]),
    conversations: lazyGroup(
      context,
      'conversations',
      async () => (await import('./conversations.ts')).createConversations(context),
      ['list', 'get', 'create', 'close'],
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
      'get',
      'upsert',
      'ensure',
    ]),
    operators: lazyGroup(context, 'operators', async () => (await import('./operators.ts')).createOperators(context), [
      'list',
    ]),
    control: lazyGroup(context, 'control', async () => (await import('./control.ts')).createControl(context), ['get']),
    attachments: lazyGroup(
      context,
      'attachments',
      async () => (await import('./attachments.ts')).createAttachments(context),
      ['url', 'read'],
    ),
    knowledge: lazyGroup(context, 'knowledge', async () => (await import('./knowledge.ts')).createKnowledge(context), [
      'list',
      'add',
      'remove',
    ]),
    feedback: lazyGroup(context, 'feedback', async () => (await import('./feedback.ts')).createFeedback(context), [
      'list',
      'suggestions',
      'dismiss',
    ]),
    native: lazyGroup(context, 'native', async () => (await import('./native/index.ts')).createNativeApi(transport), [
      'request',
      'endpoints',
    ]),
  } satisfies Adapter
}

/** One AI agent of a workspace. The vendor does not support the missing operations; `unsupported` says why. */
export interface LiveChatAI extends AdapterIdentity {
  readonly vendor: 'livechatai'
  readonly rateLimitStatus: NonNullable<AdapterIdentity['rateLimitStatus']>
  readonly agents: LiveChatAIAgents
  readonly conversations: LiveChatAIConversations
  readonly messages: LiveChatAIMessages
  readonly contacts: LiveChatAIContacts
  readonly operators: LiveChatAIOperators
  readonly control: LiveChatAIControl
  readonly attachments: LiveChatAIAttachments
  readonly knowledge: LiveChatAIKnowledge
  readonly feedback: LiveChatAIFeedback
  readonly native: LiveChatAINative
}

/** For `open`, so that a configuration can choose this vendor. */
export const liveChatAIDefinition: AdapterDefinition<LiveChatAIOptions, LiveChatAI> = {
  vendor,
  label: 'LiveChatAI',
  configSchema,
  env,
  create: liveChatAI,
}
