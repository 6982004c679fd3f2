export { isEventStream, type ServerEvent, serverEvents } from '../read/server-events.ts'
export { type Budget, createBudget, type PlaceRequest, type Refusal } from './budget.ts'
export { type Clock, sleep, systemClock } from './clock.ts'
export { pathOf } from './exchange.ts'
export { redact } from './failure.ts'
export { isWindow, type LimitReading, readHeaderNumber, readRetryAfter } from './limit-headers.ts'
export type { BudgetState, DailyReading, DailyState, LimitSource, Slot } from './limit-window.ts'
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
export { isPublicAddress, type Lookup } from './public-address.ts'
export type { AdapterOptions, Credential, RuntimeOptions } from './settings.ts'
export type { ReservedPlaces, SharedLimiter, WantedPlaces } from './shared-limiter.ts'
export { isTextStream, type TextStream } from './stream.ts'
export { budgetOf, createTransport, outOfTime, type Transport } from './transport.ts'
