import {
  type Adapter,
  type AdapterDefinition,
  type AdapterIdentity,
  type RuntimeOptions,
  resolveOptions,
} from '@parley/core'
import { createAgents, type LeadConnectorAgents } from './agents.ts'
import { createAttachments, type LeadConnectorAttachments } from './attachments.ts'
import { limits, unsupported } from './capabilities.ts'
import { configSchema, env, type LeadConnectorConfig, type LeadConnectorOwnConfig } from './config.ts'
import { createContacts, type LeadConnectorContacts } from './contacts.ts'
import { createConversations, type LeadConnectorConversations } from './conversations.ts'
import {
  createGenerations,
  createSourceCache,
  createSources,
  type LeadConnectorGenerations,
  type LeadConnectorSources,
} from './generations.ts'
import { createKnowledge, type LeadConnectorKnowledgeGroup } from './knowledge.ts'
import { createMessages, type LeadConnectorMessages } from './messages.ts'
import { createLeadConnectorNative } from './native/index.ts'
import type { LeadConnectorNative } from './native/types.ts'
import { createClient, vendor } from './protocol.ts'

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
  const client = createClient(config, runtime)
  const cache = createSourceCache(client.now)
  return {
    vendor,
    account: client.settings.account,
    limits,
    unsupported,
    rateLimitStatus: client.settings.rateLimiter.state,
    fields: async () => (await import('./fields.ts')).fieldTable,
    agents: createAgents(client),
    conversations: createConversations(client),
    messages: createMessages(client, cache),
    sources: createSources(client, cache),
    generations: createGenerations(client),
    contacts: createContacts(client),
    attachments: createAttachments(client),
    knowledge: createKnowledge(client),
    native: createLeadConnectorNative(client, client.versions),
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
