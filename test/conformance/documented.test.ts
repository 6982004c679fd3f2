import { conformVendors } from './support/suite.ts'

/** The whole suite over what the specifications declare. */
await conformVendors('documented')
