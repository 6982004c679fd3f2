import { type Call, type Channel, checkId, ignoreOptions, invalid, type Target } from '@parley/core'
import { errorOf } from './livechatai-error.ts'
import { integrationTypes } from './map/map-livechatai-channel.ts'

/** @throws InvalidRequestError */
export function checkFlag(call: Call, value: unknown, path: string, isRequired?: 'required'): boolean | undefined {
  if (typeof value === 'boolean' || (!isRequired && (value === undefined || value === null)))
    return value === null ? undefined : (value as boolean | undefined)
  throw invalid(call, path, 'must be true or false')
}

/** The vendor's id of a conversation. @throws InvalidRequestError */
export function conversationIdOf(
  call: Call,
  target: Target<{ id: string }> | null | undefined,
  path = 'conversation',
): string {
  const id = checkId(call, target, path)
  // Below /conversations these two are endpoints of their own ("conversations/list-views", "conversations/create").
  if (id === 'views' || id === 'create') throw invalid(call, path, 'is not an id')
  return id
}

/**
 * The vendor's word for the channel of a new conversation or a question.
 *
 * @throws UnsupportedError for a channel that the vendor takes nothing over.
 */
export function integrationTypeOf(call: Call, channel: Channel | null | undefined): 'WHATSAPP' | 'SLACK' | undefined {
  if (channel === undefined || channel === null) return undefined
  const word = integrationTypes[channel]
  if (word !== undefined) return word
  if (channel === 'web' || channel === 'api') {
    ignoreOptions(call, { channel }, ['channel'], 'a conversation without an integration is one of these.')
    return undefined
  }
  throw errorOf(call, 'unsupported', 'channel can be whatsapp or slack, or left away.', [
    { path: 'channel', problem: 'must be whatsapp or slack' },
  ])
}
