import { isParleyError, type ParleyError, type Warning } from '@parley/core'
import { type LeadConnector, type LeadConnectorOptions, leadConnector } from '@parley/leadconnector'
import { type TestClock, testClock } from '@parley/sandbox'
import nock from 'nock'
import { afterEach, beforeEach, expect } from 'vitest'

export const baseUrl = 'https://services.leadconnectorhq.com'
export const token = 'pit-planted-0000-4000-8000-000000000000'

/** Time that moves by itself, from two days after the fixtures. */
export const movingClock = (): TestClock => testClock('2026-01-02T10:00:00.000Z', { automatic: true })

export interface TestAccount extends LeadConnector {
  clock: TestClock
  warnings: Warning[]
}

/** An account over nock, which keeps the vendor's payloads. Every one has its own location unless said otherwise, so that no rate limiter is shared. */
export function testAccount(options: Partial<LeadConnectorOptions> = {}): TestAccount {
  const warnings: Warning[] = []
  const clock = (options.clock as TestClock | undefined) ?? movingClock()
  const account = leadConnector({
    account: 'clinic',
    token,
    locationId: 'loc_1',
    random: () => 0,
    raw: true,
    onWarning: (warning) => warnings.push(warning),
    ...options,
    clock,
  })
  return { ...account, clock, warnings }
}

/** The vendor, which accepts requests with the credential and the `Version` of the family only. */
export const vendor = (version = '2021-04-15'): nock.Scope =>
  nock(baseUrl, { reqheaders: { authorization: `Bearer ${token}`, version, 'user-agent': 'Parley' } })

/** In a test file: no request leaves this machine, and each one that was announced has to come. */
export function useNock(): void {
  beforeEach(() => nock.disableNetConnect())
  afterEach(() => {
    const pending = nock.pendingMocks()
    nock.cleanAll()
    expect(pending).toEqual([])
  })
}

/** The error that something ends in. It must be one of ours and must not hold the token. */
export async function failure(promise: PromiseLike<unknown>): Promise<ParleyError> {
  const error = await promise.then(
    (value) => expect.unreachable(`it went well: ${JSON.stringify(value)}`),
    (reason: unknown) => reason,
  )
  if (!isParleyError(error)) throw new Error('not an error of ours', { cause: error })
  expect(JSON.stringify(error) + error.message + error.vendorMessage).not.toContain('planted')
  return error
}

/** None of these says that the thing is not there. */
export const otherNotFound: readonly (readonly [number, object | string | undefined])[] = [
  [404, { statusCode: 404, message: 'Cannot GET /somewhere', error: 'Not Found' }],
  [404, { statusCode: 404, message: 'Not Found' }],
  [404, { message: 'no Route matched with those values' }],
  [404, '<html><body>404 Not Found</body></html>'],
  [404, '404 page not found'],
  [404, undefined],
  [400, { statusCode: 400, message: 'Location not found' }],
  [410, undefined],
]
