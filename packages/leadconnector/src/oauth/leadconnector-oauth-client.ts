import {
  type Call,
  ConfigurationError,
  type Credential,
  createTransport,
  type OperationOptions,
  type RuntimeOptions,
} from '@parley/core'
import { leadConnectorProtocol, leadConnectorVendor } from '../leadconnector-protocol.ts'
import type { LeadConnectorOAuthConfig } from './leadconnector-oauth-config.ts'
import { readOAuthProblem } from './leadconnector-oauth-problem.ts'

/** With what a call is made: a company's token, or nothing but what its form says. */
interface Means {
  /** What the request holds and no error may show. */
  secrets?: readonly string[]
  company?: { companyId: string; credential: Credential }
  timeout?: number
}

/** What the calls for tokens share. */
export interface OAuthClient {
  readonly config: LeadConnectorOAuthConfig
  readonly account: string
  readonly isV3: boolean
  now(): number
  begin(operation: string, options?: OperationOptions, means?: Means): Call
  /** The client secret. @throws ConfigurationError when the function that gives it fails. */
  secret(operation: string): Promise<string>
}

export function createOAuthClient(config: LeadConnectorOAuthConfig, runtime: RuntimeOptions): OAuthClient {
  const { clientId, clientSecret, store, redirectUri, authorizePage, version, baseUrl, ...options } = config
  const account = options.account ?? 'default'

  const begin: OAuthClient['begin'] = (operation, of, { secrets = [], company, timeout } = {}) => {
    const resource = company?.companyId ?? `oauth ${clientId}`
    const { rate, ...protocol } = leadConnectorProtocol(baseUrl, resource, runtime.random)
    const transport = createTransport(
      {
        ...protocol,
        // The limit is documented per company or location; the endpoint for tokens is neither's.
        ...(company && rate ? { rate } : { authorize: () => ({}) }),
        readProblem: (answer) => readOAuthProblem(answer, secrets),
      },
      { ...options, ...runtime, credential: company?.credential ?? 'in the form' },
    )
    return transport.begin(operation, of, timeout === undefined ? undefined : { timeout })
  }

  return {
    config,
    account,
    isV3: version === 'v3',
    now: () => runtime.clock?.now() ?? Date.now(),
    begin,
    async secret(operation) {
      if (typeof clientSecret === 'string') return clientSecret
      try {
        const given = await clientSecret({})
        if (typeof given === 'string' && given !== '') return given
      } catch {
        // What went wrong may quote the secret.
      }
      throw new ConfigurationError({
        vendor: leadConnectorVendor,
        account,
        operation,
        message: `${leadConnectorVendor} "${account}", ${operation}: the function of the option "clientSecret" gave none.`,
        fields: [{ path: 'clientSecret', problem: 'gave none' }],
        outcome: 'not-done',
      })
    },
  }
}
