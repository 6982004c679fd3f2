import { createElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, it } from 'vitest'
import type { Message } from '../../page/src/api.ts'
import { kindOf } from '../../page/src/thread/file-kind.ts'
import { groupMessages, isSameGroup } from '../../page/src/thread/grouping.ts'
import { findLinks, PlainText, safeAddress } from '../../page/src/thread/links.tsx'
import { Markdown } from '../../page/src/thread/markdown.tsx'

const markdown = (text: string): string => renderToStaticMarkup(createElement(Markdown, { text }))
const plain = (text: string): string => renderToStaticMarkup(createElement(PlainText, { text }))

const message = (id: string, change: Partial<Message> = {}): Message => ({
  ref: `acme:one/message/${id}`,
  vendor: 'acme',
  account: 'one',
  id,
  conversationId: 'c1',
  type: { value: 'text', native: null },
  direction: 'inbound',
  author: { kind: 'contact', basis: 'vendor' },
  text: id,
  sourcesState: 'unavailable',
  createdAt: '2026-01-15T10:00:00.000Z',
  ...change,
})

describe('the Markdown of an answer', () => {
  it('becomes elements for emphasis, code, lists, quotes, tables and line breaks.', () => {
    expect(markdown('**a** _b_ ~~c~~ `d<e>`')).toContain(
      '<strong>a</strong> <em>b</em> <del>c</del> <code>d&lt;e&gt;</code>',
    )
    expect(markdown('one\ntwo')).toContain('one<br/>two')
    expect(markdown('3. a\n4. b')).toContain('<ol start="3">')
    expect(markdown('- [x] a\n- [ ] b').replaceAll(/<[^>]*>/g, '')).toBe('☑ a☐ b')
    expect(markdown('> a')).toContain('<blockquote dir="auto"><p dir="auto">a</p></blockquote>')
    expect(markdown('| a | b |\n|---|---|\n| 1 | 2 |')).toContain('<td dir="auto">2</td>')
    expect(markdown('```js\nlet a = "<b>"\n```')).toContain('<code>let a = &quot;&lt;b&gt;&quot;</code>')
  })

  it('shows raw HTML as text.', () => {
    const html = markdown('a <img src=x onerror=alert(1)> b\n\n<script>alert(1)</script>')
    expect(html).not.toMatch(/<(?:img|script)/)
    expect(html).toContain('&lt;img src=x onerror=alert(1)&gt;')
    expect(html).toContain('&lt;script&gt;alert(1)&lt;/script&gt;')
  })

  it('shows an image as a link, so that nothing is loaded from another site.', () => {
    const html = markdown('![a picture](https://tracker.example/p.png)')
    expect(html).not.toContain('<img')
    expect(html).toContain('href="https://tracker.example/p.png"')
    expect(html).toContain('<bdi>a picture</bdi></a>')
  })

  it.each([
    'javascript:alert(1)',
    'JavaScript:alert(1)',
    'java&#115;cript:alert(1)',
    'data:text/html,a',
    'vbscript:a',
    '//evil.example',
    '/v1/session',
    'blob:https://a.example/b',
  ])('has no link to %s.', (address) => {
    expect(markdown(`[a](${address}) ![b](${address}) <${address}>`)).not.toContain('<a ')
  })

  it('opens links in a new tab that learns nothing about the page.', () => {
    expect(markdown('[a](https://a.example/?b=1&c=2)')).toContain(
      '<a href="https://a.example/?b=1&amp;c=2" target="_blank" rel="noopener noreferrer nofollow"',
    )
  })

  it('shows the characters of entities, and their code in code.', () => {
    expect(markdown('R&amp;D &lt;b&gt; &#8364;')).toContain('R&amp;D &lt;b&gt; €')
    expect(markdown('`&amp;`')).toContain('<code>&amp;amp;</code>')
  })

  it('shows a text with thousands of nested quotes or lists.', () => {
    expect(markdown(`${'>'.repeat(20_000)} a`)).toContain('a')
    expect(markdown(`${'- '.repeat(5_000)} a`)).toContain('a')
  })
})

describe('the links of a plain text', () => {
  it('end before the punctuation of the sentence.', () => {
    expect(findLinks('See https://a.example/b_(c), or (www.b.example). Mail me: c@d.example!')).toEqual([
      { text: 'See ' },
      { text: 'https://a.example/b_(c)', address: 'https://a.example/b_(c)' },
      { text: ', or (' },
      { text: 'www.b.example', address: 'https://www.b.example' },
      { text: '). Mail me: ' },
      { text: 'c@d.example', address: 'mailto:c@d.example' },
      { text: '!' },
    ])
  })

  it('leave every other character as it was typed.', () => {
    for (const text of ['', 'a *b* _c_ <b>', 'javascript:alert(1)', 'https://', 'www.', '@', '\u202bשלום\n😀'])
      expect(
        findLinks(text)
          .map((part) => part.text)
          .join(''),
      ).toBe(text)
    expect(plain('<b> *a* javascript:alert(1)')).toBe(
      '<p class="plain" dir="auto">&lt;b&gt; *a* javascript:alert(1)</p>',
    )
  })

  it.each(['a'.repeat(200_000), '@'.repeat(200_000), 'www.'.repeat(50_000), `http://${')'.repeat(200_000)}`])(
    'are found in a long text without links.',
    (text) => {
      const start = performance.now()
      findLinks(text)
      expect(performance.now() - start).toBeLessThan(5_000)
    },
  )

  it('go only to sites, emails and telephones.', () => {
    expect(safeAddress(' https://a.example ')).toBe('https://a.example')
    expect(safeAddress('tel:+31201234567')).toBe('tel:+31201234567')
    for (const address of ['javascript:a', 'file:///etc', 'https://', '', null, undefined, 'intent://a'])
      expect(safeAddress(address)).toBeUndefined()
  })
})

describe('groups', () => {
  const agent: Message['author'] = { kind: 'agent', basis: 'vendor' }
  const lanes = (messages: readonly Message[]): string[][] =>
    groupMessages(messages).map(({ groups }) =>
      groups.map((group) => `${group.lane} ${group.messages.map(({ id }) => id).join('+')}`),
    )

  it('have consecutive messages of one author, and notes, events and tools apart.', () => {
    expect(
      lanes([
        message('1'),
        message('2'),
        message('3', { author: agent }),
        message('4', { author: agent, type: { value: 'tool', native: null } }),
        message('5', { author: agent }),
        message('6', { author: { kind: 'system', basis: 'vendor' } }),
        message('7', { author: { kind: 'operator', basis: 'vendor' }, type: { value: 'note', native: null } }),
        message('8', { author: { kind: 'operator', basis: 'vendor' } }),
      ]),
    ).toEqual([['said 1+2', 'said 3', 'tool 4', 'said 5', 'event 6', 'note 7', 'said 8']])
  })

  it('begin anew after a pause, and on another day.', () => {
    expect(
      lanes([
        message('1'),
        message('2', { createdAt: '2026-01-15T10:10:00.000Z' }),
        message('3', { createdAt: '2026-01-15T11:00:00.000Z' }),
        message('4', { createdAt: '2026-01-16T11:00:00.000Z' }),
      ]),
    ).toEqual([['said 1+2', 'said 3'], ['said 4']])
  })

  it('are in one day without a name if no message has a time.', () => {
    const { createdAt: _, ...timeless } = message('1')
    expect(groupMessages([timeless, { ...timeless, id: '2' }])).toMatchObject([{ time: undefined, groups: [{}] }])
  })

  it('name the message that another one answers, unless it is the one before it.', () => {
    const [day] = groupMessages([message('1'), message('2', { inReplyTo: '1' }), message('3', { inReplyTo: '1' })])
    expect(day?.groups[0]?.answered.map((found) => found?.id)).toEqual([undefined, undefined, '1'])
  })

  it('are the same if their messages are the same objects.', () => {
    const one = message('1')
    const groupOf = (given: Message) => groupMessages([given])[0]?.groups[0]
    const [first, same, other] = [groupOf(one), groupOf(one), groupOf({ ...one, text: 'changed' })]
    if (!first || !same || !other) throw new Error('Each has a group.')
    expect(isSameGroup(first, same)).toBe(true)
    expect(isSameGroup(first, other)).toBe(false)
  })
})

describe('the kind of a file', () => {
  it('is that of its media type, else of its name or address.', () => {
    expect(kindOf({ contentType: 'image/png' })).toEqual({ kind: 'image', type: 'image/png' })
    expect(kindOf({ contentType: 'audio/mp4' })).toEqual({ kind: 'audio', type: 'audio/mp4' })
    expect(kindOf({ contentType: 'audio/x-wav' })).toEqual({ kind: 'audio', type: 'audio/wav' })
    expect(kindOf({ contentType: 'application/pdf; charset=a' }).kind).toBe('pdf')
    expect(kindOf({ fileName: 'A.JPG' }).kind).toBe('image')
    expect(kindOf({ contentType: 'application/octet-stream', url: 'https://a.example/b.mp4?c=d' }).kind).toBe('video')
  })

  it.each(['text/html', 'image/svg+xml', 'application/xhtml+xml', 'text/xml', 'application/constructor'])(
    'is never shown by the browser for %s.',
    (contentType) => {
      expect(kindOf({ contentType, fileName: 'a.png' })).toEqual({ kind: 'other', type: 'application/octet-stream' })
    },
  )
})
