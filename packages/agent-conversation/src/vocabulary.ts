import type {
  AgentStatus,
  AuthorKind,
  Channel,
  ConversationStatus,
  Direction,
  KnowledgeStatus,
  TermMap,
  UpdateConversationInput,
  WebhookTrigger,
} from '@parley/core'
import { vocabulary } from '@parley/core/read'

/** A message's `source`. `copilot` is the vendor's chat for staff: the contact never sees it. */
export const mapChannel: TermMap<Channel> = vocabulary<Channel>({
  email: 'email',
  sms: 'sms',
  live_chat: 'web',
  copilot: 'internal',
  api: 'api',
  voice: 'voice',
  ms_teams: 'teams',
})

/** A message's `senderRole`. A role that is not known says nothing about who spoke. */
export const mapSenderRole: TermMap<Exclude<AuthorKind, 'unknown'>> = vocabulary<Exclude<AuthorKind, 'unknown'>>({
  conversation_user: 'contact',
  assistant: 'agent',
  manual_assistant: 'operator',
})

/** No field tells the direction; who spoke does. */
export const directionOf = (author: AuthorKind): Direction =>
  author === 'contact' ? 'inbound' : author === 'unknown' ? 'unknown' : 'outbound'

/** What a status is written as. No response carries it back ("Update conversation"). */
export const nativeStatus: Readonly<Record<NonNullable<UpdateConversationInput['status']>, string>> = {
  open: 'active',
  closed: 'inactive',
  archived: 'archived',
} satisfies Partial<Record<ConversationStatus, string>>

export const mapAgentStatus: TermMap<AgentStatus> = vocabulary<AgentStatus>({
  active: 'active',
  inactive: 'inactive',
  draft: 'draft',
})

/** A conversation's `mode`: who answers next. */
export const mapMode: TermMap<'agent' | 'operator'> = vocabulary<'agent' | 'operator'>({
  ai: 'agent',
  manual: 'operator',
})

export type ResponseStatus = 'pending' | 'completed' | 'failed'

/** How far an answer is. Editions name it differently: the current one with the first word of each kind. */
export const mapResponseStatus: TermMap<ResponseStatus> = vocabulary<ResponseStatus>({
  pending: 'pending',
  running: 'pending',
  processing: 'pending',
  in_progress: 'pending',
  queued: 'pending',
  completed: 'completed',
  complete: 'completed',
  done: 'completed',
  success: 'completed',
  failed: 'failed',
  error: 'failed',
  cancelled: 'failed',
  expired: 'failed',
})

/** How far a file is where the agent searches ("AgentFile", `vectorStoreUploadStatus`). */
export const mapKnowledgeStatus: TermMap<KnowledgeStatus> = vocabulary<KnowledgeStatus>({
  done: 'ready',
  processing: 'processing',
  failed: 'failed',
})

/** The skills that are channels. The vendor's list of skills is open and holds much else, so `'unknown'` is no drift. */
export const mapSkill: TermMap<Channel> = vocabulary<Channel>({
  LIVE_CHAT: 'web',
  SMS: 'sms',
  EMAIL: 'email',
  VOICE: 'voice',
  API: 'api',
  MS_TEAMS: 'teams',
  COPILOT: 'internal',
})

export const mapVote: TermMap<'up' | 'down'> = vocabulary<'up' | 'down'>({ up: 'up', down: 'down' })

/** The vendor's word for each trigger. */
export const triggerWords: Readonly<Record<WebhookTrigger, string>> = {
  'message.created': 'each_message',
  'conversation.created': 'start_dialog',
  'conversation.ended': 'end_dialog',
  'conversation.archived': 'auto_archive_conversation',
  'chat.unavailable': 'chat_currently_unavailable',
  manual: 'manual',
}

/** Its console says `onMessageEnd` and `onThreadEnd` for the two oldest. */
export const mapTrigger: TermMap<WebhookTrigger> = vocabulary({
  each_message: 'message.created',
  onMessageEnd: 'message.created',
  start_dialog: 'conversation.created',
  end_dialog: 'conversation.ended',
  onThreadEnd: 'conversation.ended',
  auto_archive_conversation: 'conversation.archived',
  chat_currently_unavailable: 'chat.unavailable',
  manual: 'manual',
})

export const isTrigger = (value: unknown): value is WebhookTrigger =>
  typeof value === 'string' && Object.hasOwn(triggerWords, value)
