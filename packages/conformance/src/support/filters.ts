import type { Conversation, ConversationQuery } from '@parley/core'

export type FilterName = Exclude<keyof ConversationQuery, 'limit' | 'cursor' | 'order' | 'vendor' | 'search'>

type Value = string | boolean | null

interface Filter {
  /** Values worth trying in an account with these conversations. */
  valuesIn(all: readonly Conversation[]): Value[]
  /** Whether a conversation matches; `undefined`: its fields do not say. */
  verdict(conversation: Conversation, wanted: Value): boolean | undefined
}

/** What each filter of conversations means, told again and independently of core, which applies some of them. */
export const filters: Record<FilterName, Filter> = {
  status: {
    valuesIn: () => ['open', 'closed'],
    verdict: ({ status }, wanted) => (status.value === 'unknown' ? undefined : status.value === wanted),
  },
  channel: {
    valuesIn: (all) => some(all.map(({ channel }) => (channel?.value === 'unknown' ? undefined : channel?.value))),
    verdict: ({ channel }, wanted) => equal(channel?.value === 'unknown' ? undefined : channel?.value, wanted),
  },
  agentId: {
    valuesIn: (all) => some(all.map(({ agentId }) => agentId)),
    verdict: ({ agentId }, wanted) => equal(agentId, wanted),
  },
  contactId: {
    valuesIn: (all) => some(all.map(({ contact }) => contact?.id)),
    verdict: ({ contact }, wanted) => equal(contact?.id, wanted),
  },
  assigneeId: {
    valuesIn: (all) => [...some(all.map(({ assignee }) => assignee?.id)), null],
    verdict: ({ assignee }, wanted) => (assignee === undefined ? undefined : (assignee?.id ?? null) === wanted),
  },
  isUnread: {
    valuesIn: () => [true, false],
    verdict: ({ unreadCount }, wanted) => (unreadCount === undefined ? undefined : unreadCount > 0 === wanted),
  },
  isStarred: {
    valuesIn: () => [true, false],
    verdict: ({ isStarred }, wanted) => equal(isStarred, wanted),
  },
  since: {
    valuesIn: middle,
    verdict: ({ lastActivityAt }, wanted) => (lastActivityAt ? lastActivityAt >= String(wanted) : undefined),
  },
  until: {
    valuesIn: middle,
    verdict: ({ lastActivityAt }, wanted) => (lastActivityAt ? lastActivityAt <= String(wanted) : undefined),
  },
}

const equal = (have: Value | undefined, wanted: Value): boolean | undefined =>
  have === undefined ? undefined : have === wanted

/** Two that there are. */
const some = (values: readonly (string | null | undefined)[]): string[] =>
  [...new Set(values.flatMap((value) => value ?? []))].slice(0, 2)

function middle(all: readonly Conversation[]): string[] {
  const times = all.flatMap(({ lastActivityAt }) => lastActivityAt ?? [])
  return times.slice(times.length >> 1).slice(0, 1)
}
