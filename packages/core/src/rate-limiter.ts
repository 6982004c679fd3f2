export { type CountingLimiter, type SharedLimiterOptions, sharedLimiter } from './rate-limiter/shared-limiter.ts'
