import { defaultSending, type SendingSettings } from '../kit/emulator.ts'

/**
 * What the vendor's reference leaves open, or tells in two ways, as switches. They may be changed while the emulator
 * runs; a reset of the state leaves them as they are, because they belong to whoever runs the server, not to its clients.
 */
export interface LiveChatAISettings extends SendingSettings {
  /** The revision of the reference. The older one lacks the newer filters and reads dates as Unix seconds only. */
  edition: 'older' | 'newer'
  /**
   * The format of `streaming: true`, which is not documented: events with JSON (`sse`), events with text (`sse-text`),
   * bare text (`text`), or no stream (`json`), as from a server that ignores the flag.
   */
  streaming: 'sse' | 'sse-text' | 'json' | 'text'
  /**
   * A stream fails after its first words. Events with JSON contain an error envelope, events with text have an event
   * named `error`, and bare text loses its connection.
   */
  streamBreaks: boolean
  /** A stream sends nothing after its first words and stays open. */
  streamHangs: boolean
  /** Whether a stream of events contains the ids of conversation and messages and the links before it ends. */
  streamIds: boolean
  /** The body of one agent in create and retrieve: `{status, data}`, `{status, data: {agent}}` or the agent itself. */
  agentBody: 'wrapped' | 'nested' | 'bare'
  /** The response to a delete without a documented body: a message, or 204 without a body. */
  deleteBody: 'message' | 'empty'
  /** `ok` sends every error as HTTP 200 with the error envelope inside. */
  errorStatus: 'http' | 'ok'
  /** `missing`: the route of a contact's conversations is unknown, because its path is derived from the page's name. */
  contactConversations: 'present' | 'missing'
  /** Undocumented values: none, the seeded ones, or one in every open enum of every response. */
  oddValues: 'none' | 'some' | 'all'
  /** How a send reports that nobody answered because a teammate has taken over. */
  unanswered: 'empty' | 'null' | 'missing'
  /** The response to a page after the last one. */
  pastLastPage: 'empty' | 'notFound'
  /** The date that `startDate` and `endDate` of a conversation list compare. The reference does not say. */
  filteredDate: 'createdAt' | 'lastMessageDate'
  /** The position of empty conversations in a list sorted by `lastMessageDate`. */
  emptyConversations: 'first' | 'last'
  /** The permissions of the key: everything, read only (403 on writes), or nothing (403 always). */
  permission: 'full' | 'read' | 'none'
  /** With secure identification, a contact's upsert requires `userHash`. */
  secureIdentification: boolean
  /** The status of sends and replies when the workspace's messages are used up. Null: messages are left. */
  overQuota: 200 | 402 | 403 | 429 | null
  /** The number of listings that show a new data source as not yet trained. */
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
