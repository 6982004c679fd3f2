import type { EventKind, Raw, Reading, Ref } from '@parley/core'
import type { EventFields } from '@parley/core/webhook'
import { readContact } from '../read/read-leadconnector-contact.ts'

/** The kinds of events about one thing: `contact.created`, `contact.updated` and so on. */
type KindsOf<Thing extends string> = Extract<EventKind, `${Thing}.${string}`>

type ReadEvent = (fields: Raw, reading: Reading) => EventFields

/** The contact that an event names beside what it is about. */
export function contactOf(fields: Raw, reading: Reading): Ref | undefined {
  const id = reading.text(fields, 'contactId')
  return id ? reading.ref('contact', id) : undefined
}

export const readUnreadUpdate: ReadEvent = (fields, reading) => ({
  kind: 'conversation.updated',
  conversation: reading.ref('conversation', reading.id(fields)),
  contact: contactOf(fields, reading),
  changes: readChanges(fields, reading),
})

function readChanges(fields: Raw, reading: Reading) {
  const unreadCount = reading.number(fields, 'unreadCount')
  const isStarred = reading.flag(fields, 'starred')
  const isDeleted = reading.flag(fields, 'deleted')
  return {
    ...(typeof unreadCount === 'number' && { unreadCount }),
    ...(isStarred !== undefined && { isStarred }),
    ...(isDeleted !== undefined && { isDeleted }),
  }
}

/** A visitor of the live chat became known, and what was said until then went to the conversation of the person. */
export const readMerge: ReadEvent = (fields, reading) => ({
  kind: 'conversation.merged',
  conversation: reading.ref('conversation', reading.id(fields, 'newConversationId')),
  merged: reading.ref('conversation', reading.id(fields, 'oldConversationId')),
  contact: contactOf(fields, reading),
})

export const readContactEvent =
  (kind: KindsOf<'contact'>): ReadEvent =>
  (fields, reading) => {
    const snapshot = readContact(fields, reading)
    return { kind, contact: snapshot.ref, snapshot }
  }

export const readNoteEvent =
  (kind: KindsOf<'note'>): ReadEvent =>
  (fields, reading) => ({ kind, noteId: reading.id(fields), contact: contactOf(fields, reading) })

export const readTaskEvent =
  (kind: KindsOf<'task'>): ReadEvent =>
  (fields, reading) => ({ kind, taskId: reading.id(fields), contact: contactOf(fields, reading) })

export const readOperatorEvent =
  (kind: KindsOf<'operator'>): ReadEvent =>
  (fields, reading) => ({ kind, operatorId: reading.id(fields) })

export const readKnowledgeBaseEvent =
  (kind: KindsOf<'knowledge-base'>): ReadEvent =>
  (fields, reading) => ({ kind, knowledgeBaseId: reading.id(fields) })
