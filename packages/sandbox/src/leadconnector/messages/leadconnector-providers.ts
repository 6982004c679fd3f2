import { badRequest, type Reply } from '../http/leadconnector-reply.ts'
import type { TokenRecord } from '../state/leadconnector-state.ts'

/** Providers belong to marketplace applications; a private integration has none, whatever id it sends. */
export function checkProvider(token: TokenRecord, providerId: string | null): Reply | null {
  if (providerId === null || token.providers.includes(providerId)) return null
  return badRequest(`You don't have access to the conversationProvider with id ${providerId}`)
}
