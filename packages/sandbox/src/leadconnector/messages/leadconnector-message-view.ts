import { iso, type Json, withoutUndefined } from '../leadconnector-json.ts'
import type { MessageRecord } from '../state/leadconnector-records.ts'
import type { LocationState, State } from '../state/leadconnector-state.ts'
import { statusNow } from '../state/leadconnector-timeline.ts'
import { codeOf } from './leadconnector-message-types.ts'

/** A message as the list, the single read and the export show it. */
export function showMessage(state: State, location: LocationState, message: MessageRecord): Json {
  const now = state.context.now()
  const isEmail = message.emailIds !== undefined
  const settledAt = message.status === 'pending' && message.settlesAt !== undefined ? message.settlesAt : message.at
  return withoutUndefined({
    id: message.id,
    altId: message.altId,
    type: message.typeCode ?? codeOf(message.messageType),
    messageType: message.messageType,
    locationId: location.id,
    contactId: message.contactId,
    conversationId: message.conversationId,
    dateAdded: message.isUndated ? undefined : iso(message.at),
    dateUpdated: message.isUndated ? undefined : iso(Math.max(message.updatedAt, settledAt <= now ? settledAt : 0)),
    // An email's text is behind its own endpoint, a call's behind the transcription.
    body: isEmail ? undefined : message.body,
    direction: message.direction,
    status: statusNow(message, now),
    contentType: message.contentType,
    attachments: message.attachments,
    meta: metaOf(state, message),
    source: message.source,
    userId: message.userId,
    conversationProviderId: message.conversationProviderId,
    chatWidgetId: message.chatWidgetId,
    from: isEmail ? undefined : message.from,
    to: isEmail ? undefined : message.to,
    mentions: message.mentions,
    error: message.error,
    activity: message.activity,
  })
}

function metaOf({ settings }: State, { call, emailIds, page }: MessageRecord): Json | undefined {
  if (call) {
    const { duration, status } = call
    return settings.callMeta === 'flat'
      ? { callDuration: String(duration), callStatus: status }
      : { call: { duration, status } }
  }
  const nest = (key: string, value: Json) => ({ [key]: settings.emailMeta === 'double' ? { [key]: value } : value })
  if (emailIds) return nest('email', { messageIds: emailIds })
  return page && nest(page.kind, { page_id: page.id, page_name: page.name })
}
