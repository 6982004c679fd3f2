import { type Switches, sending } from '../../../test/end-to-end/support/switches.ts'

export const switches: Switches<'acme'> = { values: sending, outcomes: {}, different: {} }
