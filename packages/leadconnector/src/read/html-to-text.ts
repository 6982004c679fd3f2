const tag = /<[a-z!/][^<>]*>/i
const tags = /<[a-z!/][^<>]*>/gi
const lineEnds = /<(?:br|\/p|\/div|\/tr|\/li|\/h[1-6]|\/blockquote)\b[^<>]*>/gi

const entities: ReadonlyMap<string, string> = new Map([
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['apos', "'"],
  ['nbsp', ' '],
])

export const looksLikeHtml = (text: string): boolean => tag.test(text)

/** What an HTML body says, for reading, searching and comparing. Not a sanitizer: its result is plain text. */
export function htmlToText(html: string): string {
  return withoutInvisible(html)
    .replace(/\s+/g, ' ')
    .replace(lineEnds, '\n')
    .replace(tags, '')
    .replace(/&(#\d{1,7}|#x[\da-f]{1,6}|[a-z]{2,6});/gi, (whole, name: string) => decode(name) ?? whole)
    .split('\n')
    .map((line) => line.trim())
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim()
}

/** Takes style, script and head away with what is in them. Step by step, because one expression would be quadratic. */
function withoutInvisible(html: string): string {
  const opening = /<(style|script|head|title)\b/gi
  let visible = ''
  let from = 0
  for (let match = opening.exec(html); match; match = opening.exec(html)) {
    visible += html.slice(from, match.index)
    const closing = new RegExp(`</${match[1]}\\s{0,9}>`, 'gi')
    closing.lastIndex = opening.lastIndex
    if (!closing.test(html)) return visible
    from = closing.lastIndex
    opening.lastIndex = from
  }
  return visible + html.slice(from)
}

function decode(name: string): string | undefined {
  if (!name.startsWith('#')) return entities.get(name.toLowerCase())
  const code = /^#x/i.test(name) ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1))
  return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : undefined
}
