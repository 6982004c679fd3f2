import { type SourceKind, type TermMap, words } from '@parley/core'

/**
 * What a list of data sources can be asked for ("data-sources/list"). Files are two kinds there; videos and Notion's pages
 * are shown and cannot be asked for.
 */
export const sourceWords: Partial<Record<SourceKind, string>> = {
  website: 'WEBSITE',
  text: 'TEXT',
  faq: 'QA',
  image: 'IMAGE',
}

/** The `type` of a citation ("conversations/retrieve") and of a link ("conversations/send-message"), the `source` of a data source. */
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
