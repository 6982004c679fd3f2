import type { Attachment, Raw, Reading } from '@parley/core'

/** Files in this place are private an hour after the upload; the API then gives a signed address for a while. */
export const secureFile: RegExp = /\/files\/d\/([^/?#]+)/

/** What the id of a call's recording ends in; before it is the id of the call's message. */
export const recordingEnd = '#recording'

/** Attachments are bare URLs: no name, size or type. */
export function readAttachments(raw: Raw, messageId: string, reading: Reading): Attachment<string>[] | undefined {
  const urls = reading.texts(raw, 'attachments')
  if (urls === undefined) return undefined
  const attachments: Attachment<string>[] = []
  for (let index = 0; index < urls.length; index++) {
    const url = urls[index] as string
    const attachment = reading.entity('attachment', `${messageId}#${index}`, url) as Attachment<string>
    attachment.url = url
    attachment.access = secureFile.test(url) ? 'fetchable' : 'open'
    attachments.push(attachment)
  }
  return attachments
}

/**
 * The recording of a call, which the vendor leaves out of `attachments` and serves at a place of its own. Whether the
 * call was recorded shows only there. It has no payload, so no `raw` either.
 */
export function recordingOf(messageId: string, reading: Reading): Attachment<string> {
  const id = messageId + recordingEnd
  return {
    ref: reading.ref('attachment', id),
    vendor: reading.vendor,
    account: reading.account,
    id,
    access: 'fetchable',
    contentType: 'audio/x-wav',
  }
}
