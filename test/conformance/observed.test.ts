import { conformVendors } from './support/suite.ts'

/** The whole suite over what live deployments send. */
await conformVendors('observed')
