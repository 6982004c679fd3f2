import { conformVendors } from './support/suite.ts'

/** Runs the suite with the responses that live deployments send. */
await conformVendors('observed', 0.2)
