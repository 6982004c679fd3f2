import { type Attachment, type AttachmentOperations, type Call, checkId, checkInput, checkText } from '@parley/core'
import { download } from '@parley/core/operations'
import type { Context } from './protocol.ts'

/** Images of messages. They have public addresses. */
export type LiveChatAIAttachments = Pick<AttachmentOperations, 'url' | 'read'>

/** Images, which have public addresses. The vendor gets no request and no credential. */
export const createAttachments = (context: Context): LiveChatAIAttachments => ({
  url: async (attachment, options) => ({ url: addressOf(context.begin('attachments.url', options), attachment) }),
  read: async (attachment, options) => {
    const call = context.begin('attachments.read', options)
    return download(call, addressOf(call, attachment))
  },
})

function addressOf(call: Call, attachment: Attachment): string {
  checkId(call, checkInput(call, attachment, 'attachment'), 'attachment')
  return checkText(call, attachment.url, 'attachment.url')
}
