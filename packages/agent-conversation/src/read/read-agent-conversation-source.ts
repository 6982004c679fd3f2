import type { Raw, Reading, Source } from '@parley/core'

/** "FullAIResponse": a page that was cited. */
export function readUrlCitation(raw: Raw, reading: Reading, messageId: string, index: number): Source {
  const source = sourceAt(messageId, index, 'website', raw, reading)
  const title = reading.text(raw, 'title')
  if (title !== undefined) source.title = title
  const url = reading.text(raw, 'url')
  if (url !== undefined) source.url = url
  return source
}

/** "FullAIResponse": a file that was cited. */
export function readFileCitation(raw: Raw, reading: Reading, messageId: string, index: number): Source {
  const source = sourceAt(messageId, index, 'file', raw, reading)
  const fileName = reading.fileName(raw, 'filename')
  if (fileName !== undefined) source.fileName = fileName
  const fileId = reading.text(raw, 'fileId')
  if (fileId !== undefined) source.fileId = fileId
  return source
}

/**
 * Citations have neither id nor score nor passage. A file's id is the file's, which several citations may share, so each
 * gets the message's id and its place.
 */
function sourceAt(messageId: string, index: number, kind: 'website' | 'file', raw: Raw, reading: Reading): Source {
  const id = `${messageId}#${index}`
  const source: Source = {
    ref: reading.partRef('source', messageId, index),
    vendor: reading.vendor,
    account: reading.account,
    id,
    kind: { value: kind, native: null },
  }
  if (reading.keepRaw) source.raw = raw
  return source
}
