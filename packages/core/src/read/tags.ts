import { isElement, unseen } from './html-elements.ts'

/** A tag of HTML in a text. */
export interface Tag {
  /** In lower case; `!doctype`, and `!` for other markup that is no element: a comment, a condition of an office program. */
  name: string
  isEnd: boolean
  attributes: string
  /** Where it begins, and where the text after it does. What nobody sees of an element, such as a style, belongs to it. */
  from: number
  to: number
}

const start = /<(\/?)([a-z][a-z\d]*(?::[a-z]\w*)?)(?=[\s/>])/iy
const space = /[\s/]*/y
const attribute = /([^\s"'<>/=]+)(\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"'<>]*))?/y
const declaration = /<(?:(!doctype)\b|!\[(?:if|endif)\b|\?xml\b)[^<>]*>/iy
/** A comment that ends where it begins (HTML standard, section 13.2.5.43). */
const emptyComment = /<!--?-?>/y

/** Attributes that stand without a value. A tag that has nothing but other words is a sentence: `a <b and c> d`. */
const alone =
  /^(?:async|auto\w+|border|checked|compact|contenteditable|controls|default|defer|disabled|download|hidden|inert|ismap|itemscope|loop|multiple|muted|noresize|noshade|nowrap|open|readonly|required|reversed|selected|(?:data|aria)-[\w.-]+)$/i

/** So many attributes no element has; whatever goes on like this is searched no further. */
const mostAttributes = 200

/**
 * The tags of HTML in a text: what has the name of an element and is written as a tag is. Anything else in angle brackets
 * is text: `<desk@clinic.example>`, `<https://clinic.example>`, `<name>`, `a < b > c`, `Map<string, b>`.
 */
export function tagsOf(html: string): Tag[] {
  const tags: Tag[] = []
  const unclosed = new Set<string>()
  for (let from = html.indexOf('<'); from >= 0; ) {
    const tag = commentAt(html, from) ?? tagAt(html, from)
    if (tag) {
      if (!tag.isEnd && unseen.has(tag.name)) tag.to = endOfUnseen(html, tag, unclosed)
      tags.push(tag)
    }
    from = html.indexOf('<', tag?.to ?? from + 1)
  }
  return tags
}

function commentAt(html: string, from: number): Tag | undefined {
  const markup = (to: number, name = '!'): Tag => ({ name, isEnd: false, attributes: '', from, to })
  declaration.lastIndex = from
  const declared = declaration.exec(html)
  if (declared) return markup(declaration.lastIndex, declared[1]?.toLowerCase())
  emptyComment.lastIndex = from
  if (emptyComment.test(html)) return markup(emptyComment.lastIndex)
  if (!html.startsWith('<!--', from)) return undefined
  const end = /--!?>/g
  end.lastIndex = from + 4
  // A browser shows nothing of a comment that does not end, either.
  return markup(end.test(html) ? end.lastIndex : html.length)
}

function tagAt(html: string, from: number): Tag | undefined {
  start.lastIndex = from
  const [, slash, written = ''] = start.exec(html) ?? []
  const name = written.toLowerCase()
  if (slash === undefined || !isElement(name)) return undefined
  const isEnd = slash !== ''
  const begin = start.lastIndex
  let to = skipSpace(html, begin)
  let isMarkup = true
  let hasValue = false
  for (let count = 0; html[to] !== '>'; count++) {
    attribute.lastIndex = to
    const found = attribute.exec(html)
    if (!found || isEnd || count >= mostAttributes) return undefined
    if (found[2] !== undefined) hasValue = true
    else if (!alone.test(found[1] as string)) isMarkup = false
    to = skipSpace(html, attribute.lastIndex)
  }
  if (!isMarkup && !hasValue) return undefined
  return { name, isEnd, attributes: html.slice(begin, to), from, to: to + 1 }
}

function skipSpace(html: string, place: number): number {
  space.lastIndex = place
  space.test(html)
  return space.lastIndex
}

/**
 * Where what nobody sees is over. A style or a script without an end has the rest of the text, as in a browser; a head
 * goes on to the body; any other is a tag alone, so that no text is lost.
 */
function endOfUnseen(html: string, { name, to }: Tag, unclosed: Set<string>): number {
  if (unclosed.has(name)) return to
  const end = name === 'head' ? /<\/head\s{0,9}>|(?=<body[\s>])/gi : new RegExp(`</${name}\\s{0,9}>`, 'gi')
  end.lastIndex = to
  if (end.test(html)) return end.lastIndex
  unclosed.add(name)
  return name === 'style' || name === 'script' ? html.length : to
}
