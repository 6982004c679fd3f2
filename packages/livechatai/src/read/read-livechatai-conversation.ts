import { type ContactSummary, type Conversation, compact, type Entity, type Raw, type Reading } from '@parley/core'
import { mapChannel } from '../map/map-livechatai-channel.ts'
import { mapResolved } from '../map/map-livechatai-status.ts'
import type { LiveChatAIRawConversation } from '../wire/index.ts'
import { readControl } from './read-livechatai-control.ts'
import { readTeammate } from './read-livechatai-person.ts'
import { readPreview } from './read-livechatai-preview.ts'

/** @param agentId the agent whose list it comes from, since a list does not name it. */
export function readConversation(
  raw: Raw,
  reading: Reading,
  agentId?: string,
): Conversation<LiveChatAIRawConversation> {
  const id = reading.id(raw)
  const isResolved = reading.flag(raw, 'isResolved')
  return {
    ...(reading.entity('conversation', id, raw) as Conversation<LiveChatAIRawConversation>),
    ...compact<Omit<Conversation, keyof Entity>>({
      agentId: reading.text(raw, 'agentId') ?? agentId,
      contact: readContactSummary(raw, reading),
      status:
        isResolved === undefined
          ? { value: 'unknown', native: null }
          : { value: mapResolved(isResolved), native: isResolved },
      // What `null` means is open: the web widget, most likely. It is left away rather than guessed.
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

/** A list has the contact, a retrieve only its id. */
function readContactSummary(raw: Raw, reading: Reading): ContactSummary | null | undefined {
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
