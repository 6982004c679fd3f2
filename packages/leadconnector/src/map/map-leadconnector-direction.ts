import type { Direction, TermMap } from '@parley/core'
import { words } from '@parley/core/read'

export const mapLeadConnectorDirection: TermMap<Direction> = words({ inbound: 'inbound', outbound: 'outbound' })
