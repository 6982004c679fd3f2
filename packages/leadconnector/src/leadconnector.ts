import {
  type Adapter,
  type AdapterDefinition,
  type AdapterIdentity,
  type RuntimeOptions,
  resolveOptions,
} from '@parley/core'
import { leadConnectorAbsent } from './leadconnector-absent.ts'
import { type LeadConnectorAgents, leadConnectorAgents } from './leadconnector-agents.ts'
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

/** One sub-account (location) at LeadConnector, the API of HighLevel. */
export interface LeadConnector extends AdapterIdentity {
  readonly agents: LeadConnectorAgents
  readonly conversations: LeadConnectorConversations
  readonly messages: LeadConnectorMessages
  readonly sources: LeadConnectorSources
  readonly generations: LeadConnectorGenerations
  readonly contacts: LeadConnectorContacts
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
    agents: leadConnectorAgents(client),
    conversations: leadConnectorConversations(client),
    messages: leadConnectorMessages(client, cache),
    sources: leadConnectorSources(client, cache),
    generations: leadConnectorGenerations(client),
    contacts: leadConnectorContacts(client),
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
