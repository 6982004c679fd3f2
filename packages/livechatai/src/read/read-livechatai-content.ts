import type { Attachment, Entity, Message, Reading } from '@parley/core'

/**
 * What a message says. What an image's content is, the documentation leaves open; where it is an address, it is the
 * image's, and nothing was written.
 */
export function readContent(message: Message, content: string | null | undefined, reading: Reading): void {
  if (content === undefined) return
  message.text = content
  if (message.type.value !== 'image' || content === null || !isAddress(content)) return
  message.text = null
  const entity: Entity = reading.entity('attachment', `${message.id}#0`, content)
  message.attachments = [{ ...entity, url: content, access: 'open' } satisfies Attachment]
}

const isAddress = (content: string): boolean => /^https?:\/\/\S+$/i.test(content) && URL.canParse(content)
