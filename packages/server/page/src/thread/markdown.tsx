import { lexer, type MarkedToken, type Token, type Tokens } from 'marked'
import { Fragment, memo, type ReactNode } from 'react'
import { withoutDirection } from './disguise.ts'
import { ExternalLink, PlainText, safeAddress } from './links.tsx'

/** A longer text is shown as it is, because to read it as Markdown would take too long. */
const longestText = 20_000
/** Lists and quotes in each other beyond it are shown as text. */
const deepest = 12
/** A line that begins with more of them would keep the lexer busy for seconds. */
const tooDeep = /^[ \t]*(?:>[ \t]?|[*+-][ \t]){40}/m

/** The answer of an agent. Its Markdown becomes elements; raw HTML in it is shown as text, and nothing is loaded. */
export const Markdown = memo(function Markdown({ text }: { text: string }) {
  const tokens = read(text)
  return tokens ? <div className="markdown">{blocks(tokens, 0)}</div> : <PlainText text={text} />
})

function read(text: string): Token[] | undefined {
  if (text.length > longestText || tooDeep.test(text)) return undefined
  try {
    return lexer(withoutDirection(text), { gfm: true, breaks: true })
  } catch {
    // Too many quotes in each other.
    return undefined
  }
}

const blocks = (tokens: readonly Token[], depth: number): ReactNode =>
  // biome-ignore lint/suspicious/noArrayIndexKey: the tokens of a text have nothing else, and never move.
  tokens.map((token, index) => <Fragment key={index}>{block(token as MarkedToken, depth + 1)}</Fragment>)

function block(token: MarkedToken, depth: number): ReactNode {
  if (depth > deepest) return <p dir="auto">{token.raw}</p>
  switch (token.type) {
    case 'space':
    case 'def':
      return null
    case 'hr':
      return <hr />
    case 'heading':
      // The page has headings of its own, in whose order those of an answer do not belong.
      return (
        <p className="markdown-heading" dir="auto">
          {inlines(token.tokens, depth)}
        </p>
      )
    case 'paragraph':
      return <p dir="auto">{inlines(token.tokens, depth)}</p>
    case 'text':
      return <span dir="auto">{token.tokens ? inlines(token.tokens, depth) : decoded(token.text)}</span>
    case 'code':
      return (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls sideways, and must with the keys too.
        <pre tabIndex={0}>
          <code>{token.text}</code>
        </pre>
      )
    case 'blockquote':
      return <blockquote dir="auto">{blocks(token.tokens, depth)}</blockquote>
    case 'list':
      return list(token, depth)
    case 'table':
      return table(token, depth)
    case 'checkbox':
      return token.checked ? '☑ ' : '☐ '
    case 'html':
      return <p dir="auto">{token.text.trimEnd()}</p>
    default:
      return inline(token, depth)
  }
}

function list({ ordered, start, items }: Tokens.List, depth: number): ReactNode {
  const content = items.map(({ tokens }, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: see above.
    <li key={index} dir="auto">
      {blocks(tokens, depth)}
    </li>
  ))
  return ordered ? <ol start={start === '' ? 1 : start}>{content}</ol> : <ul>{content}</ul>
}

function table({ header, rows }: Tokens.Table, depth: number): ReactNode {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls sideways, and must with the keys too.
    <div className="markdown-table" tabIndex={0}>
      <table>
        <thead>
          <tr>
            {header.map(({ tokens }, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: see above.
              <th key={index} scope="col" dir="auto">
                {inlines(tokens, depth)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((cells, row) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: see above.
            <tr key={row}>
              {cells.map(({ tokens }, index) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: see above.
                <td key={index} dir="auto">
                  {inlines(tokens, depth)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

const inlines = (tokens: readonly Token[], depth: number): ReactNode =>
  // biome-ignore lint/suspicious/noArrayIndexKey: see above.
  tokens.map((token, index) => <Fragment key={index}>{inline(token as MarkedToken, depth + 1)}</Fragment>)

function inline(token: MarkedToken, depth: number): ReactNode {
  if (depth > deepest) return token.raw
  switch (token.type) {
    case 'strong':
      return <strong>{inlines(token.tokens, depth)}</strong>
    case 'em':
      return <em>{inlines(token.tokens, depth)}</em>
    case 'del':
      return <del>{inlines(token.tokens, depth)}</del>
    case 'codespan':
      return <code>{token.text}</code>
    case 'br':
      return <br />
    case 'checkbox':
      return token.checked ? '☑ ' : '☐ '
    case 'escape':
      return token.text
    case 'link':
      return link(token.href, said(token.tokens, depth), inlines(token.tokens, depth))
    case 'image':
      // A picture of another site is not loaded, because that site would learn who reads.
      return link(token.href, decoded(token.text))
    case 'text':
      return 'tokens' in token && token.tokens ? inlines(token.tokens, depth) : decoded(token.text)
    case 'html':
      return /^<br\s*\/?>$/i.test(token.text) ? <br /> : token.text
    default:
      return token.raw
  }
}

function link(given: string, text: string, content?: ReactNode): ReactNode {
  const address = safeAddress(decoded(given))
  if (address === undefined) return content ?? (text || given)
  return (
    <ExternalLink address={address} text={text || given}>
      {text ? content : undefined}
    </ExternalLink>
  )
}

/** What tokens say, without how it looks. */
const said = (tokens: readonly Token[], depth: number): string =>
  tokens
    .map((token) => {
      if ('tokens' in token && token.tokens && depth < deepest) return said(token.tokens, depth + 1)
      return decoded('text' in token ? String(token.text) : token.raw)
    })
    .join('')

const entities: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: '\u00a0',
  ndash: '–',
  mdash: '—',
  hellip: '…',
  rsquo: '’',
  lsquo: '‘',
  ldquo: '“',
  rdquo: '”',
  euro: '€',
  copy: '©',
}

/** The characters of a text whose HTML entities the lexer leaves as they are. */
const decoded = (text: string): string =>
  text.replaceAll(/&(?:#(\d{1,7})|#x([\da-f]{1,6})|([a-z]{2,8}));/gi, (whole, decimal, hex, name) => {
    if (name !== undefined) return entities[String(name).toLowerCase()] ?? whole
    const code = decimal === undefined ? Number.parseInt(hex, 16) : Number(decimal)
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole
  })
