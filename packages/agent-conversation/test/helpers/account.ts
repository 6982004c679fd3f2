import { type AgentConversation, type AgentConversationOptions, agentConversation } from '@parley/agent-conversation'
import type { RuntimeOptions } from '@parley/core'
import { entityOf, type Recorded, readerOf, recordedOptions } from '@parley/testkit'

export interface TestAccount extends Recorded {
  adapter: AgentConversation
}

/** An account whose clock begins five seconds after the fixtures' last message. */
export function account(options: Partial<AgentConversationOptions> & RuntimeOptions = {}): TestAccount {
  const recorded = recordedOptions('2026-02-01T08:04:10.000Z')
  const own = { account: 'hotline', apiKey: 'planted-key-1' }
  return { ...recorded, adapter: agentConversation({ ...own, ...recorded.options, ...options }) }
}

/** What every entity of that account begins with. */
export const entity = entityOf('agent-conversation', 'hotline')

export const refOf = (kind: 'conversation' | 'contact', id: string): string =>
  `agent-conversation:hotline/${kind}/${id}`

/** Makes a reader of that account's payloads. */
export const reader = readerOf('agent-conversation', 'hotline')
