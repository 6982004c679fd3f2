import { type LeadConnector, type LeadConnectorOptions, leadConnector } from '@parley/leadconnector'
import { type TestClock, testClock } from '@parley/sandbox'
import { entityOf, type Recorded, readerOf, recordedOptions } from '@parley/testkit'
import nock from 'nock'

export const baseUrl = 'https://services.leadconnectorhq.com'
export const token = 'pit-planted-0000-4000-8000-000000000000'

const start = '2026-01-02T10:00:00.000Z'

/** Time that moves by itself, from two days after the fixtures. */
export const movingClock = (): TestClock => testClock(start, { automatic: true })

export interface TestAccount extends LeadConnector, Pick<Recorded, 'clock' | 'warnings'> {}

/** An account over nock, which keeps the vendor's payloads. Every one has its own location unless said otherwise, so that no rate limiter is shared. */
export function testAccount(options: Partial<LeadConnectorOptions> = {}): TestAccount {
  const recorded = recordedOptions(start, options.clock as TestClock | undefined)
  const own = { account: 'clinic', token, locationId: 'loc_1' }
  const { clock, warnings } = recorded
  return { ...leadConnector({ ...own, ...recorded.options, ...options }), clock, warnings }
}

/** What every entity of that account begins with. */
export const entity = entityOf('leadconnector', 'clinic')

export const refOf = (kind: 'conversation' | 'contact', id: string): string => `leadconnector:clinic/${kind}/${id}`

/** Makes a reader of that account's payloads. */
export const reader = readerOf('leadconnector', 'clinic')

/** The vendor, which accepts requests with the credential and the `Version` of the family only. */
export const vendor = (version = '2021-04-15'): nock.Scope =>
  nock(baseUrl, { reqheaders: { authorization: `Bearer ${token}`, version, 'user-agent': 'Parley' } })

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
