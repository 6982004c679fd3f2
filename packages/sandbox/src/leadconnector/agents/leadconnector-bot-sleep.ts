import type { AgentRecord, ConversationRecord, MessageRecord } from '../state/leadconnector-records.ts'
import type { LocationState } from '../state/leadconnector-state.ts'
import { removeMessage } from '../state/leadconnector-timeline.ts'

const sameWord = (a: string, b: string) => a.toLowerCase().replace(/[-_]/g, '') === b.toLowerCase().replace(/[-_]/g, '')

/** Who answers on a channel: an auto-pilot agent that serves it, the primary one before others. */
export function agentFor(location: LocationState, channel: string): AgentRecord | null {
  const serving = [...location.agents.values()].filter(
    ({ mode, channels }) => sameWord(mode, 'auto-pilot') && channels?.some((served) => sameWord(served, channel)),
  )
  return serving.find(({ isPrimary }) => isPrimary) ?? serving[0] ?? null
}

const unitMs: Readonly<Record<string, number>> = { hours: 3_600_000, minutes: 60_000, seconds: 1000 }

/** A person spoke: the bot that serves the channel sleeps, and an answer it was still writing is never sent. */
export function pauseBots(
  location: LocationState,
  conversation: ConversationRecord,
  channel: string,
  now: number,
): void {
  const agent = agentFor(location, channel)
  if (!agent?.sleepOnManualMessage) return
  const until =
    agent.sleepTime === null
      ? Number.POSITIVE_INFINITY
      : now + agent.sleepTime * (unitMs[agent.sleepTimeUnit ?? 'hours'] ?? 3_600_000)
  conversation.botSleepsUntil = Math.max(conversation.botSleepsUntil, until)
  // Only what a bot wrote: what a client sent may be hidden for a while too, and is sent all the same.
  const unsent = ({ id, visibleAt }: MessageRecord) => visibleAt > now && location.generations.has(id)
  for (const message of conversation.messages.filter(unsent)) {
    removeMessage(location, message)
    location.generations.delete(message.id)
  }
}
