import type { RuntimeOptions } from '@parley/core'
import { type LangGraph, type LangGraphOptions, langGraph } from '@parley/langgraph'
import { entityOf, type Recorded, readerOf, recordedOptions } from '@parley/testkit'
import { afterEach, beforeEach, vi } from 'vitest'

export interface TestAccount extends Recorded {
  adapter: LangGraph
}

/** An account whose clock begins after the fixtures were recorded. */
export function account(options: Partial<LangGraphOptions> & RuntimeOptions = {}): TestAccount {
  const recorded = recordedOptions('2026-11-28T09:19:00.000Z')
  const own = { account: 'shop', apiKey: 'planted-key-1', assistantId: 'desk' }
  return { ...recorded, adapter: langGraph({ ...own, ...recorded.options, ...options }) }
}

/** What every entity of that account begins with. */
export const entity = entityOf('langgraph', 'shop')

export const refOf = (kind: 'conversation' | 'contact', id: string): string => `langgraph:shop/${kind}/${id}`

/** Makes a reader of that account's payloads. */
export const reader = readerOf('langgraph', 'shop')

/** The id that the adapter chooses as the nth one of a test. */
export const ownId = (count: number): `${string}-${string}-${string}-${string}-${string}` =>
  `00000000-0000-4000-8000-00000000000${count}`

/** For a test file: the ids that the adapter chooses are `ownId(1)`, `ownId(2)` and so on. */
export function useOwnIds(): void {
  beforeEach(() => {
    let count = 0
    vi.spyOn(crypto, 'randomUUID').mockImplementation(() => ownId(++count))
  })
  afterEach(() => void vi.restoreAllMocks())
}
