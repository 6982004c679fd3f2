import {
  type Agent,
  type Call,
  type CreateAgentInput,
  checkInput,
  checkText,
  compact,
  flag,
  ignoreOptions,
  type OptionRules,
  vendorOptions,
} from '@parley/core'
import { checkFlag } from '../livechatai-check.ts'
import { agentOf } from '../livechatai-unwrap.ts'
import type { LiveChatAIVendorOptions } from '../livechatai-vendor-options.ts'
import { readAgent } from '../read/read-livechatai-agent.ts'
import type { LiveChatAIRawAgent } from '../wire/index.ts'
import { completed } from './livechatai-get-agent.ts'

const ownOptions: OptionRules<LiveChatAIVendorOptions['agents.create']> = { isImageSharingEnabled: flag }

/** "agents/create". Its answer is not documented: without an id in it nothing was certainly made, and that is an error. */
export async function createAgent(call: Call, given: CreateAgentInput): Promise<Agent<LiveChatAIRawAgent>> {
  const input = checkInput(call, given)
  const own = vendorOptions(call, input.vendor, ownOptions)
  const { name, liveChatEnabled, vendor: _, ...others } = input
  const body = compact<Record<string, unknown>>({
    name: checkText(call, name, 'name'),
    isLiveChatEnabled: checkFlag(call, liveChatEnabled, 'liveChatEnabled', 'required'),
    ...own,
  })
  ignoreOptions(call, others, Object.keys(others), 'the rest of an agent is set in its dashboard.')
  const agent = await call.read({ method: 'POST', path: '/agents', body }, (answer, reading) =>
    readAgent(agentOf(answer), reading),
  )
  return completed(call, agent)
}
