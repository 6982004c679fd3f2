import {
  type Call,
  createTransport,
  type ListPlace,
  type OperationOptions,
  type RequestSpec,
  type RuntimeOptions,
  type Transport,
} from '@parley/core'
import { documentedVersions, type LeadConnectorConfig, type LeadConnectorVersions } from './leadconnector-config.ts'
import { leadConnectorProtocol } from './leadconnector-protocol.ts'

/** What the operations of one account share. */
export interface LeadConnectorClient {
  readonly account: string
  readonly locationId: string
  readonly transport: Transport
  readonly versions: Required<LeadConnectorVersions>
  readonly now: () => number
  begin(operation: string, options?: OperationOptions, defaults?: { timeout?: number }): Call
  /** Where a list is, for its errors and its cursors. */
  listPlace(operation: string, of?: unknown): ListPlace
  /** A request with the `Version` of its family, which the vendor demands on each; one of its own stays. */
  spec(family: keyof LeadConnectorVersions, spec: RequestSpec): RequestSpec
}

export function createLeadConnectorClient(config: LeadConnectorConfig, runtime: RuntimeOptions): LeadConnectorClient {
  const { token, locationId, version, baseUrl = 'https://services.leadconnectorhq.com', ...options } = config
  const versions = { ...documentedVersions, ...version }
  const protocol = leadConnectorProtocol(baseUrl, locationId, runtime.random)
  const transport = createTransport(protocol, { ...options, ...runtime, credential: token })
  return {
    account: transport.settings.account,
    locationId,
    transport,
    versions,
    now: () => transport.settings.clock.now(),
    begin: transport.begin,
    listPlace: (operation, of) => ({
      vendor: protocol.vendor,
      account: transport.settings.account,
      scope: locationId,
      operation,
      of,
    }),
    spec: (family, spec) => ({ ...spec, headers: { version: versions[family], ...spec.headers } }),
  }
}
