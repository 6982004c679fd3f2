import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openChromium, wholeChromiumPath } from '../browser/chromium.ts'
import { answerTo, conversationRef, messagesOf } from './hostile-api.ts'
import { type MadeUpServer, serveMadeUp } from './made-up-server.ts'

const title = wholeChromiumPath ? 'emails and files' : 'emails and files (skipped: this machine has no whole Chromium)'
const [model] = messagesOf(0, ['a text'])
if (!model) throw new Error('There is no message.')

const pixel = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)
const pdf = `%PDF-1.1
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 100 100]>>endobj
trailer<</Root 1 0 R>>`
const program =
  '<!doctype html><script>top.__ran=1;parent.__ran=1</script><svg xmlns="http://www.w3.org/2000/svg" onload="top.__ran=1"/>'

const files = [
  { id: 'png', fileName: 'picture.png', contentType: 'image/png', bytes: pixel },
  { id: 'pdf', fileName: 'invoice.pdf', contentType: 'application/pdf', bytes: Buffer.from(pdf) },
  { id: 'lying-png', fileName: 'lie.png', contentType: 'image/png', bytes: Buffer.from(program) },
  { id: 'lying-pdf', fileName: 'lie.pdf', contentType: 'application/pdf', bytes: Buffer.from(program) },
  { id: 'svg', fileName: 'drawing.svg', contentType: 'image/svg+xml', bytes: Buffer.from(program) },
] as const

const email = (id: string, html: string) => ({
  ...model,
  ref: `${model.ref}-${id}`,
  id,
  text: 'as text',
  type: { value: 'email', native: null },
  call: undefined,
  html,
})
const messages = [
  {
    ...email('files', ''),
    html: undefined,
    type: { value: 'text', native: null },
    attachments: files.map(({ bytes: _, ...file }) => ({
      ...file,
      ref: `livechatai:shop/attachment/${file.id}`,
      vendor: 'livechatai',
      account: 'shop',
      access: 'fetchable',
      url: null,
      size: 100,
    })),
  },
  email(
    'one',
    '<p><a href="https://shop.example/offer">offer</a> <a href="https://evil.example/">https://bank.example</a> <img src="https://one.example/a.png"></p>',
  ),
  email('two', '<p style="background: url(https://two.example/b.png)">x <img src="https://two.example/a.png"></p>'),
]

describe.skipIf(!wholeChromiumPath)(title, () => {
  let server: MadeUpServer
  let browser: Browser
  let context: BrowserContext
  let page: Page
  const asked: string[] = []

  beforeAll(async () => {
    server = await serveMadeUp((path, query) => {
      if (path.endsWith('/content')) {
        const file = files.find(({ id }) => path.includes(`attachment%2F${id}/`))
        return file && { type: 'text/html', file: file.bytes }
      }
      if (path.endsWith('/messages')) return { json: { items: messages, next: null, warnings: [] } }
      const json = answerTo(path, query, ['a text'])
      return json === undefined ? undefined : { json }
    })
    browser = await openChromium(wholeChromiumPath)
    context = await browser.newContext({ viewport: { width: 1500, height: 1200 } })
    await context.route(
      ({ origin }) => origin !== server.url,
      async (route) => {
        asked.push(route.request().url())
        await route.fulfill(
          route.request().resourceType() === 'image'
            ? { contentType: 'image/png', body: pixel }
            : { contentType: 'text/html', body: '<title>elsewhere</title>' },
        )
      },
    )
    page = await context.newPage()
    await page.goto(`${server.url}/?${new URLSearchParams({ view: 'all', conversation: conversationRef(0) })}`)
    await page.locator('.html-frame').nth(1).waitFor()
  })
  afterAll(async () => {
    await browser?.close()
    await server?.close()
  })

  const message = (id: string) => page.locator(`[data-message="${model.ref}-${id}"]`)

  it('says after the link of an email where it goes, if its text is another address', async () => {
    const body = message('one').frameLocator('.html-frame')
    await expect.poll(() => body.locator('p').textContent()).toContain('https://bank.example (evil.example)')
    expect(await body.locator('a').first().getAttribute('title')).toBe('https://shop.example/offer')
  })

  it('opens the link of an email in a new tab, which has no power over the page', async () => {
    const before = page.url()
    const opening = context.waitForEvent('page')
    await message('one').frameLocator('.html-frame').getByText('offer').click()
    const opened = await opening
    await opened.waitForLoadState()
    expect(opened.url()).toBe('https://shop.example/offer')
    expect(await opened.evaluate(() => [window.opener, document.referrer])).toEqual([null, ''])
    expect(page.url()).toBe(before)
    await opened.close()
  })

  it('loads the pictures of other sites only for the email for which they were asked', async () => {
    const isOf = (host: string) => asked.filter((url) => url.includes(host))
    expect(isOf('one.example')).toEqual([])
    await message('one').getByRole('button', { name: 'images' }).click()
    await expect.poll(() => isOf('one.example')).toEqual(['https://one.example/a.png'])
    expect(isOf('two.example')).toEqual([])
    await message('two').getByRole('button', { name: 'images' }).click()
    await expect
      .poll(() => isOf('two.example').toSorted())
      .toEqual([...['https://two.example/a.png', 'https://two.example/b.png']])
  })

  it('shows a picture, and in large when it is chosen', async () => {
    const picture = message('files').getByRole('button', { name: 'picture.png' }).first()
    await picture.click()
    const large = page.locator('dialog[open] img')
    await expect.poll(() => large.evaluate((image) => (image as HTMLImageElement).naturalWidth)).toBe(1)
    await page.keyboard.press('Escape')
  })

  it('shows a PDF in the browser’s own viewer', async () => {
    const file = message('files').locator('[data-kind=pdf]').first()
    await file.getByRole('button', { name: 'Show' }).click()
    await file.locator('iframe.attachment-pdf').waitFor()
    const viewer = () => page.frames().find((frame) => frame.url().startsWith('blob:'))
    await expect.poll(() => viewer()?.evaluate(() => document.contentType)).toBe('application/pdf')
  })

  it('runs nothing of a file that is something else than it says', async () => {
    const lie = message('files').locator('[data-kind=pdf]').nth(1)
    await lie.getByRole('button', { name: 'Show' }).click()
    await lie.locator('iframe.attachment-pdf').waitFor()
    // The picture is refused, and a drawing, which can have scripts, is never shown.
    await message('files').getByText('lie.png').waitFor()
    expect(await message('files').locator('[data-kind=other]').count()).toBe(1)
    const frames = () => page.frames().filter((frame) => frame.url().startsWith('blob:'))
    await expect.poll(() => frames().length).toBe(2)
    expect(await Promise.all(frames().map((frame) => frame.evaluate(() => document.contentType)))).toEqual([
      ...['application/pdf', 'application/pdf'],
    ])
    expect(await page.evaluate(() => '__ran' in window)).toBe(false)
  })
})
