import type { Protocol } from '@parley/core'
import { leadConnectorRequestId, readLeadConnectorProblem } from './leadconnector-problem.ts'
import { leadConnectorRate, leadConnectorRateDelay, readLeadConnectorLimits } from './leadconnector-rate.ts'

export const leadConnectorVendor = 'leadconnector'

export const leadConnectorProtocol = (
  baseUrl: string,
  locationId: string,
  random: () => number = Math.random,
): Protocol => ({
  vendor: leadConnectorVendor,
  baseUrl,
  authorize: (token) => ({ authorization: `Bearer ${token}` }),
  // The vendor's edge refuses some requests that do not say who they come from.
  headers: { 'user-agent': 'Parley' },
  scope: `${leadConnectorVendor} ${baseUrl} ${locationId}`,
  rate: leadConnectorRate,
  readLimits: readLeadConnectorLimits,
  rateLimitDelay: (headers) => leadConnectorRateDelay(headers, random),
  readProblem: readLeadConnectorProblem,
  requestId: leadConnectorRequestId,
})
