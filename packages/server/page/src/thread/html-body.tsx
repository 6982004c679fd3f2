import { useEffect, useMemo, useRef, useState } from 'react'
import { strings } from '../strings.ts'
import { PlainText } from './links.tsx'
import type * as Sanitize from './sanitize.ts'
import { useSeen } from './seen.ts'

/** A body can ask for a share of the frame's height, and would grow for ever. */
const tallest = 6_000

let sanitizer: Promise<typeof Sanitize> | undefined

/** The sanitizer is loaded with the first HTML that is shown. */
function useSanitizer(isNeeded: boolean): { sanitize: typeof Sanitize | undefined; hasFailed: boolean } {
  const [sanitize, setSanitize] = useState<typeof Sanitize>()
  const [hasFailed, setFailed] = useState(false)
  useEffect(() => {
    if (!isNeeded) return
    sanitizer ??= import('./sanitize.ts')
    sanitizer.then(setSanitize, () => {
      sanitizer = undefined
      setFailed(true)
    })
  }, [isNeeded])
  return { sanitize, hasFailed }
}

/** The HTML of an email, in a frame in which nothing runs. */
export function HtmlBody({ html, text, title }: { html: string; text: string | null | undefined; title: string }) {
  const box = useRef<HTMLDivElement>(null)
  const [withRemote, setRemote] = useState(false)
  const [isPlain, setPlain] = useState(false)
  const { sanitize, hasFailed } = useSanitizer(useSeen(box))
  const clean = useMemo(() => sanitize?.cleanHtml(html, withRemote), [sanitize, html, withRemote])
  const showsText = isPlain || (hasFailed && Boolean(text))
  return (
    <div ref={box} className="html-body">
      {showsText ? (
        <PlainText text={text ?? ''} />
      ) : sanitize && clean ? (
        <Frame
          document={sanitize.frameDocument(clean.html, withRemote)}
          styles={[sanitize.frameStyle, ...clean.styles]}
          title={title}
        />
      ) : (
        <div className="html-waiting">{hasFailed ? strings.states.failedTitle : strings.loading}</div>
      )}
      <div className="html-actions">
        {clean?.hasRemote && !withRemote && !showsText && (
          <button type="button" className="button button-small" onClick={() => setRemote(true)}>
            {strings.thread.showRemote}
          </button>
        )}
        {text && !hasFailed && (
          <button type="button" className="text-button" onClick={() => setPlain(!isPlain)}>
            {isPlain ? strings.thread.showHtml : strings.thread.showText}
          </button>
        )}
      </div>
    </div>
  )
}

function Frame({ document, styles, title }: { document: string; styles: readonly string[]; title: string }) {
  const frame = useRef<HTMLIFrameElement>(null)
  const [height, setHeight] = useState(80)
  const observer = useRef<ResizeObserver>(undefined)
  useEffect(() => () => observer.current?.disconnect(), [])
  const loaded = () => {
    const inner = frame.current?.contentDocument
    const view = frame.current?.contentWindow as (Window & typeof globalThis) | null | undefined
    if (!inner?.body || !view) return
    // Sheets that are made by the page need no nonce. An `@import` in them is ignored, and addresses are subject to the policy.
    inner.adoptedStyleSheets = styles.map((style) => {
      const sheet = new view.CSSStyleSheet()
      sheet.replaceSync(style)
      return sheet
    })
    const measure = () =>
      setHeight(
        Math.min(
          tallest,
          Math.max(24, Math.ceil(inner.documentElement.getBoundingClientRect().height), inner.body.scrollHeight),
        ),
      )
    observer.current?.disconnect()
    observer.current = new ResizeObserver(measure)
    observer.current.observe(inner.body)
    measure()
  }
  return (
    <iframe
      ref={frame}
      className="html-frame"
      title={title}
      sandbox="allow-same-origin allow-popups allow-popups-to-escape-sandbox"
      referrerPolicy="no-referrer"
      srcDoc={document}
      style={{ height }}
      data-cut={height === tallest || undefined}
      onLoad={loaded}
    />
  )
}
