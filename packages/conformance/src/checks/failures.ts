import { inspect } from 'node:util'
import { type Clock, isParleyError, systemClock } from '@parley/core'
import { type Check, checksOf } from '../check.ts'
import { ensure, ensureFails, failureOf } from '../support/ensure.ts'
import { listsFor, placesOf } from '../support/reading.ts'
import { answering, counting, silent } from '../support/requests.ts'

export const failureChecks: readonly Check[] = checksOf('failures', [
  {
    name: 'a call that is aborted before it begins sends nothing and fails with the caller’s reason',
    async run(bench) {
      const places = await placesOf(bench)
      const requests = counting(bench.harness.fetch)
      const reason = new Error('the caller gave up')
      const adapter = await bench.open({ fetch: requests.fetch })
      for (const { operation, list, get } of listsFor(adapter, places)) {
        const signal = AbortSignal.abort(reason)
        const failed = [await failureOf(list({}, { signal })), get && (await failureOf(get('any', { signal })))]
        ensure(failed[0] === reason, `${operation} ended in ${String(failed[0])}.`)
        ensure(!get || failed[1] === reason, `Reading after ${operation} ended in ${String(failed[1])}.`)
      }
      ensure(requests.count() === 0, `${requests.count()} requests were sent.`)
    },
  },
  {
    name: 'a call that is aborted while it runs fails at once with the caller’s reason',
    async run(bench) {
      const places = await placesOf(bench)
      const lists = listsFor(bench.adapter, places).length
      for (let index = 0; index < lists; index++) {
        const server = silent()
        const adapter = await bench.open({ fetch: server.fetch })
        const { operation, list } = listsFor(adapter, places)[index] as ReturnType<typeof listsFor>[0]
        const caller = new AbortController()
        const reason = new Error('the caller gave up')
        const failed = failureOf(list({}, { signal: caller.signal }))
        await server.asked
        caller.abort(reason)
        ensure((await failed) === reason, `${operation} ended in ${String(await failed)}.`)
        ensure(server.count() === 1, `${operation} sent ${server.count()} requests.`)
      }
    },
  },
  {
    name: 'a wrong credential fails every operation with an error that names the account and never the credential',
    async run(bench) {
      const make = bench.require('wrongCredential')
      const places = await placesOf(bench)
      const { adapter, secrets } = await make({ fetch: bench.harness.fetch, account: 'locked-out' })
      ensure(secrets?.length, 'wrongCredential returns no secrets.')
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
  },
  {
    name: 'a deadline ends a call that gets no answer',
    async run(bench) {
      const places = await placesOf(bench)
      const adapter = await bench.open({ fetch: silent().fetch })
      for (const { operation, list, get } of listsFor(adapter, places)) {
        await ensureFails(list({}, { timeout: 1 }), 'timeout', `${operation} with a millisecond of time`)
        if (get)
          await ensureFails(get('any-id', { timeout: 1 }), 'timeout', `Reading after ${operation}, with a millisecond`)
      }
    },
  },
  {
    name: 'a vendor failure is a vendor-fault error that names the operation, and reads are retried',
    async run(bench) {
      const server = answering(() => new Response('{"message":"planted words of a customer"}', { status: 500 }))
      const { adapter } = bench
      const failing = await bench.open({ fetch: server.fetch, account: 'main' })
      for (const { operation, list } of listsFor(failing)) {
        const before = server.count()
        const error = await ensureFails(list(), 'vendor-fault', operation)
        ensure(isParleyError(error) && error.vendor === adapter.vendor, `${operation}: the vendor is ${error.vendor}.`)
        ensure(error.account === 'main' && error.operation === operation, `${operation}: it names ${error.operation}.`)
        ensure(error.status === 500 && error.retryable, `${operation}: it has status ${error.status}, or no retry.`)
        ensure(server.count() > before + 1, `${operation}: the vendor was asked only once.`)
        ensure(!JSON.stringify(error).includes('planted'), `${operation}: the error quotes the vendor’s message.`)
      }
    },
  },
  {
    name: 'a vendor that asks to wait an hour is not waited for, and the error states the time to wait',
    async run(bench) {
      const refuse = () => new Response('{}', { status: 429, headers: { 'retry-after': '3600' } })
      const lists = listsFor(bench.adapter).length
      for (let index = 0; index < lists; index++) {
        const server = answering(refuse)
        const adapter = await bench.open({ fetch: server.fetch, clock: ownClock() })
        const { operation, list } = listsFor(adapter)[index] as ReturnType<typeof listsFor>[0]
        const error = await ensureFails(list(), 'rate-limit', operation)
        const wait = error.retryAfterMs ?? 0
        ensure(wait > 3_500_000 && wait <= 3_600_000, `${operation}: the error says to wait ${error.retryAfterMs} ms.`)
      }
    },
  },
  {
    name: 'a page that cannot be read at all is an error, not an empty list',
    async run(bench) {
      for (const [body, type] of bodies) {
        const server = answering(() => new Response(body, { status: 200, headers: { 'content-type': type } }))
        for (const { operation, list } of listsFor(await bench.open({ fetch: server.fetch })))
          await ensureFails(list(), 'response', `${operation} over ${body}`)
      }
    },
  },
])

/** A rate limiter belongs to a clock, so a refusal on this clock delays no other check. */
const ownClock = (): Clock => ({ ...systemClock })

const bodies: readonly [string, string][] = [
  ['<!doctype html><title>Sign in</title>', 'text/html'],
  ['{"data":[{"id":"cut', 'application/json'],
  ['"a text"', 'application/json'],
  ['{"nothing":"of what is documented"}', 'application/json'],
]
