import { type TermMap, words } from '@parley/core'

/** A conversation's `mode`: who answers next. */
export const mapMode: TermMap<'agent' | 'operator'> = words<'agent' | 'operator'>({ ai: 'agent', manual: 'operator' })
