import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { chromiumPath, openChromium } from '../browser/chromium.ts'
import { answerTo, conversationRef, markOf, messagesOf, roundRef, roundsOf } from './hostile-api.ts'
import { lookAround, lookAtEmails, readDetails, readRound, scrollRows, seeEverything } from './hostile-look.ts'
import { groups, texts } from './hostile-texts.ts'
import { type MadeUpServer, serveMadeUp } from './made-up-server.ts'

const title = chromiumPath
  ? 'the page, of which all content is hostile'
  : 'the page, of which all content is hostile (skipped: this machine has no Chromium)'

describe.skipIf(!chromiumPath)(title, () => {
  /** Of what the API's answers are made. */
  let shown = texts
  let server: MadeUpServer
  let browser: Browser
  let page: Page
  /** Requests to other origins, dialogs, popups, downloads, navigations and errors. There must be none. */
  let harm: string[]

  beforeAll(async () => {
    server = await serveMadeUp((path, query) => {
      // A file says that it is another page.
      if (path.endsWith('/content'))
        return { type: 'text/html', file: '<svg onload=top.__ran=1><script>top.__ran=1</script>' }
      const json = answerTo(path, query, shown)
      return json === undefined ? undefined : { json }
    })
    browser = await openChromium()
    const context = await browser.newContext({ viewport: { width: 1600, height: 1000 }, locale: 'en-GB' })
    await context.addInitScript(seeEverything)
    page = await context.newPage()
    harm = watch(context, page, server.url)
  })
  afterAll(async () => {
    await browser?.close()
    await server?.close()
  })

  /** Opens the page anew for other texts, and otherwise goes to another place in it. */
  async function open(path: string, all = texts): Promise<void> {
    const isOpen = page.url().startsWith(server.url) && shown === all
    shown = all
    if (isOpen) {
      await page.evaluate((to) => {
        history.pushState(null, '', to)
        dispatchEvent(new PopStateEvent('popstate'))
      }, path)
    } else await page.goto(`${server.url}${path}`)
    await page.locator('.sidebar').waitFor()
  }

  async function expectUnharmed(): Promise<void> {
    expect(await page.evaluate(lookAround)).toEqual([])
    expect(harm.splice(0)).toEqual([])
  }

  it('runs nothing in any row of the list', async () => {
    await open('/?view=all')
    await page.locator('a.row').first().waitFor()
    await expectUnharmed()
    expect(new Set(await page.evaluate(scrollRows))).toEqual(new Set(texts.map((_, index) => conversationRef(index))))
    await expectUnharmed()
  })

  it.each([
    ['a search', '/?search=x', 'a.hit'],
    ['the quality', '/?page=quality', '.chart'],
    ['the accounts', '/?page=accounts', '.trouble'],
    ['a filter of an address', `/?filter=${encodeURIComponent('{"tag":"<img src=x onerror=top.__ran=1>"}')}`, 'a.row'],
    ['a view of an address', `/?view=${encodeURIComponent('javascript:top.__ran=1')}`, 'a.row'],
  ])('runs nothing in %s', async (_, path, part) => {
    await open(path)
    await page.locator(part).first().waitFor()
    await expectUnharmed()
  })

  it.each([
    'javascript:top.__ran=1',
    '<img src=x onerror=top.__ran=1>',
    'https://evil.example/',
    '../../v1/session',
    '%',
  ])('runs nothing for an address that names the conversation %s', async (conversation) => {
    await open(`/?${new URLSearchParams({ conversation, message: conversation, search: conversation })}`)
    await page.locator('.thread, .notice').first().waitFor()
    await expectUnharmed()
  })

  it.each([
    ['people and operators', '.head-commands button[popovertarget]', '.menu:popover-open .menu-item'],
    ['saved replies', 'button[aria-label="Saved replies"]', '.saved-reply'],
    ['filters', '.list-title .icon-button', 'dialog[open] form'],
  ])('runs nothing in the choice of %s', async (_, button, part) => {
    await open(`/?${new URLSearchParams({ view: 'all', conversation: conversationRef(8) })}`)
    await page.locator(button).first().click()
    await page.locator(part).first().waitFor()
    // A dialog covers the page, and is its own.
    const found = (await page.evaluate(lookAround)).filter((each) => each !== 'something covers the menu')
    expect(found).toEqual([])
    await page.keyboard.press('Escape')
    await expectUnharmed()
  })

  it('runs nothing in messages with their emails, files, sources and ratings', async () => {
    await open('/?view=all')
    await page.evaluate(() => localStorage.setItem('parley-details', 'closed'))
    const found: string[] = []
    for (const round of roundsOf(texts).keys()) {
      const messages = messagesOf(round, texts).map(({ ref }) => ref)
      found.push(...(await page.evaluate(readRound, { conversation: roundRef(round), messages })))
      found.push(...(await page.evaluate(lookAtEmails)), ...(await page.evaluate(lookAround)))
    }
    expect(found).toEqual([])
    await expectUnharmed()
  })

  it('runs nothing in conversations, contacts, agents and the audit', async () => {
    await open('/', ['first'])
    await page.evaluate(() => localStorage.removeItem('parley-details'))
    await open(`/?${new URLSearchParams({ view: 'all', conversation: conversationRef(0) })}`, shown)
    await page.locator('.details').waitFor()
    for (const summary of await page.locator('.details summary').all()) await summary.click()
    const found: string[] = []
    for (const text of groups) {
      shown = [text]
      const wrong = [...(await page.evaluate(readDetails, markOf(text))), ...(await page.evaluate(lookAround))]
      found.push(...wrong.map((each) => `${JSON.stringify(text.slice(0, 100))}: ${each}`))
      // Each would wait as long again.
      if (found.length > 10) break
    }
    expect(found).toEqual([])
    await expectUnharmed()
  })

  it('notices an image of another site, a handler and a link that acts, so that the tests above see them', async () => {
    await open('/', ['last'])
    await page.evaluate(() => {
      document.body.insertAdjacentHTML(
        'beforeend',
        '<img src="https://evil.example/seen.png"><a href="javascript:x" onclick="x">x</a><iframe srcdoc="x"></iframe>',
      )
    })
    await expect.poll(() => harm).toEqual(['asked for https://evil.example/seen.png'])
    expect(await page.evaluate(lookAround)).toHaveLength(3)
  })
})

/** Notes what must not happen. */
function watch(context: BrowserContext, page: Page, own: string): string[] {
  const events: string[] = []
  const note = (what: string, which: string) => void events.push(`${what} ${which.slice(0, 200)}`)
  const isOther = (url: string) => /^https?:/.test(url) && new URL(url).origin !== own
  // One that the policy refused was never sent, nor one that may only go to its own site.
  context.on('requestfailed', (request) => {
    if (isOther(request.url()) && !/^(?:csp|origin)$/.test(request.failure()?.errorText ?? ''))
      note('asked for', request.url())
  })
  context.on('response', (response) => {
    if (isOther(response.url())) note('asked for', response.url())
  })
  context.on('page', (popup) => note('popup', popup.url()))
  page.on('dialog', (dialog) => {
    note('dialog', dialog.message())
    void dialog.dismiss()
  })
  page.on('pageerror', (error) => note('error', String(error)))
  page.on('download', (download) => note('download', download.suggestedFilename()))
  page.on('framenavigated', (frame) => {
    const isExpected = frame === page.mainFrame() ? !isOther(frame.url()) : /^about:(srcdoc|blank)$/.test(frame.url())
    if (!isExpected) note('navigated to', frame.url())
  })
  return events
}
