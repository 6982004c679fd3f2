import { isParleyError, paged, supports } from '@parley/core'
import { createInbox, type Inbox } from '@parley/inbox'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { conversation, fakeAccount } from './fake-account.ts'
import { waysOfInboxes } from './ways.ts'

const ways = await waysOfInboxes()
afterAll(() => Promise.all(ways.map((way) => way.close())))

const code = async (promise: PromiseLike<unknown>): Promise<string> => {
  const error = await promise.then(
    () => 'nothing was thrown',
    (reason: unknown) => reason,
  )
  return isParleyError(error) ? error.code : String(error)
}

const place = { vendor: 'acme', account: 'one', operation: 'messages.list' }

describe.each(ways)('an operation of $name', (way) => {
  const first = fakeAccount('acme', 'one', [conversation('acme', 'one', 'a/b', null)])
  const second = fakeAccount('acme', 'two', [conversation('acme', 'two', 'a/b', null)])
  let inbox: Inbox
  beforeAll(async () => {
    ;({ inbox } = await way.make([first.adapter, second.adapter]))
  })

  it('finds the account by ref and by entity', async () => {
    const [one] = first.conversations
    const [two] = second.conversations
    expect(await inbox.conversations.get('acme:one/conversation/a%2Fb')).toEqual(one)
    expect(await inbox.conversations.get('acme:two/conversation/a%2Fb')).toEqual(two)
    expect(two && (await inbox.conversations.get(two))).toEqual(two)
    expect(inbox.adapter('acme:two')).toBe(second.adapter)
  })

  it('passes its options on', async () => {
    const given: unknown[][] = []
    const list = (...args: unknown[]) => {
      given.push(args)
      return paged(async () => ({ items: [], next: null, warnings: [] }), {}, place)
    }
    const get = async (...args: unknown[]) => {
      given.push(args)
      return {} as never
    }
    const adapter = { ...first.adapter, messages: { list, get } }
    const { messages } = (await way.make([adapter])).inbox
    given.length = 0
    const options = { raw: true, priority: 'catch-up' } as const
    await messages.list('acme:one/conversation/c', { limit: 3 }, options)
    await messages.get('acme:one/message/m', options)
    expect(given).toEqual([
      ['c', { limit: 3 }, options],
      ['m', options],
    ])
  })

  it('returns a list that is a promise: it can be awaited twice, and fails only if it is used', async () => {
    let count = 0
    const read = async () => ({ items: [], next: null, warnings: [], total: ++count })
    const list = () => paged(read, {}, place)
    const { messages } = (await way.make([{ ...first.adapter, messages: { list } }])).inbox
    const before = count
    const given = messages.list('acme:one/conversation/c')
    expect(await given.finally(() => {})).toBe(await given.catch(() => null))
    if (way.isLive) expect(count - before).toBe(1)
    messages.list('acme:three/conversation/x')
    expect(await messages.list('acme:three/conversation/x').catch((error: unknown) => isParleyError(error))).toBe(true)
  })

  it('rejects if the account, the ref or the operation does not exist', async () => {
    expect(await code(inbox.conversations.get('acme:three/conversation/x'))).toBe('not-found')
    expect(await code(inbox.conversations.get('not a ref'))).toBe('invalid-request')
    expect(await code(inbox.messages.list('acme:one/conversation/x'))).toBe('unsupported')
    expect(await code(inbox.messages.note('acme:one/conversation/x', { text: 'hi' }))).toBe('unsupported')
    expect(await code(inbox.messages.ask({ contact: 'acme:three/contact/1' }, { text: 'hi' }))).toBe('not-found')
    expect(await code(inbox.messages.ask({ contact: null as never }, { text: 'hi' }))).toBe('invalid-request')
  })

  it('accepts refs and entities of its own kind, and no others', async () => {
    const asked: unknown[] = []
    const take = async (target: unknown) => {
      asked.push(target)
      return undefined as never
    }
    const adapter = {
      ...first.adapter,
      conversations: { ...first.adapter.conversations, update: take, close: take, delete: take },
      messages: {
        get: take,
        ask: take,
        reply: take,
        note: take,
        provideInput: take,
        reconcile: take,
        list: take as never,
      },
      sources: { list: take as never },
      contacts: { get: take, delete: take },
      control: { get: take, takeOver: take, release: take },
      generations: { get: take },
    }
    const one = (await way.make([adapter])).inbox
    asked.length = 0
    const of = {
      conversation: [
        one.conversations.get,
        one.conversations.update,
        one.conversations.close,
        one.conversations.delete,
        one.messages.list,
        one.messages.ask,
        one.messages.reply,
        one.messages.note,
        one.messages.provideInput,
        one.control.get,
        one.control.takeOver,
        one.control.release,
      ],
      message: [one.messages.get, one.sources.list, one.generations.get],
      contact: [
        one.contacts.get,
        one.contacts.delete,
        (contact: never) => one.messages.ask({ contact }, { text: 'x' }),
      ],
    }
    for (const [kind, operations] of Object.entries(of))
      for (const operation of operations)
        for (const other of ['conversation', 'message', 'contact', 'agent'].filter((word) => word !== kind)) {
          const ref = `acme:one/${other}/x`
          for (const target of [ref, { ref, vendor: 'acme', account: 'one', id: 'x' }])
            expect(await code((operation as (target: unknown) => PromiseLike<unknown>)(target))).toBe('invalid-request')
        }
    expect(asked).toEqual([])
    await one.contacts.delete('acme:one/contact/x')
    await one.messages.ask({ contact: 'acme:one/contact/x' }, { text: 'x' })
    expect(asked).toEqual(['x', { contact: 'x' }])
    for (const nothing of [null, undefined, 5, {}, { id: 'x' }, { contact: undefined }])
      expect(await code(one.contacts.get(nothing as never))).toBe('invalid-request')
  })

  it('reconciles an attempt only with its own conversation', async () => {
    const reconciled: unknown[] = []
    const reconcile = async (attempt: unknown) => {
      reconciled.push(attempt)
      return undefined as never
    }
    const one = (await way.make([{ ...first.adapter, messages: { reconcile } }])).inbox
    const attempt = { kind: 'reply', conversationId: 'a/b', messageId: null, text: 'x', startedAt: '' } as never
    const open = { ...(attempt as object), conversationId: null } as never
    const [item] = first.conversations
    await one.messages.reconcile('acme:one/conversation/a%2Fb', attempt)
    await one.messages.reconcile(item as NonNullable<typeof item>, attempt)
    await one.messages.reconcile('acme:one/conversation/other', open)
    await one.messages.reconcile('acme:one/contact/x', open)
    await one.messages.reconcile('acme:one', open)
    expect(reconciled).toHaveLength(5)
    for (const target of ['acme:one/conversation/other', 'acme:one/contact/a%2Fb', 'acme:one'])
      expect(await code(one.messages.reconcile(target, attempt))).toBe('invalid-request')
    expect(await code(one.messages.reconcile('acme:one/message/x', open))).toBe('invalid-request')
    expect(reconciled).toHaveLength(5)
  })

  it('is the adapter’s own, so that supports() works on an account', () => {
    expect(supports(inbox.adapter('acme:one'), 'conversations.get')).toBe(true)
    expect(supports(inbox.adapter('acme:one'), 'messages.list')).toBe(false)
  })

  it.each(['sales@acme', "o'brien", '\ud83d', 'a b'])(
    'accepts the account %j in the spelling of its refs',
    (account) => {
      const item = conversation('acme', account, 'x', null)
      const { adapter } = fakeAccount('acme', account, [item])
      const [name = ''] = createInbox({ accounts: [adapter] }).accounts
      expect(item.ref).toBe(`${name}/conversation/x`)
      expect(createInbox({ accounts: [adapter] }).adapter(name)).toBe(adapter)
    },
  )

  it('needs unique names of accounts', () => {
    expect(() => createInbox({ accounts: [first.adapter, first.adapter] })).toThrow(/both called acme:one/)
  })
})
