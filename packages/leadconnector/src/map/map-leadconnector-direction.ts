import { type Direction, type TermMap, words } from '@parley/core'

export const mapLeadConnectorDirection: TermMap<Direction> = words({ inbound: 'inbound', outbound: 'outbound' })
