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
 * The vendor's message types by what is left of them without `TYPE_` and without the words that say who sent it, plus
 * its short forms (`IG`, `Live_Chat`) and the few numeric codes that are known.
 */
const table = vocabulary<Channel>({
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
  const known = seen.get(native)
  if (known) return known
  const word = foldWord(native)
  const channel = activity.test(word) ? 'system' : table(word.replace(senders, ''))
  // Remembered because a list repeats a few words thousands of times; only known ones, so that nothing can fill it up.
  if (channel !== 'unknown' && seen.size < 200) seen.set(native, channel)
  return channel
}

const seen = new Map<string | number | boolean, Channel>()

const special = vocabulary<MessageType>({
  TYPE_LIVE_CHAT_INFO_MESSAGE: 'activity',
  LIVE_CHAT_INFO_MESSAGE: 'activity',
  TYPE_FORM_SUBMISSION: 'form',
  FORM_SUBMISSION: 'form',
  TYPE_REVIEW: 'review',
  REVIEW: 'review',
  // A provider's own channel, in the short words of webhooks: which one is not said.
  CUSTOM: 'text',
})

/** What kind of message it is follows from where it travels, with three exceptions. */
export const mapMessageType: TermMap<MessageType> = (native) => {
  const known = seenTypes.get(native)
  if (known) return known
  const exception = special(native)
  const type = exception === 'unknown' ? ofChannel(native) : exception
  if (type !== 'unknown' && seenTypes.size < 200) seenTypes.set(native, type)
  return type
}

function ofChannel(native: string | number | boolean): MessageType | 'unknown' {
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

const seenTypes = new Map<string | number | boolean, MessageType>()

/** `connected`, `completed` and `voicemail` are what calls end in. */
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

/** What the vendor's mail service says about an email, in the words of the service behind it. */
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

/** The `type` of `POST /conversations/messages`, without the internal comment, which is no reply. */
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

/** The `type` of `POST /conversations/messages/inbound` for what a contact writes. */
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

/** The old web chat keeps its own type where the conversation says that it is one. */
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

/** The `channel` of the export; `undefined` for one that it cannot be narrowed to. */
export const exportChannelOf = (channel: string): string | undefined => exportChannels.get(channel)

/**
 * The `type` of a conversation: a word in the search, a number in the get, and not the numbers that messages have. It
 * says less than the last message does; `phone` covers text messages and calls.
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

/** Who speaks in the transcript that a model was given. */
export const mapRole: TermMap<Exclude<AuthorKind, 'unknown'>> = vocabulary({
  user: 'contact',
  assistant: 'agent',
  system: 'system',
})

/** Written `auto-pilot` in the documents and `autoPilot` in some answers. */
export const mapMode: TermMap<AgentMode> = vocabulary({
  off: 'off',
  suggestive: 'suggestive',
  'auto-pilot': 'autopilot',
})

/** There is no status of its own: an agent that is not off is at work. */
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

/** How the vendor writes a channel of an agent. `undefined`: no agent can answer there. */
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

/** The vendor's words inside an action's `details`, both ways: ours to the vendor's, and the vendor's in any spelling. */
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

/** `Existing`: an earlier crawl has found the page already. */
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
