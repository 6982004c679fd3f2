import type { AttachmentInput } from '@parley/core'

/** The media object of a WhatsApp message ("Send a new message"): `attachments` are ignored on that channel. */
export interface LeadConnectorWhatsAppMedia {
  type: 'media'
  media: { type: 'image' | 'video' | 'audio' | 'document'; url: string; name?: string }
}

const extensions: readonly (readonly [RegExp, 'image' | 'video' | 'audio'])[] = [
  [/\.(?:jpe?g|png|gif|webp|heic)$/i, 'image'],
  [/\.(?:mp4|mpe?g|3gp)$/i, 'video'],
  [/\.(?:mp3|wav|wave|aac|m4a|amr|ogg)$/i, 'audio'],
]

/** @param attachment the one file that a WhatsApp message may have. */
export function whatsAppMedia(
  attachment: (AttachmentInput & { url: string }) | undefined,
): LeadConnectorWhatsAppMedia | undefined {
  if (attachment === undefined) return undefined
  const { url, fileName: name } = attachment
  return { type: 'media', media: { type: kindOf(attachment, url), url, ...(name !== undefined && { name }) } }
}

/** By the media type, else by the file's ending; what is neither picture, film nor sound is a document. */
function kindOf({ contentType, fileName }: AttachmentInput, url: string): 'image' | 'video' | 'audio' | 'document' {
  const major = contentType?.split('/', 1)[0]
  if (major === 'image' || major === 'video' || major === 'audio') return major
  if (major !== undefined) return 'document'
  const path = fileName ?? url.split(/[?#]/, 1)[0] ?? ''
  return extensions.find(([ending]) => ending.test(path))?.[1] ?? 'document'
}
