import type { AdapterDefinition, AdapterOptions, Credential } from '@parley/core'
import * as z from 'zod/mini'

/** The `Version` header per family of endpoints; the vendor changes each on its own. */
export interface LeadConnectorVersions {
  /** `/conversation-ai/*`: agents and generations. Default `2021-04-15`. */
  conversationAI?: string
  /** `/conversations/*`: conversations and messages. Default `2021-04-15`. */
  conversations?: string
  /** `/contacts/*`. Default `2021-07-28`. */
  contacts?: string
}

/** The options of `leadConnector`. What is missing is taken from the environment. */
export interface LeadConnectorConfig extends AdapterOptions {
  /**
   * A private integration token of a sub-account, or an OAuth access token of user type `Location`. A function may
   * refresh it. Environment: `LEADCONNECTOR_TOKEN`.
   */
  token: Credential
  /** The sub-account the token belongs to. Environment: `LEADCONNECTOR_LOCATION_ID`. */
  locationId: string
  /** Other `Version` headers than the documented ones, such as `{ conversations: 'v3' }`. */
  version?: LeadConnectorVersions
}

const text = z.string().check(z.minLength(1, 'must not be empty'))
const milliseconds = z.number().check(z.positive('must be more than 0'))
const whole = z.int().check(z.nonnegative('must not be negative'))
const address = z.string().check(z.refine(isHttp, 'must be an http or https URL'))
const versionHeader = z.string().check(z.regex(/^[\w.-]+$/, 'must be a version such as 2021-04-15 or v3'))
const secretFunction = z.custom<Exclude<Credential, string>>(
  (value) => typeof value === 'function',
  'must be a text or a function',
)

function isHttp(value: string): boolean {
  return URL.canParse(value) && /^https?:$/.test(new URL(value).protocol)
}

export const leadConnectorConfigSchema: AdapterDefinition<LeadConnectorConfig>['configSchema'] = z.strictObject({
  token: z.union([text, secretFunction], 'must be a text that is not empty, or a function'),
  locationId: text,
  version: z.exactOptional(
    z.strictObject({
      conversationAI: z.exactOptional(versionHeader),
      conversations: z.exactOptional(versionHeader),
      contacts: z.exactOptional(versionHeader),
    }),
  ),
  account: z.exactOptional(text),
  baseUrl: z.exactOptional(address),
  timeout: z.exactOptional(milliseconds),
  tryTimeout: z.exactOptional(milliseconds),
  retries: z.exactOptional(whole),
  maxRetryAfter: z.exactOptional(z.number().check(z.nonnegative('must not be negative'))),
  maxResponseBytes: z.exactOptional(milliseconds),
  raw: z.exactOptional(z.boolean()),
})

export const leadConnectorEnv: { readonly token: string; readonly locationId: string } = {
  token: 'LEADCONNECTOR_TOKEN',
  locationId: 'LEADCONNECTOR_LOCATION_ID',
}
