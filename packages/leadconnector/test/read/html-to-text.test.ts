import { describe, expect, it } from 'vitest'
import { htmlToText, looksLikeHtml } from '../../src/read/html-to-text.ts'

describe('the text of an HTML body', () => {
  it.each([
    ['<p>a</p><p>b</p>', 'a\nb'],
    ['a<br>b<br/>c', 'a\nb\nc'],
    ['<html><head><title>x</title></head><body>a</body></html>', 'a'],
    ['a<script>alert("<p>")</script>b', 'ab'],
    ['a<style>never closed', 'a'],
    ['&lt;b&gt; &amp;amp; &#65;&#x42; &nbsp;&unknown;', '<b> &amp; AB  &unknown;'],
    ['<div>a</div>\n\n\n<div>b</div><div></div><div></div><div></div><div>c</div>', 'a\nb\n\nc'],
  ])('%j is %j', (html, text) => expect(htmlToText(html)).toBe(text))

  it('takes no time that grows with the square', () => {
    const started = performance.now()
    for (const piece of ['<style>', '<', '&nbsp;', '<a ', '\n ', '</p>']) htmlToText(piece.repeat(200_000))
    expect(performance.now() - started).toBeLessThan(3_000)
  })

  it.each([
    ['1 < 2 and 3 > 2', false],
    ['<3', false],
    ['<p>a', true],
    ['<br/>', true],
  ])('%j is markup: %s', (text, is) => expect(looksLikeHtml(text)).toBe(is))
})
