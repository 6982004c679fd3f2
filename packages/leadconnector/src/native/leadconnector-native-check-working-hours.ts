import type { FieldProblem, NativeGiven } from '@parley/core'

/** Hours that are on have to say where. */
export function checkWorkingHours({ body }: NativeGiven): FieldProblem | undefined {
  const channels = body('channels')
  return body('enabled') === true && Array.isArray(channels) && channels.length === 0
    ? { path: 'body.channels', problem: 'must not be empty when enabled is true' }
    : undefined
}
