import type { Call } from '@parley/core'
import { readMessage } from '../read/read-agent-conversation-message.ts'
import type { Found } from './agent-conversation-thread.ts'

/** The message that a send is answered with. `null`: the vendor took it, and its answer cannot be read. */
export const readStored = (call: Call, body: unknown, conversationId: string): Found | null =>
  call.reading.nested({ answer: body }, 'answer', (raw) => readMessage(raw, call.reading, conversationId)) ?? null
