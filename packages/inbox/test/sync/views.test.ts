import { type Adapter, type Conversation, supports } from '@parley/core'
import { createInbox, createStore, createSync } from '@parley/inbox'
import { defaultNow, sandbox, testClock } from '@parley/sandbox'
import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { loadVendors, nameOf } from '../../../../test/vendors.ts'
import { empty } from '../store/stores.ts'

const clock = testClock(defaultNow, { automatic: true })
const desk = await sandbox.start({ clock, scale: 0.2 })
afterAll(() => desk.stop())
const store = await createStore()
beforeEach(() => empty(store))
afterAll(() => store.close())

describe.each((await loadVendors()).map((vendor) => [nameOf(vendor), vendor] as const))('%s', (_, vendor) => {
  const open = (): Adapter => vendor.create({ ...desk[vendor.name].accountOptions, clock })

  it('is stored the same by each process, and from its list when a webhook names one of its conversations', async () => {
    const adapter = open()
    const inbox = createInbox({ store, accounts: [adapter], clock })
    const sync = createSync({ store, accounts: [adapter], clock })
    await sync.runOnce({ streams: ['agents', 'conversations'] })
    let { next } = await inbox.changes({ after: 'now' })
    const changes = async () => {
      const page = await inbox.changes({ after: next, limit: 1000 })
      next = page.next
      return page.items
    }
    const hint = ({ ref }: Conversation, dedupeKey: string) =>
      sync.receive({
        ...{ kind: 'conversation.updated', vendor: adapter.vendor, account: adapter.account, native: null },
        ...{ dedupeKey: `${dedupeKey} ${ref}`, conversation: ref },
      })

    // A process that starts anew has not read the agents yet.
    await createSync({ store, accounts: [open()], clock }).runOnce({ streams: ['conversations'], full: true })
    expect(await changes()).toEqual([])

    const { items } = await inbox.conversations.list({ limit: 4 })
    const listed = new Map(items.map((item) => [item.ref, item]))
    for (const item of items) await hint(item, 'unchanged')
    await sync.runOnce({ streams: ['live'] })
    for (const item of (await inbox.conversations.list({ limit: 4 })).items)
      expect(item).toMatchObject(listed.get(item.ref) ?? {})
    const changed = (await changes()).flatMap(({ kind, ref, fields }) =>
      kind === 'conversation' ? Object.keys(fields as object).filter((name) => name in (listed.get(ref) ?? {})) : [],
    )
    expect(changed).toEqual([])

    const [before] = items
    if (!before || !supports(adapter, 'conversations.get')) return
    desk[vendor.name].plant(before.id, { by: 'contact', text: 'Is anyone there?' })
    await hint(before, 'changed')
    await sync.runOnce({ streams: ['live'] })
    const kept = await inbox.conversations.get(before.ref)
    expect(kept.contact).toEqual(before.contact)
    expect(Object.keys(kept)).toEqual(expect.arrayContaining(Object.keys(before)))
  }, 300_000)
})
