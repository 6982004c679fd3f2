import { createElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, it } from 'vitest'
import { realTarget, withoutDirection } from '../../page/src/thread/disguise.ts'
import { PlainText, safeAddress } from '../../page/src/thread/links.tsx'
import { Markdown } from '../../page/src/thread/markdown.tsx'

const markdown = (text: string): string => renderToStaticMarkup(createElement(Markdown, { text }))

describe('a link whose text looks like another address', () => {
  it.each([
    ['https://bank.example', 'https://evil.example'],
    ['bank.example', 'https://evil.example/bank.example'],
    ['Sign in at bank.example now', 'https://evil.example/'],
    ['evil.example or bank.example', 'https://evil.example/'],
    ['https://bank.example@evil.example/', 'https://bank.example@evil.example/'],
    ['bank\u3002example', 'https://evil.example/'],
    ['bank\uff0eexample', 'https://evil.example/'],
    ['bank\u2024example', 'https://evil.example/'],
    ['b\u200bank.exam\u00adple', 'https://evil.example/'],
    ['\u202eelpmaxe.knab\u202c', 'https://evil.example/'],
    ['b\u0430nk.example', 'https://evil.example/'],
    ['127.0.0.1', 'https://evil.example/'],
    ['me@bank.example', 'https://evil.example/'],
  ])('says the real host: %j to %j.', (text, address) => {
    expect(realTarget(text, address)).toBe('evil.example')
  })

  it('says the real email.', () => {
    expect(realTarget('help@bank.example', 'mailto:eve@evil.example')).toBe('eve@evil.example')
    expect(realTarget('bank.example', 'mailto:eve@evil.example?subject=x')).toBe('eve@evil.example')
  })

  it.each([
    ['click here', 'https://evil.example/'],
    ['https://bank.example/report.pdf', 'https://bank.example/report.pdf'],
    ['bank.example/report.pdf', 'https://www.bank.example/report.pdf?from=mail'],
    ['WWW.Bank.example', 'https://bank.example/'],
    ['See bank.example.', 'https://bank.example/'],
    ['https://b\u00fccher.example/', 'https://b\u00fccher.example/'],
    ['ann@example.com', 'mailto:ann@example.com'],
    ['e.g. 3.5', 'https://bank.example/'],
    ['bank.example', 'no address'],
  ])('says nothing more where the text disguises nothing: %j to %j.', (text, address) => {
    expect(realTarget(text, address)).toBeUndefined()
  })

  it('shows it in Markdown, also where parts of the text are emphasized or it is a picture.', () => {
    expect(markdown('[https://bank.example](https://evil.example)')).toContain('<bdi> (evil.example)</bdi></a>')
    expect(markdown('[**bank**.example](https://evil.example)')).toContain('<bdi> (evil.example)</bdi></a>')
    expect(markdown('![bank.example](https://evil.example/x.png)')).toContain('<bdi> (evil.example)</bdi></a>')
    expect(markdown('https://bank.example/x')).not.toContain(' (')
  })

  it('shows it in a plain text.', () => {
    const html = renderToStaticMarkup(createElement(PlainText, { text: 'See https://bank.example@evil.example/' }))
    expect(html).toContain('<bdi> (evil.example)</bdi></a>')
  })

  it('is read in a time that grows with the length of the text.', () => {
    const start = performance.now()
    for (const part of ['a', 'a.', '1.', 'a@', '-']) realTarget(part.repeat(100_000), 'https://evil.example/')
    expect(performance.now() - start).toBeLessThan(5_000)
  })
})

describe('characters that change the direction of a text', () => {
  it('are not in names and not in Markdown.', () => {
    expect(withoutDirection('\u202eabc\u2066d\u2069\u200f')).toBe('abcd')
    expect(markdown('[\u202emoc.knab](https://evil.example)')).toContain(
      '<bdi>moc.knab</bdi><bdi> (evil.example)</bdi>',
    )
  })
})

describe('the address of an email in a text', () => {
  it('has no further recipients.', () => {
    expect(safeAddress('mailto:a@example.com?bcc=b@evil.example')).toBe('mailto:a@example.com')
    expect(safeAddress('MAILTO:?to=b@evil.example')).toBeUndefined()
  })
})
