import type { Expectations } from '@parley/conformance'
import { chats, linesOf } from './acme-server.ts'

const kinds = { customer: 'contact', bot: 'agent', staff: 'operator' } as const

/** The data that the adapter must read from the made-up vendor. */
export const truth = (): Expectations => ({
  conversations: chats.map(({ id, state, bot, customer, updated }) => ({
    id,
    status: { value: state === 'done' ? 'closed' : 'open' },
    control: { holder: bot ? 'agent' : 'operator' },
    contact: customer,
    lastActivityAt: updated,
  })),
  messages: Object.fromEntries(
    chats.map((chat) => [
      chat.id,
      linesOf(chat).map(({ id, from, text, at }) => ({
        ...{ id, text, createdAt: at },
        author: { kind: kinds[from as keyof typeof kinds] },
      })),
    ]),
  ),
})
