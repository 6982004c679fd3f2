import { type ControlOperations, pathOf } from '@parley/core'
import { type Context, recordOf, threadIdOf } from './protocol.ts'
import { readControl } from './read/control.ts'
import { stillWaiting } from './reconcile.ts'

export type LangGraphControl = Pick<ControlOperations, 'get'>

/** A thread that is interrupted waits for a person: `inputRequests` says for what. */
export const createControl = (context: Context): LangGraphControl => ({
  get: async (target, options) => {
    const call = context.begin('control.get', options)
    const id = threadIdOf(call, target)
    const path = pathOf`/threads/${id}`
    const control = await call.read({ path }, (body, reading) => readControl(recordOf(body), reading))
    const { native: status, inputRequests: waiting } = control
    if (waiting === undefined) return control
    return { ...control, inputRequests: [...(await stillWaiting(call, id, { status: String(status), waiting }))] }
  },
})
