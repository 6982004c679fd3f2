import { context, metrics, ROOT_CONTEXT, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api'
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks'
import {
  AggregationTemporality,
  InMemoryMetricExporter,
  MeterProvider,
  PeriodicExportingMetricReader,
} from '@opentelemetry/sdk-metrics'
import { InMemorySpanExporter, SimpleSpanProcessor, type SpanExporter, TracerProvider } from '@opentelemetry/sdk-trace'
import { afterEach, describe, expect, test } from 'vitest'
import { pathOf, type RequestTrace } from '../src/index.ts'
import { telemetry } from '../src/opentelemetry.ts'
import { acme, customerText, expectClean } from './helpers/acme.ts'
import { json, serve } from './helpers/serve.ts'
import { createTestClock } from './helpers/test-clock.ts'

const write = { method: 'POST', path: '/things', body: { text: customerText } } as const
const thing = { path: pathOf`/things/${'person-4711'}/parts`, query: { search: customerText } }

/** An SDK that keeps what it exports. */
function sdk(
  exporter: SpanExporter & { getFinishedSpans?: InMemorySpanExporter['getFinishedSpans'] } = new InMemorySpanExporter(),
) {
  const kept = new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE)
  const reader = new PeriodicExportingMetricReader({ exporter: kept, exportIntervalMillis: 2 ** 30 })
  const tracerProvider = new TracerProvider({ spanProcessors: [new SimpleSpanProcessor({ exporter })] })
  const meterProvider = new MeterProvider({ readers: [reader] })
  const points = async () => {
    await meterProvider.forceFlush()
    const all =
      kept
        .getMetrics()
        .at(-1)
        ?.scopeMetrics.flatMap((scope) => scope.metrics) ?? []
    return all.flatMap(({ descriptor, dataPoints }) =>
      dataPoints.map(({ attributes, value }) => ({ name: descriptor.name, unit: descriptor.unit, attributes, value })),
    )
  }
  return { providers: { tracerProvider, meterProvider }, spans: () => exporter.getFinishedSpans?.() ?? [], points }
}

const place = { 'parley.vendor': 'acme', 'parley.account': 'main' }

afterEach(() => {
  trace.disable()
  metrics.disable()
  context.disable()
})

describe('a request with telemetry', () => {
  test('becomes a span with the attributes of the conventions', async () => {
    const server = await serve((response) => json(response, 200, { text: customerText }, { 'x-request-id': 'r-1' }))
    const { spans, providers } = sdk()
    await acme(server.url, { onRequest: telemetry(providers) })
      .begin('things.list')
      .request(thing)
    const [span] = spans()
    expect(spans()).toHaveLength(1)
    expect(span).toMatchObject({
      name: 'GET /things/{id}/parts',
      kind: SpanKind.CLIENT,
      status: { code: SpanStatusCode.UNSET },
      instrumentationScope: { name: '@parley/core' },
    })
    expect(span?.attributes).toEqual({
      ...place,
      'parley.operation': 'things.list',
      'parley.priority': 'live',
      'parley.rate_limit.wait': 0,
      'parley.request.id': 'r-1',
      'http.request.method': 'GET',
      'http.response.status_code': 200,
      'server.address': '127.0.0.1',
      'server.port': Number(new URL(server.url).port),
      'url.template': '/things/{id}/parts',
    })
  })

  test('is part of the trace that is active where the operation was called', async () => {
    const server = await serve((response, _, count) => json(response, count === 1 ? 503 : 200, {}))
    const { spans, providers } = sdk()
    context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable())
    const parent = providers.tracerProvider.getTracer('test').startSpan('parent')
    const { begin } = acme(server.url, { onRequest: telemetry(providers) })
    await context.with(trace.setSpan(ROOT_CONTEXT, parent), () => begin('things.list').request(thing))
    const ours = spans().map(({ parentSpanContext }) => parentSpanContext?.spanId)
    expect(ours).toEqual([parent.spanContext().spanId, parent.spanContext().spanId])
  })

  test('has a span for each try, and counts the retry', async () => {
    const server = await serve((response, _, count) => json(response, count === 1 ? 503 : 200, {}))
    const { spans, points, providers } = sdk()
    await acme(server.url, { onRequest: telemetry(providers) })
      .begin('things.list')
      .request(thing)
    expect(spans().map(({ attributes, status }) => [attributes['http.request.resend_count'], status.code])).toEqual([
      [undefined, SpanStatusCode.ERROR],
      [1, SpanStatusCode.UNSET],
    ])
    expect(spans()[0]?.attributes).toMatchObject({ 'http.response.status_code': 503, 'error.type': '503' })
    const sent = {
      ...place,
      'parley.operation': 'things.list',
      'http.request.method': 'GET',
      'server.address': '127.0.0.1',
      'server.port': Number(new URL(server.url).port),
    }
    const failed = { ...sent, 'http.response.status_code': 503, 'error.type': '503' }
    const answered = { ...sent, 'http.response.status_code': 200 }
    const waited = { ...place, 'parley.operation': 'things.list', 'parley.priority': 'live' }
    expect(await points()).toMatchObject([
      {
        name: 'http.client.request.duration',
        unit: 's',
        attributes: { ...failed, 'url.template': '/things/{id}/parts' },
      },
      {
        name: 'http.client.request.duration',
        unit: 's',
        attributes: { ...answered, 'url.template': '/things/{id}/parts' },
      },
      { name: 'parley.requests', unit: '{request}', attributes: failed, value: 1 },
      { name: 'parley.requests', unit: '{request}', attributes: answered, value: 1 },
      {
        name: 'parley.retries',
        unit: '{request}',
        attributes: { ...place, 'parley.operation': 'things.list' },
        value: 1,
      },
      { name: 'parley.rate_limit.wait', unit: 's', attributes: waited, value: { count: 2 } },
    ])
  })

  test('has the time that it waited for the rate limit, in seconds', async () => {
    const server = await serve((response) => json(response, 200, {}))
    const { spans, points, providers } = sdk()
    const clock = createTestClock({ skip: 29_000 })
    const rate = { rate: { requests: 1, perMs: 2000 } }
    const { begin } = acme(server.url, { onRequest: telemetry(providers), clock, ...rate })
    for (let count = 0; count < 2; count++) await begin('things.list').request(thing)
    const waits = spans().map(({ attributes }) => attributes['parley.rate_limit.wait'])
    expect(waits).toEqual([0, 2])
    expect((await points()).find(({ name }) => name === 'parley.rate_limit.wait')).toMatchObject({
      value: { count: 2, sum: waits[1] },
    })
  })

  test.each<[RequestTrace['error'], Parameters<typeof acme>[1], (controller: AbortController) => typeof fetch]>([
    ['network', {}, () => () => Promise.reject(new TypeError('refused'))],
    ['timeout', { attemptTimeout: 1000, timeout: 60_000 }, () => () => new Promise(() => {})],
    ['response', { maxResponseBytes: 3 }, () => async () => new Response('{"more":"than three bytes"}')],
    [
      'aborted',
      {},
      (controller) => async () => {
        controller.abort(new Error('enough'))
        return new Promise(() => {})
      },
    ],
  ])('without an answer has the reason %s', async (reason, options, fetchOf) => {
    const { spans, providers } = sdk()
    const controller = new AbortController()
    const { begin } = acme('http://acme.test', {
      maxRetries: 0,
      ...options,
      fetch: fetchOf(controller),
      onRequest: telemetry(providers),
    })
    await begin('things.list', { signal: controller.signal })
      .request(thing)
      .catch(() => {})
    expect(spans()[0]?.attributes).toMatchObject({
      'error.type': reason,
      'server.address': 'acme.test',
      'server.port': 80,
    })
    expect(spans()[0]?.status.code).toBe(SpanStatusCode.ERROR)
    expect(spans()[0]?.attributes).not.toHaveProperty('http.response.status_code')
  })

  test('exports no text, header, query, body or id of a path', async () => {
    const server = await serve((response, _, count) =>
      json(response, count % 2 ? 200 : 422, { error: { message: customerText, code: customerText } }),
    )
    const { spans, points, providers } = sdk()
    const { begin } = acme(server.url, { onRequest: telemetry(providers) })
    for (let count = 0; count < 2; count++) {
      await begin('things.create')
        .request(write)
        .catch(() => {})
      await begin('things.list')
        .request({ ...thing, headers: { 'x-note': 'planted note' } })
        .catch(() => {})
      await begin('things.list')
        .request({ path: `/things/person-4711?${customerText}` })
        .catch(() => {})
    }
    const exported = spans().map(({ name, attributes, events, status, links }) => ({
      name,
      attributes,
      events,
      status,
      links,
    }))
    expect(exported.length).toBeGreaterThan(5)
    expectClean(exported, await points())
    expect(JSON.stringify([exported, await points()])).not.toContain('person-')
  })

  test('shows the fixed words that an adapter appends to a path with ids', async () => {
    const server = await serve((response) => json(response, 200, {}))
    const { spans, providers } = sdk()
    const { begin } = acme(server.url, { onRequest: telemetry(providers) })
    await begin('things.list').request({ path: `${pathOf`/things/${'a b'}/runs`}/wait` })
    await begin('things.list').request({ path: `${pathOf`/things/${'a b'}/runs`}/Other-4711` })
    await begin('things.list').request({ path: '/things/by-key' })
    expect(spans().map(({ name }) => name)).toEqual(['GET /things/{id}/runs/wait', 'GET', 'GET /things/by-key'])
  })
})

describe('telemetry', () => {
  test('uses the SDK that is registered after the adapter was created', async () => {
    const server = await serve((response) => json(response, 200, {}))
    const { begin } = acme(server.url, { onRequest: telemetry() })
    await begin('things.list').request(thing)
    const { spans, points, providers } = sdk()
    trace.setGlobalTracerProvider(providers.tracerProvider)
    metrics.setGlobalMeterProvider(providers.meterProvider)
    await begin('things.get').request(thing)
    expect(spans().map(({ attributes }) => attributes['parley.operation'])).toEqual(['things.get'])
    expect((await points()).length).toBeGreaterThan(0)
  })

  test('does not disturb a request if the exporter fails', async () => {
    const server = await serve((response) => json(response, 200, { ok: true }))
    const fails = () => {
      throw new Error('a broken exporter')
    }
    const { providers } = sdk({
      export: fails,
      shutdown: async () => {},
      forceFlush: async () => {},
    })
    const { begin } = acme(server.url, { onRequest: telemetry(providers) })
    expect((await begin('things.create').request(write)).body).toEqual({ ok: true })
    expect(server.received).toHaveLength(1)
  })

  test('refuses an option that does not exist', async () => {
    expect(() => telemetry({ tracer: {} } as never)).toThrow(/tracer/)
    expect(() => telemetry({ meterProvider: {} as never })).toThrow(/meterProvider/)
  })
})
