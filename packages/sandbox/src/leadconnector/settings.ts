import { defaultSending, type SendingSettings, type ShapeSettings } from '../kit/emulator.ts'

/**
 * What the vendor does differently from its documents, or in some accounts only. Each can be switched while the
 * emulator runs. The defaults are what live integrations report.
 */
export interface LeadConnectorSettings extends SendingSettings, ShapeSettings {
  rateLimit: boolean
  /** Requests per window and location; the vendor's window is ten seconds. */
  rateLimitBurst: number
  rateLimitIntervalMs: number
  rateLimitDaily: number
  /** Whether a 429 names its waiting time; the vendor documents no `Retry-After`. */
  rateLimitRetryAfter: 'none' | 'seconds' | 'date'
  /** Sends were seen without the `X-RateLimit-*` headers. */
  rateLimitHeadersOnSends: boolean
  /** Refuse a known `Version` on a family whose page does not list it. */
  strictVersions: boolean

  messageListShape: 'nested' | 'flat'
  messageShape: 'wrapped' | 'flat'
  /** `count` above zero and no `agents` key. */
  agentsMissing: boolean
  agentSpelling: 'enum' | 'loose'
  /** Some accounts refuse `locationId` on the agent search, others ignore it. */
  agentSearchRejectsLocationId: boolean
  /** The largest page of the agent search, whatever `limit` asks for; the vendor documents none. */
  agentPageMaximum: number
  agentPutResetsBooleans: boolean
  primaryPersists: boolean
  actionList: 'flat' | 'grouped'
  actionDetails: 'full' | 'unsupported'
  followupShape: 'object' | 'array'
  conversationGetDate: 'plain' | 'underscored'
  emailMeta: 'single' | 'double'
  callMeta: 'object' | 'flat'
  transcriptionShape: 'array' | 'object'
  typingTakes: 'boolean' | 'string' | 'both'
  sendStatus: 200 | 201

  /** How long a conversation stays invisible to the search after it was created. */
  searchLagMs: number
  /** How many numbers the `sort` of a found conversation has; the second one breaks ties. */
  sortKeys: 1 | 2
  /** What a scalar cursor does to conversations that share its millisecond. */
  tiesAtCursor: 'repeat' | 'skip'
  /** Every list answers its first page again, with more to come. */
  cursorRepeats: boolean
  exportCursorMs: number
  deletedConversations: 'gone' | 'marked'

  /** Of added inbound messages alone. `lost`: the usual 201 and nothing stored. `empty`: 201 with an empty object and nothing stored. */
  inbound: 'stored' | 'lost' | 'empty'
  /** Milliseconds from `pending` to `delivered`. */
  deliveryMs: number
  /** How long the status route does not know a message that was just sent. */
  statusDelayMs: number
  /** A send through the API puts the bot to sleep as a person's message does. */
  apiSendIsManual: boolean
  /** WhatsApp text more than 24 hours after the contact's last message fails without a template. */
  whatsappWindow: boolean
  /** The sub-account is suspended: refreshing says so and keeps the refresh token. */
  locationSuspended: boolean
  /** Where the application's webhooks go; null: it has none. */
  webhookUrl: string | null
  /** Addresses of single events, by the event's `type`; the others go to `webhookUrl`. */
  webhookUrls: Record<string, string>
  /** The delivery URL of the conversation provider: what it is to bring to contacts. */
  providerUrl: string | null
  /** Which signatures deliveries have; without the old one its header says `N/A`. */
  webhookSignatures: 'both' | 'current' | 'legacy' | 'none'
  /** Whether the fields of an event stand beside the envelope, or under `data` as in a sample of the guide. */
  webhookShape: 'flat' | 'nested'
  /** `older` leaves away what only newer payloads of messages have, and lists an email's recipients. */
  webhookMessageFields: 'newer' | 'older'
  /** A null in the conversation search, in message lists and in agent lists, and a date that nobody can read. */
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

/** The settings by which an answer is written. With `shapes: 'documented'` they are the specification's own. */
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
