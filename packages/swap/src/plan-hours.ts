import { type OperationOptions, requireOperation, supports } from '@parley/core'
import type { Difference } from './compare-agent.ts'
import { hoursOf } from './export-agent.ts'
import { missing, type Plan, type Planning, refusalText, rowFor } from './plan.ts'
import { refusalOf } from './trial.ts'

/** Working hours are written as a whole, so what the manifest does not mention is written back as it is. */
export async function planHours(
  differences: readonly Difference[],
  planning: Planning,
): Promise<Pick<Plan, 'rows' | 'steps'>> {
  const { adapter, wanted, live } = planning
  const none = (reason: string, level: 'full' | 'rejected' = 'full') => ({
    rows: differences.map((one) =>
      one.state === 'same'
        ? rowFor(one, 'same', level)
        : rowFor(one, 'not-possible', level, { reason, advice: 'Set them in the vendor’s dashboard.' }),
    ),
    steps: [],
  })
  const operation = wanted.workingHours === null ? 'agents.workingHours.clear' : 'agents.workingHours.set'
  if (!supports(adapter, 'agents.workingHours.get') || !supports(adapter, operation))
    return none(missing(adapter, operation).reason, 'rejected')
  const rows = differences.map((one) => rowFor(one, one.state === 'same' ? 'same' : 'set', 'full'))
  const written = rows.filter(({ action }) => action === 'set')
  if (written.length === 0) return { rows, steps: [] }
  if (!wanted.workingHours) {
    const clear = requireOperation(adapter, 'agents.workingHours.clear')
    return { rows, steps: [{ rows: written, run: (id, options) => clear(id, options) }] }
  }
  const unreadable = live.hours?.channels.some(({ value }) => value === 'unknown')
  if (unreadable && !wanted.workingHours.channels)
    return none('The working hours have a channel that Parley cannot write back.')
  const input = {
    ...(live.hours && hoursOf(live.hours, [])),
    ...(live.hours?.attributes && { attributes: live.hours.attributes }),
    ...wanted.workingHours,
  }
  const set = requireOperation(adapter, 'agents.workingHours.set')
  const write = (options: OperationOptions, id = 'new') => set(id, input as never, options)
  const refusal = await refusalOf((options) => write(options))
  if (refusal) return none(refusalText(adapter, refusal.first))
  return { rows, steps: [{ rows: written, run: (id, options) => write(options, id) }] }
}
