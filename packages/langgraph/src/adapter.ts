import {
  type Adapter,
  type AdapterDefinition,
  type AdapterIdentity,
  createTransport,
  lazyGroup,
  type RuntimeOptions,
  resolveOptions,
} from '@parley/core'
import type { LangGraphAgents } from './agents.ts'
import { limits, unsupported } from './capabilities.ts'
import { configSchema, defaults, env, type LangGraphOptions } from './config.ts'
import type { LangGraphContacts } from './contacts.ts'
import type { LangGraphControl } from './control.ts'
import type { LangGraphConversations } from './conversations.ts'
import type { LangGraphMessages } from './messages.ts'
import type { LangGraphNative } from './native/types.ts'
import type { LangGraphOperators } from './operators.ts'
import { type Context, createProtocol, noKey, vendor } from './protocol.ts'

/**
 * The assistants and threads of one LangGraph server.
 *
 * ```ts
 * const graph = langGraph({ baseUrl: 'http://127.0.0.1:2024', assistantId: 'desk' })
 * const answer = await graph.messages.ask({ visitor: { externalId: 'web-1' } }, { text: 'When do you open?' })
 * ```
 *
 * Creating it does no I/O. Omitted options are read from the environment (`LANGGRAPH_API_KEY`,
 * `LANGGRAPH_ASSISTANT_ID`).
 *
 * @throws ConfigurationError that names each invalid option and its environment variable.
 */
export function langGraph(options: Partial<LangGraphOptions> & RuntimeOptions = {}): LangGraph {
  const { config, runtime } = resolveOptions<LangGraphOptions>(options, { vendor, configSchema, env })
  const {
    baseUrl,
    messagesKey,
    operatorName,
    contactKey,
    apiKey = noKey,
    assistantId,
    graphId,
    ...rest
  } = {
    ...defaults,
    ...config,
  }
  const transport = createTransport(createProtocol(baseUrl), { ...rest, ...runtime, credential: apiKey })
  const own = graphId ?? (assistantId !== undefined && !isUuid(assistantId) ? assistantId : undefined)
  const context: Context = { ...transport, assistantId, graphId: own, messagesKey, operatorName, contactKey }
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
      'update',
      'delete',
    ]),
    conversations: lazyGroup(
      context,
      'conversations',
      async () => (await import('./conversations.ts')).createConversations(context),
      ['list', 'get', 'create', 'update', 'delete'],
    ),
    messages: lazyGroup(context, 'messages', async () => (await import('./messages.ts')).createMessages(context), [
      'list',
      'ask',
      'stream',
      'provideInput',
      'reply',
      'reconcile',
    ]),
    contacts: lazyGroup(context, 'contacts', async () => (await import('./contacts.ts')).createContacts(context), [
      'ensure',
    ]),
    operators: lazyGroup(context, 'operators', async () => (await import('./operators.ts')).createOperators(context), [
      'list',
    ]),
    control: lazyGroup(context, 'control', async () => (await import('./control.ts')).createControl(context), ['get']),
    native: lazyGroup(context, 'native', async () => (await import('./native/index.ts')).createNativeApi(transport), [
      'request',
      'endpoints',
    ]),
  } satisfies Adapter
}

const isUuid = (id: string): boolean => /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i.test(id)

/** The assistants and threads of a server. It does not support the missing operations; `unsupported` says why. */
export interface LangGraph extends AdapterIdentity {
  readonly vendor: 'langgraph'
  readonly rateLimitStatus: NonNullable<AdapterIdentity['rateLimitStatus']>
  readonly agents: LangGraphAgents
  readonly conversations: LangGraphConversations
  readonly messages: LangGraphMessages
  readonly contacts: LangGraphContacts
  readonly operators: LangGraphOperators
  readonly control: LangGraphControl
  readonly native: LangGraphNative
}

/** For `open`, so that a configuration can choose this vendor. */
export const langGraphDefinition: AdapterDefinition<LangGraphOptions, LangGraph> = {
  vendor,
  label: 'LangGraph',
  configSchema,
  env,
  create: langGraph,
}
