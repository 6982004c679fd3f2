import { inspect } from 'node:util'
import { expect } from 'vitest'
import {
  type AdapterOptions,
  type Credential,
  createTransport,
  isParleyError,
  isRecord,
  type ParleyError,
  type Problem,
  type Protocol,
  type RequestTrace,
  type RuntimeOptions,
  type Transport,
  type VendorAnswer,
} from '../../src/index.ts'
import { createTestClock, type TestClock } from './test-clock.ts'

/** Planted in every credential and every customer's text of these tests; no error and no trace may hold one of them. */
export const secret = 'planted-credential-4711'
export const customerText = 'planted words of a customer'

let scopes = 0

interface AcmeOptions extends Omit<AdapterOptions, 'baseUrl'>, RuntimeOptions {
  credential?: Credential
  protocol?: Partial<Protocol>
}

export interface Acme extends Transport {
  clock: TestClock
  traces: RequestTrace[]
}

/** The transport of a made-up vendor. Waits pass at once, deadlines only when the test says so. */
export function acme(baseUrl: string, { credential, protocol, ...options }: AcmeOptions = {}): Acme {
  const clock = (options.clock as TestClock | undefined) ?? createTestClock({ skip: 29_000 })
  const traces: RequestTrace[] = []
  const transport = createTransport(
    {
      vendor: 'acme',
      baseUrl,
      scope: `acme ${++scopes}`,
      authorize: (token) => ({ authorization: `Bearer ${token}` }),
      readProblem,
      ...protocol,
    },
    {
      account: 'main',
      random: () => 0.5,
      onRequest: (trace) => traces.push(trace),
      ...options,
      clock,
      credential: credential ?? secret,
    },
  )
  return { ...transport, clock, traces }
}

function readProblem({ status, body }: VendorAnswer): Problem | undefined {
  const error = isRecord(body) ? body['error'] : undefined
  if (status < 300 && error === undefined) return undefined
  if (!isRecord(error)) return {}
  const problem: Problem = {}
  if (typeof error['code'] === 'string') problem.vendorCode = error['code']
  if (typeof error['message'] === 'string') problem.vendorMessage = error['message']
  if (typeof error['kind'] === 'string') problem.code = error['kind'] as NonNullable<Problem['code']>
  if (typeof error['field'] === 'string')
    problem.fields = [{ path: error['field'], problem: String(error['problem'] ?? 'is wrong') }]
  return problem
}

/** The error that something ends in, which has to be one of ours and to hold nothing planted. */
export async function failure(promise: Promise<unknown>): Promise<ParleyError> {
  const error = await promise.then(
    (value) => expect.unreachable(`it went well: ${inspect(value)}`),
    (reason: unknown) => reason,
  )
  if (!isParleyError(error)) throw new Error('not an error of ours', { cause: error })
  expectClean(error, error.message, error.stack, error.toJSON(), inspect(error.cause, { depth: 20 }))
  return error
}

/** None of these, printed in any way, holds a planted secret or a planted text. */
export function expectClean(...values: unknown[]): void {
  for (const value of values) {
    for (const printed of [JSON.stringify(value), String(value), inspect(value, { depth: 20, showHidden: true })]) {
      expect(printed).not.toContain('planted')
      expect(printed).not.toContain(encodeURIComponent(customerText))
    }
  }
}
