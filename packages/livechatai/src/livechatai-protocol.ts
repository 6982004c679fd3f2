import type { Protocol } from '@parley/core'
import { readProblem } from './livechatai-problem.ts'

export const vendor = 'livechatai' as const

export const createProtocol = (baseUrl: string): Protocol => ({
  vendor,
  baseUrl: baseUrlOf(baseUrl),
  authorize: (key) => ({ authorization: `Bearer ${key}` }),
  readProblem,
})

/** An address without any path gets the API's; a path is trusted as it is. */
export function baseUrlOf(given: string): string {
  const url = given.trim().replace(/\/+$/, '')
  return new URL(url).pathname === '/' ? `${url}/api/v2` : url
}
