import { type Json, textOf } from '../leadconnector-json.ts'
import { isManual, type Summary } from './leadconnector-conversation-view.ts'

const recently = 30 * 86_400_000

/** Every filter of the search; a parameter that was not sent lets everything through. */
export function matchesSearch(query: Json, summary: Summary, now: number): boolean {
  const { conversation, contact, last, lastOutbound } = summary
  const named = (key: string, value: unknown) => textOf(query[key]) === null || query[key] === value
  const among = (key: string, values: readonly string[]) =>
    textOf(query[key]) === null ||
    String(query[key])
      .split(',')
      .some((wanted) => values.includes(wanted))
  const atLeast = (key: string, value: number) => typeof query[key] !== 'number' || value >= query[key]
  const atMost = (key: string, value: number) => typeof query[key] !== 'number' || value <= query[key]

  return (
    named('id', conversation.id) &&
    named('contactId', conversation.contactId) &&
    named('lastMessageType', summary.lastMessageType) &&
    named('lastMessageDirection', last?.direction) &&
    named('lastMessageAction', lastOutbound && (isManual(lastOutbound) ? 'manual' : 'automated')) &&
    among('assignedTo', [contact?.assignedTo ?? 'unassigned']) &&
    among('followers', conversation.followers) &&
    among('mentions', conversation.mentions) &&
    hasStatus(textOf(query['status']), summary, now) &&
    atLeast('startDate', conversation.createdAt) &&
    atMost('endDate', conversation.createdAt) &&
    atLeast('scoreProfileMin', conversation.score) &&
    atMost('scoreProfileMax', conversation.score) &&
    matchesText(textOf(query['query']), summary)
  )
}

function hasStatus(status: string | null, { conversation, lastMessageDate }: Summary, now: number): boolean {
  if (status === 'read') return conversation.unreadCount === 0
  if (status === 'unread') return conversation.unreadCount > 0
  if (status === 'starred') return conversation.starred
  return status !== 'recents' || lastMessageDate >= now - recently
}

/** Name, address and number; the text of messages cannot be searched. */
function matchesText(wanted: string | null, { contact }: Summary): boolean {
  if (wanted === null) return true
  const words = [contact?.firstName, contact?.lastName].filter((part) => part).join(' ')
  const text = [words, contact?.email, contact?.phone].join('\n').toLowerCase()
  return text.includes(wanted.trim().toLowerCase())
}
