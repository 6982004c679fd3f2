import {
  type Attributes,
  context,
  type Meter,
  type MeterProvider,
  metrics,
  SpanStatusCode,
  trace,
} from '@opentelemetry/api'
import { type Clock, isParleyError } from '@parley/core'
import { type Kysely, sql } from 'kysely'
import type { Schema } from '../store/schema.ts'
import type { Account, Counts } from './pass.ts'
import type { SyncStream } from './sync.ts'

const scope = '@parley/inbox'

/** Buckets in seconds. */
const durations = [0.01, 0.05, 0.1, 0.5, 1, 5, 10, 30, 60, 300, 1800]

interface Instruments {
  passes: ReturnType<Meter['createHistogram']>
  records: ReturnType<Meter['createCounter']>
}

const instrumentsOf = (meter: Meter): Instruments => ({
  passes: meter.createHistogram('parley.sync.pass.duration', {
    description: 'How long one pass over a stream of an account took.',
    unit: 's',
    advice: { explicitBucketBoundaries: durations },
  }),
  records: meter.createCounter('parley.sync.records', {
    description: 'Records that a sync has read, by what became of them.',
    unit: '{record}',
  }),
})

let counted: { provider: MeterProvider; instruments: Instruments } | undefined

function instruments(): Instruments {
  const provider = metrics.getMeterProvider()
  // A program may register its SDK after the first pass.
  if (counted?.provider !== provider) counted = { provider, instruments: instrumentsOf(provider.getMeter(scope)) }
  return counted.instruments
}

const placeOf = ({ vendor, account }: { vendor: string; account: string }, stream: SyncStream): Attributes => ({
  'parley.vendor': vendor,
  'parley.account': account,
  'parley.stream': stream,
})

/**
 * Reports one pass to OpenTelemetry: a span, of which the spans of the requests are children, its duration, and what became
 * of the records. No attribute contains a text, a ref or an id of a record.
 *
 * @param counts what the pass has counted. Read at its end.
 * @param work receives a function to report the vendor's error that ends the pass.
 */
export async function observePass<Outcome extends string>(
  { adapter }: Account,
  stream: SyncStream,
  counts: Counts,
  work: (failed: (error: unknown) => void) => Promise<Outcome>,
): Promise<Outcome> {
  const place = placeOf(adapter, stream)
  const span = trace.getTracer(scope).startSpan(`parley.sync ${stream}`, { attributes: place })
  const start = performance.now()
  const fail = (error: unknown) => {
    span.setAttribute('error.type', isParleyError(error) ? error.code : 'unknown')
    span.setStatus({ code: SpanStatusCode.ERROR })
  }
  let outcome: Outcome | 'ended' = 'ended'
  try {
    outcome = await context.with(trace.setSpan(context.active(), span), () => work(fail))
    return outcome
  } catch (error) {
    fail(error)
    throw error
  } finally {
    const { passes, records } = instruments()
    for (const [name, count] of Object.entries(counts)) {
      span.setAttribute(`parley.sync.${name}`, count)
      if (count > 0) records.add(count, { ...place, 'parley.sync.result': name })
    }
    span.setAttribute('parley.sync.outcome', outcome)
    passes.record((performance.now() - start) / 1000, { ...place, 'parley.sync.outcome': outcome })
    span.end()
  }
}

/**
 * Lets OpenTelemetry ask how far the store is behind each vendor, until the returned function is called. The answer is read
 * from the store, so that every process that shares it reports the same.
 */
export function observeLag(db: Kysely<Schema>, clock: Clock, accounts: readonly Account[]): () => void {
  const gauge = metrics.getMeter(scope).createObservableGauge('parley.sync.lag', {
    description: 'How far the store is behind the vendor: since the last pass that reached the end began.',
    unit: 's',
  })
  const byNumber = new Map(accounts.map((account) => [account.no, account]))
  const report: Parameters<typeof gauge.addCallback>[0] = async (result) => {
    const { rows } = await sql<{ account: number; stream: SyncStream; caught_up_at: string }>`
      select account, stream, caught_up_at from parley.streams
      where account = any(${[...byNumber.keys()]}::int[]) and caught_up_at is not null`.execute(db)
    for (const { account, stream, caught_up_at } of rows) {
      const { adapter } = byNumber.get(account) as Account
      result.observe(Math.max(0, clock.now() - Date.parse(caught_up_at)) / 1000, placeOf(adapter, stream))
    }
  }
  gauge.addCallback(report)
  return () => gauge.removeCallback(report)
}
