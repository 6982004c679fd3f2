import {
  type Attachment,
  type AttachmentOperations,
  type Call,
  checkId,
  checkInput,
  checkText,
  download,
} from '@parley/core'
import type { Context } from './protocol.ts'

/** Images of messages. They are addresses from the start, which anybody can open. */
export type LiveChatAIAttachments = Pick<AttachmentOperations, 'url' | 'read'>

/** Images, which are addresses from the start. Nothing is asked of the vendor, and it gets no credential. */
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
