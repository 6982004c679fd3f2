import { isRaw, type Message, type Raw, type Reading, type Source } from '@parley/core'
import { readFileCitation, readUrlCitation } from './read-agent-conversation-source.ts'

/**
 * What the agent drew from and thought, which comes with its messages: pages before files. Keeping track of the place
 * costs more than the reading, so it is done only for a response of which something will have to be told.
 */
export function readAIResponse(message: Message, raw: Raw, reading: Reading): void {
  const response = raw['fullAIResponse']
  if (isRaw(response) && isOrdinary(response)) takeOrdinary(message, response, reading)
  else reading.nested(raw, 'fullAIResponse', (odd) => takeOdd(message, odd, reading))
}

function takeOrdinary(message: Message, response: Raw, reading: Reading): void {
  const sources: Source[] = []
  const pages = (response['urlCitations'] ?? []) as Raw[]
  const files = (response['fileCitations'] ?? []) as Raw[]
  for (let index = 0; index < pages.length; index++)
    sources.push(readUrlCitation(pages[index] as Raw, reading, message.id, index))
  for (let index = 0; index < files.length; index++)
    sources.push(readFileCitation(files[index] as Raw, reading, message.id, pages.length + index))
  message.sourcesState = 'inline'
  message.sources = sources
  if (response['reasoning']) message.reasoning = (response['reasoning'] as string[]).slice()
}

function takeOdd(message: Message, response: Raw, reading: Reading): void {
  const { id } = message
  const pages = response['urlCitations']
  const before = Array.isArray(pages) ? pages.length : 0
  const ofPages = reading.list(response, 'urlCitations', (raw, index) => readUrlCitation(raw, reading, id, index))
  const ofFiles = reading.list(response, 'fileCitations', (raw, index) =>
    readFileCitation(raw, reading, id, before + index),
  )
  message.sourcesState = 'inline'
  message.sources = [...(ofPages ?? []), ...(ofFiles ?? [])]
  const reasoning = reading.texts(response, 'reasoning')
  if (reasoning !== undefined) message.reasoning = reasoning
}

const isOrdinary = (response: Raw): boolean =>
  isCitations(response['urlCitations'], 'url', 'title') &&
  isCitations(response['fileCitations'], 'fileId', 'filename') &&
  isTexts(response['reasoning'])

function isCitations(list: unknown, first: string, second: string): boolean {
  if (list === undefined || list === null) return true
  if (!Array.isArray(list)) return false
  for (const item of list as unknown[])
    if (!isRaw(item) || typeof item[first] !== 'string' || typeof item[second] !== 'string') return false
  return true
}

function isTexts(list: unknown): boolean {
  if (list === undefined || list === null) return true
  if (!Array.isArray(list)) return false
  for (const item of list as unknown[]) if (typeof item !== 'string') return false
  return true
}
