export { entityOf, type Recorded, recordedOptions, told } from './account.ts'
export { capabilitiesSuite } from './capabilities.ts'
export { configSuite } from './config.ts'
export { cursorSuite } from './cursor.ts'
export { expectClean, failure } from './failure.ts'
export { hangingFetch, refusingFetch, resettingFetch } from './fetch.ts'
export {
  methodOf,
  type NativeCase,
  type NativeRequest,
  type NativeValue,
  nativeCase,
  nativeRequest,
  nativeSuite,
  withValue,
} from './native.ts'
export { type Exchange, exchangesWith, type Seen, useNock } from './nock.ts'
export { bareSuite, readerOf, type TestReader } from './reading.ts'
export { loadStreamCode } from './stream-code.ts'
export { type VendorOptionCalls, type VendorOptionNames, vendorOptionsSuite } from './vendor-options.ts'
