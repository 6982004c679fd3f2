import type { Transport } from '@parley/core'
import { createNative } from '@parley/core/operations'
import type { LangGraphEndpoints, LangGraphNative } from './types.ts'

/** The table of endpoints is loaded by the first request. */
export const createNativeApi = (transport: Transport): LangGraphNative =>
  createNative<LangGraphEndpoints>(transport, async () => (await import('./endpoints.ts')).endpoints)
