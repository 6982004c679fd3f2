import { changes } from './livechatai-analytics-figures.ts'
import { type Period, type Report, reportOf } from './livechatai-analytics-period.ts'
import type { Call } from './livechatai-endpoint.ts'
import { chance } from './livechatai-ids.ts'

interface AIFunction {
  readonly name: string
  readonly description: string
  readonly type: string
  readonly mcpName: string | null
  readonly mcpProvider: string | null
  /** How many conversations in one call it. */
  readonly share: number
}

const functions: readonly AIFunction[] = [
  {
    name: 'track_order',
    description: 'Looks up where a parcel is',
    type: 'CUSTOM',
    mcpName: null,
    mcpProvider: null,
    share: 0.22,
  },
  {
    name: 'book_appointment',
    description: 'Books a time in the workshop',
    type: 'CUSTOM',
    mcpName: null,
    mcpProvider: null,
    share: 0.13,
  },
  {
    name: 'create_ticket',
    description: 'Writes a ticket for a colleague',
    type: 'MCP',
    mcpName: 'tickets',
    mcpProvider: 'sandbox',
    share: 0.06,
  },
]

/** `analytics/ai-functions`: here the changes stand beside the periods. */
export function functionAnalytics(call: Call): object {
  const report = reportOf(call)
  const calls = callsIn(report, report.current)
  const current = totals(calls)
  const previous = totals(callsIn(report, report.previous))
  return {
    status: 'success',
    data: {
      currentPeriod: {
        ...current,
        functions: calls.map(({ definition: { share: _, ...shown }, total, totalFailed }) => ({
          ...shown,
          total,
          totalFailed,
        })),
      },
      previousPeriod: previous,
      changes: changes(current, previous),
    },
  }
}

interface Calls {
  readonly definition: AIFunction
  readonly total: number
  readonly totalFailed: number
}

/** The stories tell of no function calls, so each answered conversation draws its own, always the same ones. */
function callsIn(report: Report, period: Period): Calls[] {
  const answered = report.conversations(period).filter((each) => each.messages.length > 1)
  return functions.map((definition) => {
    const callers = answered.filter(({ id }) => chance(`${definition.name}:${id}`) < definition.share)
    const failed = callers.filter(({ id }) => chance(`${definition.name}:failed:${id}`) < 0.08)
    return { definition, total: callers.length, totalFailed: failed.length }
  })
}

const totals = (calls: readonly Calls[]): { total: number; totalFailed: number } => ({
  total: calls.reduce((sum, each) => sum + each.total, 0),
  totalFailed: calls.reduce((sum, each) => sum + each.totalFailed, 0),
})
