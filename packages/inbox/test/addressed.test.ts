import { can, isParleyError } from '@parley/core'
import { createInbox } from '@parley/inbox'
import { describe, expect, it } from 'vitest'
import { conversation, fakeAccount } from './fake-account.ts'

const code = async (promise: PromiseLike<unknown>): Promise<string> => {
  const error = await promise.then(
    () => 'nothing was thrown',
    (reason: unknown) => reason,
  )
  return isParleyError(error) ? error.code : String(error)
}

describe('operations of an inbox', () => {
  const first = fakeAccount('acme', 'one', [conversation('acme', 'one', 'a/b', null)])
  const second = fakeAccount('acme', 'two', [conversation('acme', 'two', 'a/b', null)])
  const inbox = createInbox({ accounts: [first.adapter, second.adapter] })

  it('find the account by ref and by entity', async () => {
    const [one] = first.conversations
    const [two] = second.conversations
    expect(await inbox.conversations.get('acme:one/conversation/a%2Fb')).toBe(one)
    expect(await inbox.conversations.get('acme:two/conversation/a%2Fb')).toBe(two)
    expect(two && (await inbox.conversations.get(two))).toBe(two)
    expect(inbox.adapter('acme:two')).toBe(second.adapter)
  })

  it('reject like every other operation when the account, the ref or the operation does not exist', async () => {
    expect(await code(inbox.conversations.get('acme:three/conversation/x'))).toBe('not-found')
    expect(await code(inbox.conversations.get('not a ref'))).toBe('invalid-request')
    expect(await code(inbox.messages.list('acme:one/conversation/x'))).toBe('unsupported')
    expect(await code(inbox.messages.note('acme:one/conversation/x', { text: 'hi' }))).toBe('unsupported')
    expect(await code(inbox.messages.ask({ contact: 'acme:three/contact/1' }, { text: 'hi' }))).toBe('not-found')
    expect(await code(inbox.messages.ask({ contact: null }, { text: 'hi' }))).toBe('invalid-request')
  })

  it('are those of adapters, so that can() still tells what an account has', () => {
    expect(can(inbox.adapter('acme:one'), 'conversations.get')).toBe(true)
    expect(can(inbox.adapter('acme:one'), 'messages.list')).toBe(false)
  })

  it.each(['sales@acme', "o'brien", '\ud83d', 'a b'])('spell the account %j as its refs do', (account) => {
    const item = conversation('acme', account, 'x', null)
    const { adapter } = fakeAccount('acme', account, [item])
    const [name = ''] = createInbox({ accounts: [adapter] }).accounts
    expect(item.ref).toBe(`${name}/conversation/x`)
    expect(createInbox({ accounts: [adapter] }).adapter(name)).toBe(adapter)
  })

  it('need accounts with names of their own', () => {
    expect(() => createInbox({ accounts: [first.adapter, first.adapter] })).toThrow(/both called acme:one/)
  })
})
