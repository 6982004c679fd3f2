import { type Call, invalid, type ReplyInput } from '@parley/core'
import { errorOf } from './agent-conversation-error.ts'

export function optionalObject<T extends object>(call: Call, value: T | undefined, path: string): T | undefined {
  if (value === undefined || value === null) return undefined
  if (typeof value !== 'object' || Array.isArray(value)) throw invalid(call, path, 'must be an object')
  return value
}

/** A reply that was meant for later must not go out now. */
export function refuseLater(call: Call, { sendAt }: ReplyInput): void {
  if (sendAt === undefined || sendAt === null) return
  const fields = [{ path: 'sendAt', problem: 'is not possible' }]
  throw errorOf(call, 'unsupported', 'nothing can be sent later here.', { fields, outcome: 'not-done' })
}
