import { type ControlOperations, pathOf } from '@parley/core'
import { type Context, recordOf, threadIdOf } from './protocol.ts'
import { readControl } from './read/control.ts'

export type LangGraphControl = Pick<ControlOperations, 'get'>

/** A thread that is interrupted waits for a person: `inputRequests` says for what. */
export const createControl = (context: Context): LangGraphControl => ({
  get: async (target, options) => {
    const call = context.begin('control.get', options)
    const path = pathOf`/threads/${threadIdOf(call, target)}`
    return call.read({ path }, (body, reading) => readControl(recordOf(body), reading))
  },
})
