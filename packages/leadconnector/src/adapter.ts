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
    agents: lazyGroup(context, 'agents', async () => (await import('./agents.ts')).createAgents(context), {
      list: 'list',
      get: 'promise',
      create: 'promise',
      update: 'promise',
      delete: 'promise',
      actions: { list: 'list', get: 'promise', attach: 'promise', update: 'promise', remove: 'promise' },
      followUp: { update: 'promise' },
      workingHours: { get: 'promise', set: 'promise', clear: 'promise' },
    }),
    conversations: lazyGroup(
      context,
      'conversations',
      async () => (await import('./conversations.ts')).createConversations(context),
      {
        list: 'list',
        get: 'promise',
        create: 'promise',
        update: 'promise',
        delete: 'promise',
      },
    ),
    messages: lazyGroup(context, 'messages', async () => (await import('./messages.ts')).createMessages(context), {
      list: 'list',
      get: 'promise',
      ask: 'promise',
      stream: 'stream',
      reply: 'promise',
      note: 'promise',
      export: 'list',
      cancel: 'promise',
      setStatus: 'promise',
      reconcile: 'promise',
    }),
    sources: lazyGroup(context, 'sources', async () => (await import('./generations.ts')).createSources(context), {
      list: 'list',
    }),
    generations: lazyGroup(
      context,
      'generations',
      async () => (await import('./generations.ts')).createGenerations(context),
      {
        get: 'promise',
      },
    ),
    contacts: lazyGroup(context, 'contacts', async () => (await import('./contacts.ts')).createContacts(context), {
      search: 'list',
      get: 'promise',
      upsert: 'promise',
    }),
    attachments: lazyGroup(
      context,
      'attachments',
      async () => (await import('./attachments.ts')).createAttachments(context),
      {
        upload: 'promise',
        url: 'promise',
        read: 'promise',
      },
    ),
    knowledge: lazyGroup(context, 'knowledge', async () => (await import('./knowledge.ts')).createKnowledge(context), {
      list: 'list',
      add: 'promise',
      remove: 'promise',
    }),
    native: lazyGroup(
      context,
      'native',
      async () => (await import('./native/index.ts')).createNativeApi(context, context.versions),
      {
        request: 'promise',
        endpoints: 'promise',
      },
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
