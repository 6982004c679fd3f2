import type { Call, OperationOptions, Transport } from '@parley/core'

/** What the operations of one adapter share. */
export interface AgentConversationContext {
  readonly transport: Transport
  readonly operatorId: string | undefined
  /** In milliseconds. */
  readonly replyTimeout: number
  readonly stateNames: boolean
  /** What has been read and does not change from call to call. */
  readonly known: {
    /** The key's own agent. */
    agentId?: string
    states?: { names: ReadonlyMap<string, string>; at: number }
  }
}

export const begin = (
  context: AgentConversationContext,
  operation: string,
  options: OperationOptions | undefined,
  defaults?: { timeout?: number },
): Call => context.transport.begin(operation, options, defaults)

/** Where a list is, for its errors. */
export const placeFor = (
  { transport }: AgentConversationContext,
  operation: string,
): { vendor: string; account: string; operation: string } => ({
  vendor: transport.settings.protocol.vendor,
  account: transport.settings.account,
  operation,
})
