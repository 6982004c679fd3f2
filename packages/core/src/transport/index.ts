export { type Clock, sleep, systemClock, untilAborted, within } from './clock.ts'
export { isHeaderName, pathOf } from './exchange.ts'
export { redact } from './failure.ts'
export { isWindow, type LimitReading, readHeaderNumber, readRetryAfter } from './limit-headers.ts'
export type { DailyReading, DailyState, LimitSource, RateLimitStatus, Slot } from './limit-window.ts'
export type {
  Call,
  Problem,
  Protocol,
  Query,
  QueryValue,
  RequestSpec,
  RequestTrace,
  VendorAnswer,
  VendorReply,
} from './protocol.ts'
export type { Lookup } from './public-address.ts'
export { createRateLimiter, type RateLimiter, type Refusal, type SlotRequest } from './rate-limiter.ts'
export type { AdapterOptions, Credential, RuntimeOptions } from './settings.ts'
export type { ReservedSlots, SharedLimiter, WantedSlots } from './shared-limiter.ts'
export { createTransport, outOfTime, rateLimiterFor, type Transport } from './transport.ts'
