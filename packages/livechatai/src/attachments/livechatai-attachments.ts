import { type Attachment, type Call, checkId, checkInput, checkText, download } from '@parley/core'
import type { LiveChatAIAttachments } from '../livechatai-adapter.ts'
import { begin, type LiveChatAIContext } from '../livechatai-context.ts'

/** Images, which are addresses from the start. Nothing is asked of the vendor, and it gets no credential. */
export const createAttachments = (context: LiveChatAIContext): LiveChatAIAttachments => ({
  url: async (attachment, options) => ({ url: addressOf(begin(context, 'attachments.url', options), attachment) }),
  read: async (attachment, options) => {
    const call = begin(context, 'attachments.read', options)
    return download(call, addressOf(call, attachment))
  },
})

function addressOf(call: Call, attachment: Attachment): string {
  checkId(call, checkInput(call, attachment, 'attachment'), 'attachment')
  return checkText(call, attachment.url, 'attachment.url')
}
