import {
  type Adapter,
  buildRef,
  type Conversation,
  type EntityKind,
  type Message,
  NotFoundError,
  type OperationOptions,
  type Page,
  paged,
} from '@parley/core'

const vendor = 'acme'
const shop = 'shop'

export const refOf = (kind: EntityKind, id: string): string => buildRef({ vendor, account: shop, kind, id })

export const aConversation = (id: string, lastActivityAt = '2026-01-15T10:00:00.000Z'): Conversation => ({
  ...{ ref: refOf('conversation', id), vendor, account: shop, id, lastActivityAt },
  status: { value: 'open', native: null },
  control: { holder: 'unknown', basis: 'none', native: null },
})

export const aMessage = (id: string, conversationId: string, createdAt = '2026-01-15T10:00:00.000Z'): Message => ({
  ...{
    ref: refOf('message', id),
    vendor,
    account: shop,
    id,
    conversationId,
    createdAt,
    text: 'Hello',
    sourcesState: 'unavailable',
  },
  ...{ author: { kind: 'contact', basis: 'vendor' }, direction: 'inbound' },
  ...{ type: { value: 'text', native: 'text' }, channel: { value: 'web', native: 'web' } },
})

export interface VendorInMemory {
  adapter: Adapter
  conversations: Conversation[]
  messages: Message[]
  /** The requests, as `operation` and `operation id`. */
  asked: string[]
  /** Called before each answer; it can throw. */
  before: (request: string, options: OperationOptions) => void | Promise<void>
}

/** A vendor of conversations and their messages, newest first, without rate limit. */
export function vendorInMemory({ pageSize = 100, account = shop } = {}): VendorInMemory {
  const gone = (operation: string) =>
    new NotFoundError({ message: 'There is none.', vendor, account, operation, status: 404 } as never)
  const answer = async <T>(request: string, options: OperationOptions, found: () => T): Promise<T> => {
    self.asked.push(request)
    options.signal?.throwIfAborted()
    await self.before(request, options)
    return found()
  }
  const pageOf = <Item>(items: Item[], cursor: string | undefined): Page<Item> => {
    const from = Number(cursor ?? 0)
    const next = from + pageSize < items.length ? String(from + pageSize) : null
    return { items: items.slice(from, from + pageSize), next, warnings: [] }
  }
  const idOf = (target: string | { id: string }) => (typeof target === 'string' ? target : target.id)
  const self: VendorInMemory = {
    conversations: [],
    messages: [],
    asked: [],
    before: () => {},
    adapter: {
      vendor,
      account,
      limits: { pageSize: {}, filters: {}, text: {}, rate: [], notes: [] },
      unsupported: {},
      conversations: {
        list: (query = {}, options: OperationOptions = {}) =>
          paged(
            (cursor) =>
              answer('conversations.list', options, () =>
                pageOf(
                  self.conversations.toSorted((a, b) => ((a.lastActivityAt ?? '') < (b.lastActivityAt ?? '') ? 1 : -1)),
                  cursor,
                ),
              ),
            query,
            { vendor, account, operation: 'conversations.list' },
          ),
        get: (target, options = {}) =>
          answer(`conversations.get ${idOf(target)}`, options, () => {
            const found = self.conversations.find(({ id }) => id === idOf(target))
            if (!found) throw gone('conversations.get')
            return found
          }),
      },
      messages: {
        list: (target, query = {}, options: OperationOptions = {}) =>
          paged(
            (cursor) =>
              answer(`messages.list ${idOf(target as never)}`, options, () =>
                pageOf(
                  self.messages
                    .filter(({ conversationId }) => conversationId === idOf(target as never))
                    .toSorted((a, b) => ((a.createdAt ?? '') < (b.createdAt ?? '') ? 1 : -1)),
                  cursor,
                ),
              ),
            query,
            { vendor, account, operation: 'messages.list' },
          ),
      },
    } as Adapter,
  }
  return self
}
