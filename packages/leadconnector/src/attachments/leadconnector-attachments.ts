import {
  type AttachmentOperations,
  checkId,
  checkInput,
  checkText,
  flag,
  type OptionRules,
  vendorOptions,
} from '@parley/core'
import type { LeadConnectorClient } from '../leadconnector-client.ts'
import type { LeadConnectorUploadOptions } from '../leadconnector-vendor-options.ts'
import { checkUpload } from './leadconnector-attachment-input.ts'
import { addressOf, checkAttachment, readFile } from './leadconnector-file.ts'
import { uploadFile } from './leadconnector-upload.ts'

export interface LeadConnectorAttachments extends AttachmentOperations {
  /**
   * At most 5 MB, of the types that the vendor lists. An upload may be tried again: a file that nobody sends harms nobody.
   *
   * @throws InvalidRequestError for a file that is too large or of another type, before anything is sent.
   */
  upload: AttachmentOperations['upload']
  /**
   * An `open` file is where its `url` says, for now. A `fetchable` one (`…/files/d/…`) is private: the API signs an
   * address for a short while, which needs the scope `files.readonly`.
   *
   * @throws UnsupportedError for the recording of a call, which has no address: `read` gives it.
   */
  url: AttachmentOperations['url']
  /**
   * The file, fetched without the account's token. The recording of a call comes from the API itself, as
   * `audio/x-wav`.
   *
   * @throws NotFoundError for a call that was not recorded.
   */
  read: AttachmentOperations['read']
}

const ownOptions: OptionRules<LeadConnectorUploadOptions> = {
  isSecureAttachment: flag,
  chatServiceSid: checkText,
  isGroupSms: flag,
}

export const leadConnectorAttachments = (client: LeadConnectorClient): LeadConnectorAttachments => ({
  async upload(conversation, input, options) {
    const call = client.begin('attachments.upload', options)
    const conversationId = checkId(call, conversation, 'conversation')
    const own = vendorOptions(call, checkInput(call, input).vendor, ownOptions)
    return uploadFile(client, call, checkUpload(call, input), { conversationId }, own)
  },

  async url(attachment, options) {
    const call = client.begin('attachments.url', options)
    return addressOf(client, call, checkAttachment(call, attachment))
  },

  async read(attachment, options) {
    const call = client.begin('attachments.read', options)
    return readFile(client, call, checkAttachment(call, attachment))
  },
})
