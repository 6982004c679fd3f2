import { type Call, invalid, isRaw, mayHaveHappened, type RequestSpec, timeToSend } from '@parley/core'
import type { LeadConnectorClient } from './leadconnector-client.ts'

/** What the vendor says about a message it took. */
export interface Accepted {
  messageId: string
  conversationId: string | undefined
}

/**
 * Sends a message once.
 *
 * @returns `unknown` when it cannot be told whether it arrived: no answer in time, a broken connection, a fault, or a
 * good status without the id that every stored message gets.
 * @throws every error that says that it certainly did not arrive.
 */
export async function sendOnce(
  { transport }: LeadConnectorClient,
  call: Call,
  spec: RequestSpec,
): Promise<Accepted | { unknown: unknown }> {
  try {
    const tryTimeout = timeToSend(call, transport.settings.tryTimeout)
    const { body } = await call.request({ ...spec, tryTimeout })
    const messageId = isRaw(body) ? body['messageId'] : undefined
    if (!isRaw(body) || typeof messageId !== 'string' || messageId === '') return { unknown: undefined }
    const { conversationId } = body
    return { messageId, conversationId: typeof conversationId === 'string' ? conversationId : undefined }
  } catch (error) {
    if (mayHaveHappened(error)) return { unknown: error }
    throw error
  }
}

/** The addresses of files to send along; `undefined` when there are none, because an empty list is refused. */
export const urlsOf = (attachments: readonly { url: string }[]): string[] | undefined =>
  attachments.length > 0 ? attachments.map(({ url }) => url) : undefined

/** A message needs a text or a file. */
export function contentOf(call: Call, text: unknown, hasOther: boolean): string | undefined {
  if (typeof text === 'string' && text.trim() !== '') return text
  if (hasOther && (text === undefined || text === '')) return undefined
  throw invalid(call, 'text', 'must be a non-empty string')
}
