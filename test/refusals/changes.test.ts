import { type Adapter, requireOperation, supports, type UpdateConversationInput } from '@parley/core'
import { fieldSupport } from '@parley/core/fields'
import { createInbox } from '@parley/inbox'
import { failure } from '@parley/testkit'
import { describe, expect, it } from 'vitest'
import { loadVendors } from '../vendors.ts'

// An application keeps a change in its own store if the vendor refuses the change as unsupported, and only then.

let requests = 0
const fetch = async (): Promise<Response> => {
  requests++
  return Response.json({ message: 'no' }, { status: 400 })
}

/** Each change, with the field of a conversation that it writes. */
const changes: readonly [UpdateConversationInput, field: string][] = [
  [{ unread: false }, 'unreadCount'],
  [{ unread: true }, 'unreadCount'],
  [{ isStarred: true }, 'isStarred'],
  [{ status: 'open' }, 'status'],
  [{ status: 'closed' }, 'status'],
  [{ status: 'archived' }, 'status'],
  [{ title: 'A' }, 'title'],
  [{ stateId: 'state-1' }, 'state'],
]

const adapters: readonly Adapter[] = (await loadVendors()).map(({ create, credentials, operator }) =>
  create({ ...credentials, ...operator, fetch, maxRetries: 0, rate: false }),
)

describe.each(adapters.map((adapter) => ({ vendor: adapter.vendor, adapter })))('$vendor', ({ vendor, adapter }) => {
  const inbox = createInbox({ accounts: [adapter] })
  const ways = (change: UpdateConversationInput) => [
    async () => requireOperation(adapter, 'conversations.update')('c-1', change),
    () => inbox.conversations.update(`${vendor}:${adapter.account}/conversation/c-1`, change),
  ]

  async function stores(field: string): Promise<boolean> {
    const table = await adapter.fields?.()
    if (!supports(adapter, 'conversations.update')) return false
    // A status that is never returned counts as dropped, although it is stored.
    if (field === 'status') return (await adapter.traits?.())?.statusWrite?.value === 'yes'
    const level = table && fieldSupport(table, 'conversation', field)?.level
    return level === 'full' || level === 'partial'
  }

  it.each(changes)('sends the change %j, or refuses it as unsupported without a request', async (change, field) => {
    const isStored = await stores(field)
    for (const run of ways(change)) {
      requests = 0
      const error = await failure(run())
      expect(requests > 0, 'whether a request was sent').toBe(isStored)
      expect(error.code === 'unsupported', error.message).toBe(!isStored)
      expect(error.operation).toBe('conversations.update')
      if (isStored || !supports(adapter, 'conversations.update')) continue
      expect(error).toMatchObject({ outcome: 'not-done', fields: [{ path: Object.keys(change)[0] }] })
    }
  })

  it('refuses all changes if one of them is unsupported', async () => {
    const all = Object.assign({}, ...changes.map(([change]) => change))
    for (const run of ways({ ...all, context: 'B' })) {
      requests = 0
      expect(await failure(run())).toMatchObject({ code: 'unsupported' })
      expect(requests).toBe(0)
    }
  })
})
