import type { EmulatorContext } from '../kit/emulator.ts'
import {
  type AgentRecord,
  type ContactRecord,
  type ConversationRecord,
  type EmailRecord,
  type GenerationRecord,
  idFrom,
  type KnowledgeBaseRecord,
  type MessageRecord,
  type SubtypeRecord,
  type UserRecord,
} from './records.ts'
import type { LeadConnectorSettings } from './settings.ts'
import type { Announce } from './webhooks.ts'

/** One sub-account. A token of another one sees nothing of it. */
export interface LocationState {
  readonly id: string
  readonly companyId: string
  readonly name: string
  readonly agents: Map<string, AgentRecord>
  readonly contacts: Map<string, ContactRecord>
  readonly conversations: Map<string, ConversationRecord>
  readonly messages: Map<string, MessageRecord>
  readonly emails: Map<string, EmailRecord>
  readonly generations: Map<string, GenerationRecord>
  readonly users: Map<string, UserRecord>
  readonly knowledgeBases: Map<string, KnowledgeBaseRecord>
  readonly files: Map<string, StoredFile>
  readonly subtypes: Map<string, SubtypeRecord>
  /** Contact, address and subtype of each opt-out. */
  readonly unsubscribed: Set<string>
}

export interface StoredFile {
  readonly name: string
  readonly type: string
  readonly bytes: Uint8Array<ArrayBuffer>
  readonly secure: boolean
  readonly uploadedAt: number
}

export interface TokenRecord {
  /** The rate limit counts per application. A private integration counts as an application. */
  readonly application: string
  readonly tenant: 'location' | 'company'
  readonly locationId: string | null
  readonly scopes: ReadonlySet<string>
  readonly expiresAt: number
  /** Conversation providers belong to marketplace applications. A private integration token cannot use one. */
  readonly providers: readonly string[]
}

interface OAuthState {
  readonly clientId: string
  readonly clientSecret: string
  readonly appId: string
  readonly codes: Map<string, Grant>
  readonly refreshTokens: Map<string, RefreshRecord>
}

export interface Grant {
  readonly tenant: 'location' | 'company'
  readonly locationId: string | null
}

export interface RefreshRecord extends Grant {
  usedAt: number | null
  successor: { readonly accessToken: string; readonly refreshToken: string } | null
}

export interface State {
  readonly context: EmulatorContext
  /** The current settings, with the specification's forms if `shapes` is `documented`. */
  readonly settings: LeadConnectorSettings
  /** Sends an event to the subscribers. */
  readonly announce: Announce
  readonly companyId: string
  readonly conversationProviderId: string
  readonly userId: string
  readonly locations: Map<string, LocationState>
  readonly tokens: Map<string, TokenRecord>
  readonly oauth: OAuthState
  /** Rate limit windows by application and location. */
  readonly budgets: Map<string, Budget>
  /** Counts the objects that clients created, so that ids are unique and repeat from run to run. */
  made: number
  /** Counts the responses, for their trace ids. */
  answered: number
}

export interface Budget {
  windowStart: number
  inWindow: number
  day: number
  inDay: number
}

export function emptyLocation(id: string, companyId: string, name: string): LocationState {
  return {
    id,
    companyId,
    name,
    agents: new Map(),
    contacts: new Map(),
    conversations: new Map(),
    messages: new Map(),
    emails: new Map(),
    generations: new Map(),
    users: new Map(),
    knowledgeBases: new Map(),
    files: new Map(),
    subtypes: new Map(),
    unsubscribed: new Set(),
  }
}

/** Inserts a message in order of time. Messages of one instant stay in the order of arrival. */
export function addMessage(location: LocationState, conversation: ConversationRecord, message: MessageRecord): void {
  const { messages } = conversation
  let place = messages.length
  while (place > 0 && (messages[place - 1]?.at ?? 0) > message.at) place -= 1
  messages.splice(place, 0, message)
  location.messages.set(message.id, message)
  conversation.updatedAt = Math.max(conversation.updatedAt, message.at)
}

export function removeMessage(location: LocationState, message: MessageRecord): void {
  location.messages.delete(message.id)
  const messages = location.conversations.get(message.conversationId)?.messages
  const place = messages?.indexOf(message) ?? -1
  if (place >= 0) messages?.splice(place, 1)
}

export function visibleMessages(conversation: ConversationRecord, now: number): MessageRecord[] {
  return conversation.messages.filter((message) => message.visibleAt <= now)
}

export function lastMessage(
  conversation: ConversationRecord,
  now: number,
  which: (message: MessageRecord) => boolean = () => true,
): MessageRecord | null {
  return conversation.messages.findLast((message) => message.visibleAt <= now && which(message)) ?? null
}

/** The status of a message at an instant: scheduled messages are sent, pending ones are delivered. */
export function statusNow(message: MessageRecord, now: number): string | undefined {
  const due = message.scheduledFor !== undefined && now >= message.scheduledFor
  if (message.status === 'scheduled') return due ? 'delivered' : 'scheduled'
  if (message.status === 'pending' && message.deliveredAt !== undefined && now >= message.deliveredAt)
    return 'delivered'
  return message.status
}

export function conversationOfContact(location: LocationState, contactId: string): ConversationRecord | null {
  for (const conversation of location.conversations.values()) {
    if (conversation.contactId === contactId && !conversation.deleted) return conversation
  }
  return null
}

/** The id of an object that a client created. */
export function newId(state: State, kind: string, length = 20): string {
  state.made += 1
  return idFrom(`${state.context.world.idSeed}:${kind}:made:${state.made}`, length)
}
