import { type ControlOperations, pathOf } from '@parley/core'
import { type Context, conversationIdOf, dataOf } from './protocol.ts'
import { readControl } from './read/conversation.ts'

export type LiveChatAIControl = Pick<ControlOperations, 'get'>

/** Always read again, because teammates can take over at any time. */
export const createControl = (context: Context): LiveChatAIControl => ({
  get: async (target, options) => {
    const call = context.begin('control.get', options)
    const path = pathOf`/conversations/${conversationIdOf(call, target)}`
    return call.read({ path }, (body, reading) => readControl(dataOf(body), reading))
  },
})
