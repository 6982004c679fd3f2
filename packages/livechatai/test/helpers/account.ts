import type { RuntimeOptions } from '@parley/core'
import { type LiveChatAI, type LiveChatAIOptions, liveChatAI } from '@parley/livechatai'
import { entityOf, type Recorded, readerOf, recordedOptions } from '@parley/testkit'

export interface TestAccount extends Recorded {
  adapter: LiveChatAI
}

/** An account whose clock begins when the fixtures' thread has just been spoken in. */
export function account(options: Partial<LiveChatAIOptions> & RuntimeOptions = {}): TestAccount {
  const recorded = recordedOptions('2026-02-01T08:04:10.000Z')
  const own = { account: 'shop', apiKey: 'planted-key-1', agentId: 'bot-1' }
  return { ...recorded, adapter: liveChatAI({ ...own, ...recorded.options, ...options }) }
}

/** What every entity of that account begins with. */
export const entity = entityOf('livechatai', 'shop')

export const refOf = (kind: 'conversation' | 'contact', id: string): string => `livechatai:shop/${kind}/${id}`

/** Makes a reader of that account's payloads. */
export const reader = readerOf('livechatai', 'shop')
