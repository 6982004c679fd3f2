import {
  type Adapter,
  type AdapterDefinition,
  type AdapterIdentity,
  type RuntimeOptions,
  resolveOptions,
} from '@parley/core'
import { type LeadConnectorAgents, leadConnectorAgents } from './agents/leadconnector-agents.ts'
import { type LeadConnectorAttachments, leadConnectorAttachments } from './attachments/leadconnector-attachments.ts'
import { type LeadConnectorKnowledgeGroup, leadConnectorKnowledge } from './knowledge/leadconnector-knowledge.ts'
import { leadConnectorAbsent } from './leadconnector-absent.ts'
import { createLeadConnectorClient } from './leadconnector-client.ts'
import {
  type LeadConnectorConfig,
  type LeadConnectorOwnConfig,
  leadConnectorConfigSchema,
  leadConnectorEnv,
} from './leadconnector-config.ts'
import { type LeadConnectorContacts, leadConnectorContacts } from './leadconnector-contacts.ts'
import { type LeadConnectorConversations, leadConnectorConversations } from './leadconnector-conversations.ts'
import { type LeadConnectorGenerations, leadConnectorGenerations } from './leadconnector-generations.ts'
import { leadConnectorLimits } from './leadconnector-limits.ts'
import { type LeadConnectorMessages, leadConnectorMessages } from './leadconnector-messages.ts'
import { leadConnectorVendor } from './leadconnector-protocol.ts'
import { createSourceCache } from './leadconnector-source-cache.ts'
import { type LeadConnectorSources, leadConnectorSources } from './leadconnector-sources.ts'
import { createLeadConnectorNative } from './native/leadconnector-native.ts'
import type { LeadConnectorNative } from './native/leadconnector-native-types.ts'

/** One sub-account (location) at LeadConnector, the API of HighLevel. */
export interface LeadConnector extends AdapterIdentity {
  readonly budget: NonNullable<AdapterIdentity['budget']>
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

/** What `leadConnector` takes: the configuration, and what a configuration file cannot hold. */
export type LeadConnectorOptions = LeadConnectorConfig & RuntimeOptions

/**
 * Makes the adapter of one sub-account. Costs nothing and does no I/O.
 *
 * ```ts
 * const clinic = leadConnector({ account: 'clinic', token: () => vault.get('clinic'), locationId: 'loc_1' })
 * for await (const conversation of clinic.conversations.list({ isUnread: true })) …
 * ```
 *
 * @throws ConfigurationError that names the option and its environment variable.
 */
export function leadConnector(options: Partial<LeadConnectorOptions> = {}): LeadConnector {
  const { config, runtime } = resolveOptions<LeadConnectorOwnConfig>(options, {
    vendor: leadConnectorVendor,
    configSchema: leadConnectorConfigSchema,
    env: leadConnectorEnv,
  })
  const client = createLeadConnectorClient(config, runtime)
  const cache = createSourceCache(client.now)
  return {
    vendor: leadConnectorVendor,
    account: client.account,
    limits: leadConnectorLimits,
    absent: leadConnectorAbsent,
    budget: client.transport.settings.budget.state,
    fields: async () => (await import('./leadconnector-fields.ts')).leadConnectorFields,
    agents: leadConnectorAgents(client),
    conversations: leadConnectorConversations(client),
    messages: leadConnectorMessages(client, cache),
    sources: leadConnectorSources(client, cache),
    generations: leadConnectorGenerations(client),
    contacts: leadConnectorContacts(client),
    attachments: leadConnectorAttachments(client),
    knowledge: leadConnectorKnowledge(client),
    native: createLeadConnectorNative(client.transport, client.versions),
  } satisfies Adapter
}

/** For configuration that names the vendor: `open({ vendor: 'leadconnector', … }, [leadConnectorDefinition])`. */
export const leadConnectorDefinition: AdapterDefinition<LeadConnectorOwnConfig, LeadConnector> = {
  vendor: leadConnectorVendor,
  label: 'LeadConnector (HighLevel)',
  configSchema: leadConnectorConfigSchema,
  env: leadConnectorEnv,
  create: leadConnector,
}
