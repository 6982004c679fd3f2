import { defaultSending, type SendingSettings } from '../kit/emulator.ts'

/**
 * What the vendor's reference leaves open, or tells in two ways, as switches. They may be changed while the emulator
 * runs; a reset of the state leaves them as they are, because they belong to whoever runs the server, not to its clients.
 */
export interface LiveChatAISettings extends SendingSettings {
  /** Which revision of the reference answers. The older one knows no newer filters and reads dates as Unix seconds only. */
  edition: 'older' | 'newer'
  /**
   * What `streaming: true` gives; its wire format is documented nowhere. Events with JSON (`sse`) or with the text itself
   * (`sse-text`), the text and nothing else, or `json`: a server that ignores the flag.
   */
  streaming: 'sse' | 'sse-text' | 'json' | 'text'
  /**
   * A stream that ends after its first words: of events with JSON in an error envelope, of events with text in an event
   * named `error`, of bare text in a lost connection.
   */
  streamBreaks: boolean
  /** A stream that falls silent after its first words and stays open. */
  streamHangs: boolean
  /** Whether a stream of events tells the conversation's and messages' ids and the links before it ends. */
  streamIds: boolean
  /** How one agent comes back from create and retrieve: `{status, data}`, `{status, data: {agent}}` or the agent itself. */
  agentBody: 'wrapped' | 'nested' | 'bare'
  /** What a delete without a documented answer says: a message, or 204 and nothing. */
  deleteBody: 'message' | 'empty'
  /** `ok` sends every error as HTTP 200 with the error envelope inside. */
  errorStatus: 'http' | 'ok'
  /** `missing` makes the route of a contact's conversations unknown, as its path is a guess from the page's name. */
  contactConversations: 'present' | 'missing'
  /** The seeded oddities: hidden, as seeded, or every open enum of every answer replaced by a word never seen. */
  oddValues: 'none' | 'some' | 'all'
  /** How a send says that nobody answered, because a human has taken over. */
  unanswered: 'empty' | 'null' | 'missing'
  /** What a page after the last one says. */
  pastLastPage: 'empty' | 'notFound'
  /** Which date the `startDate` and `endDate` of a conversation list compare; the reference does not say. */
  filteredDate: 'createdAt' | 'lastMessageDate'
  /** Where empty conversations stand in a list sorted by `lastMessageDate`. */
  emptyConversations: 'first' | 'last'
  /** What the key may do: everything, read only (403 on writes), or nothing (403 always). */
  permission: 'full' | 'read' | 'none'
  /** Secure identification: a contact's upsert needs `userHash`. */
  secureIdentification: boolean
  /** The status that sends and replies get once the workspace's messages are used up, or null while there are some left. */
  overQuota: 200 | 402 | 403 | 429 | null
  /** How many listings show a new data source as not yet trained. */
  processingListings: number
}

export const defaultSettings = (): LiveChatAISettings => ({
  ...defaultSending(),
  edition: 'newer',
  streaming: 'sse',
  streamBreaks: false,
  streamHangs: false,
  streamIds: true,
  agentBody: 'wrapped',
  deleteBody: 'message',
  errorStatus: 'http',
  contactConversations: 'present',
  oddValues: 'some',
  unanswered: 'null',
  pastLastPage: 'empty',
  filteredDate: 'createdAt',
  emptyConversations: 'last',
  permission: 'full',
  secureIdentification: false,
  overQuota: null,
  processingListings: 1,
})
