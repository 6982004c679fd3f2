import { parseRef } from '@parley/core'
import type { Message, Send } from '../api.ts'
import { newestOf } from '../thread/thread-data.ts'

/** For how long a message may take to appear that the vendor has accepted, in milliseconds. */
const appearsWithin = 600_000
/** How much earlier than its send a message may be, in milliseconds, because clocks differ. */
const clockDifference = 600_000

/** Whether the contact gets a send, or may have got it. */
const reaches = ({ kind, place, state }: Send): boolean => kind === 'reply' && place === 'vendor' && state !== 'failed'

/** Whether one of the messages is the send. */
function isShown(send: Send, messages: readonly Message[]): boolean {
  const ref = send.message ?? send.shownBy ?? noteRef(send)
  if (messages.some((message) => message.ref === ref)) return true
  if (send.message !== null || send.state !== 'sent') return false
  // The vendor accepted it without naming the message, so only its text tells.
  const earliest = Date.parse(send.recordedAt) - clockDifference
  return messages.some(
    ({ direction, text, createdAt }) =>
      direction !== 'inbound' && text === send.text && (!createdAt || Date.parse(createdAt) >= earliest),
  )
}

/** Whether an accepted send may be missing only because its message has not been read yet, and is not on an older page. */
function isOnItsWay(send: Send, messages: readonly Message[], now: number): boolean {
  const newest = messages.findLast(({ createdAt }) => createdAt)?.createdAt
  if (newest && send.recordedAt > newest) return true
  return now - Date.parse(send.endedAt ?? send.recordedAt) < appearsWithin && (!newest || messages.length === 0)
}

/**
 * The sends that no message shows and that somebody should see, in order: those that go on, that failed, whose outcome is not
 * known, that were accepted a moment ago, and the notes that only this server has.
 *
 * @param messages those that are shown, oldest first.
 * @param sends oldest first.
 * @param hasOlder whether older messages were not read yet.
 */
export function openSends(
  messages: readonly Message[],
  sends: readonly Send[],
  { hasOlder = false, now = Date.now() }: { hasOlder?: boolean; now?: number } = {},
): Send[] {
  const oldest = messages.find(({ createdAt }) => createdAt)?.createdAt
  return sends.filter((send) => {
    // The retry stands for it, or nobody wants it any more.
    if (send.retriedBy !== null || send.dismissedAt !== null) return false
    if (isShown(send, messages)) return false
    if (send.place === 'overlay') return !hasOlder || !oldest || send.recordedAt >= oldest
    return send.state !== 'sent' || isOnItsWay(send, messages, now)
  })
}

/**
 * What a person has seen last, as the server takes it: the ref of a message or the id of a send. A send counts while no message
 * shows it, because it is newer than all messages then.
 */
export function lastSeen(
  messages: readonly Message[],
  sends: readonly Send[],
  now: number = Date.now(),
): string | null {
  const send = sends.findLast((one) => reaches(one) && !isShown(one, messages) && isOnItsWay(one, messages, now))
  return send?.id ?? newestOf(messages)
}

/** What a person has seen after the server has told them what is newer. */
export const seenInConflict = ({ newer = [], sends = [] }: { newer?: Message[]; sends?: Send[] }): string | null =>
  sends.at(-1)?.id ?? newestOf(newer)

const noteRef = ({ id }: Send): string => `note:${id}`

/**
 * The messages with the notes that only this server has, each at its place. A thread that shows these shows such a note where it
 * was written, and not among the open sends.
 */
export function withNotes(messages: readonly Message[], sends: readonly Send[], hasOlder: boolean): readonly Message[] {
  const oldest = messages.find(({ createdAt }) => createdAt)?.createdAt
  // Without a time, a message has no place to compare with.
  if (oldest === undefined || oldest === null) return messages
  const notes = sends.filter(({ place, recordedAt }) => place === 'overlay' && (!hasOlder || recordedAt >= oldest))
  if (notes.length === 0) return messages
  const result: Message[] = []
  let next = 0
  for (const message of messages) {
    for (let note = notes[next]; note && message.createdAt && note.recordedAt < message.createdAt; note = notes[++next])
      result.push(messageOf(note))
    result.push(message)
  }
  return [...result, ...notes.slice(next).map(messageOf)]
}

/**
 * The messages with the people who have written them here. Some vendors do not state who has sent a message of their API, and take
 * it for that of a workflow.
 */
export function withWriters(messages: readonly Message[], sends: readonly Send[]): readonly Message[] {
  const writers = new Map(sends.flatMap(({ message, by }) => (message === null ? [] : [[message, by]])))
  return messages.map((message) => {
    const by = writers.get(message.ref)
    const { basis, id, name } = message.author
    // Some vendors state that somebody of the team has written it, and not who.
    if (!by || (basis === 'vendor' && (id ?? name) != null)) return message
    return { ...message, author: { kind: 'operator', basis: 'vendor', id: by.id, ...(by.name && { name: by.name }) } }
  })
}

/** A note of this server as a message. */
function messageOf(note: Send): Message {
  const { vendor, account, id } = parseRef(note.conversation)
  return {
    ...{ ref: noteRef(note), vendor, account, id: note.id, conversationId: id },
    type: { value: 'note', native: null },
    direction: 'internal',
    author: { kind: 'operator', basis: 'vendor', id: note.by.id, ...(note.by.name && { name: note.by.name }) },
    text: note.text,
    sourcesState: 'unavailable',
    createdAt: note.recordedAt,
  }
}
