import { conformVendors } from './support/suite.ts'

/** Runs the suite with the responses that the specifications declare. */
await conformVendors('documented', 1)
