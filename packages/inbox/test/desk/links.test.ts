import type { Contact } from '@parley/core'
import { afterAll, afterEach, describe, expect, it } from 'vitest'
import { link, linkAutomatically, linkedContacts, linkSuggestions, links, unlink } from '../../src/desk/links.ts'
import { filledStore, silentAdapter } from '../synced/filled.ts'
import { contextFor } from './context.ts'

const filled = await filledStore()
const names = ['one', 'two', 'three']
const context = contextFor(filled.store)(names.map((name) => silentAdapter('acme', name)))
afterEach(() => filled.clear())
afterAll(() => filled.close())

const by = { id: 'ada', name: 'Ada' }
const person = (account: string, id: string, fields: Partial<Contact> = {}): Contact => ({
  ...{ ref: `acme:${account}/contact/${id}`, vendor: 'acme', account, id },
  ...fields,
})

async function fill(...contacts: Contact[]): Promise<void> {
  for (const name of [...names, 'elsewhere'])
    await filled.write(
      await filled.account(`acme:${name}`),
      'contact',
      contacts.filter(({ account }) => account === name),
    )
}

const [one, two, three] = names.map((name) => person(name, 'p')) as [Contact, Contact, Contact]

describe('links of contacts', () => {
  it('are made and undone by people, and seen from both ends', async () => {
    const made = await link(context, by, two, one.ref, 'She said so.')
    expect(made).toEqual({ ...made, contacts: [one.ref, two.ref], reason: 'She said so.', confidence: 1, by })
    expect(made.undone).toBeUndefined()
    await expect(link(context, by, one, two, 'again')).rejects.toMatchObject({ code: 'conflict', outcome: 'not-done' })
    expect(await links(context, one)).toEqual([made])
    expect(await links(context, two.ref)).toEqual([made])
    const undone = await unlink(context, { id: 'ben' }, made)
    expect(undone).toEqual({ ...made, undone: { by: { id: 'ben' }, at: expect.stringMatching(/^\d{4}-.*Z$/) } })
    await expect(unlink(context, by, made.id)).rejects.toMatchObject({ code: 'conflict' })
    expect(await linkedContacts(context, one)).toEqual([one.ref])
    const again = await link(context, by, one, two, 'after all')
    expect(await links(context, one)).toEqual([again, undone])
  })

  it('go over others, also in a circle', async () => {
    await link(context, by, one, two, 'a')
    await link(context, by, two, three, 'b')
    await link(context, by, three, one, 'c')
    await link(context, by, three, person('one', 'q'), 'd')
    expect(await linkedContacts(context, two)).toEqual([two.ref, one.ref, 'acme:one/contact/q', three.ref])
    expect(await linkedContacts(context, person('one', 'alone'))).toEqual(['acme:one/contact/alone'])
  })

  it('are refused between what is no pair of contacts', async () => {
    for (const [path, a, b, reason] of [
      ['a', 'acme:one/agent/p', two.ref, 'x'],
      ['a', null, two.ref, 'x'],
      ['b', one.ref, 'acme:elsewhere/contact/p', 'x'],
      ['b', one.ref, one.ref, 'x'],
      ['b', one.ref, 'acme:one/contact/q', 'x'],
      ['reason', one.ref, two.ref, ' '],
      ['reason', one.ref, two.ref, '\0'],
    ] as const)
      await expect(link(context, by, a as never, b, reason)).rejects.toMatchObject({
        ...{ code: 'invalid-request', outcome: 'not-done', fields: [{ path }] },
      })
    for (const id of ['nonsense', '00000000-0000-4000-8000-000000000000'])
      await expect(unlink(context, by, id)).rejects.toMatchObject({ code: 'not-found' })
    await filled.store.erase(two.ref)
    await expect(link(context, by, one, two, 'x')).rejects.toMatchObject({ code: 'not-found' })
  })

  it('are suggested where contacts of other accounts have something in common', async () => {
    const contact = person('one', 'p', { email: 'Ada@quill.example', phone: '+43 1 234', externalId: 'u/1' })
    const alike = [
      person('two', 'id', { externalId: 'u/1', email: 'ada@quill.example' }),
      person('two', 'mail', { email: 'ada@QUILL.example' }),
      person('two', 'other', { email: 'ada@quill.example', externalId: 'u/2' }),
      person('three', 'phone', { phone: '+431234' }),
    ] as const
    await fill(
      contact,
      ...alike,
      person('one', 'same', { email: 'ada@quill.example' }),
      person('elsewhere', 'x', { email: 'ada@quill.example' }),
      // A number with an extension is another one.
      person('three', 'extension', { phone: '+43 1 2 ext. 34' }),
      person('three', 'none', { email: '', phone: '' }),
    )
    const suggested = await linkSuggestions(context, contact.ref)
    expect(suggested.map(({ contact: { id }, reason }) => [id, reason])).toEqual([
      ['id', 'externalId'],
      ['mail', 'email'],
      ['phone', 'phone'],
      ['other', 'email'],
    ])
    const sure = suggested.map(({ confidence }) => confidence)
    expect(sure).toEqual(sure.toSorted().toReversed())
    await link(context, by, contact, alike[0], 'x')
    await unlink(context, by, await link(context, by, contact, alike[1], 'x'))
    expect((await linkSuggestions(context, contact)).map((each) => each.contact.id)).toEqual(['phone', 'other'])
    expect(await linkSuggestions(context, 'acme:three/contact/none')).toEqual([])
  })

  it('are made automatically, once, and not again after they were undone', async () => {
    const [a, b] = [
      person('one', 'p', { email: 'ada@quill.example' }),
      person('two', 'p', { email: 'ada@quill.example' }),
    ]
    await fill(a, b)
    expect(await linkAutomatically(context, a.ref)).toBe(true)
    const [made, ...rest] = await links(context, a)
    expect(rest).toEqual([])
    expect(made).toMatchObject({ contacts: [a.ref, b.ref], reason: 'email', by: null })
    expect(await linkAutomatically(context, b.ref)).toBe(false)
    await unlink(context, by, made as { id: string })
    expect(await linkAutomatically(context, a.ref)).toBe(false)
    expect(await linkedContacts(context, a)).toEqual([a.ref])
  })

  it('are not made automatically over a third contact if the link of the two was undone', async () => {
    const [a, b, c] = names.map((name) => person(name, 'p', { phone: '1234' })) as [Contact, Contact, Contact]
    await fill(a, b)
    await linkAutomatically(context, a.ref)
    await unlink(context, by, (await links(context, a))[0] as { id: string })
    await filled.write(3, 'contact', [c])
    expect(await linkAutomatically(context, c.ref)).toBe(true)
    expect(await linkedContacts(context, c)).toHaveLength(2)
    expect(await linkedContacts(context, b)).toEqual([b.ref])
  })

  it('are not made automatically between contacts with different external ids, also not over a third contact', async () => {
    const email = 'ada@quill.example'
    const [a, b] = [person('one', 'p', { email, externalId: '1' }), person('two', 'p', { email, externalId: '2' })]
    await fill(a, b)
    expect(await linkAutomatically(context, a.ref)).toBe(false)
    await filled.write(3, 'contact', [person('three', 'p', { email })])
    expect(await linkAutomatically(context, 'acme:three/contact/p')).toBe(true)
    expect(await linkAutomatically(context, b.ref)).toBe(false)
    expect(await linkAutomatically(context, a.ref)).toBe(false)
    expect(await linkedContacts(context, 'acme:three/contact/p')).toHaveLength(2)
  })

  it('are not made automatically by what many contacts have in common', async () => {
    const phone = '+43 1 234'
    const others = Array.from({ length: 11 }, (_, index) => person('two', `p${index}`, { phone }))
    await fill(person('one', 'p', { phone }), person('one', 'q'), ...others)
    expect(await linkAutomatically(context, 'acme:one/contact/p')).toBe(false)
    expect(await linkAutomatically(context, 'acme:one/contact/q')).toBe(false)
    expect(await linkAutomatically(context, 'acme:one/contact/none')).toBe(false)
  })
})
