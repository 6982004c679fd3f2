import type { RuntimeOptions, Warning } from '@parley/core'
import { type LiveChatAI, type LiveChatAIOptions, liveChatAI } from '@parley/livechatai'
import { testClock } from '@parley/sandbox'

export interface TestAccount {
  adapter: LiveChatAI
  warnings: Warning[]
  /** Milliseconds that have passed on the account's clock. */
  passed(): number
}

/** An account that keeps the vendor's payloads, whose clock begins when the fixtures' thread has just been spoken in. */
export function account(options: Partial<LiveChatAIOptions> & RuntimeOptions = {}): TestAccount {
  const clock = testClock('2026-02-01T08:04:10.000Z', { automatic: true })
  const warnings: Warning[] = []
  const onWarning = (warning: Warning) => warnings.push(warning)
  const adapter = liveChatAI({
    account: 'shop',
    apiKey: 'key-secret-1',
    agentId: 'bot-1',
    raw: true,
    ...{ clock, onWarning, random: () => 0 },
    ...options,
  })
  return { adapter, warnings, passed: () => clock.elapsed }
}

/** The codes and places of warnings; their sentences are for people. */
export const told = (warnings: readonly Warning[]): string[] =>
  warnings.map(({ code, path }) => (path === undefined ? code : `${code} ${path}`))

/** What every entity of that account begins with. */
export const entity = (kind: string, id: string, raw?: unknown): Record<string, unknown> => ({
  ref: `livechatai:shop/${kind}/${id}`,
  vendor: 'livechatai',
  account: 'shop',
  id,
  ...(raw !== undefined && { raw }),
})

/** The error that something ends in. */
export async function failure(work: PromiseLike<unknown>): Promise<Error & Record<string, unknown>> {
  try {
    await work
  } catch (error) {
    return error as Error & Record<string, unknown>
  }
  throw new Error('It did not fail.')
}
