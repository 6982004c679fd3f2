import type { ConversationQuery, DeskFilter, SavedView } from '../api.ts'
import { strings } from '../strings.ts'

/** A filter with a name. */
export interface View {
  id: string
  name: string
  filter: DeskFilter
}

/** The views that everybody has, in the order in which they are shown. */
export const fixedViews: readonly View[] = [
  { id: 'open', name: strings.views.open, filter: { status: 'open' } },
  { id: 'mine', name: strings.views.mine, filter: { status: 'open', assignee: 'me', unknown: 'exclude' } },
  { id: 'unassigned', name: strings.views.unassigned, filter: { status: 'open', assignee: null } },
  { id: 'unread', name: strings.views.unread, filter: { unread: true, unknown: 'exclude' } },
  { id: 'person', name: strings.views.person, filter: { status: 'open', control: 'operator', unknown: 'exclude' } },
  { id: 'sends', name: strings.views.sends, filter: { hasOpenSends: true, snoozed: 'any' } },
  { id: 'snoozed', name: strings.views.snoozed, filter: { snoozed: true } },
  { id: 'closed', name: strings.views.closed, filter: { status: 'closed', unknown: 'exclude' } },
  { id: 'all', name: strings.views.all, filter: { snoozed: 'any' } },
]

const first = fixedViews[0] as View

/** The view that the address names. An unknown one is the first. */
export const viewOf = (id: string | undefined, saved: readonly SavedView[] = []): View =>
  fixedViews.find((view) => view.id === id) ?? saved.find((view) => view.id === id) ?? first

/** The filter that the address has as JSON. Anybody can write an address, so it is checked; the server checks the values. */
export function filterIn(json: string | undefined): DeskFilter | undefined {
  if (json === undefined) return undefined
  try {
    const value: unknown = JSON.parse(json)
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as DeskFilter) : undefined
  } catch {
    return undefined
  }
}

const listOf = <T>(value: T | readonly T[] | undefined): T[] | undefined =>
  value === undefined ? undefined : Array.isArray(value) ? [...value] : [value as T]

/** A filter as the server's list takes it. */
export function queryOf({ snoozed, assignee, ...filter }: DeskFilter): ConversationQuery {
  const lists = {
    status: listOf(filter.status),
    channel: listOf(filter.channel),
    agentId: listOf(filter.agentId),
    contactId: listOf(filter.contactId),
    control: listOf(filter.control),
    tag: listOf(filter.tag),
    assignee: assignee === undefined ? undefined : listOf(assignee)?.map((id) => id ?? 'none'),
  }
  const query = { ...filter, ...lists, snoozed: snoozed === undefined ? undefined : String(snoozed) }
  return Object.fromEntries(Object.entries(query).filter(([, value]) => value !== undefined)) as ConversationQuery
}

/**
 * Whether a conversation that was in the list still belongs there. `undefined`: only the server knows.
 */
export function stillMatches(
  {
    status,
    snoozedUntil,
    unreadCount,
    conversation,
    openSends,
    tags,
  }: {
    status: { value: string }
    snoozedUntil: string | null
    unreadCount: { value: number | null }
    conversation: { control: { holder: string } }
    openSends: number
    tags: readonly string[]
  },
  filter: DeskFilter,
): boolean | undefined {
  const isAnyOf = (value: string, wanted: string | readonly string[] | undefined, unknown = 'unknown'): boolean =>
    wanted === undefined || value === unknown || (listOf(wanted) as string[]).includes(value)
  const isSnoozed = snoozedUntil !== null
  const matches =
    isAnyOf(status.value, filter.status) &&
    isAnyOf(conversation.control.holder, filter.control) &&
    (filter.snoozed === 'any' || isSnoozed === (filter.snoozed ?? false)) &&
    (filter.unread === undefined || unreadCount.value === null || unreadCount.value > 0 === filter.unread) &&
    (filter.hasOpenSends === undefined || openSends > 0 === filter.hasOpenSends) &&
    (filter.tag === undefined || (listOf(filter.tag) as string[]).some((tag) => tags.includes(tag)))
  if (!matches) return false
  return filter.assignee === undefined && filter.search === undefined ? true : undefined
}
