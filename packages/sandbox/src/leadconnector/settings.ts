import { defaultSending, type SendingSettings, type ShapeSettings } from '../kit/emulator.ts'

/**
 * Behavior that differs from the vendor's documents, or that only some accounts have. Each setting can be changed while
 * the emulator runs. The defaults are the behavior that live integrations report.
 */
export interface LeadConnectorSettings extends SendingSettings, ShapeSettings {
  rateLimit: boolean
  /** Requests per window and location. The vendor's window is ten seconds. */
  rateLimitBurst: number
  rateLimitIntervalMs: number
  rateLimitDaily: number
  /** Whether a 429 has a `Retry-After`. The vendor documents none. */
  rateLimitRetryAfter: 'none' | 'seconds' | 'date'
  /** Whether sends have the `X-RateLimit-*` headers. Live sends were seen without them. */
  rateLimitHeadersOnSends: boolean
  /** Refuses a known `Version` on a family whose page does not list it. */
  strictVersions: boolean

  messageListShape: 'nested' | 'flat'
  messageShape: 'wrapped' | 'flat'
  /** The agent list has a `count` above zero and no `agents` key. */
  agentsMissing: boolean
  agentSpelling: 'enum' | 'loose'
  /** Some accounts refuse `locationId` on the agent search, others ignore it. */
  agentSearchRejectsLocationId: boolean
  /** The largest page of the agent search, whatever `limit` is. The vendor documents none. */
  agentPageMaximum: number
  agentPutResetsBooleans: boolean
  primaryPersists: boolean
  actionList: 'flat' | 'grouped'
  actionDetails: 'full' | 'omitted'
  followupShape: 'object' | 'array'
  conversationGetDate: 'plain' | 'underscored'
  emailMeta: 'single' | 'double'
  callMeta: 'object' | 'flat'
  transcriptionShape: 'array' | 'object'
  typingTakes: 'boolean' | 'string' | 'both'
  sendStatus: 200 | 201

  /** How long the search does not find a new conversation. */
  searchLagMs: number
  /** The length of `sort` in a search result. The second number breaks ties. */
  sortKeys: 1 | 2
  /** How a scalar cursor treats conversations that share its millisecond. */
  tiesAtCursor: 'repeat' | 'skip'
  /** Every list returns its first page again and says that there is more. */
  cursorRepeats: boolean
  exportCursorMs: number
  deletedConversations: 'gone' | 'marked'

  /**
   * For added inbound messages only. `lost`: the usual 201, nothing stored. `empty`: 201 with an empty object, nothing
   * stored.
   */
  inbound: 'stored' | 'lost' | 'empty'
  /** The time from `pending` to `delivered`, in milliseconds. */
  deliveryMs: number
  /** How long the status route does not find a new message. */
  statusDelayMs: number
  /** A send through the API pauses the bot, as an operator's message does. */
  apiSendIsManual: boolean
  /** A WhatsApp text without a template fails more than 24 hours after the contact's last message. */
  whatsappWindow: boolean
  /** The sub-account is suspended: a refresh fails, but the refresh token is kept. */
  locationSuspended: boolean
  /** The address of the application's webhooks. Null: none. */
  webhookUrl: string | null
  /** Addresses of single events, keyed by the event's `type`. Other events go to `webhookUrl`. */
  webhookUrls: Record<string, string>
  /** The delivery URL of the conversation provider, which receives the messages to deliver. */
  providerUrl: string | null
  /** The signatures of deliveries. Without the old one, its header is `N/A`. */
  webhookSignatures: 'both' | 'current' | 'legacy' | 'none'
  /** Whether the fields of an event are next to the envelope's fields, or under `data` as in a sample of the guide. */
  webhookShape: 'flat' | 'nested'
  /** `older` omits the fields that only newer payloads of messages have, and sends an email's recipients as a list. */
  webhookMessageFields: 'newer' | 'older'
  /** Adds a null to conversation, message and agent lists, and an invalid date. */
  brokenItems: boolean
}

export function defaultSettings(): LeadConnectorSettings {
  return {
    ...defaultSending(),
    shapes: 'observed',
    rateLimit: true,
    rateLimitBurst: 100,
    rateLimitIntervalMs: 10_000,
    rateLimitDaily: 200_000,
    rateLimitRetryAfter: 'none',
    rateLimitHeadersOnSends: false,
    strictVersions: false,
    messageListShape: 'nested',
    messageShape: 'wrapped',
    agentsMissing: false,
    agentSpelling: 'enum',
    agentSearchRejectsLocationId: true,
    agentPageMaximum: 10,
    agentPutResetsBooleans: true,
    primaryPersists: true,
    actionList: 'flat',
    actionDetails: 'full',
    followupShape: 'object',
    conversationGetDate: 'plain',
    emailMeta: 'single',
    callMeta: 'object',
    transcriptionShape: 'array',
    typingTakes: 'boolean',
    sendStatus: 201,
    searchLagMs: 0,
    sortKeys: 2,
    tiesAtCursor: 'repeat',
    cursorRepeats: false,
    exportCursorMs: 120_000,
    deletedConversations: 'gone',
    inbound: 'stored',
    deliveryMs: 1_000,
    statusDelayMs: 5_000,
    apiSendIsManual: true,
    whatsappWindow: false,
    locationSuspended: false,
    webhookUrl: null,
    webhookUrls: {},
    providerUrl: null,
    webhookSignatures: 'current',
    webhookShape: 'flat',
    webhookMessageFields: 'newer',
    brokenItems: false,
  }
}

/** The settings that decide the form of responses. With `shapes: 'documented'` they follow the specification. */
export const shapedSettings = (settings: LeadConnectorSettings): LeadConnectorSettings =>
  settings.shapes === 'documented' ? { ...settings, ...documentedShapes } : settings

const documentedShapes = {
  messageListShape: 'flat',
  messageShape: 'flat',
  agentsMissing: false,
  agentSpelling: 'enum',
  actionList: 'flat',
  actionDetails: 'full',
  followupShape: 'object',
  emailMeta: 'double',
  callMeta: 'flat',
  transcriptionShape: 'object',
  sendStatus: 200,
  brokenItems: false,
} as const satisfies Partial<LeadConnectorSettings>

export const locationScopes: readonly string[] = [
  'conversation-ai.readonly',
  'conversation-ai.write',
  'conversations.readonly',
  'conversations.write',
  'conversations/message.readonly',
  'conversations/message.write',
  'conversations/livechat.write',
  'contacts.readonly',
  'contacts.write',
  'users.readonly',
  'files.readonly',
]

export const companyScopes: readonly string[] = ['oauth.readonly', 'oauth.write', 'users.readonly']
