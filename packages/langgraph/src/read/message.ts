import {
  type Attachment,
  type Author,
  DecodeError,
  isRecord,
  type Message,
  type Payload,
  type PayloadReader,
} from '@parley/core'
import { directionOf, isToolResult, mapAuthor, mapPart } from '../vocabulary.ts'
import type { LangGraphMessagePayload } from '../wire.ts'

/** Every message has at least one of these. */
const marks = ['id', 'type', 'role', 'content']

/** What the reader has to know about the graph and the thread. */
export interface MessagePlace {
  readonly conversationId: string
  readonly operatorName: string
  readonly agentId?: string | null | undefined
}

/**
 * A message of a thread's state. It has no time: the order of the list is the order in which they were written.
 *
 * @param index the place in the list, for a message of a graph that gives its messages no id.
 * @throws DecodeError for an object that has nothing of a message. With a place as its id, it would pass for another one.
 */
export function readMessage(
  given: Payload,
  reading: PayloadReader,
  place: MessagePlace,
  index: number,
): Message<LangGraphMessagePayload> {
  const raw = plainOf(given)
  if (!marks.some((mark) => raw[mark] != null)) throw new DecodeError('type')
  const { conversationId } = place
  const id = reading.text(raw, 'id') || `${conversationId}#${index}`
  const native = reading.text(raw, 'type') || reading.text(raw, 'role') || null
  const author = readAuthor(raw, reading, native, place)
  const { text, files, reasoning } = readContent(raw, reading, id)
  const tools = text === '' ? readTools(raw, reading) : []
  const isKnown = native !== null && author.kind !== 'unknown'
  const isTool = isKnown && (isToolResult(native) || tools.length > 0)
  const message: Message<LangGraphMessagePayload> = {
    ...(reading.entity('message', id, given) as Message<LangGraphMessagePayload>),
    conversationId,
    type: { value: isTool ? 'tool' : typeOf(author, native), native },
    direction: isTool ? 'internal' : directionOf(author.kind),
    author,
    text: isTool && tools.length > 0 ? tools.filter((name) => name !== '').join(', ') : text,
    // What an application adds has the id that it chose.
    ...((author.kind === 'contact' || author.kind === 'operator') && { externalId: id }),
    sourcesState: 'unavailable',
  }
  if (files.length > 0) message.attachments = files
  if (reasoning.length > 0) message.reasoning = reasoning
  return message
}

function typeOf({ kind }: Author, native: string | null): 'activity' | 'unknown' | 'text' {
  if (kind === 'system') return 'activity'
  return kind === 'unknown' && native !== null ? 'unknown' : 'text'
}

/** The message in a webhook is wrapped: `{ lc, type: 'constructor', id: [..., 'HumanMessage'], kwargs }`. */
export function plainOf(raw: Payload): Payload {
  const { kwargs, id } = raw as { kwargs?: unknown; id?: unknown }
  if (raw['lc'] === undefined || !isRecord(kwargs) || !Array.isArray(id)) return raw
  return { ...kwargs, type: id.at(-1) }
}

/** A graph marks what a person of the business wrote by the message's `name`. */
function readAuthor(raw: Payload, reading: PayloadReader, native: string | null, place: MessagePlace): Author {
  const kind = native === null ? 'unknown' : reading.word(native, 'type', mapAuthor).value
  if (native === null) return { kind: 'unknown', basis: 'inferred' }
  const name = reading.text(raw, 'name')
  if (kind === 'agent' && name === place.operatorName) {
    const id = reading.nested(raw, 'additional_kwargs', (more) => reading.text(more, operatorKey)) || undefined
    return { kind: 'operator', basis: 'inferred', native, name, ...(id !== undefined && { id }) }
  }
  const author: Author = { kind, basis: 'vendor', native }
  if (name) author.name = name
  if (kind === 'agent' && place.agentId) author.id = place.agentId
  return author
}

/** Where `messages.reply` keeps the id of the operator. */
export const operatorKey = 'operator_id'

/** The text of a message: a string, or the text parts of a list. */
export function textOf(content: unknown): string {
  if (typeof content === 'string') return content
  if (!Array.isArray(content)) return ''
  return content
    .map((part: unknown) => {
      if (typeof part === 'string') return part
      return isRecord(part) && typeof part['text'] === 'string' && /^(?:text|output_text)$/.test(String(part['type']))
        ? part['text']
        : ''
    })
    .join('')
}

/** The names of the tools that a message calls. A call without a name has an empty one. */
const readTools = (raw: Payload, reading: PayloadReader): string[] =>
  reading.list(raw, 'tool_calls', (call) => reading.text(call, 'name') ?? '') ?? []

interface Content {
  text: string
  /** Pictures and files with an address. */
  files: Attachment[]
  /** Summaries of the model's reasoning. */
  reasoning: string[]
}

/** A string, or a list of parts, which may be strings too. */
function readContent(raw: Payload, reading: PayloadReader, id: string): Content {
  const given = raw['content']
  const content: Content = { text: '', files: [], reasoning: [] }
  if (typeof given === 'string') return { ...content, text: given }
  if (given === undefined || given === null) return content
  if (!Array.isArray(given)) {
    reading.unreadable('content', 'a string or a list of parts')
    return content
  }
  const parts = given.map((part: unknown) => (typeof part === 'string' ? { type: 'text', text: part } : part))
  reading.items(parts, 'content', (part, index) => readPart(part, reading, content, `${id}#${index}`))
  return content
}

function readPart(part: Payload, reading: PayloadReader, content: Content, id: string): void {
  if (part['type'] === undefined || part['type'] === null) reading.unreadable('type', 'a string')
  switch (reading.term(part, 'type', mapPart)?.value) {
    case 'text':
      content.text += reading.text(part, 'text') ?? ''
      break
    case 'reasoning': {
      const summary = reading.text(part, 'reasoning') ?? reading.text(part, 'thinking')
      if (summary) content.reasoning.push(summary)
      break
    }
    case 'file': {
      const file = readFile(part, reading, id)
      if (file) content.files.push(file)
      break
    }
  }
}

/** A picture or a file by its address. One whose bytes are inside the message has none; `raw` has them. */
function readFile(part: Payload, reading: PayloadReader, id: string): Attachment | undefined {
  const isNested = isRecord(part['image_url'])
  const url = isNested
    ? reading.nested(part, 'image_url', (image) => reading.text(image, 'url'))
    : (reading.text(part, 'image_url') ?? reading.text(part, 'url'))
  if (!url || !/^https?:\/\//i.test(url)) {
    reading.warn('degraded', 'A file of a message has no address; with the option raw, the message has the file.', {
      path: reading.at(''),
    })
    return undefined
  }
  const contentType = reading.text(part, 'mime_type')
  return { ...reading.entity('attachment', id, part), url, access: 'open', ...(contentType && { contentType }) }
}
