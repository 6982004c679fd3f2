import type { Attachment, Raw, Reading } from '@parley/core'

/** Files in this place are private an hour after the upload; the API then gives a signed address for a while. */
const secure = /\/files\/d\/[^/]+/

/** Attachments are bare URLs: no name, size or type. */
export function readAttachments(raw: Raw, messageId: string, reading: Reading): Attachment<string>[] | undefined {
  const urls = reading.texts(raw, 'attachments')
  if (urls === undefined) return undefined
  const attachments: Attachment<string>[] = []
  for (let index = 0; index < urls.length; index++) {
    const url = urls[index] as string
    const attachment = reading.entity('attachment', `${messageId}#${index}`, url) as Attachment<string>
    attachment.url = url
    attachment.access = secure.test(url) ? 'fetchable' : 'open'
    attachments.push(attachment)
  }
  return attachments
}
