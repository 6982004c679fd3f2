import {
  type AgentStatus,
  type AuthorKind,
  type Channel,
  type ConversationStatus,
  type Direction,
  type KnowledgeStatus,
  type MessageType,
  type SourceKind,
  type TermMap,
  vocabulary,
} from '@parley/core'

/**
 * `integrationType`. Its own page documents WhatsApp and Slack; the others are the words of the list's channel filter
 * ("conversations/list"), four of which are kinds of chat on a web page.
 */
export const mapChannel: TermMap<Channel> = vocabulary<Channel>({
  WHATSAPP: 'whatsapp',
  SLACK: 'slack',
  MESSENGER: 'messenger',
  FULLPAGE: 'web',
  INLINECHAT: 'web',
  PREVIEW: 'web',
  ONBOARDING: 'web',
})

/** The words that a send or a new conversation takes ("conversations/send-message", "conversations/create"). */
export const integrationTypes: Partial<Record<Channel, 'WHATSAPP' | 'SLACK'>> = { whatsapp: 'WHATSAPP', slack: 'SLACK' }

/** A message's `role`. An assistant's message may still be a teammate's: see the message reader. */
export const mapRole: TermMap<AuthorKind> = vocabulary<AuthorKind>({ user: 'contact', assistant: 'agent' })

/** A reply's `sender` ("conversations/reply"): here `AGENT` is a person. */
export const mapSender: TermMap<AuthorKind> = vocabulary<AuthorKind>({ AGENT: 'operator' })

export const directionOf = (kind: AuthorKind): Direction => {
  if (kind === 'contact') return 'inbound'
  return kind === 'agent' || kind === 'operator' ? 'outbound' : 'unknown'
}

/** A message's `type`: the two that can be sent; the documentation of what is read lists none. */
export const mapMessageType: TermMap<MessageType> = vocabulary<MessageType>({ TEXT: 'text', IMAGE: 'image' })

/** `isResolved` of a conversation. */
export const mapResolved: TermMap<ConversationStatus> = (native) => (native === true ? 'closed' : 'open')

/** `isArchived` of an agent, the only state there is. */
export const mapArchived: TermMap<AgentStatus> = (native) => (native === true ? 'archived' : 'active')

/** The list's `status` filter, whose word is `close`. */
export const statusWords: Readonly<Record<'open' | 'closed', 'open' | 'close'>> = { open: 'open', closed: 'close' }

const known = vocabulary<KnowledgeStatus>({
  COMPLETED: 'ready',
  PROCESSING: 'processing',
  IN_PROGRESS: 'processing',
  PENDING: 'processing',
  QUEUED: 'processing',
  WAITING: 'processing',
  TRAINING: 'processing',
})

/** A data source's `status`. Only `COMPLETED` is documented; the others are what such lists use to say. */
export const mapKnowledgeStatus: TermMap<KnowledgeStatus> = (native) =>
  /fail|error/i.test(String(native)) ? 'failed' : known(native)

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
export const mapSourceKind: TermMap<SourceKind> = vocabulary<SourceKind>({
  WEBSITE: 'website',
  TEXT: 'text',
  QA: 'faq',
  PDF: 'file',
  DOCX: 'file',
  YOUTUBE: 'video',
  IMAGE: 'image',
  NOTION: 'notion',
})
