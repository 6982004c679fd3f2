import type { Message, Source } from '@parley/core'

/** A source as a part of a UI message of the AI SDK. */
export type SourcePart =
  | { type: 'source-url'; sourceId: string; url: string; title?: string; providerMetadata?: SourceMetadata }
  | {
      type: 'source-document'
      sourceId: string
      mediaType: string
      title: string
      filename?: string
      providerMetadata?: SourceMetadata
    }

/** What the agent used of the source. */
type SourceMetadata = { parley: { text: string } }

/** A message in the form that `useChat` takes as `messages`. */
export interface UIChatMessage {
  id: string
  role: 'user' | 'assistant'
  parts: ({ type: 'text'; text: string } | SourcePart)[]
  /** Who wrote it: `contact`, `agent`, `operator` and so on. */
  metadata: { author: Message['author']['kind']; createdAt?: string }
}

/**
 * The messages of a chat (`history`) for a page that shows them with the AI SDK: `useChat({ messages: uiMessages(messages) })`.
 * Messages without a text, such as a file, are left out.
 */
export const uiMessages = (messages: readonly Message[]): UIChatMessage[] =>
  messages.flatMap(({ id, text, author, sources = [], createdAt }) =>
    text
      ? [
          {
            id,
            role: author.kind === 'contact' ? ('user' as const) : ('assistant' as const),
            parts: [{ type: 'text' as const, text }, ...sources.map(sourcePart)],
            metadata: { author: author.kind, ...(createdAt && { createdAt }) },
          },
        ]
      : [],
  )

/** An address that a page may link to. */
const isWebAddress = (url: string | null | undefined): url is string => /^https?:\/\//i.test(url ?? '')

export function sourcePart({ id, url, title, text, fileName, kind }: Source): SourcePart {
  const about = { sourceId: id, ...(text && { providerMetadata: { parley: { text } } }) }
  if (isWebAddress(url)) return { type: 'source-url', ...about, url, ...(title && { title }) }
  return {
    type: 'source-document',
    ...about,
    mediaType: 'text/plain',
    title: title || fileName || text?.slice(0, 80) || kind.value,
    ...(fileName && { filename: fileName }),
  }
}
