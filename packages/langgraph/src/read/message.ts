import {
  type Attachment,
  type Author,
  isRecord,
  type JsonObject,
  type Message,
  type Payload,
  type PayloadReader,
} from '@parley/core'
import { directionOf, isToolResult, mapAuthor } from '../vocabulary.ts'
import type { LangGraphMessagePayload } from '../wire.ts'

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
 */
export function readMessage(
  given: Payload,
  reading: PayloadReader,
  place: MessagePlace,
  index: number,
): Message<LangGraphMessagePayload> {
  const raw = plainOf(given)
  const { conversationId } = place
  const id = reading.text(raw, 'id') || `${conversationId}#${index}`
  const native = reading.text(raw, 'type') || reading.text(raw, 'role') || null
  const author = readAuthor(raw, reading, native, place)
  const text = textOf(raw['content'])
  const isTool = native !== null && (isToolResult(native) || (text === '' && callsTools(raw)))
  const message: Message<LangGraphMessagePayload> = {
    ...(reading.entity('message', id, given) as Message<LangGraphMessagePayload>),
    conversationId,
    type: { value: isTool ? 'tool' : author.kind === 'system' ? 'activity' : 'text', native },
    direction: isTool ? 'internal' : directionOf(author.kind),
    author,
    text: isTool && text === '' ? namesOfTools(raw) : text,
    // What an application adds has the id that it chose.
    ...((author.kind === 'contact' || author.kind === 'operator') && { externalId: id }),
    sourcesState: 'unavailable',
  }
  const attachments = readFiles(raw, reading, id)
  if (attachments.length > 0) message.attachments = attachments
  const reasoning = readReasoning(raw['content'])
  if (reasoning.length > 0) message.reasoning = reasoning
  return message
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
    const id = operatorIdOf(raw)
    return { kind: 'operator', basis: 'inferred', native, name, ...(id !== undefined && { id }) }
  }
  const author: Author = { kind, basis: 'vendor', native }
  if (name) author.name = name
  if (kind === 'agent' && place.agentId) author.id = place.agentId
  return author
}

/** Where `messages.reply` keeps the id of the operator. */
export const operatorKey = 'operator_id'

function operatorIdOf(raw: Payload): string | undefined {
  const more = raw['additional_kwargs']
  const id = isRecord(more) ? more[operatorKey] : undefined
  return typeof id === 'string' && id !== '' ? id : undefined
}

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

const callsTools = (raw: Payload): boolean => Array.isArray(raw['tool_calls']) && raw['tool_calls'].length > 0

const namesOfTools = (raw: Payload): string =>
  (Array.isArray(raw['tool_calls']) ? raw['tool_calls'] : [])
    .flatMap((call: unknown) => (isRecord(call) && typeof call['name'] === 'string' ? call['name'] : []))
    .join(', ')

/** Pictures and files among the parts of a message. Bytes inside the message have no address; `raw` has them. */
function readFiles(raw: Payload, reading: PayloadReader, id: string): Attachment[] {
  const content = raw['content']
  if (!Array.isArray(content)) return []
  return content.filter(isRecord).flatMap((part, index): Attachment[] => {
    const image = part['image_url']
    const url = [isRecord(image) ? image['url'] : image, part['url']].find((one) => typeof one === 'string')
    if (typeof url !== 'string' || !/^https?:\/\//i.test(url)) return []
    const contentType = part['mime_type']
    return [
      {
        ...reading.entity('attachment', `${id}#${index}`, part),
        url,
        access: 'open',
        ...(typeof contentType === 'string' && { contentType }),
      },
    ]
  })
}

/** Summaries of the model's reasoning, as the content parts have them. */
function readReasoning(content: unknown): string[] {
  if (!Array.isArray(content)) return []
  return content.flatMap((part: unknown) => {
    const { type, reasoning, thinking } = (isRecord(part) ? part : {}) as JsonObject
    const text = reasoning ?? thinking
    return (type === 'reasoning' || type === 'thinking') && typeof text === 'string' ? text : []
  })
}
