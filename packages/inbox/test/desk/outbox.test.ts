import { NetworkError, NotFoundError } from '@parley/core'
import { conversationMoved, createDesk, createStore, createSync, type Desk, type PersonalDesk } from '@parley/inbox'
import { sql } from 'kysely'
import { afterAll, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest'
import { databaseOf, poolOf } from '../../src/store/database.ts'
import { empty } from '../store/stores.ts'
import { aConversation, aMessage } from '../sync/vendor-in-memory.ts'
import { contactWrites, type DeskVendor, deskVendor, refOf } from './desk-vendor.ts'

const store = await createStore()
const db = databaseOf(store)
afterAll(() => store.close())

const chat = refOf('conversation', 'c1')
const question = refOf('message', 'm1')
let vendor: DeskVendor
let desk: Desk
let ada: PersonalDesk
let bob: PersonalDesk
const errors: unknown[] = []

/** Another process over the same store. */
const openDesk = (): Desk =>
  createDesk({ store, accounts: [vendor.adapter], onError: (error) => void errors.push(error) })

const sync = () => createSync({ store, accounts: [vendor.adapter] }).runOnce({ streams: ['conversations', 'messages'] })

beforeEach(async () => {
  await empty(store)
  errors.length = 0
  vendor = deskVendor()
  vendor.conversations = [aConversation('c1')]
  vendor.messages = [aMessage('m1', 'c1')]
  await sync()
  desk = openDesk()
  ada = desk.as({ id: 'ada', name: 'Ada' })
  bob = desk.as({ id: 'bob' })
})

const audit = async () =>
  (await desk.audit()).items.map(({ action, outcome, by, code }) => [action, outcome, by.id, code])
const states = async () => (await desk.sends()).items.map(({ state }) => state)
/** As if this much time had passed for the sends. */
const age = (interval: string) =>
  sql`update parley.outbox set claimed_until = claimed_until - ${interval}::interval, next_at = next_at - ${interval}::interval,
    recorded_at = recorded_at - ${interval}::interval`.execute(db)

describe('a reply', () => {
  test('is sent once, has its message, and is audited', async () => {
    const sent = await ada.reply(chat, { text: 'At nine.', expectLastMessage: question })
    expect(sent).toMatchObject({ state: 'sent', place: 'vendor', by: { id: 'ada', name: 'Ada' }, retryOf: null })
    expect(sent.message).toBe(refOf('message', 'sent-1'))
    expect(vendor.sent).toEqual([{ text: 'At nine.', after: 'm1' }])
    expect(await audit()).toEqual([['reply', 'done', 'ada', undefined]])
    expect(await desk.runOnce()).toEqual({ changed: 0 })
    expect(vendor.sent).toHaveLength(1)
  })

  test('is refused with the newer messages if the conversation has moved on', async () => {
    vendor.messages.push(contactWrites('m2', 'c1'))
    const error = await ada.reply(chat, { text: 'At nine.', expectLastMessage: question }).catch((e) => e)
    expect(error).toMatchObject({ code: 'conflict', outcome: 'not-done', fields: [{ path: 'expectLastMessage' }] })
    expect(conversationMoved(error)).toMatchObject({ newer: [{ id: 'm2' }], sends: [] })
    expect(JSON.stringify(error)).not.toContain('Hello')
    expect([vendor.sent, await states()]).toEqual([[], []])
    expect(await audit()).toEqual([['reply', 'refused', 'ada', 'conflict']])
  })

  test('is not held up by a note of a colleague', async () => {
    await bob.note(chat, { text: 'a regular' })
    await ada.reply(chat, { text: 'At nine.', expectLastMessage: question })
    expect(vendor.sent).toHaveLength(2)
  })

  test('of two people at once is sent once, and the other one is told', async () => {
    const results = await Promise.allSettled(
      [ada, bob].map((person) => person.reply(chat, { text: 'At nine.', expectLastMessage: question })),
    )
    const refused = results.flatMap((result) => (result.status === 'rejected' ? [result.reason] : []))
    expect(refused).toHaveLength(1)
    const { newer = [], sends = [] } = conversationMoved(refused[0]) ?? {}
    expect(newer.length + sends.length).toBeGreaterThan(0)
    expect(vendor.sent).toHaveLength(1)
  })

  test('of two people in two processes is sent once', async () => {
    const other = openDesk().as({ id: 'bob' })
    const results = await Promise.allSettled(
      [ada, other].map((person) => person.reply(chat, { text: 'At nine.', expectLastMessage: question })),
    )
    expect(results.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
    expect(vendor.sent).toHaveLength(1)
  })

  test('can follow a reply that the person has just sent, by its id', async () => {
    const first = await ada.reply(chat, { text: 'At nine.', expectLastMessage: question })
    const second = await ada.reply(chat, { text: 'On Sunday too.', expectLastMessage: first.id })
    expect(second.state).toBe('sent')
    expect(vendor.sent.map(({ text }) => text)).toEqual(['At nine.', 'On Sunday too.'])
  })

  test('can follow one whose outcome is not known yet', async () => {
    vendor.fates = ['lost']
    const first = await ada.reply(chat, { text: 'At nine.', expectLastMessage: question })
    const second = await ada.reply(chat, { text: 'On Sunday too.', expectLastMessage: first.id })
    expect([first.state, second.state]).toEqual(['unknown', 'sent'])
    vendor.messages.push(contactWrites('m2', 'c1'))
    await expect(ada.reply(chat, { text: 'Third', expectLastMessage: second.id })).rejects.toMatchObject({
      code: 'conflict',
    })
  })

  test('with a key is sent once, however often it is called', async () => {
    const input = { text: 'At nine.', key: 'k1', expectLastMessage: question }
    const [first, again] = await Promise.all([ada.reply(chat, input), ada.reply(chat, input)])
    expect(again).toEqual(first)
    expect(await ada.reply(chat, input)).toEqual(first)
    expect(vendor.sent).toHaveLength(1)
    await expect(ada.reply(chat, { ...input, text: 'At ten.' })).rejects.toMatchObject({ fields: [{ path: 'key' }] })
  })

  test.each([
    [{ text: '' }, 'text'],
    [{ text: 5 }, 'text'],
    [{ text: 'a', expectLastMessage: 5 }, 'expectLastMessage'],
    [{ text: 'a', expectLastMessage: 'm1' }, 'expectLastMessage'],
    [{ text: 'a', expectLastMessage: chat }, 'expectLastMessage'],
    [{ text: 'a', key: '' }, 'key'],
    [{ text: 'a', takeOver: 'always' }, 'takeOver'],
    [{ text: 'a', operatorId: 'x' }, 'operatorId'],
    [{ text: 'a', attachements: [] }, 'attachements'],
    [{ text: 'a', attachments: [{ fileName: 'a', content: new Uint8Array(50 * 2 ** 20 + 1) }] }, 'attachments'],
  ])('is refused if it is wrong (%#)', async (input, path) => {
    await expect(ada.reply(chat, input as never)).rejects.toMatchObject({ code: 'invalid-request', fields: [{ path }] })
    expect(vendor.sent).toEqual([])
  })

  test('that the vendor refuses has failed, and can be retried once', async () => {
    vendor.fates = ['refused']
    const failed = await ada.reply(chat, { text: 'At nine.' })
    expect(failed).toMatchObject({ state: 'failed', error: { code: 'conflict' } })
    const retried = await Promise.allSettled([bob.retry(failed), ada.retry(failed.id)])
    expect(retried.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
    expect(vendor.sent).toHaveLength(2)
    const again = await desk.send(failed.id)
    expect(again.retriedBy).toEqual((await desk.sends()).items[0]?.id)
    await expect(ada.retry(again.retriedBy as string)).rejects.toMatchObject({ code: 'conflict' })
  })

  test('whose answer is lost is read back, and never sent again', async () => {
    vendor.fates = ['lost']
    const lost = await ada.reply(chat, { text: 'At nine.', expectLastMessage: question })
    expect(lost).toMatchObject({ state: 'unknown', message: null })
    await expect(ada.retry(lost)).rejects.toMatchObject({ code: 'conflict' })
    expect(await desk.runOnce()).toEqual({ changed: 0 })
    await age('1 minute')
    expect(await desk.runOnce()).toEqual({ changed: 1 })
    expect(await desk.send(lost.id)).toMatchObject({ state: 'sent', message: refOf('message', 'sent-1') })
    expect(vendor.sent).toHaveLength(1)
    expect(await audit()).toContainEqual(['reply', 'done', 'ada', undefined])
  })

  test('that never arrived stays unknown until that is proved, and can then be retried', async () => {
    vendor.fates = ['dropped']
    const lost = await ada.reply(chat, { text: 'At nine.' })
    for (let times = 0; times < 3; times++) {
      await age('1 hour')
      await desk.runOnce()
    }
    expect((await desk.send(lost.id)).state).toBe('unknown')
    vendor.canProve = true
    await age('1 hour')
    await desk.runOnce()
    expect(await desk.send(lost.id)).toMatchObject({ state: 'failed' })
    expect((await ada.retry(lost)).state).toBe('sent')
    expect(vendor.sent).toHaveLength(2)
  })

  test('of unknown outcome can be settled by a person', async () => {
    vendor.fates = ['dropped', 'dropped']
    const [one, two] = [await ada.reply(chat, { text: 'one' }), await ada.reply(chat, { text: 'two' })]
    expect(await bob.settle(one, 'sent')).toMatchObject({ state: 'sent', message: null })
    expect(await bob.settle(two.id, 'failed')).toMatchObject({ state: 'failed' })
    await expect(bob.settle(one, 'failed')).rejects.toMatchObject({ code: 'conflict' })
    await age('1 day')
    await desk.runOnce()
    expect(await states()).toEqual(['failed', 'sent'])
  })

  test('that failed waits for a person until it was dismissed, and cannot be retried then', async () => {
    vendor.fates = ['refused']
    const send = await ada.reply(chat, {
      text: 'At nine.',
      attachments: [{ fileName: 'a.txt', content: new Uint8Array(3) }],
    })
    expect(send).toMatchObject({ state: 'failed', dismissedAt: null })
    const waiting = async () =>
      (await desk.conversations({ hasOpenSends: true })).items.map(({ openSends }) => openSends)
    expect(await waiting()).toEqual([1])
    expect((await bob.dismiss(send)).dismissedAt).not.toBeNull()
    expect(await waiting()).toEqual([])
    const { rows } = await sql`select from parley.outbox_files`.execute(db)
    expect(rows).toEqual([])
    await expect(ada.retry(send)).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringContaining('dismissed'),
    })
    await expect(ada.dismiss(send)).rejects.toMatchObject({ code: 'conflict' })
    expect(vendor.sent).toHaveLength(1)
    const [entry] = (await desk.audit({ action: 'dismiss' })).items.slice(-1)
    expect(entry).toMatchObject({ by: { id: 'bob' }, send: send.id, outcome: 'overlay' })
  })

  test('that was retried cannot be dismissed, nor one that was sent', async () => {
    vendor.fates = ['refused']
    const failed = await ada.reply(chat, { text: 'At nine.' })
    const sent = await ada.retry(failed)
    expect(sent.state).toBe('sent')
    for (const send of [failed, sent]) await expect(ada.dismiss(send)).rejects.toMatchObject({ code: 'conflict' })
  })

  test('appears once although a poll brings its message before the answer', async () => {
    let shown: unknown
    vendor.beforeAnswer = async () => {
      vendor.conversations = [aConversation('c1', new Date().toISOString())]
      await sync()
      shown = (await desk.sends({ conversation: chat })).items[0]
    }
    const sent = await ada.reply(chat, { text: 'At nine.' })
    expect(shown).toMatchObject({ state: 'claimed', message: null, shownBy: refOf('message', 'sent-1') })
    expect(sent).toMatchObject({ state: 'sent', message: refOf('message', 'sent-1'), shownBy: null })
    const { rows } = await sql`select ref from parley.messages where conversation = ${chat}`.execute(db)
    expect(rows).toHaveLength(2)
  })

  test('to a conversation that was deleted is refused', async () => {
    await sql`update parley.conversations set deleted_at = now()`.execute(db)
    await expect(ada.reply(chat, { text: 'At nine.' })).rejects.toBeInstanceOf(NotFoundError)
    await expect(ada.reply(refOf('conversation', 'c9'), { text: 'x' })).rejects.toMatchObject({ code: 'not-found' })
    expect(vendor.sent).toEqual([])
  })

  test('needs an operator where the vendor requires one', async () => {
    const traits = async () => ({ replyOperator: { value: 'required', reason: 'so it is' } }) as const
    vendor.adapter = { ...vendor.adapter, traits }
    const strict = openDesk()
    await expect(strict.as({ id: 'ada' }).reply(chat, { text: 'a' })).rejects.toMatchObject({
      fields: [{ path: 'person.operatorIds' }],
    })
    await strict.as({ id: 'ada', operatorIds: { 'acme:shop': 'u7' } }).reply(chat, { text: 'a' })
    expect(vendor.sent).toMatchObject([{ text: 'a', operatorId: 'u7' }])
  })

  test('has its files, which are kept until it is sent', async () => {
    vendor.fates = ['refused']
    const attachments = [
      { fileName: 'a.txt', contentType: 'text/plain', content: new Blob(['file']) },
      { url: 'https://files.example/b' },
    ]
    const failed = await ada.reply(chat, { text: '', attachments })
    expect(failed.attachments).toEqual([
      { fileName: 'a.txt', contentType: 'text/plain', size: 4 },
      { fileName: null, contentType: null, size: null },
    ])
    await ada.retry(failed)
    const content = new Uint8Array(Buffer.from('file'))
    for (const sent of vendor.sent)
      expect(sent).toMatchObject({ attachments: [{ content }, { url: attachments[1]?.url }] })
    const { rows } = await sql`select send from parley.outbox_files`.execute(db)
    expect(rows).toEqual([])
  })

  test('a note stays in the overlay where the vendor has none', async () => {
    const { note: _, ...messages } = vendor.adapter.messages ?? {}
    vendor.adapter = { ...vendor.adapter, messages } as never
    const kept = await openDesk().as({ id: 'ada' }).note(chat, { text: 'a regular' })
    expect(kept).toMatchObject({ kind: 'note', place: 'overlay', state: 'sent', message: null })
    expect(vendor.sent).toEqual([])
    expect(await audit()).toEqual([['note', 'overlay', 'ada', undefined]])
  })
})

describe('a process that ends', () => {
  /** Ends the process between two steps: nothing after it happens. */
  const never = () => new Promise<never>(() => {})

  /** A reply whose process was suspended before its request, for longer than its claim lasts. */
  async function suspendedReply() {
    let wake = () => {}
    vendor.whileWaiting = () =>
      new Promise<void>((resolve) => {
        wake = resolve
      })
    const reply = ada.reply(chat, { text: 'first' })
    await waitFor(async () => vendor.waited > 0)
    await age('2 minutes')
    return { reply, wake: () => wake() }
  }

  test('before it claimed its send: another one sends it', async () => {
    await sql`create or replace function pg_temp.nothing() returns int language sql as 'select 1'`.execute(db)
    void ada.reply(chat, { text: 'first', key: 'a' }).catch(() => {})
    vendor.whileWaiting = never
    await waitFor(async () => vendor.waited > 0)
    await sql`update parley.outbox set state = 'recorded', claim = null, claimed_until = null, attempt = null,
      recorded_at = now() - interval '10 seconds'`.execute(db)
    vendor.whileWaiting = () => {}
    expect(await openDesk().runOnce()).toEqual({ changed: 1 })
    expect(vendor.sent).toMatchObject([{ text: 'first' }])
    expect(await states()).toEqual(['sent'])
  })

  test('before it claimed its send, a while ago: it has failed', async () => {
    vendor.whileWaiting = never
    void ada.reply(chat, { text: 'first' }).catch(() => {})
    await waitFor(async () => vendor.waited > 0)
    await sql`update parley.outbox set state = 'recorded', claim = null, claimed_until = null, attempt = null,
      recorded_at = now() - interval '1 hour'`.execute(db)
    await openDesk().runOnce()
    expect(vendor.sent).toEqual([])
    expect((await desk.sends()).items).toMatchObject([{ state: 'failed', error: { code: 'timeout' } }])
  })

  test('after it stored its attempt: another one only reads it back', async () => {
    vendor.beforeAnswer = never
    void ada.reply(chat, { text: 'first' })
    await waitFor(async () => vendor.messages.length === 2)
    const other = openDesk()
    expect(await other.runOnce()).toEqual({ changed: 0 })
    await age('2 minutes')
    await other.runOnce()
    expect(await states()).toEqual(['sent'])
    expect(vendor.sent).toHaveLength(1)
  })

  test('before it stored its attempt: nothing was sent', async () => {
    vendor.whileWaiting = never
    void ada.reply(chat, { text: 'first' })
    await waitFor(async () => vendor.waited > 0)
    await sql`update parley.outbox set attempt = null`.execute(db)
    await age('2 minutes')
    await openDesk().runOnce()
    expect((await desk.sends()).items).toMatchObject([{ state: 'failed', error: { code: 'network' } }])
    expect(vendor.sent).toEqual([])
  })

  test('is only suspended, and wakes after another one has taken over: it sends nothing', async () => {
    const { reply, wake } = await suspendedReply()
    vendor.canProve = true
    await openDesk().runOnce()
    expect(await states()).toEqual(['failed'])
    wake()
    expect(await reply).toMatchObject({ state: 'failed' })
    expect(vendor.sent).toEqual([])
  })

  test('does not hold up a colleague’s reply for ever, although no desk runs', async () => {
    vendor.beforeAnswer = never
    void ada.reply(chat, { text: 'first' })
    await waitFor(async () => vendor.messages.length === 2)
    await age('2 minutes')
    vendor.beforeAnswer = () => {}
    expect((await openDesk().as({ id: 'bob' }).reply(chat, { text: 'second' })).state).toBe('sent')
    expect(await states()).toEqual(['sent', 'unknown'])
    expect(vendor.sent).toHaveLength(2)
  })

  test('is suspended for longer than its claim: it sends nothing, although nobody has taken over', async () => {
    const { reply, wake } = await suspendedReply()
    wake()
    expect((await reply).state).toBe('claimed')
    expect(vendor.sent).toEqual([])
  })
})

test('the time of the caller ends the waiting, and not the send', async () => {
  let answer = () => {}
  vendor.beforeAnswer = () =>
    new Promise<void>((resolve) => {
      answer = resolve
    })
  // Long enough for the steps before the request.
  const sent = await ada.reply(chat, { text: 'At nine.' }, { timeout: 1500 })
  expect(sent.state).toBe('claimed')
  answer()
  await waitFor(async () => (await states())[0] === 'sent')
  expect(vendor.sent).toHaveLength(1)
})

test('an account that is removed while an attempt is open is read back when it is there again', async () => {
  vendor.fates = ['lost']
  await ada.reply(chat, { text: 'At nine.' })
  await age('1 hour')
  const stranger = deskVendor()
  stranger.adapter = { ...stranger.adapter, account: 'other' }
  const without = createDesk({ store, accounts: [stranger.adapter] })
  expect(await without.runOnce()).toEqual({ changed: 0 })
  expect((await without.sends()).items).toEqual([])
  expect(await desk.runOnce()).toEqual({ changed: 1 })
  expect(await states()).toEqual(['sent'])
})

test('a database that is away when the answer arrives loses no outcome', async () => {
  vendor.beforeAnswer = async () => {
    await sql`alter table parley.outbox rename to away`.execute(db)
    setTimeout(() => void sql`alter table parley.away rename to outbox`.execute(db), 200)
  }
  const sent = await ada.reply(chat, { text: 'At nine.' })
  expect(sent.state).toBe('sent')
  expect(vendor.sent).toHaveLength(1)
})

test('a vendor that is down refuses each reply, and nothing is sent when it is back', async () => {
  vendor.before = () => {
    throw new NetworkError({ message: 'down' })
  }
  await expect(ada.reply(chat, { text: 'a', expectLastMessage: question })).rejects.toMatchObject({ message: 'down' })
  vendor.before = () => {}
  await age('1 hour')
  await desk.runOnce()
  expect(vendor.sent).toEqual([])
})

interface Client {
  query(...given: unknown[]): Promise<unknown>
}

/** Does something after the next statement that looks like this. What it throws takes the place of the answer. */
function afterStatement(like: RegExp, then: (client: Client) => unknown): void {
  const pool = poolOf(store)
  const connect = pool.connect.bind(pool) as (callback?: unknown) => Promise<Client>
  let isOpen = true
  const spy = vi.spyOn(pool, 'connect').mockImplementation(async (callback?: unknown) => {
    // The pool calls itself.
    if (callback) return connect(callback) as never
    const client = await connect()
    const query = async (...given: unknown[]) => {
      const answer = await client.query(...given)
      const text = typeof given[0] === 'string' ? given[0] : (given[0] as { text: string }).text
      if (isOpen && like.test(text)) {
        isOpen = false
        await then(client)
      }
      return answer
    }
    return new Proxy(client, { get: (own, name) => (name === 'query' ? query : Reflect.get(own, name, own)) }) as never
  })
  onTestFinished(() => spy.mockRestore())
}

describe('a connection to the database that breaks', () => {
  const breaks = () => {
    throw Object.assign(new Error('Connection terminated unexpectedly'), { code: 'ECONNRESET' })
  }

  test.each([
    ['after the send was recorded', /^commit/i],
    ['after it was claimed', /set state = 'claimed'/],
  ])('%s ends neither the call nor the send', async (_, like) => {
    afterStatement(like, breaks)
    expect(await ada.reply(chat, { text: 'At nine.' })).toMatchObject({ state: 'sent' })
    expect(vendor.sent).toHaveLength(1)
    expect(await states()).toEqual(['sent'])
  })

  test('before the send is recorded fails the call, and nothing is sent', async () => {
    afterStatement(/insert into parley.outbox/, breaks)
    await expect(ada.reply(chat, { text: 'At nine.' })).rejects.toMatchObject({ code: 'network' })
    expect([vendor.sent, await states()]).toEqual([[], []])
  })

  test('when a send without an attempt has been taken over leaves nothing undecided', async () => {
    vendor.whileWaiting = () => new Promise<never>(() => {})
    void ada.reply(chat, { text: 'At nine.' })
    await waitFor(async () => vendor.waited > 0)
    await sql`update parley.outbox set state = 'unknown', attempt = null, next_at = now()`.execute(db)
    await openDesk().runOnce()
    expect((await desk.sends()).items).toMatchObject([{ state: 'failed', error: { code: 'network' } }])
  })
})

test('a reply looks at the conversation again if its process was suspended after it had looked', async () => {
  afterStatement(/^begin/i, (client) => {
    vendor.messages.push(contactWrites('m2', 'c1'))
    return client.query('select pg_sleep(1.01)')
  })
  const sent = await ada.reply(chat, { text: 'At nine.', expectLastMessage: question })
  expect(sent).toMatchObject({ state: 'failed', error: { code: 'conflict' } })
  expect(vendor.sent).toEqual([])
})

test('a reply does not pass one that may have been sent and is not shown yet', async () => {
  vendor.fates = ['dropped']
  const first = await ada.reply(chat, { text: 'At nine.', expectLastMessage: question })
  const error = await bob.reply(chat, { text: 'At ten.', expectLastMessage: question }).catch((e) => e)
  expect(error).toMatchObject({ code: 'conflict', outcome: 'not-done' })
  expect(conversationMoved(error)).toMatchObject({ newer: [], sends: [{ id: first.id, state: 'unknown' }] })
  expect(await bob.reply(chat, { text: 'At ten.', expectLastMessage: first.id })).toMatchObject({ state: 'sent' })
})

test.each(['lost', 'dropped'] as const)(
  'a reply can follow an unguarded one that was %s, but no newer message',
  async (fate) => {
    vendor.fates = [fate]
    const first = await ada.reply(chat, { text: 'At nine.' })
    expect(first.state).toBe('unknown')
    expect(await ada.reply(chat, { text: 'On Sunday too.', expectLastMessage: first.id })).toMatchObject({
      state: 'sent',
    })
    vendor.messages.push(contactWrites('m2', 'c1'))
    await expect(bob.reply(chat, { text: 'Third', expectLastMessage: first.id })).rejects.toMatchObject({
      code: 'conflict',
    })
  },
)

async function waitFor(isSo: () => Promise<boolean>): Promise<void> {
  for (let times = 0; times < 500; times++) {
    if (await isSo()) return
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
  throw new Error('It never became so.')
}
