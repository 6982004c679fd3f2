import { inspect } from 'node:util'
import type { Check } from '../check.ts'
import { ensure, ensureFails } from '../support/ensure.ts'
import { listsFor } from '../support/lists.ts'
import { placesOf } from '../support/places.ts'

export const wrongCredentialsAreTold: Check = {
  group: 'failures',
  name: 'a wrong credential fails everywhere, names the account, and is itself named nowhere',
  async run(bench) {
    const make = bench.require('wrongCredential')
    const places = await placesOf(bench)
    const { adapter, secrets } = await make({ fetch: bench.harness.fetch, account: 'locked-out' })
    ensure(secrets?.length, 'wrongCredential does not say which secret it uses.')
    for (const { operation, list } of listsFor(adapter, places)) {
      const error = await ensureFails(list(), 'authentication', operation)
      ensure(error.account === 'locked-out', `${operation}: the error names the account "${error.account}".`)
      ensure(error.message.includes('locked-out'), `${operation}: the message does not name the account.`)
      ensure(error.operation === operation, `${operation}: the error names ${error.operation}.`)
      const printed = [
        error.message,
        error.stack,
        JSON.stringify(error),
        inspect(error, { depth: 9, showHidden: true }),
      ]
      for (const secret of secrets)
        ensure(!printed.some((text) => text?.includes(secret)), `${operation}: the error holds the credential.`)
    }
  },
}
