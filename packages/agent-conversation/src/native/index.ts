import { createError, type NativeEndpoint, type Transport } from '@parley/core'
import { createNative } from '@parley/core/operations'
import type { AgentConversationEndpoints, AgentConversationNative } from './types.ts'

/**
 * The first request loads the table of endpoints.
 *
 * @param organization the transport with the organization's key, if there is one.
 */
export function createNativeApi(transport: Transport, organization: Transport | undefined): AgentConversationNative {
  const transportOf = ({ credential }: NativeEndpoint, operation: string): Transport => {
    if (organization) return organization
    const { account, protocol } = transport.settings
    const { vendor } = protocol
    throw createError('configuration', {
      vendor,
      account,
      operation,
      fields: [{ path: String(credential), problem: 'is missing' }],
      message: `${vendor} "${account}", ${operation}: the organisation's key is missing. Pass it as the option "${credential}", or set the environment variable AGENT_CONVERSATION_ORGANIZATION_KEY.`,
      outcome: 'not-done',
    })
  }
  return createNative<AgentConversationEndpoints>(
    transport,
    async () => (await import('./endpoints.ts')).endpoints,
    undefined,
    transportOf,
  )
}
