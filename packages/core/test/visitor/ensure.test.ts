import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  ConflictError,
  type Contact,
  memoryStore,
  type OperationOptions,
  type StateStore,
  type Visitor,
} from '../../src/index.ts'
import { type ContactWays, ensureContact, type KnownVisitor } from '../../src/operations.ts'
import { visitorNames } from '../../src/visitor/visitor.ts'
import { acme, failure } from '../helpers/acme.ts'

const contact = (id: string): Contact => ({ ref: `acme:main/contact/${id}`, vendor: 'acme', account: 'main', id })

/** A vendor with these contacts, by what finds them. It records what it was asked for, and what it made. */
function vendor(found: Readonly<Record<string, string>> = {}, more: Partial<ContactWays<Contact>> = {}) {
  const asked: string[] = []
  const made: KnownVisitor[] = []
  const find = (key: string) => async (value: string) => {
    asked.push(`${key} ${value}`)
    const id = found[`${key} ${value}`]
    return id === undefined ? undefined : contact(id)
  }
  const ways: ContactWays<Contact> = {
    find: { externalId: find('externalId'), email: find('email'), phone: find('phone') },
    make: async (visitor) => {
      made.push(visitor)
      return { contact: contact(`new-${made.length}`), isNew: true }
    },
    ...more,
  }
  return { asked, made, ways }
}

function account(options: { store?: StateStore; customFields?: Record<string, string> } = {}) {
  const transport = acme('https://acme.test', options)
  const ensure = (visitor: Visitor, ways: ContactWays<Contact>, own?: OperationOptions) =>
    ensureContact(transport, transport.begin('contacts.ensure', own), visitor, ways)
  return { ...transport, ensure }
}

describe('a visitor', () => {
  it.each<[string, unknown, string]>([
    ['who is nobody', {}, 'externalId'],
    ['with a blank id', { externalId: ' ' }, 'externalId'],
    ['with only an address that anyone can type', { email: 'a@b.example' }, 'externalId'],
    ['with only a number that is not verified', { phone: '+43 1 234', verified: false }, 'externalId'],
    ['with nothing that was verified', { name: 'Ada', verified: true }, 'externalId'],
    ['with a misspelled field', { externalid: 'x' }, 'externalid'],
    ['with a number as id', { externalId: 7 }, 'externalId'],
    ['with a word for verified', { email: 'a@b.example', verified: 'yes' }, 'verified'],
    ['with fields that are a list', { externalId: 'x', customFields: [] }, 'customFields'],
    ['who is a text', 'ada', 'input'],
    ['who is null', null, 'input'],
  ])('%s is refused before anything is asked', async (_, visitor, path) => {
    const { asked, made, ways } = vendor()
    const error = await failure(account().ensure(visitor as Visitor, ways))
    expect(error).toMatchObject({ code: 'invalid-request', outcome: 'not-done', fields: [{ path }] })
    expect([...asked, ...made]).toEqual([])
  })

  it('is found by the application’s id, and nothing is made', async () => {
    const { made, ways } = vendor({ 'externalId web-1': 'c1' })
    expect(await account().ensure({ externalId: 'web-1', name: 'Ada' }, ways)).toEqual({
      contact: contact('c1'),
      isNew: false,
      warnings: [],
    })
    expect(made).toEqual([])
  })

  it('is neither found nor made with an address that is not verified', async () => {
    const { asked, made, ways } = vendor({ 'email victim@b.example': 'victim', 'phone +431': 'victim' })
    const visitor = { externalId: 'web-1', name: 'Eve', email: 'victim@b.example', phone: '+431' }
    const { contact: got, warnings } = await account().ensure(visitor, ways)
    expect(got.id).toBe('new-1')
    expect(asked).toEqual(['externalId web-1'])
    expect(made).toEqual([{ externalId: 'web-1', name: 'Eve', names: [expect.any(String)] }])
    expect(warnings.map(({ path, message }) => [path, message])).toEqual([
      ['email', 'The email is not verified, so it was not sent.'],
      ['phone', 'The phone is not verified, so it was not sent.'],
    ])
  })

  it('is found by a verified address', async () => {
    const { asked, ways } = vendor({ 'email a@b.example': 'c2' })
    const { contact: got } = await account().ensure({ email: ' a@b.example ', verified: true }, ways)
    expect([got.id, asked]).toEqual(['c2', ['email a@b.example']])
  })

  it('whose keys belong to several contacts is the one of the strongest key, with a warning for each other', async () => {
    const { ways } = vendor({ 'externalId web-1': 'c1', 'email a@b.example': 'c2', 'phone +431': 'c3' })
    const visitor = { externalId: 'web-1', email: 'a@b.example', phone: '+431', verified: true }
    const { contact: got, warnings } = await account().ensure(visitor, ways)
    expect(got.id).toBe('c1')
    expect(warnings.map(({ path }) => path)).toEqual(['email', 'phone'])
  })

  it('who is found by a weaker key is warned about each other key that the contact does not have', async () => {
    const { made, ways } = vendor({ 'email a@b.example': 'c2' })
    const visitor = { externalId: 'web-1', email: 'a@b.example', phone: '+431', verified: true }
    const { contact: got, warnings } = await account().ensure(visitor, ways)
    expect([got.id, made]).toEqual(['c2', []])
    expect(warnings).toMatchObject([
      { code: 'degraded', path: 'externalId', message: expect.stringContaining('found by its email') },
      { code: 'degraded', path: 'phone', message: expect.stringContaining('found by its email') },
    ])
    expect(JSON.stringify(warnings)).not.toMatch(/web-1|a@b|\+431/)
  })

  it('whose key is shown by the contact, although it does not find it, is not warned about', async () => {
    const shown = { ...contact('c2'), externalId: 'web-1', phone: '+43 1', email: 'A@b.example' }
    const byPhone: ContactWays<Contact> = { ...vendor().ways, find: { phone: async () => shown } }
    const visitor = { externalId: 'web-1', email: 'a@b.example', phone: '+431', verified: true }
    expect((await account().ensure(visitor, byPhone)).warnings).toEqual([])
  })

  it('whose external id the adapter remembers is not warned about', async () => {
    const { ways } = vendor({ 'email a@b.example': 'c2' }, { found: async () => {} })
    const visitor = { externalId: 'web-1', email: 'a@b.example', verified: true }
    expect((await account().ensure(visitor, ways)).warnings).toEqual([])
  })

  it('is made without blank values, with the vendor’s names of custom fields', async () => {
    const { made, ways } = vendor()
    const visitor = { externalId: 'web-1', firstName: ' ', lastName: 'Lark', customFields: { plan: 'pro', team: 3 } }
    await account({ customFields: { plan: 'cf_1' } }).ensure(visitor, ways)
    expect(made).toMatchObject([{ lastName: 'Lark', customFields: { cf_1: 'pro', team: 3 } }])
    expect(made[0]).not.toHaveProperty('firstName')
  })

  it('who comes twice at once is made once', async () => {
    const { made, ways } = vendor()
    const known = new Map<string, Contact>()
    const remembering: ContactWays<Contact> = {
      find: { externalId: async (value) => known.get(value) },
      make: async (visitor) => {
        const one = await ways.make(visitor)
        known.set(visitor.externalId as string, one.contact)
        return one
      },
    }
    const store = memoryStore()
    const each = [account({ store }), account({ store })]
    const both = await Promise.all(
      Array.from({ length: 6 }, (_, index) => each[index % 2]?.ensure({ externalId: 'web-1' }, remembering)),
    )
    expect(new Set(both.map((one) => one?.contact.id))).toEqual(new Set(['new-1']))
    expect(made).toHaveLength(1)
  })

  it('whom another program has just made is found after the refusal', async () => {
    let exists = false
    const { ways } = vendor(
      {},
      {
        find: { externalId: async () => (exists ? contact('theirs') : undefined) },
        make: async () => {
          exists = true
          throw new ConflictError({ message: 'It exists.' })
        },
      },
    )
    expect(await account().ensure({ externalId: 'web-1' }, ways)).toMatchObject({
      contact: { id: 'theirs' },
      isNew: false,
    })
  })

  it('who is refused for another reason stays refused', async () => {
    const { ways } = vendor({}, { make: () => Promise.reject(new ConflictError({ message: 'It is locked.' })) })
    expect(await failure(account().ensure({ externalId: 'web-1' }, ways))).toMatchObject({ code: 'conflict' })
  })
})

describe('the lock of a visitor', () => {
  it('that cannot be taken is an error of the configuration, and nothing is asked', async () => {
    const { asked, ways } = vendor()
    const cause = new Error('The database is away.')
    const store: StateStore = { ...memoryStore(), lock: () => Promise.reject(cause) }
    const error = await failure(account({ store }).ensure({ externalId: 'web-1' }, ways))
    expect(error).toMatchObject({ code: 'configuration', outcome: 'not-done', fields: [{ path: 'store' }], cause })
    expect(asked).toEqual([])
  })

  it('that comes too late ends the call', async () => {
    const { asked, ways } = vendor()
    const one = account()
    const store = memoryStore()
    const late: StateStore = {
      ...store,
      lock: async (key, work) => {
        await one.clock.advance(70_000)
        return store.lock(key, work)
      },
    }
    const two = account({ store: late })
    const ensured = ensureContact(
      { settings: { ...two.settings, clock: one.settings.clock } },
      one.begin('contacts.ensure'),
      { externalId: 'web-1' },
      ways,
    )
    expect(await failure(ensured)).toMatchObject({ code: 'timeout' })
    expect(asked).toEqual([])
  })

  it('ends with the caller’s signal', async () => {
    const { asked, ways } = vendor()
    const controller = new AbortController()
    const store: StateStore = {
      ...memoryStore(),
      lock: async (_, work) => {
        controller.abort(new Error('The visitor is gone.'))
        return work()
      },
    }
    const { signal } = controller
    await expect(account({ store }).ensure({ externalId: 'web-1' }, ways, { signal })).rejects.toThrow('gone')
    expect(asked).toEqual([])
  })

  /** A visitor with two keys, whose other call holds the second lock until `end`. */
  async function busy() {
    const inner = memoryStore()
    const wanted: string[] = []
    const store: StateStore = {
      ...inner,
      lock: (key, work) => {
        wanted.push(key)
        return inner.lock(key, work)
      },
    }
    const one = account({ store })
    const { ways, asked } = vendor({ 'externalId web-1': 'c1', 'email ada@shop.example': 'c1' })
    const who = { externalId: 'web-1', email: 'ada@shop.example', verified: true }
    await one.ensure(who, ways)
    asked.length = 0
    const locks = wanted.splice(0)
    let end = () => {}
    const isOver = new Promise<void>((resolve) => {
      end = resolve
    })
    const other = inner.lock(locks[1] as string, () => isOver)
    const ended = () => {
      end()
      return other
    }
    return { one, ways, asked, who, locks, wanted, inner, end: ended }
  }

  /** Whether nobody holds a lock. */
  const isFree = (store: StateStore, key: string) =>
    Promise.race([
      store.lock(key, async () => true),
      new Promise<boolean>((resolve) => void setTimeout(() => resolve(false), 50)),
    ])

  it.each(['the deadline', 'the signal'])('is waited for no longer than %s says, and not kept', async (limit) => {
    const { one, ways, asked, who, locks, wanted, inner, end } = await busy()
    const controller = new AbortController()
    const ensured = one.ensure(who, ways, { signal: controller.signal }).catch((error: unknown) => error)
    while (wanted.length < 2) await new Promise(setImmediate)
    if (limit === 'the deadline') await one.clock.advance(60_000)
    else controller.abort(new Error('The visitor is gone.'))
    expect(await ensured).toMatchObject(
      limit === 'the deadline' ? { code: 'timeout', outcome: 'not-done' } : { message: 'The visitor is gone.' },
    )
    expect(await isFree(inner, locks[0] as string)).toBe(true)
    await end()
    expect(await isFree(inner, locks[1] as string)).toBe(true)
    expect(asked).toEqual([])
    await one.ensure(who, ways)
    expect(asked).toHaveLength(2)
  })

  it('may fail when it is given back, because the work is done', async () => {
    const inner = memoryStore()
    const store: StateStore = {
      ...inner,
      lock: async (key, work) => {
        await inner.lock(key, work)
        throw new Error('The database is away.')
      },
    }
    const { ways } = vendor()
    expect(await account({ store }).ensure({ externalId: 'web-1' }, ways)).toMatchObject({ isNew: true })
  })

  it('is given back when the work fails', async () => {
    const { ensure } = account()
    const { ways } = vendor({}, { make: () => Promise.reject(new ConflictError({ message: 'It is locked.' })) })
    await failure(ensure({ externalId: 'web-1' }, ways))
    expect(await failure(ensure({ externalId: 'web-1' }, ways))).toMatchObject({ code: 'conflict' })
  })
})

describe('the names of a visitor', () => {
  const place = { vendor: 'acme', account: 'main', operation: 'contacts.ensure' }

  it('are the same however an address is written', async () => {
    const of = (visitor: Visitor) => visitorNames(place, { ...visitor, verified: true })
    expect(await of({ email: 'Ada@Shop.Example' })).toEqual(await of({ email: ' ada@shop.example' }))
    expect(await of({ phone: '+43 (1) 234-567' })).toEqual(await of({ phone: '+431234567' }))
    expect(await of({ externalId: 'Ada' })).not.toEqual(await of({ externalId: 'ada' }))
    expect(await visitorNames({ ...place, account: 'other' }, { externalId: 'x' })).not.toEqual(
      await visitorNames(place, { externalId: 'x' }),
    )
  })

  it.each<[string, Visitor, Visitor]>([
    ['numbers without a digit', { phone: 'unknown' }, { phone: 'not given' }],
    ['numbers with an extension', { phone: '+43 1 234 ext 5' }, { phone: '+43 1 2345' }],
    ['numbers in other digits', { phone: '٠١٢٣' }, { phone: '٠١٢٤' }],
    [
      'addresses with a letter that only looks like an ASCII one',
      { email: '\u212Aay@shop.example' },
      { email: 'kay@shop.example' },
    ],
    ['ids in another case', { externalId: 'K' }, { externalId: 'k' }],
    ['a letter and its two parts', { externalId: '\u00e9' }, { externalId: 'e\u0301' }],
    ['ids with a prefix of a key', { externalId: 'email:a@b.example' }, { email: 'a@b.example' }],
    ['names of the language', { externalId: '__proto__' }, { externalId: 'constructor' }],
  ])('differ for %s', async (_, one, two) => {
    const of = (visitor: Visitor) => visitorNames(place, { ...visitor, verified: true })
    expect(await of(one)).not.toEqual(await of(two))
  })

  it('have nothing of what they stand for', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ minLength: 5 }), async (externalId) => {
        fc.pre(externalId.trim().length > 4)
        const names = await visitorNames(place, { externalId })
        expect(names).toEqual([expect.stringMatching(/^visitor acme:main [0-9a-f]{64}$/)])
      }),
      { numRuns: 50 },
    )
  })
})
