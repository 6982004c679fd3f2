import { type TermMap, words } from '@parley/core'

export const mapVote: TermMap<'up' | 'down'> = words<'up' | 'down'>({ up: 'up', down: 'down' })
