import type { Call, ListPlace, OperationOptions, Transport } from '@parley/core'

/** What the operations of one adapter share. */
export interface LiveChatAIContext {
  readonly transport: Transport
  readonly agentId: string
  /** The teammate who speaks when a call names nobody. */
  readonly userId: string | undefined
  /** Whether `messages.stream` asks the vendor to stream. */
  readonly streaming: boolean
  /** What has been found out about the vendor and does not change from call to call. */
  readonly known: {
    /** `false`: the list of one contact's conversations is not where it is presumed to be. */
    contactConversations?: boolean
  }
}

export const begin = (
  context: LiveChatAIContext,
  operation: string,
  options: OperationOptions | undefined,
  defaults?: { timeout?: number },
): Call => context.transport.begin(operation, options, defaults)

/**
 * The agent of a conversation or contact, where it says so. Each belongs to one, and the vendor wants it named also where
 * that would tell it ("conversations/send-message").
 */
export const agentIdOf = (context: LiveChatAIContext, of: unknown): string =>
  (of as { agentId?: string | null } | null | undefined)?.agentId || context.agentId

/** Where a list is, for its errors and its cursors. */
export const placeFor = ({ transport, agentId }: LiveChatAIContext, operation: string): ListPlace => ({
  vendor: transport.settings.protocol.vendor,
  account: transport.settings.account,
  scope: agentId,
  operation,
})
