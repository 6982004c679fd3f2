import type { Attachment } from '../api.ts'
import { withoutDirection } from './disguise.ts'
import { safeAddress } from './links.tsx'

export type FileKind = 'image' | 'audio' | 'video' | 'pdf' | 'other'

/** The types that are shown. A picture that can contain scripts (SVG) is not among them. */
const types: ReadonlyMap<string, readonly [kind: FileKind, type: string]> = new Map(
  Object.entries({
    png: ['image', 'image/png'],
    jpg: ['image', 'image/jpeg'],
    jpeg: ['image', 'image/jpeg'],
    gif: ['image', 'image/gif'],
    webp: ['image', 'image/webp'],
    avif: ['image', 'image/avif'],
    mp3: ['audio', 'audio/mpeg'],
    mpeg: ['audio', 'audio/mpeg'],
    m4a: ['audio', 'audio/mp4'],
    ogg: ['audio', 'audio/ogg'],
    oga: ['audio', 'audio/ogg'],
    opus: ['audio', 'audio/ogg'],
    wav: ['audio', 'audio/wav'],
    mp4: ['video', 'video/mp4'],
    webm: ['video', 'video/webm'],
    mov: ['video', 'video/quicktime'],
    pdf: ['pdf', 'application/pdf'],
  } as const),
)

const nameInUrl = (url: string | null | undefined): string | undefined => {
  const address = safeAddress(url)
  const last = address && new URL(address).pathname.split('/').at(-1)
  return last && /\.\w{2,5}$/.test(last) ? last : undefined
}

/**
 * The name of a file, or the end of its address. Without the characters that change the direction of the text: with them, a
 * program looks like `invoice-exe.jpg`.
 */
export function fileNameOf({ fileName, url }: Pick<Attachment, 'fileName' | 'url'>): string | undefined {
  const name = fileName || nameInUrl(url)
  return name && withoutDirection(name)
}

/** The kind of a file by its media type, else by the end of its name. The type of its bytes is one of the table, never the sender's. */
export function kindOf(file: Pick<Attachment, 'contentType' | 'fileName' | 'url'>): {
  kind: FileKind
  type: string
} {
  const { contentType } = file
  const [, group, word] = /^(image|audio|video|application)\/(?:x-)?([\w-]+)/i.exec(contentType ?? '') ?? []
  const end = /\.(\w{2,5})$/.exec(fileNameOf(file) ?? '')?.[1]?.toLowerCase()
  const byType = word === undefined ? undefined : types.get(word.toLowerCase())
  if (byType && (group === byType[0] || group === 'application')) return { kind: byType[0], type: byType[1] }
  // `audio/mp4` and `video/ogg` have the ends of the other kind.
  if (byType && (group === 'audio' || group === 'video'))
    return { kind: group, type: `${group}/${word?.toLowerCase()}` }
  const byName = end === undefined ? undefined : types.get(end)
  if (byName && (!contentType || contentType === 'application/octet-stream'))
    return { kind: byName[0], type: byName[1] }
  return { kind: 'other', type: 'application/octet-stream' }
}
