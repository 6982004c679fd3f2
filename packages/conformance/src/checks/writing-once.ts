import { isParleyError, type OperationName } from '@parley/core'
import type { Check } from '../check.ts'
import { ensure, failureOf } from '../support/ensure.ts'
import { losing, recording } from '../support/requests.ts'
import { writesOf } from '../support/writes.ts'

/** Doing them twice leaves the same as doing them once, whatever their method is; other checks hold them to it. */
const sameTwice: ReadonlySet<OperationName> = new Set<OperationName>([
  'agents.workingHours.set',
  'agents.followUp.update',
  'contacts.upsert',
])

const isUnknown = (error: unknown): boolean => isParleyError(error) && error.outcome === 'unknown'

export const nothingIsMadeTwice: Check = {
  group: 'writing',
  name: 'a change whose answer was lost on the way makes nothing twice, and does not claim that nothing was done',
  async run(bench) {
    for (const { operation, id, run } of await writesOf(bench)) {
      // A file that was uploaded twice harms nobody: no message has it.
      if (operation === 'attachments.upload') continue
      const requests = recording(bench.harness.fetch)
      const connection = losing(requests.fetch)
      const failed = await failureOf(run(await bench.open({ fetch: connection.fetch }), id ?? ''))
      ensure(connection.lost() === 1, `${operation} sent no write through the fetch it was given.`)
      const makes = requests.all().filter((request) => /^(POST|PATCH) /.test(request))
      const isSame = sameTwice.has(operation)
      ensure(isSame || new Set(makes).size === makes.length, `${operation} sent the same twice.`)
      ensure(!isSame || failed === undefined || isUnknown(failed), `${operation} failed: ${String(failed)}`)
      const denies = isParleyError(failed) && failed.outcome === 'not-done'
      ensure(!denies, `${operation} was done, and its error says that it was not.`)
    }
  },
}
