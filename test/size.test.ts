import { describe, expect, it } from 'vitest'
import { bundledSize } from './tools/bundle.ts'

const limit = 30 * 1024

describe('core and one adapter with all they need', () => {
  it.each([
    ['leadconnector', 'leadConnector'],
    ['livechatai', 'liveChatAI'],
    ['agent-conversation', 'agentConversation'],
  ])('%s stays below 30 KB gzip', async (name, factory) => {
    expect(await bundledSize(name, factory)).toBeLessThan(limit)
  })
})
