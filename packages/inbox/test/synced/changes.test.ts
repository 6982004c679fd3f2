import { decodeCursor, encodeCursor } from '@parley/core'
import { createInbox, createSync } from '@parley/inbox'
import { sql } from 'kysely'
import { afterAll, afterEach, describe, expect, it } from 'vitest'
import { changesAfter, pruneChanges } from '../../src/store/changes.ts'
import { databaseOf, poolOf } from '../../src/store/database.ts'
import { connectedWith } from '../../src/store/postgres.ts'
import { conversation, fakeAccount } from '../fake-account.ts'
import { filledStore, message, silentAdapter } from './filled.ts'

const filled = await filledStore()
afterEach(() => filled.clear())
afterAll(() => filled.close())

const db = databaseOf(filled.store)
const at = (minute: number): string => new Date(Date.UTC(2026, 0, 1, 0, minute)).toISOString()
const chat = conversation('acme', 'one', 'c1', at(1))
const inbox = createInbox({
  store: filled.store,
  accounts: ['one', 'two'].map((name) => silentAdapter('acme', name)),
})

describe('the change feed', () => {
  it('has each change in the order of the store, and goes on from any page', async () => {
    const no = await filled.account('acme:one')
    await filled.write(no, 'conversation', [chat])
    await filled.write(no, 'message', [message(chat, 'm1'), message(chat, 'm2')])
    const closed = { ...chat, status: { value: 'closed', native: 'done' } as const, title: 'x' }
    await filled.write(no, 'conversation', [closed])
    const all = await inbox.changes()
    expect(all.items.map(({ kind, change, ref }) => [kind, change, ref])).toEqual([
      ['conversation', 'added', chat.ref],
      ['message', 'added', 'acme:one/message/m1'],
      ['message', 'added', 'acme:one/message/m2'],
      ['conversation', 'updated', chat.ref],
    ])
    expect(all.items[3]).toMatchObject({
      account: 'acme:one',
      conversation: chat.ref,
      fields: { status: { from: 'open', to: 'closed' }, title: true },
    })
    const one: typeof all.items = []
    let after: string | undefined
    for (;;) {
      const page = await inbox.changes({ limit: 1, ...(after !== undefined && { after }) })
      one.push(...page.items)
      after = page.next
      if (page.items.length === 0) break
    }
    expect(one).toEqual(all.items)
    expect((await inbox.changes({ after: all.next })).items).toEqual([])
    const now = await inbox.changes({ after: 'now' })
    expect(now.items).toEqual([])
    await filled.write(no, 'message', [message(chat, 'm3')])
    for (const after of [all.next, now.next])
      expect((await inbox.changes({ after })).items).toMatchObject([{ ref: 'acme:one/message/m3' }])
  })

  it('can be read from a database that can only be read', async () => {
    const no = await filled.account('acme:one')
    await filled.write(no, 'conversation', [chat])
    // As in a process that has not read it before.
    const process = () => connectedWith(poolOf(filled.store)).db
    const { next } = await changesAfter(process(), undefined)
    const again = process()
    await filled.sql('set default_transaction_read_only = on')
    try {
      expect((await changesAfter(again, undefined)).items).toHaveLength(1)
      expect((await changesAfter(again, next)).items).toEqual([])
    } finally {
      await filled.sql('set default_transaction_read_only = off')
    }
  })

  it('refuses a cursor of another store, and one of a time before the store was restored', async () => {
    const { next } = await inbox.changes({ after: 'now' })
    const [xid, no, store] = decodeCursor(next, (state) => state as [string, string, string])
    const refused = { code: 'invalid-request', fields: [{ path: 'after', problem: expect.any(String) as string }] }
    for (const place of [
      [xid, no, 'another'],
      [String(BigInt(xid) + 1000n), no, store],
    ])
      await expect(inbox.changes({ after: encodeCursor(place) })).rejects.toMatchObject(refused)
    await expect(inbox.changes({ after: encodeCursor([xid, no, 'another']) })).rejects.toThrow(/is of another store/)
    expect((await inbox.changes({ after: next })).items).toEqual([])
  })

  it('has only the chosen accounts, and those of the inbox', async () => {
    for (const name of ['one', 'two', 'three'])
      await filled.write(await filled.account(`acme:${name}`), 'conversation', [
        conversation('acme', name, 'c1', at(1)),
      ])
    expect((await inbox.changes()).items.map(({ account }) => account)).toEqual(['acme:one', 'acme:two'])
    const { items, next } = await inbox.changes({ accounts: ['acme:two'] })
    expect(items.map(({ account }) => account)).toEqual(['acme:two'])
    expect((await inbox.changes({ after: next, accounts: ['acme:two'] })).items).toEqual([])
    await expect(inbox.changes({ accounts: ['acme:three'] })).rejects.toMatchObject({ code: 'not-found' })
    await expect(inbox.changes({ after: 'nonsense' })).rejects.toMatchObject({ code: 'invalid-request' })
  })

  it('loses no event of two writers, which a sequence alone as the cursor does', async ({ skip }) => {
    if (filled.isEmbedded) skip('PGlite has one connection.')
    const no = await filled.account('acme:one')
    const insert = (tx: typeof db, ref: string) =>
      sql`insert into parley.changes (account, kind, change, ref) values (${no}, 'agent', 'added', ${ref})`.execute(tx)
    let endFirst: () => void = () => {}
    const isHeld = new Promise<void>((resolve) => {
      endFirst = resolve
    })
    let written: () => void = () => {}
    const isWritten = new Promise<void>((resolve) => {
      written = resolve
    })
    // The first writer takes the lower number, and ends last.
    const first = db.transaction().execute(async (tx) => {
      await insert(tx, 'first')
      written()
      await isHeld
    })
    await isWritten
    await insert(db, 'second')
    const bySequence = async (after: string) =>
      (
        await sql<{ no: string; ref: string }>`
          select no, ref from parley.changes where no > ${after}::bigint order by no`.execute(db)
      ).rows
    const early = await bySequence('0')
    expect(early.map(({ ref }) => ref)).toEqual(['second'])
    const page = await changesAfter(db, undefined)
    expect(page.items).toEqual([])
    endFirst()
    await first
    expect(await bySequence(early[0]?.no as string)).toEqual([])
    expect((await changesAfter(db, page.next)).items.map(({ ref }) => ref)).toEqual(['first', 'second'])
  })

  it('loses no event of writers who are busy at random', async ({ skip }) => {
    if (filled.isEmbedded) skip('PGlite has one connection.')
    const no = await filled.account('acme:one')
    const written: string[] = []
    const write = async (name: string) => {
      for (let index = 0; index < 60; index++)
        await db.transaction().execute(async (tx) => {
          const ref = `${name}${index}`
          await sql`insert into parley.changes (account, kind, change, ref) values (${no}, 'agent', 'added', ${ref})`.execute(
            tx,
          )
          await sql`select pg_sleep(random() * 0.004)`.execute(tx)
          written.push(ref)
        })
    }
    const writers = Promise.all(['a', 'b', 'c'].map(write)).then(() => true)
    const seen: string[] = []
    let after: string | undefined
    for (let isOver = false; ; ) {
      const page = await changesAfter(db, after, 7)
      seen.push(...page.items.map(({ ref }) => ref))
      after = page.next
      if (isOver && page.items.length === 0) break
      isOver = await Promise.race([writers, Promise.resolve(isOver)])
    }
    expect(seen.toSorted()).toEqual(written.toSorted())
    expect(seen).toHaveLength(180)
  })

  it('refuses a cursor whose next changes were removed', async () => {
    const no = await filled.account('acme:one')
    await filled.write(no, 'conversation', [chat])
    const { next: early } = await changesAfter(db, undefined, 1)
    await filled.write(no, 'message', [message(chat, 'm1')])
    const { next: late } = await changesAfter(db, early, 1)
    await pruneChanges(db, 86_400_000)
    expect((await inbox.changes({ after: early })).items).toHaveLength(1)
    await filled.sql("update parley.changes set at = now() - interval '25 hours'")
    await pruneChanges(db, 86_400_000)
    await expect(inbox.changes({ after: early })).rejects.toMatchObject({
      code: 'invalid-request',
      fields: [{ path: 'after' }],
    })
    expect((await inbox.changes({ after: late })).items).toEqual([])
    expect((await inbox.changes()).items).toEqual([])
  })

  it('loses old changes with the sweep, when they are older than the sync keeps them', async () => {
    const { adapter } = fakeAccount('acme', 'one', [chat])
    const sync = createSync({ store: filled.store, accounts: [adapter], keepChanges: 86_400_000 })
    await sync.runOnce()
    await filled.sql("update parley.changes set at = now() - interval '23 hours'")
    await sync.runOnce({ full: true })
    expect((await inbox.changes()).items).toMatchObject([{ change: 'added', ref: chat.ref }])
    await filled.sql("update parley.changes set at = now() - interval '25 hours'")
    await sync.runOnce({ full: true })
    expect((await inbox.changes()).items).toEqual([])
    expect((await inbox.conversations.list({ accounts: ['acme:one'] })).items).toHaveLength(1)
  })

  it('can be watched until the signal', async () => {
    const no = await filled.account('acme:one')
    let wake = () => {}
    const clock = {
      now: () => 0,
      after: (_: number, callback: () => void) => {
        wake = callback
        return () => {}
      },
    }
    const accounts = [silentAdapter('acme', 'one')]
    const watching = createInbox({ store: filled.store, accounts, clock })
    const controller = new AbortController()
    await filled.write(no, 'conversation', [chat])
    const seen: string[] = []
    const over = (async () => {
      for await (const { items } of watching.watch({}, { signal: controller.signal })) {
        seen.push(...items.map(({ ref }) => ref))
        if (seen.length === 1) await filled.write(no, 'message', [message(chat, 'm1')])
        else controller.abort()
        setTimeout(() => wake(), 50)
      }
    })()
    await over
    expect(seen).toEqual([chat.ref, 'acme:one/message/m1'])
  })
})

describe('the history of a record', () => {
  it('has its changes, newest first, with who was in control, the status and the assignee before and after', async () => {
    const no = await filled.account('acme:one')
    await filled.write(no, 'conversation', [chat])
    await filled.write(no, 'message', [message(chat, 'm1')])
    const taken = {
      ...chat,
      control: { holder: 'operator', basis: 'vendor', native: null } as const,
      assignee: { id: 'ines', name: 'Ines' },
    }
    await filled.write(no, 'conversation', [taken])
    const history = await inbox.history(chat.ref, { limit: 1 })
    expect(history.items).toMatchObject([
      {
        change: 'updated',
        fields: { control: { from: 'unknown', to: 'operator' }, assignee: { from: null, to: 'ines' } },
      },
    ])
    const all: string[] = []
    for await (const { change } of inbox.history(chat, { limit: 1 })) all.push(change)
    expect(all).toEqual(['updated', 'added'])
    await expect(inbox.history('acme:one/generation/x')).rejects.toMatchObject({ code: 'invalid-request' })
  })

  it('is newest first also after an import has brought older changes', async () => {
    const no = await filled.account('acme:one')
    await filled.write(no, 'conversation', [chat])
    await filled.write(no, 'conversation', [{ ...chat, title: 'x' }])
    await filled.sql(`
      insert into parley.changes (at, account, kind, change, ref, conversation)
      select at - interval '1 day', account, kind, change, ref, conversation from parley.changes`)
    const times: string[] = []
    for await (const change of inbox.history(chat.ref, { limit: 1 })) times.push(change.at)
    expect(times).toHaveLength(4)
    expect(times).toEqual(times.toSorted().toReversed())
  })

  it('is not found for a ref that the store does not have, and empty if its changes are no longer kept', async () => {
    const no = await filled.account('acme:one')
    await filled.write(no, 'conversation', [chat])
    for (const kind of ['conversation', 'message', 'contact', 'agent'])
      await expect(inbox.history(`acme:one/${kind}/nowhere`)).rejects.toMatchObject({ code: 'not-found' })
    await filled.sql('delete from parley.changes')
    expect((await inbox.history(chat.ref)).items).toEqual([])
  })
})
