import type { LocationCall, LocationEndpoint } from '../http/leadconnector-endpoint.ts'
import { forbidden, invalid, notFound, ok, type Reply } from '../http/leadconnector-reply.ts'
import { list, needed, string, violations } from '../http/leadconnector-rules.ts'
import { listOf } from '../leadconnector-json.ts'
import { codeOf } from './leadconnector-message-types.ts'

export const setAttachmentsEndpoints: readonly LocationEndpoint[] = [
  {
    method: 'PUT',
    path: '/conversations/messages/:messageId/attachments',
    family: 'conversations',
    scope: 'conversations/message.write',
    handle: setAttachments,
  },
]

const call = 1
const customCall = 34

function setAttachments({ body, location, params, now }: LocationCall): Reply {
  const message = location.messages.get(params['messageId'] ?? '')
  // One of the few routes that answer 404.
  if (!message) return notFound(`Message does not exist with id ${params['messageId']}`)
  const broken = violations({ attachments: needed(list(string, 0, 5)) }, body)
  if (broken.length > 0) return invalid(broken)
  const code = codeOf(message.messageType)
  const external = code === call && message.conversationProviderId !== undefined
  if (code !== customCall && !external) return forbidden('Attachments can only be set on external calls')
  message.attachments = listOf(body['attachments'])
  message.updatedAt = now
  return ok({ success: true, messageId: message.id, attachments: message.attachments })
}
