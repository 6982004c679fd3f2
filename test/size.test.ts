import { describe, expect, it } from 'vitest'
import { bundled } from './tools/bundle.ts'

/**
 * The aim is 30 KiB. ky and core take 17 of them, and LeadConnector's many shapes of one thing take more than the rest;
 * what each may have is written down here so that it does not grow unseen.
 */
const limits = [
  ['livechatai', 'liveChatAI', 31],
  ['agent-conversation', 'agentConversation', 31],
  ['leadconnector', 'leadConnector', 36],
] as const

describe('core and one adapter with all they need', () => {
  it.each(limits)('%s (%s) stays below %i KiB gzip', async (name, factory, limit) => {
    expect((await bundled(name, factory)).start).toBeLessThan(limit * 1024)
  })

  it.each(limits)('%s (%s) loads its table of native endpoints when it is needed', async (name, factory) => {
    expect((await bundled(name, factory)).later.join()).toContain(`${name}-native-endpoints`)
  })
})
