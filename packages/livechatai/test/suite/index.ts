import type { VendorSuite } from '../../../../test/conformance/support/suite.ts'
import { truth } from './truth.ts'

export const suite: VendorSuite = {
  secret: 'apiKey',
  shapes: ['observed'],
  truth,
  // An answer without sources looks like a teammate's whose name is missing.
  harness: () => ({ unstated: ['agent'] }),
}
