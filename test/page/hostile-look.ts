// What runs in the page. Each function is sent there as it is, so it uses nothing around it.

interface Round {
  conversation: string
  /** The refs of its messages. */
  messages: readonly string[]
}

/** Opens a conversation, and everything that can be opened in its messages. @returns what did not appear. */
export async function readRound({ conversation, messages }: Round): Promise<string[]> {
  const missing: string[] = []
  const all = (selector: string) => [...document.querySelectorAll<HTMLElement>(selector)]
  const until = async (what: string, isDone: () => boolean): Promise<void> => {
    for (const start = performance.now(); !isDone(); await new Promise(requestAnimationFrame))
      if (performance.now() - start > 60_000) return void missing.push(`never: ${what}`)
  }
  history.pushState(null, '', `/?${new URLSearchParams({ view: 'all', conversation })}`)
  dispatchEvent(new PopStateEvent('popstate'))
  const shown = () => new Set(all('.messages [data-message]').map((each) => each.dataset['message']))
  await until('all messages', () => messages.every((ref) => shown().has(ref)))
  const closed = () => all('.thread-main details:not([open]) > summary')
  for (let rounds = 0; closed().length > 0 && rounds < 6; rounds += 1) {
    for (const summary of closed()) summary.click()
    await new Promise(requestAnimationFrame)
    await until('what was opened', () => all('.more-body [role=status]').length === 0)
  }
  const frameOf = (body: HTMLElement) => body.querySelector('iframe')?.contentDocument
  const isStyled = (body: HTMLElement) => (frameOf(body)?.adoptedStyleSheets.length ?? 0) > 0
  await until('all emails', () => all('.html-body').every(isStyled))
  // Each has bytes that are no picture.
  await until('all pictures', () => all('.attachment-image').length === 0)
  return missing
}

/** Tells the page that everything has changed, while all details are open. @returns what did not appear. */
export async function readDetails(mark: string): Promise<string[]> {
  // Another tab of the same browser would tell it like this.
  const tabs = new BroadcastChannel('parley-changes')
  tabs.postMessage({ is: 'reset' })
  tabs.close()
  const parts = () => (document.querySelector('.details')?.textContent ?? '').split(mark).length - 1
  // The conversation, its contact, another conversation, a link, the agent and the audit.
  for (const start = performance.now(); parts() < 6; await new Promise(requestAnimationFrame))
    if (performance.now() - start > 60_000) return [`never: all details, but only ${parts()}`]
  return []
}

/** Goes through the whole list. @returns the refs of its rows. */
export async function scrollRows(): Promise<string[]> {
  const rows = document.querySelector('.rows')
  const refs = new Set<string>()
  for (let top = 0; rows && top < rows.scrollHeight; top += rows.clientHeight) {
    rows.scrollTop = top
    for (let frames = 0; frames < 3; frames += 1) await new Promise(requestAnimationFrame)
    for (const row of rows.querySelectorAll<HTMLElement>('a.row')) refs.add(row.dataset['ref'] ?? '')
  }
  return [...refs]
}

/** What in the frames of emails could act, or has. */
export function lookAtEmails(): string[] {
  const wrong: string[] = []
  for (const frame of document.querySelectorAll<HTMLIFrameElement>('.html-frame')) {
    const message = frame.closest<HTMLElement>('[data-message]')?.dataset['message'] ?? ''
    const note = (what: string) => void wrong.push(`${message} ${what.slice(0, 120)}`)
    const inner = frame.contentDocument
    if (!inner?.body) {
      note('has no document')
      continue
    }
    const allowed = frame.getAttribute('sandbox')
    if (allowed !== 'allow-same-origin allow-popups allow-popups-to-escape-sandbox') note(`sandbox ${allowed}`)
    if (frame.contentWindow && '__ran' in frame.contentWindow) note('a script has run')
    const acting =
      'script,style,link,base,form,input,button,select,textarea,iframe,frame,object,embed,svg,math,template,audio,video,dialog'
    for (const element of inner.querySelectorAll(acting)) note(`has ${element.outerHTML}`)
    for (const element of inner.body.querySelectorAll('*')) {
      for (const { name, value } of element.attributes) {
        if (/^on|^(?:srcset|background|poster|ping|action|formaction|name|id|xlink:href)$/.test(name))
          note(`has ${name}=${value}`)
        if (name === 'href' && !/^(?:https?:\/\/|mailto:|tel:)/i.test(value.trim())) note(`links ${value}`)
        if (name === 'src' && !value.startsWith('data:image/')) note(`loads ${value}`)
      }
      if (element.tagName !== 'A' || !element.hasAttribute('href')) continue
      if (element.getAttribute('target') !== '_blank') note('can take the place of the page')
      if (!element.getAttribute('rel')?.includes('noopener')) note('has power over the page')
    }
    if (inner.querySelectorAll('meta').length !== 3) note('has a meta element')
    const { width, height } = frame.getBoundingClientRect()
    if (height > 6_000) note('is endless')
    if (width > (frame.closest('.messages')?.clientWidth ?? 0)) note(`is ${width} wide`)
  }
  return wrong
}

/** What in the page could act, or has. */
export function lookAround(): string[] {
  const wrong: string[] = []
  const note = (what: string) => void wrong.push(what.slice(0, 160))
  if ('__ran' in window) note('a script has run')
  if (document.querySelector('.notice-page')) note('the page has failed')
  if (document.body.textContent?.includes('This message cannot be shown.')) note('a message has failed')
  for (const element of document.querySelectorAll('base, object, embed, meta[http-equiv], link[rel=import]'))
    note(`the page has ${element.outerHTML}`)
  for (const frame of document.querySelectorAll('iframe'))
    if (!frame.sandbox.contains('allow-same-origin') || frame.sandbox.contains('allow-scripts'))
      note('the page has a frame without a sandbox')
  for (const element of document.querySelectorAll('*')) {
    for (const { name } of element.attributes) if (name.startsWith('on')) note(`the page has a handler ${name}`)
    const address = element.getAttribute('href')
    if (address === null) continue
    const { protocol, origin, search } = new URL(address, location.origin)
    if (!/^(?:https?|mailto|tel):$/.test(protocol)) note(`the page links ${address}`)
    const isOwn = origin === location.origin
    // What the bundler loads has whole addresses.
    const own = element.tagName === 'LINK' ? address.replace(location.origin, '') : address
    if (isOwn && !/^(?:\/(?:\?|$|assets\/|icon\.svg|v1\/quality\.csv)|#(?:list|thread)$)/.test(own))
      note(`the page links ${address} of its own server`)
    if (protocol === 'mailto:' && search) note(`the page writes to ${address}`)
    const isOpened = element.getAttribute('target') === '_blank' && element.getAttribute('rel')?.includes('noopener')
    if (/^https?:/.test(protocol) && !isOwn && !isOpened) note(`a link has power over the page: ${address}`)
  }
  const { scrollWidth, clientWidth } = document.documentElement
  const isWide = (element: Element) => element.getBoundingClientRect().right > clientWidth + 1
  if (scrollWidth > clientWidth)
    note(`wider than the page: ${[...document.querySelectorAll('body *')].find(isWide)?.outerHTML}`)
  for (const part of document.querySelectorAll('.messages, .details-body, .rows'))
    if (part.scrollWidth > part.clientWidth && getComputedStyle(part).overflowX === 'visible')
      note('a part is too wide')
  if (!document.elementFromPoint(40, 40)?.closest('.sidebar')) note('something covers the menu')
  return wrong
}

/** Before the page begins: everything that is observed is seen at once, so that nothing has to be scrolled into view. */
export function seeEverything(): void {
  window.IntersectionObserver = class extends IntersectionObserver {
    readonly #tell: IntersectionObserverCallback
    constructor(tell: IntersectionObserverCallback) {
      super(tell)
      this.#tell = tell
    }
    override observe(target: Element): void {
      const boundingClientRect = target.getBoundingClientRect()
      const entry = { isIntersecting: true, target, boundingClientRect } as unknown as IntersectionObserverEntry
      queueMicrotask(() => this.#tell([entry], this))
    }
  }
}
