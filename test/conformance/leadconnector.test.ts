import { conformLeadConnector } from './support/leadconnector-suite.ts'

await conformLeadConnector('observed')
