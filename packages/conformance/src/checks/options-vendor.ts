import { isParleyError } from '@parley/core'
import type { Check } from '../check.ts'
import { ensure, failureOf } from '../support/ensure.ts'
import { counting } from '../support/requests.ts'
import { vendorCallsOf } from '../support/vendor-calls.ts'

export const misspelledOptionsAreRefused: Check = {
  group: 'identity',
  name: 'an option of the vendor that does not exist is refused before any request, by every operation that takes some',
  async run(bench) {
    for (const { operation, run } of await vendorCallsOf(bench)) {
      const connection = counting(bench.harness.fetch)
      const adapter = await bench.open({ fetch: connection.fetch })
      const error = await failure(run(adapter, { [adapter.vendor]: { mispelledByConformance: true } }))
      const isRefused = isParleyError(error) && error.code === 'invalid-request'
      ensure(isRefused, `${operation} took an option that does not exist, or failed otherwise: ${String(error)}.`)
      ensure(error.message.includes('mispelledByConformance'), `The error of ${operation} does not name the option.`)
      ensure(connection.count() === 0, `${operation} sent ${connection.count()} requests before it refused the option.`)
    }
  },
}

export const optionsOfOthersAreIgnored: Check = {
  group: 'identity',
  name: 'options of another vendor are ignored by every operation that takes some',
  async run(bench) {
    for (const { operation, run } of await vendorCallsOf(bench)) {
      const error = await failure(run(await bench.open({}), { 'another-vendor': { anything: true } }))
      const isRefused = isParleyError(error) && error.message.includes('vendor.')
      ensure(!isRefused, `${operation} refused the options of another vendor: ${String(error)}.`)
    }
  },
}

const failure = (work: PromiseLike<unknown> | undefined): Promise<unknown> => failureOf(Promise.resolve(work))
