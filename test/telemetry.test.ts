import {
  AggregationTemporality,
  InMemoryMetricExporter,
  MeterProvider,
  PeriodicExportingMetricReader,
} from '@opentelemetry/sdk-metrics'
import { InMemorySpanExporter, SimpleSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace'
import type { Adapter, Conversation } from '@parley/core'
import { telemetry } from '@parley/core/opentelemetry'
import { sandbox } from '@parley/sandbox'
import { afterAll, describe, expect, it } from 'vitest'
import { loadVendors } from './vendors.ts'

const vendors = await loadVendors()
const desk = await sandbox.start()
afterAll(() => desk.stop())

const planted = 'planted words of a customer'

/** Every text in a request or a response that may be about a person: ids, names, addresses and messages. */
function telling(json: string, found: Set<string>): void {
  const collect = (value: unknown): void => {
    if (typeof value === 'string' && value.length > 5 && /[\d@ ]/.test(value)) found.add(value)
    else if (typeof value === 'object' && value !== null) for (const part of Object.values(value)) collect(part)
  }
  try {
    collect(JSON.parse(json))
  } catch {
    if (json !== '') found.add(json)
  }
}

/** Reads and writes what most vendors have. What one refuses is also a request. */
async function use(adapter: Adapter): Promise<void> {
  const ignore = () => undefined
  const page = await adapter.conversations?.list?.({ limit: 20 })
  for (const conversation of page?.items.slice(0, 3) ?? ([] as Conversation[])) {
    await adapter.conversations?.get?.(conversation).catch(ignore)
    await adapter.messages?.list?.(conversation, { limit: 10 }).catch(ignore)
    await adapter.messages?.reply?.(conversation, { text: planted }).catch(ignore)
    const id = conversation.contact?.id
    if (id) await adapter.contacts?.get?.(id).catch(ignore)
  }
  await adapter.contacts?.list?.({ limit: 5 }).catch(ignore)
  await adapter.contacts?.create?.({ name: planted }).catch(ignore)
  await adapter.agents?.list?.().catch(ignore)
  await adapter.messages?.ask?.({ visitor: { externalId: 'planted-4711' } }, { text: planted }).catch(ignore)
}

describe('telemetry', () => {
  it.each(vendors)('of $label exports neither texts nor ids, and knows the template of each path', async (vendor) => {
    const emulator = desk[vendor.name]
    const spans = new InMemorySpanExporter()
    const kept = new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE)
    const reader = new PeriodicExportingMetricReader({ exporter: kept, exportIntervalMillis: 2 ** 30 })
    const tracerProvider = new TracerProvider({ spanProcessors: [new SimpleSpanProcessor({ exporter: spans })] })
    const meterProvider = new MeterProvider({ readers: [reader] })
    const texts = new Set<string>([planted, 'planted'])
    const recording: typeof fetch = async (input, init) => {
      const request = new Request(input, init)
      telling(await request.clone().text(), texts)
      const response = await fetch(request)
      telling(await response.clone().text(), texts)
      return response
    }
    const adapter = vendor.create({
      ...emulator.accountOptions,
      account: 'desk',
      rate: false,
      fetch: recording,
      onRequest: telemetry({ tracerProvider, meterProvider }),
    })
    await use(adapter)
    await meterProvider.forceFlush()
    const exported = spans.getFinishedSpans().map(({ name, attributes, events, status }) => {
      const { 'parley.request.id': _, ...rest } = attributes
      return { name, attributes: rest, events, status }
    })
    const points = kept
      .getMetrics()
      .flatMap(({ scopeMetrics }) =>
        scopeMetrics.flatMap(({ metrics }) =>
          metrics.flatMap(({ descriptor, dataPoints }) =>
            dataPoints.map(({ attributes }) => ({ descriptor, attributes })),
          ),
        ),
      )
    expect(exported.length).toBeGreaterThan(10)
    expect(points.length).toBeGreaterThan(5)
    expect(texts.size).toBeGreaterThan(50)
    const shown = JSON.stringify([exported, points])
    expect([...texts].filter((text) => shown.includes(text))).toEqual([])
    expect(exported.filter(({ attributes }) => attributes['url.template'] === undefined)).toEqual([])
  })
})
