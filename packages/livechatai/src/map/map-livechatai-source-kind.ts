import { type SourceKind, type TermMap, words } from '@parley/core'

/** The `type` of a citation ("conversations/retrieve") and of a link ("conversations/send-message"). */
export const mapSourceKind: TermMap<SourceKind> = words<SourceKind>({
  WEBSITE: 'website',
  TEXT: 'text',
  QA: 'faq',
  PDF: 'file',
  DOCX: 'file',
  YOUTUBE: 'video',
  IMAGE: 'image',
  NOTION: 'notion',
})
