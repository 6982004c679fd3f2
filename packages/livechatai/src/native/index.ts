import type { Transport } from '@parley/core'
import { createNative } from '@parley/core/operations'
import type { LiveChatAIEndpoints, LiveChatAINative } from './types.ts'

/** The table of endpoints is loaded by the first request. */
export const createNativeApi = (transport: Transport): LiveChatAINative =>
  createNative<LiveChatAIEndpoints>(transport, async () => (await import('./endpoints.ts')).endpoints)
