import type { LocationCall, LocationEndpoint } from '../http/leadconnector-endpoint.ts'
import { ok, type Reply } from '../http/leadconnector-reply.ts'
import { removeMessage, statusNow } from '../state/leadconnector-timeline.ts'

const write = { family: 'conversations', scope: 'conversations/message.write', method: 'DELETE' } as const

export const scheduleEndpoints: readonly LocationEndpoint[] = [
  { ...write, path: '/conversations/messages/email/:emailMessageId/schedule', handle: cancelEmail },
  { ...write, path: '/conversations/messages/:messageId/schedule', handle: cancelMessage },
]

function cancelEmail(call: LocationCall): Reply {
  return cancel(call, call.location.emails.get(call.params['emailMessageId'] ?? '')?.messageId)
}

function cancelMessage(call: LocationCall): Reply {
  return cancel(call, call.params['messageId'])
}

/** Always 200: whether it worked is in a `status` of the body. */
function cancel({ location, now }: LocationCall, messageId: string | undefined): Reply {
  const message = location.messages.get(messageId ?? '')
  if (!message) return ok({ status: 404, message: 'Message not found' })
  if (statusNow(message, now) !== 'scheduled') return ok({ status: 400, message: 'Message is not scheduled' })
  removeMessage(location, message)
  return ok({ status: 200, message: 'Scheduled message cancelled successfully' })
}
