import { lastMessageAt, type StoredConversation, type StoredMessage } from './livechatai-state.ts'

export type Figures = Readonly<Record<string, number>>

const round = (value: number): number => Math.round(value * 100) / 100

export const percent = (part: number, whole: number): number => (whole === 0 ? 0 : round((100 * part) / whole))

export const average = (values: readonly number[]): number =>
  values.length === 0 ? 0 : round(values.reduce((sum, value) => sum + value, 0) / values.length)

/** By how many percent figures differ from the period before; a rise from nothing counts as 100. */
export function changes(current: Figures, previous: Figures): Figures {
  return Object.fromEntries(
    Object.entries(current).map(([key, now]) => {
      const before = previous[key] ?? 0
      return [key, before === 0 ? (now === 0 ? 0 : 100) : round((100 * (now - before)) / before)]
    }),
  )
}

export const isHuman = (message: StoredMessage): boolean => message.role === 'assistant' && message.agent !== null

export const humanJoined = (conversation: StoredConversation): boolean => conversation.messages.some(isHuman)

/** Seconds from the first message to the last. */
export function duration(conversation: StoredConversation): number {
  const first = conversation.messages[0]?.createdAt
  const last = lastMessageAt(conversation)
  return first === undefined || last === null ? 0 : Math.round((last - first) / 1000)
}

export function humanized(seconds: number): string {
  const minutes = Math.floor(seconds / 60)
  const rest = Math.round(seconds % 60)
  if (minutes < 60) return minutes === 0 ? `${rest}s` : `${minutes}m ${rest}s`
  return `${Math.floor(minutes / 60)}h ${minutes % 60}m`
}
