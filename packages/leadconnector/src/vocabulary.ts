import type {
  AgentActionType,
  AgentMode,
  AgentStatus,
  AuthorKind,
  CallStatus,
  Channel,
  Direction,
  KnowledgeStatus,
  MessageStatus,
  MessageType,
  TermMap,
} from '@parley/core'
import { foldWord, vocabulary } from '@parley/core/read'

/**
 * The channel of each message type, without the prefix `TYPE_` and the words for the sender. Also has the vendor's short
 * forms (`IG`, `Live_Chat`) and the few known numeric codes.
 */
const channelOf = vocabulary<Channel>({
  SMS: 'sms',
  RCS: 'sms',
  SMS_REVIEW_REQUEST: 'sms',
  SMS_NO_SHOW_REQUEST: 'sms',
  SMS_REACTION: 'sms',
  EMAIL: 'email',
  CALL: 'voice',
  IVR_CALL: 'voice',
  VOICEMAIL: 'voice',
  WEBCHAT: 'web',
  LIVE_CHAT: 'web',
  LIVE_CHAT_INFO_MESSAGE: 'web',
  ALL_IN_ONE_CHAT: 'web',
  FORM_SUBMISSION: 'web',
  FACEBOOK: 'messenger',
  FACEBOOK_COMMENT: 'messenger',
  FB: 'messenger',
  INSTAGRAM: 'instagram',
  INSTAGRAM_COMMENT: 'instagram',
  IG: 'instagram',
  WHATSAPP: 'whatsapp',
  TIKTOK: 'tiktok',
  TIKTOK_COMMENT: 'tiktok',
  GMB: 'google',
  REVIEW: 'google',
  INTERNAL_COMMENT: 'internal',
  INTERNAL_COMMENTS: 'internal',
  NO_SHOW: 'system',
  1: 'voice',
  2: 'sms',
  3: 'email',
  10: 'voice',
  11: 'messenger',
  18: 'instagram',
  19: 'whatsapp',
  22: 'sms',
  29: 'web',
  31: 'system',
  34: 'voice',
  100: 'system',
})

const activity = /^(?:type)?activity/
const senders = /^(?:type)?(?:campaign)?(?:manual)?(?:custom)?(?:provider)?/

/** `TYPE_CAMPAIGN_MANUAL_SMS`, `TYPE_SMS`, `SMS` and `2` are all `sms`; every activity is `system`. */
export const mapChannel: TermMap<Channel> = (native) => {
  const known = knownChannels.get(native)
  if (known) return known
  const word = foldWord(native)
  const channel = activity.test(word) ? 'system' : channelOf(word.replace(senders, ''))
  // Cached because a list repeats a few words thousands of times. Unknown words are not cached, so the cache stays small.
  if (channel !== 'unknown' && knownChannels.size < 200) knownChannels.set(native, channel)
  return channel
}

const knownChannels = new Map<string | number | boolean, Channel>()

const exceptionOf = vocabulary<MessageType>({
  TYPE_LIVE_CHAT_INFO_MESSAGE: 'activity',
  LIVE_CHAT_INFO_MESSAGE: 'activity',
  TYPE_FORM_SUBMISSION: 'form',
  FORM_SUBMISSION: 'form',
  TYPE_REVIEW: 'review',
  REVIEW: 'review',
  // The short name of a provider's own channel in webhooks. It does not say which channel that is.
  CUSTOM: 'text',
})

/** The kind of a message follows from its channel, with a few exceptions. */
export const mapMessageType: TermMap<MessageType> = (native) => {
  const known = knownTypes.get(native)
  if (known) return known
  const exception = exceptionOf(native)
  const type = exception === 'unknown' ? typeOfChannel(native) : exception
  if (type !== 'unknown' && knownTypes.size < 200) knownTypes.set(native, type)
  return type
}

function typeOfChannel(native: string | number | boolean): MessageType | 'unknown' {
  switch (mapChannel(native)) {
    case 'unknown':
      return 'unknown'
    case 'email':
      return 'email'
    case 'voice':
      return 'call'
    case 'internal':
      return 'note'
    case 'system':
      return 'activity'
    default:
      return 'text'
  }
}

const knownTypes = new Map<string | number | boolean, MessageType>()

/** Calls end with `connected`, `completed` or `voicemail`. */
export const mapMessageStatus: TermMap<MessageStatus> = vocabulary({
  scheduled: 'scheduled',
  pending: 'pending',
  queued: 'pending',
  sent: 'sent',
  delivered: 'delivered',
  voicemail: 'delivered',
  read: 'read',
  opened: 'read',
  clicked: 'clicked',
  failed: 'failed',
  undelivered: 'failed',
  opt_out: 'opted-out',
  connected: 'answered',
  completed: 'answered',
})

/** The events of an email, in the words of the vendor's mail service. */
export const mapEmailEvent: TermMap<MessageStatus> = vocabulary({
  accepted: 'sent',
  delivered: 'delivered',
  opened: 'read',
  clicked: 'clicked',
  failed: 'failed',
  bounced: 'failed',
  rejected: 'failed',
  unsubscribed: 'opted-out',
  complained: 'opted-out',
})

export const mapCallStatus: TermMap<CallStatus> = vocabulary({
  pending: 'pending',
  completed: 'completed',
  answered: 'answered',
  busy: 'busy',
  'no-answer': 'no-answer',
  failed: 'failed',
  canceled: 'canceled',
  voicemail: 'voicemail',
})

export const mapDirection: TermMap<Direction> = vocabulary({ inbound: 'inbound', outbound: 'outbound' })

/** The `type` of `POST /conversations/messages`, without the internal comment, because that is no reply. */
export type LeadConnectorSendType =
  | 'SMS'
  | 'RCS'
  | 'Email'
  | 'WhatsApp'
  | 'IG'
  | 'FB'
  | 'Custom'
  | 'Live_Chat'
  | 'TIKTOK'

/** The `type` of `POST /conversations/messages/inbound`, for messages of a contact. */
export type LeadConnectorInboundType = LeadConnectorSendType | 'GMB' | 'WebChat'

const sendTypes: ReadonlyMap<Channel | 'unknown', LeadConnectorSendType> = new Map([
  ['sms', 'SMS'],
  ['email', 'Email'],
  ['whatsapp', 'WhatsApp'],
  ['instagram', 'IG'],
  ['messenger', 'FB'],
  ['tiktok', 'TIKTOK'],
  ['web', 'Live_Chat'],
])

/** `undefined`: nothing can be sent over this channel. */
export const sendTypeOf = (channel: Channel | 'unknown'): LeadConnectorSendType | undefined => sendTypes.get(channel)

/** The old web chat has its own type, if the conversation names it. */
export function inboundTypeOf(channel: Channel | 'unknown', native?: unknown): LeadConnectorInboundType | undefined {
  if (channel === 'google') return 'GMB'
  if (channel === 'web' && /webchat/i.test(String(native))) return 'WebChat'
  return sendTypes.get(channel)
}

const exportChannels: ReadonlyMap<string, string> = new Map([
  ['sms', 'SMS'],
  ['email', 'Email'],
  ['voice', 'Call'],
  ['whatsapp', 'WhatsApp'],
  ['instagram', 'Instagram'],
  ['messenger', 'Facebook'],
])

/** The `channel` of the export. `undefined`: the export has no filter for this channel. */
export const exportChannelOf = (channel: string): string | undefined => exportChannels.get(channel)

/**
 * The `type` of a conversation: a word in the search, a number in a single read. The numbers differ from those of messages.
 * It is less exact than the type of the last message: `phone` means text messages and calls.
 */
export const mapConversationType: TermMap<Channel> = vocabulary({
  TYPE_PHONE: 'sms',
  TYPE_EMAIL: 'email',
  TYPE_FB_MESSENGER: 'messenger',
  TYPE_REVIEW: 'google',
  TYPE_GROUP_SMS: 'sms',
  TYPE_INTERNAL_CHAT: 'internal',
  1: 'sms',
  2: 'email',
  3: 'messenger',
  4: 'google',
  5: 'sms',
  6: 'internal',
})

/** The keys of a contact's `dndSettings`. */
export const mapDndChannel: TermMap<Channel> = vocabulary({
  SMS: 'sms',
  Email: 'email',
  GMB: 'google',
  FB: 'messenger',
  WhatsApp: 'whatsapp',
  Call: 'voice',
})

/** The author of a message in the history that a model received. */
export const mapRole: TermMap<Exclude<AuthorKind, 'unknown'>> = vocabulary({
  user: 'contact',
  assistant: 'agent',
  system: 'system',
})

/** The documents write `auto-pilot`, some responses `autoPilot`. */
export const mapMode: TermMap<AgentMode> = vocabulary({
  off: 'off',
  suggestive: 'suggestive',
  'auto-pilot': 'autopilot',
})

/** The vendor has no status of agents: an agent that is not off is active. */
export const mapAgentStatus: TermMap<AgentStatus> = vocabulary({
  off: 'inactive',
  suggestive: 'active',
  'auto-pilot': 'active',
})

export const mapAgentChannel: TermMap<Channel> = vocabulary({
  SMS: 'sms',
  Email: 'email',
  WhatsApp: 'whatsapp',
  IG: 'instagram',
  FB: 'messenger',
  WebChat: 'web',
  Live_Chat: 'web',
  TIKTOK: 'tiktok',
})

const agentChannels: ReadonlyMap<Channel, string> = new Map([
  ['sms', 'SMS'],
  ['email', 'Email'],
  ['whatsapp', 'WhatsApp'],
  ['instagram', 'IG'],
  ['messenger', 'FB'],
  ['web', 'Live_Chat'],
  ['tiktok', 'TIKTOK'],
])

/** The vendor's word for a channel of an agent. `undefined`: no agent can answer there. */
export const agentChannelOf = (channel: Channel): string | undefined => agentChannels.get(channel)

const modes: Readonly<Record<AgentMode, string>> = { autopilot: 'auto-pilot', suggestive: 'suggestive', off: 'off' }

export const agentModeOf = (mode: AgentMode): string => modes[mode]

export const mapActionType: TermMap<AgentActionType> = vocabulary({
  triggerWorkflow: 'trigger-workflow',
  updateContactField: 'update-contact-field',
  appointmentBooking: 'book-appointment',
  stopBot: 'stop-agent',
  humanHandOver: 'hand-over',
  advancedFollowup: 'follow-up',
  transferBot: 'transfer-bot',
  customApi: 'api-call',
})

/** A vocabulary of an action's `details` in both directions: to the vendor's word, and from any spelling of it. */
const bothWays = <Value extends string>(
  wire: Readonly<Record<Value, string>>,
): { wire: Readonly<Record<Value, string>>; map: TermMap<Value> } => ({
  wire,
  map: vocabulary<Value>(
    Object.fromEntries(Object.entries<string>(wire).map(([ours, theirs]) => [theirs, ours as Value])),
  ),
})

type BothWays<Value extends string> = ReturnType<typeof bothWays<Value>>

/** `stopBotDetectionType`. */
export const stopTriggers: BothWays<'goodbye' | 'custom'> = bothWays({ goodbye: 'Goodbye', custom: 'Custom' })

/** `handoverType`. */
export const handOverTriggers: BothWays<'contact-request' | 'lack-of-information' | 'unresolved' | 'custom'> = bothWays(
  {
    'contact-request': 'contactRequest',
    'lack-of-information': 'lackOfInformation',
    unresolved: 'failedToResolveIssue',
    custom: 'custom',
  },
)

/** `scenarioId`. */
export const followUpScenarios: BothWays<'stopped-replying' | 'busy' | 'requested'> = bothWays({
  'stopped-replying': 'contactStoppedReplying',
  busy: 'contactIsBusy',
  requested: 'contactRequested',
})

/** `transferBotType`. */
export const transferTriggers: BothWays<'default' | 'custom'> = bothWays({ default: 'Default', custom: 'Custom' })

/** `timezoneToUse` and `timezoneMode`. */
export const timezones: BothWays<'contact' | 'business'> = bothWays({ contact: 'contact', business: 'business' })

/** The `type` of an example of a contact field. */
export const exampleChanges: BothWays<'add' | 'update' | 'delete'> = bothWays({
  add: 'add',
  update: 'update',
  delete: 'delete',
})

/** `Existing`: an earlier crawl found the page. */
export const mapPageStatus: TermMap<KnowledgeStatus> = vocabulary({
  Pending: 'processing',
  Processing: 'processing',
  Training: 'processing',
  Successful: 'ready',
  Existing: 'ready',
  Failed: 'failed',
  Restricted: 'failed',
  Cancelled: 'failed',
  Aborted: 'failed',
})
