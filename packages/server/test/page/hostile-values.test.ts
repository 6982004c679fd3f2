import { buildRef } from '@parley/core'
import { describe, expect, it } from 'vitest'
import { partsOf, refBeside } from '../../page/src/side/refs.ts'
import { fileNameOf } from '../../page/src/thread/file-kind.ts'
import { emailAddress, findLinks, phoneAddress } from '../../page/src/thread/links.tsx'

describe('a ref that the page makes or reads', () => {
  it.each([
    ...[
      'plain',
      "it's (a) *!",
      'a/b:c',
      'ü€',
      '😀',
      'a\u0000b',
      '%',
      '%ud83d',
      '\ud83d',
      'a\udc00z',
      '\ud800\ud800',
      '#@+=',
    ],
  ])('is the one of the library for the id %j', (id) => {
    const parts = { vendor: 'acme', account: 'one' }
    const agent = buildRef({ ...parts, kind: 'agent', id })
    expect(partsOf(agent)).toEqual({ account: 'acme:one', id })
    expect(partsOf(refBeside(buildRef({ ...parts, kind: 'conversation', id: 'c' }), 'agent', id)).id).toBe(id)
  })
})

describe('the address of a contact', () => {
  it('is a link for an email and a phone number.', () => {
    expect(emailAddress('ann.o+x@example.com')).toBe('mailto:ann.o+x@example.com')
    expect(phoneAddress('+49 (30) 123-456')).toBe('tel:+4930123456')
  })

  it.each([
    ...['ann@example.com?bcc=eve@evil.example', 'ann@example.com&body=x', 'ann@example.com%0d%0aBcc:eve@evil.example'],
    ...['a b@example.com', 'javascript:x', '', 'a@b@c', 'a@example.com#x', '\ud800@?', null, undefined],
  ])('is no link for the email %j.', (email) => {
    expect(emailAddress(email)).toBeUndefined()
  })

  it.each(['*21*+49301234#', 'javascript:x', '+49;phone-context=evil', '1', '', null])(
    'is no link for the phone number %j.',
    (phone) => {
      expect(phoneAddress(phone)).toBeUndefined()
    },
  )
})

describe('characters that change the direction of a text', () => {
  it('are not in the name of a file, which would hide that it is a program.', () => {
    expect(fileNameOf({ fileName: 'invoice\u202egpj.exe' })).toBe('invoicegpj.exe')
    expect(fileNameOf({ fileName: '\u2066\u2067a\u2069.pdf' })).toBe('a.pdf')
  })

  it('end an address, which would be read as another one.', () => {
    expect(findLinks('https://evil.example/\u202emoc.knab')).toEqual([
      { text: 'https://evil.example/', address: 'https://evil.example/' },
      { text: '\u202emoc.knab' },
    ])
  })
})

describe('the end of an address', () => {
  it('is found in a time that grows with the length of the text.', () => {
    const text = `https://a.example/x(y)${')'.repeat(1_900)} `.repeat(500)
    const start = performance.now()
    const links = findLinks(text).filter(({ address }) => address !== undefined)
    expect(new Set(links.map(({ address }) => address))).toEqual(new Set(['https://a.example/x(y)']))
    expect(performance.now() - start).toBeLessThan(10_000)
  })
})
