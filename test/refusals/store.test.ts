import { createInbox, createSync, type SyncOptions } from '@parley/inbox'
import { describe, expect, it } from 'vitest'
import { loadVendors } from '../vendors.ts'
import { junk, refusalOf, revoked, throwing } from './junk.ts'
import { kinds } from './signatures.ts'
import { untouchedStore } from './untouched-store.ts'

// Neither the database nor a vendor may be used before the arguments are checked: both fail if they are.
const fetch = async (): Promise<Response> => {
  throw new Error('A request was sent.')
}
const accounts = (await loadVendors()).map(({ create, credentials, operator }) =>
  create({ fetch, maxRetries: 0, rate: false, ...credentials, ...operator }),
)
const store = untouchedStore()
const sync = createSync({ store, accounts })
const inbox = createInbox({ store, accounts })

const account = 'livechatai:default'
const contact = `${account}/contact/id-1`
const isObject = (value: unknown): boolean => Object.prototype.toString.call(value) === '[object Object]'
/** Only the database knows which cursors are right. */
const isText = (value: unknown): boolean => typeof value === 'string'
const never = (_: unknown): boolean => false
const isEmptyList = (value: unknown): boolean => Array.isArray(value) && value.length === 0
const hostile: typeof junk = [
  ['a proxy that throws', throwing()],
  ['a revoked proxy', revoked()],
]

type Method = (...args: never[]) => unknown
/** A method, its arguments before an object of named values, and which of the junk is right for each of these. */
type Row = [string, Method, unknown[], 'options' | 'query', Record<string, (value: unknown) => boolean>]

const withOptions: Row[] = [
  ['store.erase', store.erase, [contact], 'options', { forget: kinds.function.isRight }],
  ['store.export', store.export, [], 'options', { contact: never }],
  ['sync.run', sync.run, [], 'options', { signal: never }],
  [
    'sync.runOnce',
    sync.runOnce,
    [],
    'options',
    { accounts: isEmptyList, streams: isEmptyList, full: kinds.flag.isRight, signal: never },
  ],
  ['inbox.changes', inbox.changes, [], 'query', { after: isText, limit: never, accounts: isEmptyList }],
  ['inbox.changes', inbox.changes, [{}], 'options', { signal: never, raw: kinds.flag.isRight }],
  ['inbox.watch', inbox.watch, [], 'query', { after: isText, limit: never, accounts: isEmptyList }],
  ['inbox.watch', inbox.watch, [{}], 'options', { signal: never }],
  ['inbox.history', inbox.history, [contact], 'query', { limit: never, cursor: (value) => value === null }],
  ['inbox.history', inbox.history, [contact, {}], 'options', { signal: never }],
  ['inbox.search', inbox.search, [], 'query', { text: (value) => value === '5' }],
  ['inbox.search', inbox.search, [{ text: 'words' }], 'options', { signal: never }],
]

describe.each(withOptions)('%s', (_, method, before, path, fields) => {
  const call = (value: unknown) => refusalOf(() => (method as (...args: unknown[]) => unknown)(...before, value))

  it(`refuses ${path} that are no object`, async () => {
    for (const [what, value] of junk)
      if (!isObject(value)) expect(await call(value), what).toMatchObject({ code: 'invalid-request', path })
    for (const [what, value] of hostile)
      expect(await call(value), what).toMatchObject({ code: 'invalid-request', path })
  })

  it(`refuses wrong and unknown ${path} by name`, async () => {
    for (const [field, isRight] of Object.entries({ ...fields, contacs: never }))
      for (const [what, value] of junk) {
        if (isRight(value)) continue
        expect(await call({ [field]: value }), `${field}: ${what}`).toMatchObject({
          code: 'invalid-request',
          path: field,
        })
      }
  })
})

/** Any string can be the name of an account, and the lines of an iterable are checked one by one. */
const [anyText, iterable] = [/^'5?'$/, /^(?:\[.*\]|a map)$/]
/** A method, the name of its first argument, and which of the junk is right. */
const withArgument: [string, string, Method, RegExp][] = [
  ['store.erase', 'contact', store.erase, /^$/],
  ['store.import', 'lines', store.import, iterable],
  ['sync.reset', 'account', sync.reset, anyText],
  ['sync.wipe', 'account', sync.wipe, anyText],
  ['sync.resume', 'account', sync.resume, anyText],
  ['sync.acceptDeletions', 'account', sync.acceptDeletions, anyText],
  ['inbox.history', 'record', inbox.history, /^$/],
]

it.each(withArgument)('%s refuses what is no %s', async (_, path, method, right) => {
  for (const [what, value] of [...junk, ...hostile, ['nothing', undefined] as const]) {
    if (right.test(what)) continue
    const refused = await refusalOf(() => (method as (value: unknown) => unknown)(value))
    expect(refused, what).toMatchObject({ code: 'invalid-request', path })
  }
})

it('a sync refuses an account that it does not have', async () => {
  for (const method of [sync.reset, sync.wipe, sync.resume, sync.acceptDeletions])
    expect(await refusalOf(() => method('acme:shop'))).toMatchObject({ code: 'not-found' })
  expect(await refusalOf(() => sync.runOnce({ accounts: ['acme:shop'] }))).toMatchObject({ code: 'not-found' })
})

describe('createSync', () => {
  const made = (options: unknown) => refusalOf(async () => createSync(options as SyncOptions))
  const century = 3_153_600_000_000

  it('refuses what is no object, no store and no list of adapters', async () => {
    for (const [what, value] of junk) {
      expect(await made(value), what).toMatchObject({ code: 'configuration' })
      expect(await made({ accounts, store: value }), what).toMatchObject({ code: 'configuration', path: 'store' })
      const path = Array.isArray(value) && value.length > 0 ? 'accounts[0]' : 'accounts'
      expect(await made({ store, accounts: value }), what).toMatchObject({ code: 'configuration', path })
    }
  })

  it.each([
    ['every.conversations', [1, century], [0, 0.5, 1e15]],
    ['every.sweep', [1, century], [0, 1e15]],
    ['lag', [0, century], [-1, 1e18]],
    ['keepChanges', [1, century], [0, 1e18]],
    ['sweepSize', [0, 20, 10_000], [-1, 1.5, 10_001]],
    ['concurrency', [1, 100], [0, 1.5, 101, 1e9]],
  ])('refuses numbers beyond the limits of %s', async (name, right, wrong) => {
    const [option = '', part] = name.split('.')
    const given = (value: unknown) =>
      made({ store, accounts, [option]: part === undefined ? value : { [part]: value } })
    for (const value of right) expect(await given(value), String(value)).toBe('accepted')
    for (const value of [...wrong, Number.NaN, Number.POSITIVE_INFINITY, null, '5'])
      expect(await given(value), String(value)).toMatchObject({ code: 'configuration', path: option })
  })

  it('refuses other wrong options, and one that does not exist', async () => {
    for (const [what, value] of junk) {
      const wrong = { clock: value, ...(value !== true && { payloads: value }), contcurrency: value }
      for (const [path, each] of Object.entries(wrong))
        expect(await made({ store, accounts, [path]: each }), what).toMatchObject({ code: 'configuration', path })
    }
  })
})
