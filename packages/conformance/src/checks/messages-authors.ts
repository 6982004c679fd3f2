import type { AuthorKind, Direction } from '@parley/core'
import type { Check } from '../check.ts'
import { ensure } from '../support/ensure.ts'
import { someMessages } from '../support/sample.ts'

/** Which way a message of whom can go. */
const directions: Record<AuthorKind, readonly Direction[]> = {
  contact: ['inbound'],
  agent: ['outbound', 'internal'],
  operator: ['outbound', 'internal'],
  automation: ['outbound', 'internal'],
  system: ['internal', 'outbound', 'unknown'],
  unknown: ['inbound', 'outbound', 'internal', 'unknown'],
}

export const authorsAreTold: Check = {
  group: 'messages',
  name: 'every message says who wrote it, how that is known, and goes the way such a message goes',
  needs: ['messages.list'],
  async run(bench) {
    const messages = await someMessages(bench)
    for (const { ref, author, direction } of messages) {
      ensure(author.kind in directions, `${ref} is written by "${author.kind}".`)
      ensure(author.basis === 'vendor' || author.basis === 'inferred', `${ref} knows its author by "${author.basis}".`)
      ensure(directions[author.kind].includes(direction), `${ref} is by the ${author.kind} and goes ${direction}.`)
    }
    const kinds = new Set(messages.map(({ author }) => author.kind))
    for (const kind of ['contact', 'agent'] as const) ensure(kinds.has(kind), `No message is by the ${kind}.`)
  },
}
