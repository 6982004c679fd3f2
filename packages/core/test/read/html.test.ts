import { decodeHTMLAttribute } from 'entities/decode'
import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { decodeCommonNames, hasRareNames, htmlToText, isHtml } from '../../src/read/html.ts'

const textOf = (html: string): string => htmlToText(html, decodeHTMLAttribute)

describe('the common named characters of HTML', () => {
  it('are the same as in the library', () => {
    const text = '&amp;&lt;&gt;&quot;&apos;&#39;&nbsp;&amp;lt;'
    expect(hasRareNames(text)).toBe(false)
    expect(decodeCommonNames(text)).toBe(decodeHTMLAttribute(text))
  })

  it.each(['&hellip;', '&AMP;', '&amp', 'AT&T', '&#8217;', '&'])('do not contain %j', (text) =>
    expect(hasRareNames(text)).toBe(true),
  )
})

/** Nothing of it is a tag, whoever says that it is HTML. */
const noTags = [
  'Clinic <desk@clinic.example> wrote:\n> Hello\n\nSee you',
  'See <https://clinic.example/a?b=1> and <mailto:desk@clinic.example>,\nplease.',
  'I <3 you',
  'a < b > c',
  'if (a<b)\n  if (c>d) return',
  'if (a <b && c> d) return',
  'when a <b and c> d',
  'Map<string, b>, List<Map<string,p>>',
  'Dear <name>, your order <your order number>',
  'Dear <first name> <b-day>',
  '<!important> <?php echo 1 ?>',
  '<>, </>, <b, <p',
  '5 <p 3',
]

/** Plain text, although an element of HTML is mentioned in it. */
const plain = [
  '<style> guide attached\nSee below',
  '<body> of the letter was lost',
  '<head> office said hello',
  '<meta> is cool',
  '<html> is what they asked for',
  ...noTags,
  'Write <b> before the word.',
  'Type <i>, then a word.',
  'what does <div class="x"> do?',
  'use <a href="x"> for links',
  'Fill in <address> and <title>.',
  'Hi,\n\nmy page has\n<div class="x">Hello</div>\nand nothing shows.\n\nAnn',
  'Use <br> to break a line.',
  'Hi,\nI typed <br> into the form\nand it shows.',
  'My <title>Shop</title> is wrong.',
  '<div>Hello</div>\n\nThat is what my page shows.\nWhy?',
  'use &lt;b&gt;Hello&lt;/b&gt;',
  'AT&T &copy 2024 &nbsp; &amp;',
  'a&nbsp;b',
  '',
]

const html = [
  '<p>a</p>',
  '<p>a',
  'a<br>b',
  'a <br> b, <br> c',
  'Thanks! <br> we ship tomorrow',
  'Hello <b>Ann</b>',
  'See <a href="https://clinic.example">our page</a>.',
  '<img src="cid:logo" alt="Clinic">',
  '<!DOCTYPE html>hello',
  '<!-- sent by a robot --> <html>\n<body>one\ntwo</body></html>',
  '<style>p { color: red }</style>one\ntwo',
  'Hi Ann,<br>\nthank you.<br>\nBob',
  '<div>one\ntwo</div>\n<div>three</div>\n',
  'Thanks!<br><div class="gmail_quote">On Monday Clinic &lt;desk@clinic.example&gt; wrote:<blockquote>x</blockquote></div>',
  '<TABLE width=100 nowrap><TR><TD>a</TD></TR></TABLE>',
]

describe('a text of unknown type', () => {
  it.each(plain)('is plain for %j', (text) => expect(isHtml(text)).toBe(false))
  it.each(html)('is HTML for %j', (text) => expect(isHtml(text)).toBe(true))

  test('is plain without the tags of known elements', () => {
    fc.assert(
      fc.property(untagged, (text) => {
        expect(isHtml(text)).toBe(false)
      }),
    )
  })
})

/** Text with a lot of what makes up markup, and no element in it. */
const untagged = fc
  .array(fc.oneof(fc.constantFrom(...noTags, ' ', '\n', '<', '>', '&', '"', "'", '/', '='), fc.string()))
  .map((parts) => parts.join(''))
  .filter((text) => !/<\/?[a-z]+[\s/>]|<[!?]/i.test(text.replace(/<(?:name|first|your|b &&|b and)\b/g, '')))
  .filter((text) => !/<(?:b|i|p|a)\b/i.test(text))

describe('the text of HTML', () => {
  it.each([
    ['<p>a</p><p>b</p>', 'a\nb'],
    ['<p>a<p>b', 'a\nb'],
    ['a<br>b<br/>c', 'a\nb\nc'],
    ['a<div>b</div>c', 'a\nb\nc'],
    ['<h1>a</h1>b<h6>c</h6>d', 'a\nb\nc\nd'],
    ['<div>a</div><div><br></div><div>b</div>', 'a\n\nb'],
    ['<div>a<br></div><div>b</div>', 'a\nb'],
    ['<p>a</p><p>&nbsp;</p><p>b</p>', 'a\n\nb'],
    ['<p>a</p><br><br><br><p>b</p>', 'a\n\nb'],
    ['<p>  a\n  b  <i> c</i> </p>', 'a b c'],
    ['<ul><li>a</li><li>b</li></ul>', 'a\nb'],
    ['<table><tr><td>a</td><td>b</td></tr><tr><th>c<th>d</table>', 'a b\nc d'],
    ['<p>x</p><pre>\na\n  b</pre>c', 'x\na\n  b\nc'],
    ['<p>x</p><div style="white-space: pre-wrap">a\nb<i>c</i>\nd</div>e\nf', 'x\na\nbc\nd\ne f'],
    ['<html><head><title>x</title></head><body>a</body></html>', 'a'],
    ['<head><style>x</style><body><p>a', 'a'],
    ['a<script>alert("<p>")</script>b', 'ab'],
    ['a<style>never closed', 'a'],
    ['<style><!-- x </style><p>a</p>', 'a'],
    ['<p>Dear <title> Ann</p>', 'Dear Ann'],
    ['a<!-- <p>x</p> -->b<!--[if mso]><i>c</i><![endif]--><![if !mso]>d<![endif]><p>e', 'abd\ne'],
    ['a<!-- never closed', 'a'],
    ['<p>a<!-->b<!--->c<!->d', 'abcd'],
    ['<p>a<!--[if !mso]><!-->b<!--<![endif]-->c', 'abc'],
    ['<p>a <i> b</i> <b>  c</b></p><p> <i> d</i></p>', 'a b c\nd'],
    ['<pre>a <i> b</i>\n <b> c</b></pre>', 'a  b\n  c'],
    ['<p>a <o:p></o:p><font color=red>b</font></p>', 'a b'],
    ['<p>See <a href="https://clinic.example">our page</a>.</p>', 'See our page.'],
    ['<p title="a > b">c</p>', 'c'],
    ['<div style="color:#fff; Display : None">In short <div>x</div></div><p>a', 'a'],
    ['a <span hidden>b</span>c', 'a c'],
    ['<p>a<div hidden>b</div>c</p>', 'ac'],
    ['<p>a<pre hidden>b</pre>\nc</p>', 'a c'],
    // What a tag hides that is never closed is anybody's guess.
    ['<p hidden>a<p>b', 'a\nb'],
    ['<p aria-hidden="true" style="display: inline">a</p>', 'a'],
    ['<p class="hidden">a</p>', 'a'],
    ['<P CLASS=x compact data-y>a</P >', 'a'],
    [
      '<p>Clinic <desk@clinic.example> wrote <https://x>: 1 < 2, <3 & I<b>!</b></p>',
      'Clinic <desk@clinic.example> wrote <https://x>: 1 < 2, <3 & I!',
    ],
    [
      '<p>&lt;b&gt; &amp;amp; &#65;&#x42; &hellip;&eacute;&CounterClockwiseContourIntegral;&bogus;</p>',
      '<b> &amp; AB …é∳&bogus;',
    ],
    ['<p>&copy 2024, x?a=1&copy=2&section AT&T &#0;&#1114112;</p>', '© 2024, x?a=1&copy=2&section AT&T \ufffd\ufffd'],
    ['<p>&amp;lt;b&amp;gt;</p>', '&lt;b&gt;'],
    ['<p>a&nbsp;&nbsp;b</p>', 'a  b'],
    // The vendor said that it is HTML, and nothing in it is: its lines stay.
    ['a &amp; b\n\n\nc <d@e.example>', 'a & b\n\n\nc <d@e.example>'],
    ['a <b>b</b>\nc', 'a b\nc'],
  ])('of %j is %j', (given, text) => expect(textOf(given)).toBe(text))

  test('has every word that is not a tag, and reading it never throws', () => {
    const piece = fc.constantFrom(
      '<p>',
      '</p>',
      '<br>',
      '<b>',
      '</b>',
      '<div class="x">',
      '<!-- c -->',
      '&amp;',
      '&nbsp;',
      '<x@y.example>',
      '<',
      '>',
      '"',
    )
    const word = fc.stringMatching(/^[a-z]{3,8}$/)
    fc.assert(
      fc.property(fc.array(fc.tuple(word, piece)), (parts) => {
        const text = textOf(parts.map(([said, markup]) => `${said} ${markup} `).join(''))
        let place = 0
        for (const [said] of parts) {
          place = text.indexOf(said, place)
          expect(place).toBeGreaterThanOrEqual(0)
        }
      }),
    )
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(typeof textOf(text)).toBe('string')
      }),
    )
  })

  test('without tags is the text itself', () => {
    fc.assert(
      fc.property(untagged, (text) => {
        expect(htmlToText(text, (same) => same)).toBe(text.replaceAll('\u00a0', ' '))
      }),
    )
  })

  it.each([
    '<style>',
    '<title>',
    '<head>',
    '<!--',
    '<!',
    '<',
    '&nbsp;',
    '<a ',
    '<a b="',
    "<a b='",
    `<a b="<a c='" d=`,
    '\n ',
    '</p>',
    '<p>',
    '<p x=1 ',
    '\0 \n',
  ])('is read in linear time for many %j', (piece) => {
    const long = piece.repeat(100_000)
    expect(typeof isHtml(long)).toBe('boolean')
    expect(typeof textOf(long)).toBe('string')
  })
})
