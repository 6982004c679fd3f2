import type { Raw, Reading, Source } from '@parley/core'

/**
 * The citations of an answer, pages before files. They have neither id nor score nor passage; a file's id is the file's,
 * which several citations may share, so each gets the message's id and its place.
 */
export function readSources(response: Raw, reading: Reading, messageId: string): Source[] {
  const sources: Source[] = []
  const pages = response['urlCitations']
  if (pages !== undefined && pages !== null) {
    reading.list(response, 'urlCitations', (raw, index) => {
      const source = sourceAt(messageId, index, 'website', raw, reading)
      const title = reading.text(raw, 'title')
      if (title !== undefined) source.title = title
      const url = reading.text(raw, 'url')
      if (url !== undefined) source.url = url
      sources.push(source)
    })
  }
  const files = response['fileCitations']
  if (files !== undefined && files !== null) {
    const before = Array.isArray(pages) ? pages.length : 0
    reading.list(response, 'fileCitations', (raw, index) => {
      const source = sourceAt(messageId, before + index, 'file', raw, reading)
      const fileName = reading.text(raw, 'filename')
      if (fileName !== undefined) source.fileName = fileName
      const fileId = reading.text(raw, 'fileId')
      if (fileId !== undefined) source.fileId = fileId
      sources.push(source)
    })
  }
  return sources
}

function sourceAt(messageId: string, index: number, kind: 'website' | 'file', raw: Raw, reading: Reading): Source {
  const id = `${messageId}#${index}`
  const source: Source = {
    ref: reading.ref('source', id),
    vendor: reading.vendor,
    account: reading.account,
    id,
    kind: { value: kind, native: null },
  }
  if (reading.keepRaw) source.raw = raw
  return source
}
