import { createDesk, createInbox, createStore, createSync } from '@parley/inbox'
import { liveChatAI } from '@parley/livechatai'
import { createServer, type InboxServer } from '@parley/server'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { chromiumPath, openChromium } from '../browser/chromium.ts'
import { answerTo, conversationRef, messagesOfEach } from './hostile-api.ts'
import { portions, texts } from './hostile-texts.ts'

/** It takes many minutes, so it runs only when it is asked for. */
const isWanted = process.env['PARLEY_PAGE_HOSTILE'] !== undefined
const title = chromiumPath
  ? `the page, of which all content is hostile${isWanted ? '' : ' (skipped: set PARLEY_PAGE_HOSTILE to run it)'}`
  : 'the page, of which all content is hostile (skipped: this machine has no Chromium)'

/** What must not happen, and has. */
interface Harm {
  page: Page
  context: BrowserContext
  /** Requests to other origins, dialogs, popups, navigations and errors. */
  events: string[]
}

describe.skipIf(!chromiumPath || !isWanted)(title, () => {
  let server: InboxServer
  let url: string
  let browser: Browser
  const closed: (() => Promise<unknown>)[] = []

  beforeAll(async () => {
    const store = await createStore()
    // It is never asked for anything, because the API's answers are made here.
    const parts = { store, accounts: [liveChatAI({ account: 'shop', apiKey: 'unused', agentId: 'a' })] }
    server = createServer({
      ...{ store, sync: createSync(parts), desk: createDesk(parts), inbox: createInbox(parts) },
      people: [{ id: 'ada', role: 'admin' }],
    })
    url = (await server.listen({ port: 0 })).url
    browser = await openChromium()
    closed.push(
      () => browser.close(),
      () => server.close(),
      () => store.close(),
    )
  })
  afterAll(async () => {
    for (const close of closed) await close()
  })

  /** The real page with its real headers, and hostile answers of the API. */
  async function visit(path = '/', all = texts): Promise<Harm> {
    const context = await browser.newContext({ viewport: { width: 1600, height: 1200 }, locale: 'en-GB' })
    closed.unshift(() => context.close())
    const page = await context.newPage()
    page.setDefaultTimeout(120_000)
    const events: string[] = []
    const note = (what: string, which: string) => void events.push(`${what} ${which.slice(0, 200)}`)
    await context.route('**/*', async (route) => {
      const request = route.request()
      const at = new URL(request.url())
      if (at.origin !== url) {
        note('asked for', request.url())
        return route.fulfill({ body: '' })
      }
      if (!at.pathname.startsWith('/v1/')) return route.continue()
      // A file says that it is another page.
      if (at.pathname.endsWith('/content'))
        return route.fulfill({ contentType: 'text/html', body: '<svg onload=top.__ran=1><script>top.__ran=1</script>' })
      const body = request.method() === 'GET' ? answerTo(at.pathname, at.searchParams, all) : undefined
      // The stream of changes never begins.
      if (at.pathname === '/v1/events') return
      await route.fulfill(
        body === undefined
          ? { status: 404, json: { type: 'about:blank', title: 'No', status: 404, detail: 'No', code: 'not-found' } }
          : { json: body },
      )
    })
    page.on('dialog', (dialog) => {
      note('dialog', dialog.message())
      void dialog.dismiss()
    })
    page.on('pageerror', (error) => note('error', String(error)))
    page.on('download', (download) => note('download', download.suggestedFilename()))
    context.on('page', (popup) => note('popup', popup.url()))
    page.on('framenavigated', (frame) => {
      if (
        frame === page.mainFrame() ? new URL(frame.url()).origin !== url : !/^about:(srcdoc|blank)$/.test(frame.url())
      )
        note('navigated to', frame.url())
    })
    await page.goto(`${url}${path}`)
    await page.locator('.sidebar').waitFor()
    return { page, context, events }
  }

  /** Nothing has run, and the page shows no failure of its own. */
  async function expectUnharmed({ page, events }: Harm): Promise<void> {
    expect(await page.evaluate(lookAround)).toEqual([])
    expect(events).toEqual([])
    for (const frame of page.frames())
      expect(await frame.evaluate(() => ['__ran' in window, '__ran' in (top ?? {})])).toEqual([false, false])
  }

  it.each(portions.map((portion, index) => [index + 1, portion] as const))(
    'runs nothing in conversations, messages, contacts and agents of portion %i',
    async (_, portion) => {
      const harm = await visit('/?view=all', portion)
      await harm.page.locator('a.row').first().waitFor()
      const found: string[] = []
      for (const [index, text] of portion.entries()) {
        const asked = { conversation: conversationRef(index), messages: messagesOfEach }
        const wrong = [...(await harm.page.evaluate(openAndLook, asked)), ...(await harm.page.evaluate(lookAround))]
        found.push(...wrong.map((each) => `${JSON.stringify(text.slice(0, 100))}: ${each}`))
        if (wrong.length > 0) {
          await harm.page.reload()
          await harm.page.locator('a.row').first().waitFor()
        }
      }
      expect(found).toEqual([])
      await expectUnharmed(harm)
      await harm.page.close()
    },
  )

  it.each([
    ['the list', '/?view=all', 'a.row'],
    ['a search', '/?search=x', 'a.hit'],
    ['the quality', '/?page=quality', '.chart'],
    ['the accounts', '/?page=accounts', '.trouble'],
    ['a filter of an address', `/?filter=${encodeURIComponent('{"tag":"<img src=x onerror=top.__ran=1>"}')}`, 'a.row'],
    ['a view of an address', `/?view=${encodeURIComponent('javascript:top.__ran=1')}`, 'a.row'],
  ])('runs nothing in %s', async (_, path, shown) => {
    const harm = await visit(path)
    await harm.page.locator(shown).first().waitFor()
    await expectUnharmed(harm)
  })

  it.each([
    'javascript:top.__ran=1',
    '<img src=x onerror=top.__ran=1>',
    'https://evil.example/',
    '../../v1/session',
    '%',
  ])('runs nothing for an address that names the conversation %s', async (conversation) => {
    const harm = await visit(`/?${new URLSearchParams({ conversation, message: conversation, search: conversation })}`)
    await harm.page.locator('.thread, .notice').first().waitFor()
    await expectUnharmed(harm)
  })

  it('notices an image of another site, a handler and a link that acts, so that the tests above see them', async () => {
    const harm = await visit()
    await harm.page.evaluate(() => {
      document.body.insertAdjacentHTML(
        'beforeend',
        '<img src="https://evil.example/seen.png"><a href="javascript:x" onclick="x">x</a><iframe srcdoc="x"></iframe>',
      )
    })
    await expect.poll(() => harm.events).toEqual(['asked for https://evil.example/seen.png'])
    expect(await harm.page.evaluate(lookAround)).toHaveLength(3)
  })
})

/** In the page: opens a conversation with everything that can be opened in it. @returns what is wrong with the emails. */
async function openAndLook({ conversation, messages }: { conversation: string; messages: number }): Promise<string[]> {
  const until = async (what: string, condition: () => boolean): Promise<boolean> => {
    for (let frames = 0; frames < 2_000; frames += 1) {
      if (condition()) return true
      await new Promise((resolve) => requestAnimationFrame(resolve))
    }
    wrong.push(`never: ${what}`)
    return false
  }
  const wrong: string[] = []
  const all = (selector: string) => [...document.querySelectorAll(selector)]
  history.pushState(null, '', `/?${new URLSearchParams({ view: 'all', conversation })}`)
  dispatchEvent(new PopStateEvent('popstate'))
  const prefix = `${conversation.replace('/conversation/', '/message/')}-`
  const shown = () => all('[data-message]').filter((each) => each.getAttribute('data-message')?.startsWith(prefix))
  if (!(await until('all messages', () => shown().length === messages))) return wrong
  const summaries = () => all('.thread details:not([open]) > summary, .details details:not([open]) > summary')
  for (let rounds = 0; summaries().length > 0 && rounds < 6; rounds += 1) {
    for (const summary of summaries()) (summary as HTMLElement).click()
    await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)))
  }
  const scroller = document.querySelector('.messages')
  document.querySelector('.html-body')?.scrollIntoView()
  const frame = () => document.querySelector<HTMLIFrameElement>('.html-frame')
  if (!(await until('the email', () => (frame()?.contentDocument?.adoptedStyleSheets.length ?? 0) > 0))) return wrong
  await until('what was opened', () => all('.thread [role=status], .details .loading').length === 0 || true)
  const inner = frame()?.contentDocument
  const allowed = frame()?.getAttribute('sandbox')
  if (allowed !== 'allow-same-origin allow-popups allow-popups-to-escape-sandbox') wrong.push(`sandbox ${allowed}`)
  const acting =
    'script,style,link,base,form,input,button,select,textarea,iframe,frame,object,embed,svg,math,template,audio,video,dialog'
  for (const element of inner?.querySelectorAll(acting) ?? []) wrong.push(`email has ${element.outerHTML.slice(0, 80)}`)
  for (const element of inner?.body.querySelectorAll('*') ?? []) {
    for (const { name, value } of element.attributes) {
      if (/^on|^(?:srcset|background|poster|ping|action|formaction|name|id|xlink:href)$/.test(name))
        wrong.push(`email has ${name}=${value.slice(0, 80)}`)
      if (name === 'href' && !/^(?:https?:\/\/|mailto:|tel:)/i.test(value.trim())) wrong.push(`email links ${value}`)
      if (name === 'src' && !value.startsWith('data:image/')) wrong.push(`email loads ${value}`)
    }
    if (element.tagName === 'A' && element.hasAttribute('href') && element.getAttribute('target') !== '_blank')
      wrong.push('an email can take the place of the page')
  }
  if (inner?.querySelectorAll('meta').length !== 3) wrong.push('email has a meta element')
  // Wider than the thread, it would be cut off.
  const overflow = scroller && getComputedStyle(scroller).overflowX
  if (overflow !== 'auto' && overflow !== 'hidden' && overflow !== 'scroll') wrong.push(`the thread is ${overflow}`)
  if ((frame()?.getBoundingClientRect().height ?? 0) > 6_000) wrong.push('the email is endless')
  return wrong
}

/** In the page: what in it could act, or has. */
function lookAround(): string[] {
  const wrong: string[] = []
  if ('__ran' in window) wrong.push('a script has run')
  if (document.querySelector('.notice-page')) wrong.push('the page has failed')
  for (const element of document.querySelectorAll('base, object, embed, meta[http-equiv], link[rel=import]'))
    wrong.push(`the page has ${element.outerHTML.slice(0, 80)}`)
  for (const frame of document.querySelectorAll('iframe'))
    if (!frame.sandbox.contains('allow-same-origin') || frame.sandbox.contains('allow-scripts'))
      wrong.push('the page has a frame without a sandbox')
  for (const element of document.querySelectorAll('*')) {
    for (const { name } of element.attributes) if (name.startsWith('on')) wrong.push(`the page has a handler ${name}`)
    const address = element.getAttribute('href')
    if (address === null) continue
    const { protocol, origin, search } = new URL(address, location.origin)
    if (!/^(?:https?|mailto|tel):$/.test(protocol)) wrong.push(`the page links ${address.slice(0, 80)}`)
    const isOwn = origin === location.origin
    if (isOwn && !/^(?:\/(?:\?|$|assets\/|icon\.svg|v1\/quality\.csv)|#(?:list|thread)$)/.test(address))
      wrong.push(`the page links ${address.slice(0, 80)} of its own server`)
    if (protocol === 'mailto:' && !element.closest('.bubble') && search) wrong.push(`the page writes to ${address}`)
    const isOpened = element.getAttribute('target') === '_blank' && element.getAttribute('rel')?.includes('noopener')
    if (/^https?:/.test(protocol) && !isOwn && !isOpened) wrong.push(`a link has power over the page: ${address}`)
  }
  const covers = document.elementFromPoint(40, 40)?.closest('.sidebar')
  if (!covers) wrong.push('something covers the menu')
  return wrong
}
