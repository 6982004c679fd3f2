import DOMPurify from 'dompurify'
import { realTarget } from './disguise.ts'

interface CleanHtml {
  html: string
  /** What stood in its `<style>` elements. */
  styles: readonly string[]
  /** Whether it wants something from another server. */
  hasRemote: boolean
}

const remote = /^\s*(?:https?:)?\/\//i
/** In styles too, an escape could hide an address, so that any one that is no data counts. */
const remoteStyle = /url\s*\(\s*["']?\s*(?!data:)|image-set|@import|src\s*\(/i
const linkable = /^\s*(?:https?:\/\/|mailto:|tel:)/i

/**
 * The HTML of other people without anything that acts. Scripts would not run anyway: the frame that shows it forbids them, and so
 * does its policy.
 */
export function cleanHtml(given: string, withRemote: boolean): CleanHtml {
  const purify = DOMPurify()
  const styles: string[] = []
  let hasRemote = false

  purify.addHook('uponSanitizeElement', (node, { tagName }) => {
    if (tagName === 'style' && node.textContent) styles.push(node.textContent)
  })
  purify.addHook('afterSanitizeAttributes', (element) => {
    for (const name of ['srcset', 'background', 'poster', 'ping']) {
      if (!element.hasAttribute(name)) continue
      if (name !== 'ping') hasRemote = true
      element.removeAttribute(name)
    }
    const source = element.getAttribute('src')
    if (source !== null && !source.startsWith('data:image/')) {
      if (remote.test(source)) {
        hasRemote = true
        if (withRemote) element.setAttribute('src', source.trim().replace(/^(?:http:)?\/\//i, 'https://'))
        else element.removeAttribute('src')
      } else element.removeAttribute('src')
    }
    if (remoteStyle.test(element.getAttribute('style') ?? '')) hasRemote = true
    const address = element.getAttribute('href')
    if (address === null) return
    if (element.tagName === 'A' && linkable.test(address)) {
      element.setAttribute('target', '_blank')
      element.setAttribute('rel', 'noopener noreferrer nofollow')
      element.setAttribute('title', address.trim())
    } else element.removeAttribute('href')
  })

  // Its types do not say that there may be none.
  const body: Element | null = purify.sanitize(given, {
    RETURN_DOM: true,
    USE_PROFILES: { html: true },
    // Its styles are set apart from its elements, because the page's policy refuses `<style>`.
    FORBID_TAGS: [
      'style',
      'form',
      'input',
      'button',
      'textarea',
      'select',
      'option',
      'audio',
      'video',
      'source',
      'track',
      'dialog',
      'map',
      'area',
      'template',
      'slot',
    ],
    FORBID_ATTR: ['autofocus', 'tabindex', 'accesskey', 'contenteditable', 'popover', 'popovertarget', 'name', 'id'],
    FORCE_BODY: true,
    ALLOW_DATA_ATTR: false,
    ALLOW_ARIA_ATTR: false,
  })
  if (body === null) {
    // No browser makes a document of it.
    const source = document.createElement('pre')
    source.textContent = given
    return { html: source.outerHTML, styles: [], hasRemote: false }
  }
  for (const link of body.querySelectorAll('a[href]')) showTarget(link)
  return { html: body.innerHTML, styles, hasRemote: hasRemote || styles.some((style) => remoteStyle.test(style)) }
}

/** Says after a link where it goes, if it looks as if it went elsewhere. The styles of the email cannot hide it. */
function showTarget(link: Element): void {
  const pictures = [...link.querySelectorAll('img[alt]')].map((picture) => picture.getAttribute('alt'))
  const real = realTarget([link.textContent, ...pictures].join(' ').trim(), link.getAttribute('href')?.trim() ?? '')
  if (real === undefined) return
  const shown = link.ownerDocument.createElement('bdi')
  shown.textContent = ` (${real})`
  shown.setAttribute('style', 'all: initial !important; font: 14px system-ui, sans-serif !important')
  link.after(shown)
}

/**
 * The document of the frame. Its own policy allows its styles and the pictures that are in it, and those of other servers only when
 * the reader asked for them. The page's policy holds for it too.
 */
export const frameDocument = (html: string, withRemote: boolean): string =>
  `<!doctype html><html><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:${withRemote ? ' https:' : ''}; base-uri 'none'; form-action 'none'"><meta name="referrer" content="no-referrer"></head><body>${html}</body></html>`

/** How a body looks that says nothing about it. An email expects a white page. */
export const frameStyle = `
:root { color-scheme: light; background: #fff; color: #1b1f28; height: auto !important; overflow-y: hidden; }
body { margin: 0; padding: 12px; height: auto !important; min-height: 0 !important; font: 14px/1.45 system-ui, sans-serif; overflow-wrap: anywhere; }
img { max-width: 100%; height: auto; }
pre { white-space: pre-wrap; }
`
