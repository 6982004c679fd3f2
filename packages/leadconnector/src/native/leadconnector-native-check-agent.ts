import type { FieldProblem, NativeGiven } from '@parley/core'

const longestWait: Readonly<Record<string, number>> = { seconds: 300, minutes: 5 }
const longestSleep: Readonly<Record<string, number>> = { seconds: 172_800, minutes: 2_880, hours: 48 }

/** "Create Agent": waits and sleeps are limited by their unit. Without a sleep's unit the largest number of any goes. */
export const checkAgent = ({ body }: NativeGiven): FieldProblem | undefined =>
  tooLong('waitTime', body('waitTime'), body('waitTimeUnit') ?? 'seconds', longestWait) ??
  tooLong('sleepTime', body('sleepTime'), body('sleepTimeUnit') ?? 'seconds', longestSleep)

/** "Update Agent": the mode has to be said for the primary agent. */
export const checkAgentUpdate = (given: NativeGiven): FieldProblem | undefined =>
  given.body('isPrimary') === true && (given.body('mode') ?? '') === ''
    ? { path: 'body.mode', problem: 'is required when isPrimary is true' }
    : checkAgent(given)

/** A duration that is longer than its unit allows; a unit that is not known has no limit. */
export function tooLong(
  name: string,
  value: unknown,
  unit: unknown,
  longest: Readonly<Record<string, number>>,
): FieldProblem | undefined {
  const most = typeof unit === 'string' && Object.hasOwn(longest, unit) ? longest[unit] : undefined
  if (typeof value !== 'number' || most === undefined || value <= most) return undefined
  return { path: `body.${name}`, problem: `must be at most ${most} ${unit}` }
}
