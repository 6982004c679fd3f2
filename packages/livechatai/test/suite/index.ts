import type { VendorSuite } from '../../../../test/conformance/support/suite.ts'
import { truth } from './truth.ts'

export const suite: VendorSuite = {
  secret: 'apiKey',
  shapes: ['observed'],
  truth,
  skipInStore: [
    {
      reason: 'The list of contacts says less than each contact by itself, and milliseconds of no time.',
      tests: ['the contacts are those that the server holds'],
    },
  ],
  // An answer without sources looks like a teammate's whose name is missing.
  harness: () => ({ unstated: ['agent'] }),
}
