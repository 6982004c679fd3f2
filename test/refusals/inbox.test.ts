import { createInbox, type InboxOptions } from '@parley/inbox'
import { beforeEach, describe, expect, it } from 'vitest'
import { loadVendors } from '../vendors.ts'
import { junk, refusalOf, revoked, throwing } from './junk.ts'
import { kinds, signatures } from './signatures.ts'
import { untouchedStore } from './untouched-store.ts'

let requests = 0
const fetch = async (): Promise<Response> => {
  requests++
  return Response.json({}, { status: 400 })
}
const common = { fetch, maxRetries: 0, rate: false as const }
const vendors = await loadVendors()
const accountsWith = (options: object) =>
  vendors.map(({ create, credentials, operator }) => create({ ...common, ...credentials, ...operator, ...options }))
const accounts = accountsWith({})
const inbox = createInbox({ accounts })
const synced = createInbox({ accounts, store: untouchedStore() })
const inboxes = { inbox, 'synced inbox': synced }

beforeEach(() => {
  requests = 0
})

const isObject = (value: unknown): boolean => Object.prototype.toString.call(value) === '[object Object]'
const made = (options: unknown) => refusalOf(async () => createInbox(options as InboxOptions))

describe('createInbox', () => {
  it('refuses options that are no object', async () => {
    for (const [what, value] of [...junk, ['nothing', undefined] as const])
      expect(await made(value), what).toMatchObject({ code: 'configuration' })
  })

  it('refuses accounts that are no list of adapters', async () => {
    for (const [what, value] of junk) {
      const path = Array.isArray(value) && value.length > 0 ? 'accounts[0]' : 'accounts'
      expect(await made({ accounts: value }), what).toMatchObject({ code: 'configuration', path })
    }
    expect(await made({ accounts: undefined })).toMatchObject({ code: 'configuration', path: 'accounts' })
    expect(await made({ accounts: [accounts[0], {}] })).toMatchObject({ code: 'configuration', path: 'accounts[1]' })
  })

  it('refuses what is no store of createStore', async () => {
    for (const [what, value] of junk)
      expect(await made({ accounts, store: value }), what).toMatchObject({ code: 'configuration', path: 'store' })
  })

  it('refuses a wrong deadline, a wrong clock and an option that does not exist', async () => {
    for (const [what, value] of junk) {
      expect(await made({ accounts, deadline: value }), what).toMatchObject({ code: 'configuration', path: 'deadline' })
      expect(await made({ accounts, clock: value }), what).toMatchObject({ code: 'configuration', path: 'clock' })
    }
    expect(await made({ accounts, deadlin: 5 })).toEqual({
      ...{ code: 'configuration', path: 'deadlin' },
      message: 'createInbox: there is no option "deadlin" (did you mean "deadline"?).',
    })
  })
})

/** The lists over all accounts, each with the operation whose filters it accepts. */
const lists = Object.entries(inboxes).flatMap(([which, { agents, conversations, contacts }]) => [
  [which, 'agents.list', agents.list] as const,
  [which, 'conversations.list', conversations.list] as const,
  [which, 'contacts.list', contacts.list] as const,
  [which, 'contacts.search', contacts.search] as const,
])

describe.each(lists)('%s.%s', (_, name, list) => {
  const { query = {}, options } = signatures[name]
  const read = (...args: unknown[]) => refusalOf(() => (list as (...args: unknown[]) => unknown)(...args))

  it('refuses a query and options that are no objects when it is read', async () => {
    for (const [what, value] of junk) {
      if (isObject(value)) continue
      expect(await read(value), what).toMatchObject({ code: 'invalid-request', path: 'query' })
      expect(await read({}, value), what).toMatchObject({ code: 'invalid-request', path: 'options' })
    }
    expect(requests).toBe(0)
  })

  it('refuses what cannot be read when it is read', async () => {
    for (const hostile of [throwing, revoked]) {
      expect(await read(hostile())).toMatchObject({ code: 'invalid-request', path: 'query' })
      expect(await read({}, hostile())).toMatchObject({ code: 'invalid-request', path: 'options' })
      expect(await read({ accounts: [hostile()] })).toMatchObject({ code: 'invalid-request', path: 'accounts[0]' })
    }
    expect(requests).toBe(0)
  })

  it('refuses wrong and unknown filters and options by name', async () => {
    for (const [part, fields] of [query, options].entries()) {
      for (const [field, kind] of Object.entries({ ...fields, contct: 'word' as const })) {
        if (field === 'order') continue
        for (const [what, value] of junk) {
          if (kinds[kind].isRight(value)) continue
          const refused = await read(...(part === 0 ? [{ [field]: value }] : [{}, { [field]: value }]))
          expect(refused, `${field}: ${what}`).toMatchObject({ code: 'invalid-request', path: field })
        }
      }
    }
    expect(requests).toBe(0)
  })

  it('refuses wrong accounts, an account that it does not have and a wrong partial', async () => {
    for (const [what, value] of junk) {
      if (!(Array.isArray(value) && value.length === 0))
        expect(await read({ accounts: value }), what).toMatchObject({ code: 'invalid-request', path: 'accounts' })
      if (value !== true)
        expect(await read({ partial: value }), what).toMatchObject({ code: 'invalid-request', path: 'partial' })
    }
    expect(await read({ accounts: ['livechatai:nobody'] })).toMatchObject({ code: 'not-found' })
    expect(requests).toBe(0)
  })
})

it('refuses a wrong option of an account’s vendor instead of reporting the account as failed', async () => {
  // Other accounts may still send requests when the list fails, so they are not counted with those of later tests.
  const inbox = createInbox({ accounts: accountsWith({ fetch: async () => Response.json({}, { status: 400 }) }) })
  const lists = [inbox.agents.list, inbox.conversations.list, inbox.contacts.list] as readonly ((
    query: unknown,
  ) => unknown)[]
  for (const list of lists) {
    const refused = await refusalOf(() => list({ vendor: { 'agent-conversation': { viewid: 'v' } } }))
    expect(refused).toMatchObject({ code: 'invalid-request', path: 'vendor.agent-conversation.viewid' })
    const misspelled = await refusalOf(() => list({ vendor: { agentConversation: {} }, partial: true }))
    expect(misspelled).toMatchObject({ code: 'invalid-request', path: 'vendor.agentConversation' })
  }
})

it('refuses an order of conversations, since an inbox has only one', async () => {
  const refused = await refusalOf(() => inbox.conversations.list({ order: 'asc' } as never))
  expect(refused).toMatchObject({ code: 'invalid-request', path: 'order' })
})

type AnyOperation = (...args: never[]) => unknown

/** What a synced inbox reads from the store. It passes the rest on to a live one. */
const stored = Object.entries(inboxes).flatMap(
  ([which, { agents, conversations, messages, contacts }]): [string, string, string, AnyOperation][] => [
    [which, 'agents.get', 'agent', agents.get],
    [which, 'conversations.get', 'conversation', conversations.get],
    [which, 'messages.list', 'conversation', messages.list],
    [which, 'messages.get', 'message', messages.get],
    [which, 'contacts.get', 'contact', contacts.get],
  ],
)

const byRef: [string, string, string, AnyOperation][] = [
  ...stored,
  ['inbox', 'agents.delete', 'agent', inbox.agents.delete],
  ['inbox', 'agents.actions.list', 'agent', inbox.agents.actions.list],
  ['inbox', 'conversations.update', 'conversation', inbox.conversations.update],
  ['inbox', 'conversations.assign', 'conversation', inbox.conversations.assign],
  ['inbox', 'conversations.close', 'conversation', inbox.conversations.close],
  ['inbox', 'conversations.delete', 'conversation', inbox.conversations.delete],
  ['inbox', 'messages.ask', 'conversation', inbox.messages.ask],
  ['inbox', 'messages.reply', 'conversation', inbox.messages.reply],
  ['inbox', 'messages.setStatus', 'message', inbox.messages.setStatus],
  ['inbox', 'messages.note', 'conversation', inbox.messages.note],
  ['inbox', 'messages.reconcile', 'conversation', inbox.messages.reconcile],
  ['inbox', 'sources.list', 'message', inbox.sources.list],
  ['inbox', 'contacts.delete', 'contact', inbox.contacts.delete],
  ['inbox', 'conversations.deleteForContact', 'contact', inbox.conversations.deleteForContact],
  ['inbox', 'control.get', 'conversation', inbox.control.get],
  ['inbox', 'control.takeOver', 'conversation', inbox.control.takeOver],
  ['inbox', 'control.release', 'conversation', inbox.control.release],
  ['inbox', 'generations.get', 'message', inbox.generations.get],
]

describe.each(byRef)('%s.%s', (_, name, path, operation) => {
  const call = (...args: unknown[]) => refusalOf(() => (operation as (...args: unknown[]) => unknown)(...args))

  it('refuses what is no ref and the ref of something else, and names the argument', async () => {
    for (const [what, value] of [...junk, ['nothing', undefined] as const])
      expect(await call(value, {}, {}), what).toMatchObject({ code: 'invalid-request', path })
    const other = path === 'agent' ? 'operator' : 'agent'
    const refused = await call(`livechatai:default/${other}/a-1`, {}, {})
    expect(refused).toMatchObject({ code: 'invalid-request', path, message: expect.stringContaining(other) })
    expect(requests).toBe(0)
  })

  it('refuses a target that cannot be read, and names it', async () => {
    for (const hostile of [throwing, revoked])
      expect(await call(hostile(), {}, {})).toMatchObject({ code: 'invalid-request', path })
    const refuse = (): never => {
      throw new Error('it was read')
    }
    const entity = {
      get ref() {
        return refuse()
      },
    }
    expect(await call(entity, {}, {})).toMatchObject({ code: 'invalid-request', path: 'ref' })
    class Own {
      get ref() {
        return refuse()
      }
    }
    expect(await call(new Own(), {}, {})).toMatchObject({ code: 'invalid-request', path })
    expect(requests).toBe(0)
  })

  it('refuses wrong options in the words of the adapter', async () => {
    const ref = `livechatai:default/${path}/id-1`
    const args = ['get', 'delete', 'close', 'takeOver', 'release'].includes(name.split('.')[1] as string)
      ? [ref]
      : [ref, name.startsWith('messages.') && !/\.(?:list|get)$/.test(name) ? { text: 'x' } : {}]
    for (const [what, value] of junk) {
      if (isObject(value)) continue
      const refused = await call(...args, value)
      if (typeof refused !== 'string' && refused.code === 'unsupported') return
      expect(refused, what).toMatchObject({ code: 'invalid-request', path: 'options' })
    }
    expect(requests).toBe(0)
  })
})

describe.each(stored)('%s.%s', (_, name, kind, operation) => {
  const call = (...args: unknown[]) => refusalOf(() => (operation as (...args: unknown[]) => unknown)(...args))
  const [vendor, account] = ['agent-conversation', 'default']
  const ref = `${vendor}:${account}/${kind}/id-1`

  it.each([
    ['no id', { ref }],
    ['another id', { ref, id: 'id-2' }],
    ['another vendor', { ref, id: 'id-1', vendor: 'livechatai', account }],
    ['another account', { ref, id: 'id-1', vendor, account: 'other' }],
  ])('refuses an entity that has %s', async (_, entity) => {
    const refused = await call(entity)
    if (typeof refused !== 'string' && refused.code === 'unsupported') return
    expect(refused).toMatchObject({ code: 'invalid-request', path: kind })
    expect(requests).toBe(0)
  })

  it.runIf(name.endsWith('.list'))('refuses a query that is no object, and a wrong or unknown filter', async () => {
    for (const [what, value] of junk)
      if (!isObject(value))
        expect(await call(ref, value), what).toMatchObject({ code: 'invalid-request', path: 'query' })
    for (const hostile of [throwing, revoked])
      expect(await call(ref, hostile())).toMatchObject({ code: 'invalid-request', path: 'query' })
    for (const wrong of [{ limit: 0 }, { cursor: 5 }, { order: 'new' }, { since: 'today' }, { vendor: 5 }]) {
      const [path] = Object.keys(wrong)
      expect(await call(ref, wrong), path).toMatchObject({ code: 'invalid-request', path })
    }
    expect(requests).toBe(0)
  })
})

describe('inbox.adapter', () => {
  it('refuses what is no account, no ref and no entity', async () => {
    for (const [what, value] of junk) {
      const refused = await refusalOf(async () => inbox.adapter(value as never))
      expect(refused, what).toMatchObject({ code: 'invalid-request', path: 'of' })
    }
    for (const hostile of [throwing, revoked])
      expect(await refusalOf(async () => inbox.adapter(hostile() as never))).toMatchObject({ path: 'of' })
    expect(await refusalOf(async () => inbox.adapter('livechatai:nobody/agent/1'))).toMatchObject({ code: 'not-found' })
  })
})
