import type { Message } from '../api.ts'
import { isSameDay } from '../format.ts'

/** How a message is shown: what somebody said, a note for colleagues, or a thin line. */
type Lane = 'said' | 'note' | 'event' | 'tool'

/** Consecutive messages of one author. An event or a call of a tool is alone. */
export interface Group {
  /** The ref of its first message. */
  key: string
  lane: Lane
  messages: readonly [Message, ...Message[]]
  /** For each of them the loaded message that it answers, unless that is the one before it. */
  answered: readonly (Message | undefined)[]
}

export interface Day {
  /** It stays the same when older or newer messages are added. */
  key: string
  /** The time of its first message that has one. `undefined`: no message of the day has a time. */
  time: string | undefined
  groups: readonly Group[]
}

/** Messages that are further apart get their author again, in milliseconds. */
const longestPause = 15 * 60_000

export function laneOf({ type, author, direction }: Message): Lane {
  if (type.value === 'tool') return 'tool'
  if (type.value === 'note') return 'note'
  if (type.value === 'activity' || author.kind === 'system') return 'event'
  return direction === 'internal' ? 'note' : 'said'
}

const isOneAuthor = (one: Message, other: Message): boolean =>
  one.author.kind === other.author.kind &&
  one.author.id === other.author.id &&
  one.author.name === other.author.name &&
  one.author.basis === other.author.basis

function continues(group: Group, message: Message, lane: Lane): boolean {
  const last = group.messages.at(-1)
  if (!last || group.lane !== lane || lane === 'event' || lane === 'tool' || !isOneAuthor(last, message)) return false
  if (!last.createdAt || !message.createdAt) return true
  return Date.parse(message.createdAt) - Date.parse(last.createdAt) < longestPause
}

interface OpenGroup extends Group {
  messages: [Message, ...Message[]]
  answered: (Message | undefined)[]
}

/** The messages by day and author, in the order in which they are given. One without a time is of the day before it. */
export function groupMessages(messages: readonly Message[]): readonly Day[] {
  const byId = new Map(messages.map((message) => [message.id, message]))
  const days: { time: string | undefined; groups: OpenGroup[] }[] = []
  for (const [index, message] of messages.entries()) {
    const time = message.createdAt ?? undefined
    let day = days.at(-1)
    if (!day || (time !== undefined && (day.time === undefined || !isSameDay(day.time, time)))) {
      day = { time, groups: [] }
      days.push(day)
    }
    const lane = laneOf(message)
    const group = day.groups.at(-1)
    const found = message.inReplyTo ? byId.get(message.inReplyTo) : undefined
    const answered = found === messages[index - 1] || found === message ? undefined : found
    if (group && continues(group, message, lane)) {
      group.messages.push(message)
      group.answered.push(answered)
    } else day.groups.push({ key: message.ref, lane, messages: [message], answered: [answered] })
  }
  return withKeys(days)
}

/** By its date. If messages are not in the order of their times, a day can come again; then it is counted from the newest. */
function withKeys(days: readonly Omit<Day, 'key'>[]): readonly Day[] {
  const counts = new Map<string, number>()
  return days
    .map(({ time }) => (time === undefined ? 'timeless' : new Date(time).toDateString()))
    .reverse()
    .map((date) => {
      const count = (counts.get(date) ?? 0) + 1
      counts.set(date, count)
      return `${date} ${count}`
    })
    .reverse()
    .map((key, index) => ({ ...(days[index] as Omit<Day, 'key'>), key }))
}

/** Whether two groups show the same. Messages that have not changed are the same objects. */
export const isSameGroup = (one: Group, other: Group): boolean =>
  one.lane === other.lane &&
  one.messages.length === other.messages.length &&
  one.messages.every(
    (message, index) => message === other.messages[index] && one.answered[index] === other.answered[index],
  )
