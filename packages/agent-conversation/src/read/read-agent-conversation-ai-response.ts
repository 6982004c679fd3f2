import { isRaw, type Message, type Raw, type Reading, type Source } from '@parley/core'
import { readFileCitation, readUrlCitation } from './read-agent-conversation-source.ts'

/**
 * What the agent drew from and thought, which comes with its messages: pages before files. Keeping track of the place
 * costs more than the reading, so it is done only for a response of which something will have to be told.
 */
export function readAIResponse(message: Message, raw: Raw, reading: Reading): void {
  const response = raw['fullAIResponse']
  if (isRaw(response) && isOrdinary(response)) take(message, response, reading, ordinarily)
  else reading.nested(raw, 'fullAIResponse', (odd) => take(message, odd, reading, carefully))
}

type Read = (raw: Raw, reading: Reading, messageId: string, index: number) => Source
type Through = (response: Raw, key: string, reading: Reading, each: (raw: Raw, index: number) => void) => void

function take(message: Message, response: Raw, reading: Reading, through: Through): void {
  const { id } = message
  const sources: Source[] = []
  let before = 0
  const collect = (key: string, read: Read) => {
    through(response, key, reading, (raw, index) => sources.push(read(raw, reading, id, before + index)))
    if (Array.isArray(response[key])) before += response[key].length
  }
  collect('urlCitations', readUrlCitation)
  collect('fileCitations', readFileCitation)
  message.sourcesState = 'inline'
  message.sources = sources
  const reasoning = reading.texts(response, 'reasoning')
  if (reasoning !== undefined) message.reasoning = reasoning
}

const ordinarily: Through = (response, key, _, each) => {
  const list = (response[key] ?? []) as Raw[]
  for (let index = 0; index < list.length; index++) each(list[index] as Raw, index)
}

const carefully: Through = (response, key, reading, each) => void reading.list(response, key, each)

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
