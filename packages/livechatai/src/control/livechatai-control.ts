import { pathOf } from '@parley/core'
import type { LiveChatAIControl } from '../livechatai-adapter.ts'
import { conversationIdOf } from '../livechatai-check.ts'
import { begin, type LiveChatAIContext } from '../livechatai-context.ts'
import { dataOf } from '../livechatai-unwrap.ts'
import { readControl } from '../read/read-livechatai-control.ts'

/** Read anew whenever it is asked for, since teammates take over at any time. */
export const createControl = (context: LiveChatAIContext): LiveChatAIControl => ({
  get: async (target, options) => {
    const call = begin(context, 'control.get', options)
    const path = pathOf`/conversations/${conversationIdOf(call, target)}`
    return call.read({ path }, (body, reading) => readControl(dataOf(body), reading))
  },
})
