import { buildRef, type Conversation, encodeRefId, type Message, tryParseRef } from '@parley/core'
import { conversationOf } from './message-order.ts'
import type { RecordKind } from './schema.ts'

/**
 * The refs of which none may be erased if the record is to be stored: its own, and those of its conversation and its people.
 * They are in one text, with spaces in between.
 */
export function ownersOf(kind: RecordKind, record: { ref: string }): string {
  const refs = [record.ref]
  if (kind === 'conversation') {
    const { vendor, account, contact } = record as Conversation
    if (contact?.id) refs.push(buildRef({ vendor, account, kind: 'contact', id: contact.id }))
  } else if (kind === 'message') {
    const message = record as Message
    const { vendor, account, author, contactId } = message
    refs.push(conversationOf(message))
    const writer = author.kind === 'contact' ? author.id : undefined
    for (const id of new Set([contactId, writer])) if (id) refs.push(buildRef({ vendor, account, kind: 'contact', id }))
  }
  return refs.join(' ')
}

/** A text that is longer is no id. */
const longestId = 1000

const kinds = ['contact', 'conversation', 'message'] as const

/**
 * The refs that a vendor's payload may name: each of its texts that is one, and those that have one of its texts, numbers or
 * keys as their id.
 *
 * @param account `vendor:account`
 */
export function refsNamed(account: string, payload: unknown): string[] {
  const refs = new Set<string>()
  const add = (text: string) => {
    if (text === '' || text.length > longestId) return
    if (text.includes('/') && tryParseRef(text)) refs.add(text)
    const id = encodeRefId(text)
    for (const kind of kinds) refs.add(`${account}/${kind}/${id}`)
  }
  // Not recursive, because a payload can be deep.
  const rest: unknown[] = [payload]
  while (rest.length > 0) {
    const value = rest.pop()
    if (typeof value === 'string' || typeof value === 'number') add(String(value))
    else if (typeof value === 'object' && value !== null)
      for (const [key, field] of Object.entries(value)) {
        if (!Array.isArray(value)) add(key)
        rest.push(field)
      }
  }
  return [...refs]
}
