import {
  type Adapter,
  type AdapterDefinition,
  type AdapterIdentity,
  lazyGroup,
  type RuntimeOptions,
  resolveOptions,
} from '@parley/core'
import type { LeadConnectorAgents } from './agents.ts'
import type { LeadConnectorAttachments } from './attachments.ts'
import { limits, unsupported } from './capabilities.ts'
import { configSchema, env, type LeadConnectorConfig, type LeadConnectorOwnConfig } from './config.ts'
import type { LeadConnectorContacts } from './contacts.ts'
import type { LeadConnectorConversations } from './conversations.ts'
import type { LeadConnectorGenerations, LeadConnectorSources } from './generations.ts'
import type { LeadConnectorKnowledgeGroup } from './knowledge.ts'
import type { LeadConnectorMessages } from './messages.ts'
import type { LeadConnectorNative } from './native/types.ts'
import type { LeadConnectorOperators } from './operators.ts'
import { createContext, vendor } from './protocol.ts'

/** One sub-account (location) at LeadConnector, the API of HighLevel. */
export interface LeadConnector extends AdapterIdentity {
  readonly rateLimitStatus: NonNullable<AdapterIdentity['rateLimitStatus']>
  readonly agents: LeadConnectorAgents
  readonly conversations: LeadConnectorConversations
  readonly messages: LeadConnectorMessages
  readonly sources: LeadConnectorSources
  readonly generations: LeadConnectorGenerations
  readonly contacts: LeadConnectorContacts
  readonly operators: LeadConnectorOperators
  readonly attachments: LeadConnectorAttachments
  readonly knowledge: LeadConnectorKnowledgeGroup
  readonly native: LeadConnectorNative
}

/** The options of `leadConnector`: the configuration, and options that a configuration file cannot contain. */
export type LeadConnectorOptions = LeadConnectorConfig & RuntimeOptions

/**
 * Creates the adapter of one sub-account. It sends no request and does no I/O.
 *
 * ```ts
 * const clinic = leadConnector({ account: 'clinic', token: () => vault.get('clinic'), locationId: 'loc_1' })
 * for await (const conversation of clinic.conversations.list({ unread: true })) …
 * ```
 *
 * @throws ConfigurationError that names the option and its environment variable.
 */
export function leadConnector(options: Partial<LeadConnectorOptions> = {}): LeadConnector {
  const { config, runtime } = resolveOptions<LeadConnectorOwnConfig>(options, {
    vendor,
    configSchema,
    env,
  })
  const context = createContext(config, runtime)
  return {
    vendor,
    account: context.settings.account,
    limits,
    unsupported,
    rateLimitStatus: context.settings.rateLimiter.state,
    fields: () => context.load('fields', undefined, async () => (await import('./fields.ts')).fieldTable),
    traits: () => context.load('traits', undefined, async () => (await import('./fields.ts')).traits),
    agents: lazyGroup(context, 'agents', async () => (await import('./agents.ts')).createAgents(context), [
      'list',
      'get',
      'create',
      'update',
      'delete',
      'actions.list',
      'actions.get',
      'actions.attach',
      'actions.update',
      'actions.remove',
      'followUp.update',
      'workingHours.get',
      'workingHours.set',
      'workingHours.clear',
    ]),
    conversations: lazyGroup(
      context,
      'conversations',
      async () => (await import('./conversations.ts')).createConversations(context),
      ['list', 'get', 'create', 'update', 'assign', 'delete'],
    ),
    messages: lazyGroup(context, 'messages', async () => (await import('./messages.ts')).createMessages(context), [
      'list',
      'get',
      'ask',
      'stream',
      'reply',
      'note',
      'export',
      'cancel',
      'setStatus',
      'reconcile',
    ]),
    sources: lazyGroup(context, 'sources', async () => (await import('./generations.ts')).createSources(context), [
      'list',
    ]),
    generations: lazyGroup(
      context,
      'generations',
      async () => (await import('./generations.ts')).createGenerations(context),
      ['get'],
    ),
    contacts: lazyGroup(context, 'contacts', async () => (await import('./contacts.ts')).createContacts(context), [
      'search',
      'get',
      'upsert',
      'ensure',
    ]),
    operators: lazyGroup(context, 'operators', async () => (await import('./operators.ts')).createOperators(context), [
      'list',
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
    native: lazyGroup(
      context,
      'native',
      async () => (await import('./native/index.ts')).createNativeApi(context, context.versions),
      ['request', 'endpoints'],
    ),
  } satisfies Adapter
}

/** For configuration that names the vendor: `open({ vendor: 'leadconnector', … }, [leadConnectorDefinition])`. */
export const leadConnectorDefinition: AdapterDefinition<LeadConnectorOwnConfig, LeadConnector> = {
  vendor,
  label: 'LeadConnector (HighLevel)',
  configSchema,
  env,
  create: leadConnector,
}
