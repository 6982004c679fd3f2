import { randomBytes } from 'node:crypto'
import type { Contact, Conversation, Message } from '@parley/core'
import { createInbox, createStore, type Store } from '@parley/inbox'
import { startPostgres } from '@parley/testkit/postgres'
import { sql } from 'kysely'
import { afterAll, afterEach, describe, expect, it } from 'vitest'
import { databaseOf } from '../../src/store/database.ts'
import { databaseTime } from '../../src/store/database-time.ts'
import { markDeleted } from '../../src/store/deletions.ts'
import { conversation } from '../fake-account.ts'
import { type FilledStore, filledIn, message, placesWithoutTimes, silentAdapter, syncedAt } from './filled.ts'

const server = await startPostgres()
// A PGlite takes seconds to open, so the tests share two of each kind.
const kinds: [string, FilledStore, FilledStore][] = [['PGlite', await filledIn({}), await filledIn({})]]
if (typeof server !== 'string') {
  const [first, second] = [await server.createDatabase(), await server.createDatabase()]
  kinds.push(['PostgreSQL', await filledIn({ url: first }), await filledIn({ url: second })])
}
afterAll(async () => {
  for (const [, from, to] of kinds) await Promise.all([from.close(), to.close()])
  if (typeof server !== 'string') await server.stop()
})

const at = (minute: number): string => new Date(Date.UTC(2026, 0, 1, 0, minute)).toISOString()
const contact = (id: string, fields: Partial<Contact> = {}): Contact => ({
  ...{ ref: `acme:one/contact/${id}`, vendor: 'acme', account: 'one', id },
  ...fields,
})
const ada = contact('ada', { name: 'Ada Quill', email: 'ada@quill.example' })
const ben = contact('ben', { name: 'Ben' })
const chatOf = (person: Contact, id: string): Conversation => ({
  ...conversation('acme', 'one', id, at(3)),
  contact: { id: person.id, ref: person.ref, name: person.name ?? null },
})
const [adasChat, bensChat] = [chatOf(ada, 'c1'), chatOf(ben, 'c2')]
/** A text with everything that a line or a database could stumble over. */
const odd = 'Ada\u2028said: "nul \0 half \ud83d", {"10":1} \\u0000 返品\r\n'

const status = { value: 'active', native: null } as const

/** A store with two people, each with a conversation. */
async function fill(filled: FilledStore): Promise<Message[]> {
  const no = await filled.account('acme:one')
  const first: Message[] = [
    message(adasChat, 'm2', { text: 'word of Ada', createdAt: at(2) }),
    message(adasChat, 'm1', { text: odd, createdAt: at(1), externalId: 'x' }),
  ]
  const second = [message(bensChat, 'm3', { text: 'word of Ben' }), message(bensChat, 'm4')]
  await filled.write(no, 'agent', [
    { ref: 'acme:one/agent/a', vendor: 'acme', account: 'one', id: 'a', name: 'Bot', status },
  ])
  await filled.write(no, 'contact', [ada, ben])
  await filled.write(no, 'conversation', [adasChat, bensChat])
  await filled.write(no, 'conversation', [{ ...adasChat, status: { value: 'closed', native: null }, title: 'x' }])
  await filled.write(no, 'message', first)
  await filled.write(no, 'message', second, placesWithoutTimes(second))
  await filled.complete(no, [adasChat.ref, bensChat.ref])
  const db = databaseOf(filled.store)
  const now = await databaseTime(db)
  await db.transaction().execute((tx) => markDeleted(tx, no, 'message', ['acme:one/message/m4'], now))
  await filled.sql(
    `insert into parley.checkpoints (account, stream, position) values (${no}, 'conversations',
      '{"newest":{"at":"${at(3)}","ref":"x"},"from":"${at(4)}","at":null,"isDone":true,"tries":0}')`,
  )
  for (const [key, id] of Object.entries({ ada: 'ada', ben: 'ben' })) {
    const payload = JSON.stringify({ contact: { id } })
    await filled.sql(`
      insert into parley.hints (account, key, kind, received_at, raw) values (${no}, '${key}', 'unknown', now(), '${payload}');
      insert into parley.quarantine (account, stream, key, reason, payload, seen_at)
        values (${no}, 'contacts', '${key}', 'bad', '${payload}', now())`)
  }
  return [...first, ...second]
}

/** Files with a line that is JSON of the right form and still wrong, and the number of this line. */
function hostile(lines: string[]): [string[], number][] {
  const indexOf = (kind: string) => lines.findIndex((line) => line.includes(`"kind":"${kind}"`))
  const changed = (kind: string, change: object): [string[], number] => {
    const index = indexOf(kind)
    return [lines.with(index, JSON.stringify({ ...JSON.parse(lines[index] as string), ...change })), index + 1]
  }
  const [first, message, change] = [indexOf('thread'), indexOf('message'), indexOf('change')]
  const moved = lines.toSpliced(change, 1).toSpliced(message, 0, lines[change] as string)
  const twice = lines.toSpliced(first + 1, 0, lines[first] as string)
  const long = `acme:one/conversation/${randomBytes(9000).toString('hex')}`
  return [
    // The second message comes after a change.
    [moved, message + 2],
    // The third one is refused with the first.
    [twice.with(first + 2, lines[first] as string), first + 2],
    [
      lines.with(first + 1, JSON.stringify({ ...JSON.parse(lines[first + 1] as string), conversation: long })),
      first + 2,
    ],
    changed('thread', { conversation: 'acme:two/conversation/c1' }),
    changed('thread', { newestRef: 'acme:two/message/m1' }),
    changed('change', { ref: 'acme:two/contact/x' }),
    changed('change', { ref: ada.ref, record: 'message' }),
    changed('change', { fields: { a: '\0' } }),
    changed('checkpoint', { position: 5 }),
    changed('checkpoint', { position: { newest: null, from: 'zz', at: null, isDone: true, tries: 0 } }),
    changed('checkpoint', { stream: 'nonsense' }),
    changed('checkpoint', { part: '\ud800' }),
    changed('checkpoint', { position: { newest: null, from: at(1), at: null, isDone: true, tries: 0, more: '\\\0' } }),
    changed('stream', { caughtUpAt: '0000-01-01T00:00:00.000000Z' }),
    changed('message', { fetchedAt: '0000-01-01T00:00:00.000000Z' }),
    changed('message', { sortAt: '0000-01-01T00:00:00.000Z' }),
  ]
}

async function linesOf(store: Store, contact?: string): Promise<string[]> {
  const lines: string[] = []
  for await (const line of store.export(contact === undefined ? {} : { contact })) lines.push(line)
  return lines
}

const inboxOf = (store: Store) => createInbox({ store, accounts: [silentAdapter('acme', 'one')] })

const countOf = async (store: Store, table: string): Promise<number> =>
  (
    await sql<{ count: number }>`select count(*)::int as count from ${sql.table(`parley.${table}`)}`.execute(
      databaseOf(store),
    )
  ).rows[0]?.count as number

describe.each(kinds)('a store in %s', (_, from, to) => {
  afterEach(async () => {
    await from.clear()
    await to.clear()
  })

  it('has the same export after its export was imported into an empty store', async () => {
    await fill(from)
    const lines = await linesOf(from.store)
    expect(lines.every((line) => !line.includes('\n'))).toBe(true)
    expect(await to.store.import(lines)).toEqual({ added: 9, updated: 0, unchanged: 0, skipped: 0 })
    expect(await linesOf(to.store)).toEqual(lines)
    // It is also the same for a reader.
    for (const read of [
      async (store: Store) => (await inboxOf(store).conversations.list()).items,
      async (store: Store) => (await inboxOf(store).messages.list(bensChat.ref)).items,
      async (store: Store) => (await inboxOf(store).search({ text: 'word' })).items,
      async (store: Store) => (await inboxOf(store).contacts.search({ email: 'ada@quill.example' })).items,
      async (store: Store) => (await inboxOf(store).changes()).items.map(({ id: _, ...change }) => change),
      async (store: Store) => (await inboxOf(store).conversations.list()).accounts,
    ])
      expect(await read(to.store)).toEqual(await read(from.store))
    // Once more changes nothing.
    expect(await to.store.import(lines)).toMatchObject({ added: 0, updated: 0, skipped: 0 })
    expect(await linesOf(to.store)).toEqual(lines)
  })

  it('imports nothing of a file that is cut off, broken, or of another version, and says where', async () => {
    await fill(from)
    const lines = await linesOf(from.store)
    const empty = await linesOf(to.store)
    const index = lines.findIndex((line) => line.includes('"kind":"message"'))
    const broken = (change: (line: string) => string) => lines.with(index, change(lines[index] as string))
    const changed = (change: (line: { record: object }) => object) =>
      broken((line) => JSON.stringify(change(JSON.parse(line) as never)))
    const second = JSON.stringify({ ...JSON.parse(lines[0] as string), version: 3 })
    const deep = `${'['.repeat(50_000)}${']'.repeat(50_000)}`
    const wrong: [string[], number][] = [
      [[], 1],
      [lines.slice(0, -1), lines.length],
      [lines.slice(0, 5), 6],
      [broken((line) => line.slice(0, -9)), index + 1],
      [broken((line) => line.replace('"ref"', '"reff"')), index + 1],
      [broken(() => '[]'), index + 1],
      [broken(() => '{"kind":"nonsense"}'), index + 1],
      [changed((line) => ({ ...line, record: { ...line.record, ref: 'acme:one/message/other' } })), index + 1],
      [changed((line) => ({ ...line, fetchedAt: 'yesterday' })), index + 1],
      [changed((line) => ({ ...line, position: 1.5 })), index + 1],
      [broken((line) => line.replace('"record":', `"raw":${deep},"record":`)), index + 1],
      [changed((line) => ({ ...line, more: 1 })), index + 1],
      [lines.with(0, second), 1],
      [lines.with(1, Buffer.from(lines[1] as string) as never), 2],
      [lines.slice(1), 1],
      [lines.toSpliced(index, 1), lines.length - 1],
      [[...lines, lines[1] as string], lines.length + 1],
      [lines.filter((line) => !line.includes('"kind":"account"')), 2],
      ...hostile(lines),
    ]
    await expect(to.store.import([second])).rejects.toThrow(
      /: format 3 with records (\d+); .* format 2 with records \1\. /,
    )
    const third = JSON.stringify({ ...JSON.parse(second), version: 'words' })
    await expect(to.store.import([third])).rejects.toThrow(/: format without a number with records/)
    for (const [file, number] of wrong) {
      const error = await to.store.import(file).then(
        () => 'no error',
        (thrown: { code: string; fields: { path: string }[]; message: string }) => thrown,
      )
      expect(error, `line ${number}`).toMatchObject({ code: 'invalid-request', fields: [{ path: `line ${number}` }] })
      expect(JSON.stringify(error)).not.toContain('Ada')
    }
    expect(await linesOf(to.store)).toEqual(empty)
  })

  it('is not exported and imported at once over its only connection', async () => {
    await fill(from)
    const imported = from.store.import(from.store.export())
    if (from.isEmbedded) await expect(imported).rejects.toMatchObject({ code: 'conflict', operation: 'export' })
    else expect(await imported).toMatchObject({ added: 0, updated: 0 })
    expect((await linesOf(from.store)).length).toBeGreaterThan(10)
  })

  it('keeps what is newer than the file', async () => {
    await fill(from)
    const lines = await linesOf(from.store)
    const no = await to.account('acme:one')
    const db = databaseOf(to.store)
    const newer = { ...adasChat, title: 'newer' }
    const batch = { kind: 'conversation' as const, account: no, items: [newer], fetchedAt: await databaseTime(db) }
    const { writeRecords } = await import('../../src/store/records.ts')
    await db.transaction().execute((tx) => writeRecords(tx, batch))
    expect(await to.store.import(lines)).toMatchObject({ skipped: 1 })
    expect(await inboxOf(to.store).conversations.get(adasChat.ref)).toEqual(newer)
  })

  it('exports nothing for a ref that is undefined', async () => {
    const lines = from.store.export({ contact: undefined } as never)[Symbol.asyncIterator]()
    await expect(lines.next()).rejects.toThrow('store.export: contact is undefined. Omit it')
  })

  it('exports one person', async () => {
    await fill(from)
    const lines = (await linesOf(from.store, ada.ref)).map((line) => JSON.parse(line))
    expect(lines.map(({ kind }) => kind)).toEqual([
      ...['parley-export', 'account', 'contact', 'conversation', 'message', 'message'],
      ...['change', 'change', 'change', 'change', 'change', 'end'],
    ])
    expect(JSON.stringify(lines)).not.toMatch(/ben|m3/i)
    expect(lines.at(-1)).toMatchObject({
      kind: 'end',
      counts: { account: 1, contact: 1, conversation: 1, message: 2, change: 5 },
    })
    await expect(linesOf(from.store, 'acme:one/agent/a')).rejects.toMatchObject({ code: 'invalid-request' })
  })

  it('erases a person everywhere, for good', async () => {
    const filled = from
    const { store } = filled
    const messages = await fill(filled)
    // The sync is reading the whole list of contacts.
    await filled.sql(`insert into parley.seen (account, kind, refs) values (1, 'contact', '{${ada.ref},other}')`)
    const earlier = await linesOf(store)
    const inbox = inboxOf(store)
    const { next } = await inbox.changes()
    const forgotten: unknown[] = []
    const forget = (person: Contact | undefined) => void forgotten.push(person)
    expect(await store.erase(ada.ref, { forget })).toEqual({ conversations: 1, messages: 2 })
    expect(forgotten).toEqual([ada])
    const rest = (await linesOf(store)).join('\n')
    expect(rest).not.toMatch(/Ada|quill/)
    expect(rest).not.toContain('"title"')
    // Only that they were erased is kept.
    expect((await inbox.changes()).items.filter(({ ref }) => !/ben|c2|m3|m4|agent/.test(ref))).toMatchObject([
      { change: 'erased', ref: ada.ref },
      { change: 'erased', ref: adasChat.ref },
    ])
    expect((await inbox.search({ text: 'word' })).items.map((hit) => hit.message.id)).toEqual(['m3'])
    expect((await inbox.conversations.list()).items).toEqual([bensChat])
    expect((await inbox.changes({ after: next })).items.map(({ change, ref }) => [change, ref])).toEqual([
      ['erased', ada.ref],
      ['erased', adasChat.ref],
    ])
    const seen = await databaseOf(store).selectFrom('parley.seen').select('refs').execute()
    expect(seen).toEqual([{ refs: ['other'] }])
    for (const table of ['hints', 'quarantine', 'threads', 'search', 'contacts'])
      expect([table, await countOf(store, table)]).toEqual([table, 1])
    // What a later sync, webhook or import brings is not stored.
    const again = [...messages, message(adasChat, 'm9', { text: 'word' })].filter(({ id }) => id !== 'm4')
    await filled.write(1, 'contact', [ada])
    await filled.write(1, 'conversation', [adasChat, chatOf(ada, 'c9')])
    await filled.write(
      1,
      'message',
      again.filter(({ conversationId }) => conversationId === 'c1'),
    )
    await store.import(earlier)
    const text = (await linesOf(store)).join('\n')
    expect(text).not.toMatch(/Ada|quill/)
    expect(await store.erase(ada.ref)).toEqual({ conversations: 0, messages: 0 })
  })

  it('erases what it learns of a person only after the person was erased', async () => {
    const no = await from.account('acme:one')
    // An export or a webhook can show messages before a list shows whose conversation it is.
    await from.write(no, 'message', [message(adasChat, 'm1', { text: 'word' })])
    await from.store.erase(ada.ref)
    const silent = chatOf(ada, 'c8')
    await from.sql(`
      insert into parley.postponed (ref, account, due_at, failures) values ('${silent.ref}', ${no}, now(), 1)`)
    await from.write(no, 'conversation', [silent])
    await from.write(no, 'conversation', [adasChat, bensChat])
    expect(await countOf(from.store, 'postponed')).toBe(0)
    const words = [message(adasChat, 'm2', { text: 'word' }), message(bensChat, 'm3', { text: 'word' })]
    await from.write(no, 'message', words)
    expect((await inboxOf(from.store).search({ text: 'word' })).items.map((hit) => hit.message.id)).toEqual(['m3'])
    for (const table of ['messages', 'search']) expect([table, await countOf(from.store, table)]).toEqual([table, 1])
    const { items } = await inboxOf(from.store).changes()
    expect(items.filter(({ change }) => change === 'erased').map(({ ref }) => ref)).toEqual([adasChat.ref])
  })

  it('erases nothing if the application cannot forget the person', async () => {
    const filled = from
    await fill(filled)
    const forget = () => Promise.reject(new Error('not now'))
    await expect(filled.store.erase(ada.ref, { forget })).rejects.toThrow('not now')
    expect(await countOf(filled.store, 'contacts')).toBe(2)
    expect(await filled.store.erase('acme:never/contact/x')).toEqual({ conversations: 0, messages: 0 })
    await expect(filled.store.erase(adasChat.ref)).rejects.toMatchObject({ code: 'invalid-request' })
  })

  it('keeps erased people away when an export is imported that was made in the meantime', async () => {
    await fill(from)
    const lines: string[] = []
    for await (const line of from.store.export()) {
      lines.push(line)
      if (line.includes('"kind":"conversation"') && line.includes('c2')) await from.store.erase(ada.ref)
    }
    expect(lines.join('')).toContain('Ada')
    await to.store.import(lines)
    expect((await linesOf(to.store)).join('')).not.toMatch(/Ada|quill/)
    expect(await countOf(to.store, 'contacts')).toBe(1)
    expect((await inboxOf(to.store).changes()).items.filter(({ ref }) => /ada|c1|m1|m2/.test(ref))).toMatchObject([
      { change: 'erased' },
      { change: 'erased' },
    ])
  })
})

describe.runIf(typeof server !== 'string')('two processes', () => {
  it('do not bring a person back who is erased while a page about them is written', async () => {
    const url = await (server as Exclude<typeof server, string>).createDatabase()
    const filled = await filledIn({ url })
    await fill(filled)
    const other = databaseOf(await createStore({ url }))
    const { writeRecords } = await import('../../src/store/records.ts')
    const late = message(adasChat, 'late', { text: 'word' })
    let erased: Promise<unknown> = Promise.resolve()
    await other.transaction().execute(async (tx) => {
      const batch = { kind: 'message' as const, account: 1, items: [late], fetchedAt: syncedAt }
      await writeRecords(tx, batch)
      erased = filled.store.erase(ada.ref)
      await sql`select pg_sleep(0.3)`.execute(tx)
    })
    await erased
    expect((await linesOf(filled.store)).join('')).not.toMatch(/"text":"word"|Ada/)
    await other.destroy()
    await filled.close()
  })
})
