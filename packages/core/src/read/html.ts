import type { PayloadReader } from './reading.ts'

/**
 * Reads HTML as plain text: see `htmlToText`. Usually the text is set at once. If it contains a rare character
 * reference, the table of names is loaded first, and the text is set when `reading.settled` resolves.
 */
export function readHtml(reading: PayloadReader, html: string, set: (text: string) => void): void {
  if (!hasRareNames(html)) set(htmlToText(html, decodeCommonNames))
  else reading.later(async () => set(htmlToText(html, await loadNames())))
}

/**
 * Whether a text of unknown type is HTML. It is HTML when it begins like a document, or has a closed element, a `<br>`
 * or an image, and none of its lines ends outside an element, as lines of plain text do.
 *
 * Not HTML: an address or a link in angle brackets, a placeholder (`<name>`), a comparison, an element that is only
 * mentioned (`type <b> here`), a plain email that quotes lines of HTML, escaped markup (`&lt;b&gt;`).
 */
export function isHtml(text: string): boolean {
  const tags = tagsOf(text)
  const first = firstThing(text, tags)
  if (first && beginsDocument(first, text, tags.length)) return true
  const paired = pairs(tags)
  const isMeant =
    tags.some((tag) => means(tag, paired) && !(tags.length === 1 && isMention(tag, text))) ||
    (first !== undefined && opening.has(first.name))
  return isMeant && !hasPlainLines(text, tags, paired)
}

/** The start tag at the beginning of a text, ignoring comments. */
function firstThing(text: string, tags: readonly Tag[]): Tag | undefined {
  let place = 0
  for (const tag of tags) {
    if (text.slice(place, tag.from).trim() !== '') return undefined
    if (tag.name !== '!') return tag.isEnd ? undefined : tag
    place = tag.to
  }
  return undefined
}

/** A document can be truncated, but a lone tag is part of a sentence: `<style> guide attached`. */
function beginsDocument(first: Tag, text: string, count: number): boolean {
  const { name, attributes } = first
  if (name === '!doctype') return true
  if (name === 'html') return count > 1 || attributes.trim() !== ''
  if (name === 'meta') return attributes.trim() !== ''
  return (name === 'head' || name === 'body' || name === 'style') && text.toLowerCase().includes(`</${name}`)
}

/** Elements whose end tag can be missing, so that their start tag may be the only sign of them. */
const opening: ReadonlySet<string> = new Set(['p', 'div'])

function means(tag: Tag, paired: ReadonlyMap<Tag, Tag>): boolean {
  const { name, attributes } = tag
  if (name === 'br' || name === 'hr') return true
  if (name === 'img') return /\bsrc\s*=/i.test(attributes)
  return paired.has(tag) && !unseen.has(name)
}

/** A tag in the middle of a sentence: `Use <br> to break a line.` */
const isMention = ({ from, to }: Tag, text: string): boolean =>
  /[\p{L}\d] $/u.test(text.slice(0, from)) && /^ \p{Ll}/u.test(text.slice(to))

/** The start tags that are closed, each with its end tag. */
function pairs(tags: readonly Tag[]): Map<Tag, Tag> {
  const open = new Map<string, Tag[]>()
  const paired = new Map<Tag, Tag>()
  for (const tag of tags) {
    const begun = open.get(tag.name)
    if (tag.isEnd) {
      const start = begun?.pop()
      if (start) paired.set(start, tag)
    } else if (begun) begun.push(tag)
    else open.set(tag.name, [tag])
  }
  return paired
}

/** Whether a line ends between two words outside any block, where HTML would join the lines. */
function hasPlainLines(text: string, tags: readonly Tag[], paired: ReadonlyMap<Tag, Tag>): boolean {
  let outside = ''
  let place = 0
  for (const tag of tags) {
    if (tag.from < place) continue
    outside += text.slice(place, tag.from)
    place = tag.to
    if (!breaksLine(tag) && !cells.has(tag.name)) continue
    outside += '\0'
    place = paired.get(tag)?.to ?? place
  }
  return /[^\s\0][^\S\r\n]*[\r\n]\s*[^\s\0]/.test(outside + text.slice(place))
}

const breaksLine = ({ name }: Tag): boolean => name === 'br' || blocks.has(name)

/**
 * The text of HTML, for reading, searching and comparing, in the lines that a browser shows: without tags, comments,
 * styles, scripts, the head and inline-hidden elements. Links keep their words. Text that is not an HTML tag is kept,
 * such as `<desk@clinic.example>`. Markup that begins no line leaves the lines of the text as they are.
 *
 * This is not a sanitizer: its result is plain text, which may contain `<script>`.
 *
 * @param decode decodes character references such as `&amp;`.
 */
export function htmlToText(html: string, decode: (text: string) => string): string {
  const tags = withoutHidden(tagsOf(html))
  if (!tags.some((tag) => breaksLine(tag) || cells.has(tag.name)))
    return decodedPieces(html, tags, decode).join('').replaceAll('\u00a0', ' ')
  const lines = new Lines()
  /** Elements in which white space counts, with what is open inside them. */
  const kept: string[] = []
  let index = 0
  for (const piece of decodedPieces(html, tags, decode)) {
    lines.write(piece, kept.length > 0)
    const tag = tags[index++]
    if (!tag) break
    if (tag.name === 'br') lines.end()
    else if (blocks.has(tag.name)) lines.endBlock()
    else if (cells.has(tag.name)) lines.write(' ', false)
    track(kept, tag)
  }
  return lines.toString()
}

/** Such as the preview lines that an email puts before its text. They count as a comment. */
function withoutHidden(tags: readonly Tag[]): readonly Tag[] {
  if (!tags.some(isHidden)) return tags
  const paired = pairs(tags)
  let place = 0
  return tags.flatMap((tag) => {
    if (tag.from < place) return []
    const end = isHidden(tag) ? paired.get(tag) : undefined
    if (end) place = end.to
    return [end ? { ...tag, name: '!', to: end.to } : tag]
  })
}

const isHidden = ({ attributes }: Tag): boolean =>
  attributes !== '' && (/\bdisplay\s*:\s*none\b/i.test(attributes) || /(?:^|\s)hidden(?=\s|$)/i.test(attributes))

/** The text before each tag, and after the last one. */
function decodedPieces(html: string, tags: readonly Tag[], decode: (text: string) => string): string[] {
  const pieces: string[] = []
  let place = 0
  for (const { name, isEnd, from, to } of tags) {
    pieces.push(decode(html.slice(place, from)))
    // HTML ignores the first line break in it.
    place = name === 'pre' && !isEnd ? to + (/^\r?\n/.exec(html.slice(to, to + 2))?.[0].length ?? 0) : to
  }
  pieces.push(decode(html.slice(place)))
  return pieces
}

function track(kept: string[], tag: Tag): void {
  const { name, isEnd, attributes } = tag
  if (isEnd) {
    const begun = kept.lastIndexOf(name)
    if (begun >= 0) kept.length = begun
    return
  }
  const isKept = kept.length > 0 || preformatted.has(name) || keepsSpace.test(attributes)
  if (isKept && !voids.has(name) && kept.length < deepest) kept.push(name)
}

/** The depth limit of browsers. Without it, a page of only start tags would be searched again for each end tag. */
const deepest = 512

const preformatted: ReadonlySet<string> = new Set(['pre', 'textarea', 'listing', 'xmp', 'plaintext'])
const keepsSpace = /white-space\s*:\s*(?:pre|break-spaces)/i

/** Collects text into lines. */
class Lines {
  readonly #lines: string[] = []
  #line = ''
  /** Whether the line is empty or ends in a space. Inspecting the growing line itself would copy it at every tag. */
  #isSpaced = true

  write(text: string, keepsSpace: boolean): void {
    if (keepsSpace) {
      const [first = '', ...others] = text.split(/\r\n|\r|\n/)
      this.#add(first)
      for (const line of others) {
        this.end()
        this.#add(line)
      }
      return
    }
    const shown = text.replace(/[ \t\r\n\f]+/g, ' ')
    this.#add(this.#isSpaced ? shown.replace(/^ /, '') : shown)
  }

  #add(text: string): void {
    if (text === '') return
    this.#line += text
    this.#isSpaced = text.endsWith(' ')
  }

  end(): void {
    this.#lines.push(this.#line)
    this.#clear()
  }

  #clear(): void {
    this.#line = ''
    this.#isSpaced = true
  }

  /** Empty lines at the edge of a block are dropped. */
  endBlock(): void {
    if (/[^ \t]/.test(this.#line)) this.end()
    else this.#clear()
  }

  toString(): string {
    this.end()
    return this.#lines
      .map((line) => line.replaceAll('\u00a0', ' ').trimEnd())
      .join('\n')
      .replace(/\n{3,}/g, '\n\n')
      .trim()
  }
}

/** An HTML tag in a text. */
interface Tag {
  /** In lower case; `!doctype`, and `!` for other markup: a comment, a conditional of an office program. */
  name: string
  isEnd: boolean
  attributes: string
  /**
   * Where the tag begins, and where the text after it begins. Invisible content, such as a style, is part of the tag.
   */
  from: number
  to: number
}

const start = /<(\/?)([a-z][a-z\d]*(?::[a-z]\w*)?)(?=[\s/>])/iy
const space = /[\s/]*/y
const attribute = /([^\s"'<>/=]+)(\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"'<>]*))?/y
const declaration = /<(?:(!doctype)\b|!\[(?:if|endif)\b|\?xml\b)[^<>]*>/iy
/** A comment that ends where it begins (HTML standard, section 13.2.5.43). */
const emptyComment = /<!--?-?>/y

/** Attributes without a value. A tag whose other words are not among these is a sentence: `a <b and c> d`. */
const alone =
  /^(?:async|auto\w+|border|checked|compact|contenteditable|controls|default|defer|disabled|download|hidden|inert|ismap|itemscope|loop|multiple|muted|noresize|noshade|nowrap|open|readonly|required|reversed|selected|(?:data|aria)-[\w.-]+)$/i

/** No real element has more attributes, so the search stops here. */
const mostAttributes = 200

/**
 * The HTML tags in a text: everything that has the name of an element and the form of a tag. Anything else in angle
 * brackets is text: `<desk@clinic.example>`, `<https://clinic.example>`, `<name>`, `a < b > c`, `Map<string, b>`.
 */
function tagsOf(html: string): Tag[] {
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
  // Like a browser, this drops an unterminated comment.
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
 * Where invisible content ends. An unterminated style or script includes the rest of the text, as in a browser. A head
 * ends at the body. Any other unterminated element is only its tag, so that no text is lost.
 */
function endOfUnseen(html: string, { name, to }: Tag, unclosed: Set<string>): number {
  if (unclosed.has(name)) return to
  const end = name === 'head' ? /<\/head\s{0,9}>|(?=<body[\s>])/gi : new RegExp(`</${name}\\s{0,9}>`, 'gi')
  end.lastIndex = to
  if (end.test(html)) return end.lastIndex
  unclosed.add(name)
  return name === 'style' || name === 'script' ? html.length : to
}

const set = (names: string): ReadonlySet<string> => new Set(names.split(' '))

/** Elements that a browser shows on lines of their own. */
const blocks: ReadonlySet<string> = set(
  'address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption figure ' +
    'footer form frameset h1 h2 h3 h4 h5 h6 header hgroup hr html legend li listing main menu nav ol optgroup option p ' +
    'plaintext pre search section summary table tbody tfoot thead tr ul xmp',
)

/** Elements whose content shares a line with its neighbour. */
const cells: ReadonlySet<string> = set('td th')

/** Elements with invisible content. */
const unseen: ReadonlySet<string> = set('head script style svg template title')

/** Void elements, which have no end tag. */
const voids: ReadonlySet<string> = set(
  'area base basefont bgsound br col embed frame hr img input isindex keygen link meta param source track wbr',
)

const others: ReadonlySet<string> = set(
  'a abbr acronym applet audio b bdi bdo big blink button canvas cite code colgroup data datalist del dfn em font i ' +
    'iframe ins kbd label map mark marquee math meter nobr noembed noframes noscript object output picture progress q ' +
    'rb rp rt rtc ruby s samp select slot small span strike strong sub sup textarea time tt u var video',
)

/** Elements that office programs put into email: `<o:p>`, `<v:shape>`, `<st1:place>`. */
const office = /^(?:[movwx]|st\d):[a-z]\w*$/

/** Whether HTML has, or once had, an element with this name. @param name in lower case. */
const isElement = (name: string): boolean =>
  others.has(name) || blocks.has(name) || voids.has(name) || cells.has(name) || unseen.has(name) || office.test(name)

/** The character references that almost all email uses. */
const common: Readonly<Record<string, string>> = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&apos;': "'",
  '&#39;': "'",
  '&nbsp;': '\u00a0',
}

/** Whether a text has rare character references, for which the library is needed. */
export const hasRareNames = (html: string): boolean => /&(?!(?:amp|lt|gt|quot|apos|#39|nbsp);)/.test(html)

/** Decodes the common character references and keeps the others. */
export const decodeCommonNames = (html: string): string =>
  html.replace(/&(?:amp|lt|gt|quot|apos|#39|nbsp);/g, (name) => common[name] as string)

/**
 * Decodes every character reference of HTML by the rules for attributes, because they fit text written by people:
 * `&copy 2024` is a reference without its semicolon, but `?a=1&copy=2` is part of an address.
 */
export const loadNames = async (): Promise<(html: string) => string> =>
  (await import('entities/decode')).decodeHTMLAttribute
