import {
  type Adapter,
  buildRef,
  type Conversation,
  type ConversationQuery,
  NetworkError,
  type OperationOptions,
  paged,
  RateLimitError,
  TimeoutError,
} from '@parley/core'

export interface FakeAccount {
  adapter: Adapter
  /** Every page that was asked for. */
  asked: ConversationQuery[]
  /** With which options. */
  options: OperationOptions[]
  conversations: Conversation[]
  /**
   * Decides what the next page does: fail, fail because its time is up or because of a rate limit, hang until it is aborted,
   * hang even then, lead to itself, or go on.
   */
  behaviour: { mode: 'ok' | 'fail' | 'late' | 'limited' | 'hang' | 'deaf' | 'repeat' }
}

export const conversation = (vendor: string, account: string, id: string, at: string | null): Conversation => ({
  ref: buildRef({ vendor, account, kind: 'conversation', id }),
  vendor,
  account,
  id,
  status: { value: 'open', native: null },
  control: { holder: 'unknown', basis: 'none', native: null },
  lastActivityAt: at,
})

/** An account in memory that pages by number, as most vendors do: new activity shifts its pages. */
export function fakeAccount(vendor: string, account: string, conversations: Conversation[], pageSize = 4): FakeAccount {
  const asked: ConversationQuery[] = []
  const given: OperationOptions[] = []
  const behaviour: FakeAccount['behaviour'] = { mode: 'ok' }
  const fake: FakeAccount = {
    asked,
    options: given,
    behaviour,
    conversations,
    adapter: {
      vendor,
      account,
      limits: { pageSize: {}, filters: {}, text: {}, rate: [], notes: [] },
      unsupported: { 'messages.note': 'There is no place for one.' },
      conversations: {
        list: (query = {}, options: OperationOptions = {}) =>
          paged(
            async (cursor) => {
              given.push(options)
              asked.push({ ...query, ...(cursor !== undefined && { cursor }) })
              if (behaviour.mode === 'fail')
                throw new NetworkError({ message: `${vendor}: the connection failed.`, vendor, account })
              if (behaviour.mode === 'late')
                throw new TimeoutError({ message: `${vendor}: no response.`, vendor, account })
              if (behaviour.mode === 'limited') throw new RateLimitError({ message: 'too many', retryAfterMs: 7_000 })
              if (behaviour.mode === 'hang')
                await new Promise((_, reject) => options.signal?.addEventListener('abort', reject))
              if (behaviour.mode === 'deaf') await new Promise(() => {})
              const sorted = fake.conversations
                .filter(({ status: { value } }) => value === 'unknown' || value === (query.status ?? value))
                .toSorted((a, b) => ((a.lastActivityAt ?? '') < (b.lastActivityAt ?? '') ? 1 : -1))
              const size = Math.min(query.limit ?? pageSize, pageSize)
              const page = Number(cursor ?? 0)
              const items = sorted.slice(page * size, (page + 1) * size)
              if (behaviour.mode === 'repeat' && cursor !== undefined) return { items, next: cursor, warnings: [] }
              const next = (page + 1) * size < sorted.length ? String(page + 1) : null
              return { items, next, warnings: [] }
            },
            query,
            { vendor, account, operation: 'conversations.list' },
          ),
        get: async (target) => {
          const id = typeof target === 'string' ? target : target.id
          const found = fake.conversations.find((candidate) => candidate.id === id)
          if (!found) throw new NetworkError({ message: 'gone' })
          return found
        },
      },
    },
  }
  return fake
}
