import { context, metrics, trace } from '@opentelemetry/api'
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks'
import {
  AggregationTemporality,
  InMemoryMetricExporter,
  MeterProvider,
  PeriodicExportingMetricReader,
} from '@opentelemetry/sdk-metrics'
import { InMemorySpanExporter, SimpleSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace'
import { type Adapter, buildRef, type Message, PermissionError, paged } from '@parley/core'
import { createStore, createSync, type Store } from '@parley/inbox'
import { startPostgres } from '@parley/testkit/postgres'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { fakeAccount, conversation as fakeConversation } from '../fake-account.ts'

const server = await startPostgres()
const options = typeof server === 'string' ? {} : { url: await server.createDatabase() }
const store: Store = await createStore(options)
afterAll(async () => {
  await store.close()
  if (typeof server !== 'string') await server.stop()
})

const spans = new InMemorySpanExporter()
const kept = new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE)
const reader = new PeriodicExportingMetricReader({ exporter: kept, exportIntervalMillis: 2 ** 30 })

beforeAll(() => {
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable())
  trace.setGlobalTracerProvider(new TracerProvider({ spanProcessors: [new SimpleSpanProcessor({ exporter: spans })] }))
  metrics.setGlobalMeterProvider(new MeterProvider({ readers: [reader] }))
})
beforeEach(() => spans.reset())

const planted = 'planted words of a customer'

/** An account of a few conversations with one message each. Its requests begin a span, as those of an adapter do. */
function account(name: string): Adapter {
  const all = ['c-4711', 'c-4712', 'c-4713'].map((id) => fakeConversation('acme', name, id, '2026-01-01T00:00:00.000Z'))
  const { adapter } = fakeAccount('acme', name, all)
  const messageOf = (id: string): Message => ({
    ref: buildRef({ vendor: 'acme', account: name, kind: 'message', id: `m-${id}` }),
    ...{ vendor: 'acme', account: name, id: `m-${id}`, conversationId: id, text: planted },
    ...{ type: { value: 'text', native: null }, direction: 'inbound', author: { kind: 'contact', basis: 'vendor' } },
    ...{ sourcesState: 'unavailable', createdAt: '2026-01-01T00:00:00.000Z' },
  })
  const list = (target: unknown) => {
    trace.getTracer('test').startSpan('a request').end()
    const id = typeof target === 'string' ? target : (target as { id: string }).id
    return paged(
      async () => ({ items: [messageOf(id)], next: null, warnings: [] }),
      {},
      {
        vendor: 'acme',
        account: name,
        operation: 'messages.list',
      },
    )
  }
  return { ...adapter, messages: { ...adapter.messages, list } } as unknown as Adapter
}

async function points() {
  await reader.forceFlush()
  const all =
    kept
      .getMetrics()
      .at(-1)
      ?.scopeMetrics.flatMap((one) => one.metrics) ?? []
  return all.flatMap(({ descriptor, dataPoints }) =>
    dataPoints.map(({ attributes, value }) => ({ name: descriptor.name, attributes, value })),
  )
}

describe('the telemetry of a sync', () => {
  it('has a span for each pass, with what became of the records, around the spans of the requests', async () => {
    await createSync({ store, accounts: [account('desk')] }).runOnce()
    const all = spans.getFinishedSpans()
    const pass = all.find(({ name }) => name === 'parley.sync messages')
    expect(pass?.attributes).toMatchObject({
      'parley.vendor': 'acme',
      'parley.account': 'desk',
      'parley.stream': 'messages',
      'parley.sync.outcome': 'done',
      'parley.sync.added': 3,
      'parley.sync.updated': 0,
    })
    const requests = all.filter(({ name }) => name === 'a request')
    expect(requests.length).toBeGreaterThan(2)
    const passes = all.filter(({ name }) => name.startsWith('parley.sync ')).map((span) => span.spanContext().spanId)
    const parents = requests.map(({ parentSpanContext }) => parentSpanContext?.spanId)
    expect(passes).toEqual(expect.arrayContaining(parents))
    expect(parents).toContain(pass?.spanContext().spanId)
    expect(await points()).toContainEqual({
      name: 'parley.sync.records',
      attributes: {
        'parley.vendor': 'acme',
        'parley.account': 'desk',
        'parley.stream': 'messages',
        'parley.sync.result': 'added',
      },
      value: 3,
    })
    const shown = JSON.stringify([
      all.map(({ name, attributes, events }) => [name, attributes, events]),
      await points(),
    ])
    expect(shown).not.toContain('planted')
    expect(shown).not.toContain('c-471')
  })

  it('names the error of a pass that fails', async () => {
    const { conversations, ...rest } = account('shop')
    const fails = () =>
      paged(
        () => Promise.reject(new PermissionError({ vendor: 'acme', account: 'shop', message: planted })),
        {},
        { vendor: 'acme', account: 'shop', operation: 'conversations.list' },
      )
    const adapter = { ...rest, conversations: { ...conversations, list: fails } } as unknown as Adapter
    await createSync({ store, accounts: [adapter] }).runOnce({ streams: ['conversations'] })
    const pass = spans.getFinishedSpans().find(({ name }) => name === 'parley.sync conversations')
    expect(pass?.attributes).toMatchObject({ 'parley.sync.outcome': 'failed', 'error.type': 'permission' })
  })

  it('has the lag of each account and stream while the sync runs, and nothing of the queue', async () => {
    const stop = new AbortController()
    await createSync({ store, accounts: [account('desk')] }).runOnce()
    const sync = createSync({ store, accounts: [account('desk'), account('queued')] })
    const running = sync.run({ signal: stop.signal })
    const lag = async () => (await points()).filter(({ name }) => name === 'parley.sync.lag')
    await expect.poll(lag, { timeout: 30_000 }).toContainEqual({
      name: 'parley.sync.lag',
      attributes: { 'parley.vendor': 'acme', 'parley.account': 'desk', 'parley.stream': 'conversations' },
      value: expect.any(Number),
    })
    const accounts = () => spans.getFinishedSpans().map(({ attributes }) => attributes['parley.account'])
    await expect.poll(accounts, { timeout: 30_000 }).toContain('queued')
    stop.abort()
    await running.catch(() => {})
    const names = [...(await points()), ...spans.getFinishedSpans()].map(({ name }) => name)
    expect(names.filter((name) => !name.startsWith('parley.sync') && name !== 'a request')).toEqual([])
  })
})
