import {
  type AdapterDefinition,
  type AdapterOptions,
  type Credential,
  credentialOption,
  isRecord,
  type OptionCheck,
  optional,
  optionSchema,
  textOption,
} from '@parley/core'

/** The `Version` header per family of endpoints. The vendor versions each family separately. */
export interface LeadConnectorVersions {
  /** `/conversation-ai/*`: agents and generations. Default `2021-04-15`. */
  conversationAI?: string
  /** `/conversations/*`: conversations and messages. Default `2021-04-15`. */
  conversations?: string
  /** `/contacts/*`. Default `2021-07-28`. */
  contacts?: string
  /** `/knowledge-bases/*`. Default `2021-04-15`. */
  knowledgeBases?: string
  /** `/users/*`. Default `2021-07-28`. */
  users?: string
}

/** The options of this vendor only. */
export interface LeadConnectorOwnConfig {
  /**
   * A private integration token of a sub-account, or an OAuth access token of user type `Location`. A function may
   * refresh it. Environment: `LEADCONNECTOR_TOKEN`.
   */
  token: Credential
  /** The sub-account the token belongs to. Environment: `LEADCONNECTOR_LOCATION_ID`. */
  locationId: string
  /**
   * The id of the location's custom field that has the application's own id of a contact, because contacts have no such
   * field. Without it, `contacts.ensure` remembers in the adapter's `store` which contact it made for which id.
   */
  externalIdField?: string
  /** `Version` headers that replace the documented ones, such as `{ conversations: 'v3' }`. */
  version?: LeadConnectorVersions
}

/** The options of `leadConnector`. Missing ones are read from the environment. */
export interface LeadConnectorConfig extends AdapterOptions, LeadConnectorOwnConfig {}

/** "Versioning": the value differs per family; without it every request is a 401. */
export const documentedVersions: Required<LeadConnectorVersions> = {
  conversationAI: '2021-04-15',
  conversations: '2021-04-15',
  contacts: '2021-07-28',
  knowledgeBases: '2021-04-15',
  users: '2021-07-28',
}

const versions: OptionCheck = (value) => {
  const families = Object.keys(documentedVersions)
  const isGood =
    isRecord(value) &&
    Object.entries(value).every(
      ([family, version]) => families.includes(family) && typeof version === 'string' && /^[\w.-]+$/.test(version),
    )
  return isGood ? undefined : `must be an object of versions such as v3 for ${families.join(', ')}`
}

export const configSchema: AdapterDefinition<LeadConnectorOwnConfig>['configSchema'] =
  optionSchema<LeadConnectorOwnConfig>({
    token: credentialOption,
    locationId: textOption,
    externalIdField: optional(textOption),
    version: optional(versions),
  })

export const env: { readonly token: string; readonly locationId: string } = {
  token: 'LEADCONNECTOR_TOKEN',
  locationId: 'LEADCONNECTOR_LOCATION_ID',
}
