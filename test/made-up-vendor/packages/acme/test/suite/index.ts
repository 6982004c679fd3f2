import type { VendorSuite } from '../../../../test/conformance/support/suite.ts'
import { truth } from './truth.ts'

export const suite: VendorSuite = { secret: 'token', shapes: ['observed'], truth, harness: () => ({}) }
