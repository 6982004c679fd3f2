import {
  type Attributes,
  type Meter,
  type MeterProvider,
  metrics,
  SpanKind,
  SpanStatusCode,
  type Tracer,
  type TracerProvider,
  trace,
} from '@opentelemetry/api'
import { checkFunctionOptions, methodsOption, optional } from './config/option-schema.ts'
import type { RequestTrace } from './transport/protocol.ts'

export interface TelemetryOptions {
  /** Default: the one that is registered for the process when a request ends. */
  tracerProvider?: TracerProvider
  /** Default: the one that is registered for the process when a request ends. */
  meterProvider?: MeterProvider
}

const scope = '@parley/core'

/** Buckets in seconds, as the semantic conventions ask for. */
const durations = [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10]

/**
 * Reports the requests of adapters to OpenTelemetry. Pass the result to an adapter as `onRequest`, or call it in your own
 * `onRequest`. One result serves any number of adapters. Without an OpenTelemetry SDK, nothing is reported.
 *
 * Each try of a request becomes a span of the kind client, with the attributes of the semantic conventions for HTTP, and
 * part of the trace that is active where the operation was called. The metrics are `http.client.request.duration`,
 * `parley.requests`, `parley.retries` and `parley.rate_limit.wait`.
 *
 * Neither spans nor metrics contain a text, a header, a query, a body, a whole URL, or an id from a path.
 *
 * @throws ConfigurationError for an unknown or wrong option.
 */
export function telemetry(options: TelemetryOptions = {}): (request: RequestTrace) => void {
  checkFunctionOptions('telemetry', options, {
    tracerProvider: optional(methodsOption('getTracer')),
    meterProvider: optional(methodsOption('getMeter')),
  })
  let counted: { provider: MeterProvider; instruments: Instruments } | undefined
  return (request) => {
    const provider = options.meterProvider ?? metrics.getMeterProvider()
    // A program may register its SDK after it created the adapters.
    if (counted?.provider !== provider) counted = { provider, instruments: instrumentsOf(provider.getMeter(scope)) }
    addSpan((options.tracerProvider ?? trace).getTracer(scope), request)
    count(counted.instruments, request)
  }
}

type Instruments = ReturnType<typeof instrumentsOf>

function instrumentsOf(meter: Meter) {
  const advice = { explicitBucketBoundaries: durations }
  return {
    duration: meter.createHistogram('http.client.request.duration', {
      description: 'Duration of HTTP client requests.',
      unit: 's',
      advice,
    }),
    requests: meter.createCounter('parley.requests', {
      description: 'Requests that were sent to a vendor. Each try counts.',
      unit: '{request}',
    }),
    retries: meter.createCounter('parley.retries', {
      description: 'Requests that were sent again, because an earlier try failed.',
      unit: '{request}',
    }),
    wait: meter.createHistogram('parley.rate_limit.wait', {
      description: 'How long a request waited for the rate limit before it was sent.',
      unit: 's',
      advice: { explicitBucketBoundaries: [0, ...durations, 30, 60] },
    }),
  }
}

function addSpan(tracer: Tracer, request: RequestTrace): void {
  const { method, template, duration, resends, waited, requestId } = request
  const end = Date.now()
  const span = tracer.startSpan(template === undefined ? method : `${method} ${template}`, {
    kind: SpanKind.CLIENT,
    startTime: end - duration,
    attributes: {
      ...placeOf(request),
      ...httpOf(request),
      'parley.priority': request.priority,
      'parley.rate_limit.wait': waited / 1000,
      ...(template !== undefined && { 'url.template': template }),
      ...(resends > 0 && { 'http.request.resend_count': resends }),
      ...(requestId !== undefined && { 'parley.request.id': requestId }),
    },
  })
  if (errorOf(request) !== undefined) span.setStatus({ code: SpanStatusCode.ERROR })
  span.end(end)
}

function count({ duration, requests, retries, wait }: Instruments, request: RequestTrace): void {
  const place = placeOf(request)
  const http = httpOf(request)
  const { template } = request
  duration.record(request.duration / 1000, {
    ...place,
    ...http,
    ...(template !== undefined && { 'url.template': template }),
  })
  requests.add(1, { ...place, ...http })
  if (request.attempt > 1) retries.add(1, place)
  wait.record(request.waited / 1000, { ...place, 'parley.priority': request.priority })
}

const placeOf = ({ vendor, account, operation }: RequestTrace): Attributes => ({
  'parley.vendor': vendor,
  'parley.account': account,
  'parley.operation': operation,
})

function httpOf(request: RequestTrace): Attributes {
  const { hostname, port, protocol } = new URL(request.origin)
  const { method, status } = request
  const error = errorOf(request)
  return {
    'http.request.method': method,
    'server.address': hostname,
    'server.port': Number(port) || (protocol === 'http:' ? 80 : 443),
    ...(status !== undefined && { 'http.response.status_code': status }),
    ...(error !== undefined && { 'error.type': error }),
  }
}

/** The conventions ask for the status as the type of the error, where there is one. */
const errorOf = ({ error, status = 0 }: RequestTrace): string | undefined =>
  error ?? (status >= 400 ? String(status) : undefined)
