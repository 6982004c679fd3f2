import type { Call } from './livechatai-endpoint.ts'
import { badRequest } from './livechatai-errors.ts'
import { agentOf } from './livechatai-find.ts'
import { requiredText } from './livechatai-read.ts'
import type { StoredAgent, StoredConversation } from './livechatai-state.ts'
import { addDays, dayIn, isDay } from './livechatai-time.ts'

/** Calendar days in a time zone, both ends included. */
export interface Period {
  readonly start: string
  readonly end: string
  readonly timezone: string
}

/** What every analytics call asks for: an agent and days; the days just before them are compared with. */
export interface Report {
  readonly agent: StoredAgent
  readonly current: Period
  readonly previous: Period
  /** The agent's conversations that began in a period. */
  conversations(period: Period): readonly StoredConversation[]
}

/** The common query of `analytics/*`: both dates are required and hold no time. The default zone is UTC. */
export function reportOf(call: Call): Report {
  const agent = agentOf(call, call.query('agentId'))
  const start = requiredDay(call, 'startDate')
  const end = requiredDay(call, 'endDate')
  if (end < start) throw badRequest('endDate must not be before startDate')
  const timezone = zoneOf(call)
  const length = daysOf({ start, end, timezone }).length
  return {
    agent,
    current: { start, end, timezone },
    previous: { start: addDays(start, -length), end: addDays(start, -1), timezone },
    conversations: (period) =>
      [...call.state.conversations.values()].filter(
        (conversation) => conversation.agentId === agent.id && isWithin(period, conversation.createdAt),
      ),
  }
}

export function isWithin({ start, end, timezone }: Period, at: number): boolean {
  const day = dayIn(timezone, at)
  return day >= start && day <= end
}

export function daysOf({ start, end }: Period): string[] {
  const days: string[] = []
  for (let day = start; day <= end; day = addDays(day, 1)) days.push(day)
  return days
}

function requiredDay(call: Call, name: string): string {
  const value = requiredText(name, call.query(name))
  if (!isDay(value)) throw badRequest(`${name} must be a date (YYYY-MM-DD)`)
  return value
}

function zoneOf(call: Call): string {
  const timezone = call.query('timezone') ?? 'UTC'
  try {
    dayIn(timezone, 0)
  } catch {
    throw badRequest('timezone must be an IANA time zone')
  }
  return timezone
}
