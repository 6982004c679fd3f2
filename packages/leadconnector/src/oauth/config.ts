import {
  type AdapterOptions,
  type Call,
  ConfigurationError,
  type Credential,
  checkInput,
  checkText,
  credentialOption,
  optional,
  optionSchema,
  patternOption,
  type RuntimeOptions,
  resolveOptions,
  type StateStore,
  textOption,
} from '@parley/core'
import { vendor } from '../protocol.ts'

/** The options of the marketplace app. */
export interface LeadConnectorOAuthOwnConfig {
  /**
   * The client id of the marketplace app; the part before the `-` is the app's id. Environment:
   * `LEADCONNECTOR_CLIENT_ID`.
   */
  clientId: string
  /** A value, or a function that returns it. Environment: `LEADCONNECTOR_CLIENT_SECRET`. */
  clientSecret: Credential
  /** A redirect URI that is registered with the app. Required for `authorizeUrl`, here or in its argument. */
  redirectUri?: string
  /**
   * The page on which an owner chooses what to connect. Default
   * `https://marketplace.gohighlevel.com/v2/oauth/chooselocation`; white label:
   * `https://marketplace.leadconnectorhq.com/v2/oauth/chooselocation`.
   */
  authorizePage?: string
  /**
   * `v3` for the newer dialect of all OAuth calls, else the `Version` of the calls that take one. Default `2021-07-28`.
   */
  version?: string
}

/** The options of `leadConnectorOAuth`: those of the app, and the common adapter options that apply to OAuth. */
export type LeadConnectorOAuthOptions = LeadConnectorOAuthOwnConfig &
  Omit<AdapterOptions, 'rate' | 'raw'> &
  RuntimeOptions & {
    /** The store for the tokens: `memoryStore()`, `fileStore({ folder })`, `postgresStore(pool)`, or your own. */
    store: StateStore
  }

/** The complete options, with defaults. */
export type OAuthConfig = Omit<AdapterOptions, 'rate' | 'raw'> &
  LeadConnectorOAuthOwnConfig & { store: StateStore; baseUrl: string; authorizePage: string; version: string }

const webAddress = patternOption(/^https?:\/\/[^\s#]+$/, 'must be an http or https URL without a fragment')
const header = patternOption(/^[\w.-]+$/, 'must be a version such as 2021-07-28 or v3')

const configSchema = optionSchema<LeadConnectorOAuthOwnConfig>({
  clientId: textOption,
  clientSecret: credentialOption,
  redirectUri: optional(webAddress),
  authorizePage: optional(webAddress),
  version: optional(header),
})

const env = { clientId: 'LEADCONNECTOR_CLIENT_ID', clientSecret: 'LEADCONNECTOR_CLIENT_SECRET' }

/** @throws ConfigurationError */
export function resolveOAuthOptions(options: object): { config: OAuthConfig; runtime: RuntimeOptions } {
  const { config, runtime } = resolveOptions<LeadConnectorOAuthOwnConfig>(options, {
    vendor: vendor,
    configSchema,
    env,
  })
  const { rate, raw, ...own } = config
  if (rate !== undefined || raw !== undefined) {
    const option = rate === undefined ? 'raw' : 'rate'
    throw new ConfigurationError({
      vendor: vendor,
      message: `${vendor}: option "${option}" is not an option of OAuth; pass it to leadConnector.`,
      fields: [{ path: option, problem: 'is not an option of OAuth' }],
    })
  }
  const { store } = runtime
  if (!store) {
    const problem = 'is missing: the tokens are kept there'
    throw new ConfigurationError({
      vendor,
      message: `${vendor}: option "store" ${problem}.`,
      fields: [{ path: 'store', problem }],
    })
  }
  return {
    runtime,
    config: {
      store,
      baseUrl: 'https://services.leadconnectorhq.com',
      authorizePage: 'https://marketplace.gohighlevel.com/v2/oauth/chooselocation',
      version: '2021-07-28',
      ...own,
    },
  }
}

/** The owner of a token: a location (sub-account) or a company (agency). */
export type LeadConnectorTokenOwner =
  | {
      locationId: string
      /** Needed only for a location without a token, whose company's token can create one. */
      companyId?: string
    }
  | { companyId: string; locationId?: never }

/** The owner of a token, and its key in the store. */
export interface TokenPlace {
  readonly key: string
  readonly companyId: string | undefined
  /** `undefined`: the token of the company itself. */
  readonly locationId: string | undefined
  /** The owner's name in messages. */
  readonly owner: string
}

/** Each app has its own keys. The parts are encoded, so that no two owners share a key. */
export function placeOf(clientId: string, { companyId, locationId }: Omit<TokenPlace, 'key' | 'owner'>): TokenPlace {
  const [kind, id] = locationId === undefined ? ['company', companyId ?? ''] : ['location', locationId]
  const key = ['leadconnector', clientId, kind, id].map(encodeURIComponent).join('/')
  return { key, companyId, locationId, owner: `${kind} ${id}` }
}

/** @throws InvalidRequestError */
export function checkOwner(call: Call, clientId: string, owner: LeadConnectorTokenOwner): TokenPlace {
  const { companyId, locationId } = checkInput(call, owner, 'owner')
  const isLocation = locationId !== undefined
  return placeOf(clientId, {
    locationId: isLocation ? checkText(call, locationId, 'owner.locationId') : undefined,
    companyId: isLocation && companyId === undefined ? undefined : checkText(call, companyId, 'owner.companyId'),
  })
}
