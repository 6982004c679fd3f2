import {
  type ContactSummary,
  type Control,
  type Conversation,
  compact,
  DecodeError,
  type Entity,
  isRecord,
  type MessagePreview,
  type OperatorSummary,
  type Payload,
  PayloadReader,
  readTimestamp,
} from '@parley/core'
import { mapChannel, mapResolved } from '../vocabulary.ts'
import type { LiveChatAIConversationPayload } from '../wire.ts'
import { readMessage } from './message.ts'

/** @param agentId the agent of the list, because its items do not name it. */
export function readConversation(
  raw: Payload,
  reading: PayloadReader,
  agentId?: string,
): Conversation<LiveChatAIConversationPayload> {
  const id = reading.id(raw)
  const isResolved = reading.flag(raw, 'isResolved')
  return {
    ...(reading.entity('conversation', id, raw) as Conversation<LiveChatAIConversationPayload>),
    ...compact<Omit<Conversation, keyof Entity>>({
      agentId: reading.text(raw, 'agentId') ?? agentId,
      contact: readContactSummary(raw, reading),
      status:
        isResolved === undefined
          ? { value: 'unknown', native: null }
          : { value: mapResolved(isResolved), native: isResolved },
      // The meaning of `null` is undocumented (most likely the web widget), so the field is omitted rather than
      // guessed.
      channel: raw['integrationType'] === null ? undefined : reading.term(raw, 'integrationType', mapChannel),
      control: readControl(raw, reading),
      assignee: reading.nested(raw, 'agent', (agent) => readTeammate(agent, reading)),
      isStarred: reading.flag(raw, 'isStarred'),
      isMuted: reading.flag(raw, 'isMuted'),
      lastMessage: readPreview(raw, reading, id),
      lastActivityAt: reading.time(raw, 'lastMessageDate'),
      createdAt: reading.time(raw, 'createdAt'),
      updatedAt: reading.time(raw, 'updatedAt'),
    }),
  }
}

/** A list has the contact. A retrieve has only its id. */
function readContactSummary(raw: Payload, reading: PayloadReader): ContactSummary | null | undefined {
  const known = reading.text(raw, 'contactId')
  const contact = reading.nested(raw, 'contact', (nested) => {
    const id = reading.text(nested, 'id') || known || null
    return compact<ContactSummary>({
      id,
      ref: id === null ? undefined : reading.ref('contact', id),
      name: reading.text(nested, 'name'),
      email: reading.text(nested, 'email'),
      phone: reading.text(nested, 'phone'),
      externalId: reading.text(nested, 'distinctId'),
    })
  })
  if (contact) return contact
  if (known) return { id: known, ref: reading.ref('contact', known) }
  return contact === null || known === null ? null : undefined
}

/** The newest message, if the conversation contains its messages. Their order is not documented. */
export function readPreview(
  raw: Payload,
  reading: PayloadReader,
  conversationId: string,
): MessagePreview | null | undefined {
  const messages = raw['messages']
  if (!Array.isArray(messages)) return undefined
  if (messages.length === 0) return null
  let newest: Payload | undefined
  let newestAt = ''
  for (const message of messages) {
    const at = isRecord(message) ? (readTimestamp(message['createdAt']) ?? '') : ''
    if (!isRecord(message) || at < newestAt) continue
    newest = message
    newestAt = at
  }
  return newest && previewOf(newest, reading, conversationId)
}

/** Reads the message without its warnings, because listing the messages produces them. */
function previewOf(raw: Payload, reading: PayloadReader, conversationId: string): MessagePreview | undefined {
  const { vendor, account, operation } = reading
  const quiet = new PayloadReader({ vendor, account, operation, keepRaw: false, onWarning: () => {} })
  try {
    const { text, createdAt, author } = readMessage(raw, quiet, conversationId)
    const preview: MessagePreview = { author: author.kind }
    if (text !== undefined) preview.text = text
    if (createdAt !== undefined) preview.at = createdAt
    return preview
  } catch (error) {
    if (!(error instanceof DecodeError)) throw error
    return undefined
  }
}

/**
 * Infers whether the agent or a person answers next. `isAgent` is not defined anywhere, and the list's filter treats a
 * conversation without an assigned teammate as "AI-handled" ("conversations/list"). Either sign of a person counts.
 */
export function readControl(raw: Payload, reading: PayloadReader): Control {
  const joined = reading.flag(raw, 'isAgent')
  const native = joined ?? null
  const teammate = raw['agent']
  if (joined === true || isRecord(teammate)) return { holder: 'operator', basis: 'inferred', native }
  if (joined === false || teammate === null) return { holder: 'agent', basis: 'inferred', native }
  return { holder: 'unknown', basis: 'none', native }
}

/** The nested `agent`, which at this vendor is a human teammate. */
export const readTeammate = (raw: Payload, reading: PayloadReader): OperatorSummary =>
  compact<OperatorSummary>({
    id: reading.text(raw, 'id') || null,
    name: reading.text(raw, 'name'),
    email: reading.text(raw, 'email'),
    avatarUrl: reading.text(raw, 'avatar'),
  })
