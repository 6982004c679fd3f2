import type { VendorSuite } from '../../../../test/conformance/support/suite.ts'
import { truth } from './truth.ts'

export const suite: VendorSuite = {
  secret: 'apiKey',
  shapes: ['observed'],
  truth,
  harness: () => ({
    use: {
      waiting: { question: 'I want a human. Take one moment', value: 'Max here. How can I help?' },
      several: 'Please call track_order for my bike',
    },
  }),
}
