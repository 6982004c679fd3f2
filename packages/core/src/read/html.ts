import { blocks, cells, unseen, voids } from './html-elements.ts'
import { type Tag, tagsOf } from './tags.ts'

/**
 * Whether a text that nothing is said about is HTML: it begins as a document does, or has an element that is closed, a
 * `<br>` or an image, and no line of it ends outside of an element the way lines of plain text do.
 *
 * What is none: an address or a link in angle brackets, a placeholder (`<name>`), a comparison, an element that is only
 * mentioned (`type <b> here`), a plain mail in which lines of HTML are quoted, escaped markup (`&lt;b&gt;`).
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

/** The start tag that a text begins with, comments aside. */
function firstThing(text: string, tags: readonly Tag[]): Tag | undefined {
  let place = 0
  for (const tag of tags) {
    if (text.slice(place, tag.from).trim() !== '') return undefined
    if (tag.name !== '!') return tag.isEnd ? undefined : tag
    place = tag.to
  }
  return undefined
}

/** A document may be cut off, but a tag that stands alone is a word of somebody: `<style> guide attached`. */
function beginsDocument(first: Tag, text: string, count: number): boolean {
  const { name, attributes } = first
  if (name === '!doctype') return true
  if (name === 'html') return count > 1 || attributes.trim() !== ''
  if (name === 'meta') return attributes.trim() !== ''
  return (name === 'head' || name === 'body' || name === 'style') && text.toLowerCase().includes(`</${name}`)
}

/** Elements that may stay open, so that the beginning of a text can be all that is seen of them. */
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

/** Whether a line ends between two words that are in no block: HTML would run the lines together. */
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
 * What HTML says, for reading, searching and comparing, in the lines in which a browser shows it: without tags, comments,
 * styles, scripts, the head and what is hidden where it stands; links keep their words. What is no tag of HTML stays, such as `<desk@clinic.example>`.
 * Markup that begins no line leaves the lines of the text as they are.
 *
 * Not a sanitizer: its result is plain text, in which `<script>` may stand.
 *
 * @param decode what gives characters for their names, `&amp;` and the like.
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

/** Such as the lines that a mail puts before its text for the preview in a list. To the others it is like a comment. */
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
    // The first line break in it only sets the tag apart.
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

/** So deep browsers go too; without an end, a page of nothing but openings would be searched again for each closing. */
const deepest = 512

const preformatted: ReadonlySet<string> = new Set(['pre', 'textarea', 'listing', 'xmp', 'plaintext'])
const keepsSpace = /white-space\s*:\s*(?:pre|break-spaces)/i

/** Collects text into lines. */
class Lines {
  readonly #lines: string[] = []
  #line = ''
  /** Whether the line is empty or ends in a space. Looking at the growing line itself would copy it at every tag. */
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

  /** An empty line is none at the edge of a block. */
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
