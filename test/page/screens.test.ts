import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type axe from 'axe-core'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { chromiumPath } from '../browser/chromium.ts'
import { listPath, type Office, openOffice, openRow, refsOf, shoot, textsAt } from './open-page.ts'

const title = chromiumPath
  ? 'the screens of the page'
  : 'the screens of the page (skipped: this machine has no Chromium)'

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/** What axe has found on a page. It is put there past the content security policy. */
async function problemsOn(page: Page): Promise<string[]> {
  const isThere = await page.evaluate(() => 'axe' in globalThis)
  if (!isThere) await page.evaluate(axeSource)
  return page.evaluate(async () => {
    const { run } = (globalThis as unknown as { axe: typeof axe }).axe
    const { violations } = await run(document, { resultTypes: ['violations'] })
    return violations.map(
      ({ id, nodes }) => `${id}: ${nodes.map(({ target, any }) => `${target} ${any[0]?.message ?? ''}`)}`,
    )
  })
}

describe.skipIf(!chromiumPath)(title, () => {
  let office: Office
  beforeAll(async () => {
    office = await openOffice()
  })
  afterAll(() => office?.close())

  const screens: Readonly<Record<string, (page: Page) => Promise<unknown>>> = {
    async list(page) {
      await page.goto(office.url + listPath())
      await page.locator('a.row').first().waitFor()
    },
    async conversation(page) {
      await openRow(page, page.locator('a.row[data-ref^="agent-conversation:"]').first())
      await page.locator('.composer').waitFor()
      await page.getByText('Other conversations').waitFor()
    },
    async details(page) {
      await openRow(page, page.locator('a.row[data-ref^="livechatai:"]').first())
      await page.locator('[data-message] details > summary').last().click()
      const closed = page.locator('.details-part:not([open]) > summary')
      while ((await closed.count()) > 0) await closed.first().click()
      await page.locator('.loading').first().waitFor({ state: 'detached' })
    },
    async email(page) {
      await page.goto(`${office.url}/?filter=${encodeURIComponent('{"channel":"email","unknown":"exclude"}')}`)
      await openRow(page)
    },
    async help(page) {
      await page.getByRole('button', { name: 'Keyboard shortcuts' }).click()
      await page.getByRole('dialog').waitFor()
    },
    async filter(page) {
      await page.goto(office.url)
      await page.getByRole('button', { name: 'Filter' }).click()
      await page.getByLabel('Save this view').check()
    },
    async search(page) {
      await page.goto(`${office.url}/?search=saddle`)
      await page.locator('a.hit').first().waitFor()
    },
    async quality(page) {
      await page.goto(`${office.url}/?page=quality`)
      await page.locator('.tiles').waitFor()
    },
    async accounts(page) {
      await page.goto(`${office.url}/?page=accounts`)
      await page.locator('.card').first().waitFor()
      await page.locator('.streams > summary').first().click()
    },
  }

  it.each(['light', 'dark'] as const)('axe finds nothing on any screen with %s colors', async (scheme) => {
    const page = await office.visit('ada', { scheme })
    const found: Record<string, string[]> = {}
    for (const [name, open] of Object.entries(screens)) {
      await open(page)
      found[name] = await problemsOn(page)
      await shoot(page, `${name}-${scheme}`)
    }
    expect(found).toEqual(Object.fromEntries(Object.keys(screens).map((name) => [name, []])))
    const background = await page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor)
    expect(background).toBe(scheme === 'dark' ? 'rgb(22, 24, 29)' : 'rgb(255, 255, 255)')
    await page.context().close()
  })

  it('axe finds nothing on the screen of somebody who is not signed in', async () => {
    const page = await office.open()
    await page.goto(office.url)
    await page.getByLabel('Sign-in link').fill('no link')
    await page.getByRole('button', { name: 'Sign in' }).click()
    await page.getByRole('alert').waitFor()
    expect(await problemsOn(page)).toEqual([])
    await shoot(page, 'sign-in')
    await page.context().close()
  })

  it('shows the list, then a conversation, and goes back, on a phone', async () => {
    const page = await office.visit('ada', { width: 390, height: 844, path: listPath() })
    const row = page.locator('a.row').first()
    await row.waitFor()
    const sideways = () =>
      page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
    expect(await page.locator('.thread-pane').isVisible()).toBe(false)
    expect([await sideways(), await problemsOn(page)]).toEqual([0, []])
    await shoot(page, 'phone-list')
    await openRow(page, row)
    expect(await row.isVisible()).toBe(false)
    expect(await page.locator('.composer-field').isVisible()).toBe(true)
    expect([await sideways(), await problemsOn(page)]).toEqual([0, []])
    await shoot(page, 'phone-conversation')
    await page.getByRole('button', { name: 'Back to the conversations' }).click()
    await row.waitFor()
    expect(await page.locator('.thread-pane').isVisible()).toBe(false)
    await page.getByRole('button', { name: 'Menu' }).click()
    await page.getByRole('link', { name: 'Accounts' }).waitFor()
    expect([await sideways(), await problemsOn(page)]).toEqual([0, []])
    await shoot(page, 'phone-menu')
    await page.getByRole('link', { name: 'Quality' }).click()
    await page.locator('.tiles').waitFor()
    expect(await sideways()).toBe(0)
    await shoot(page, 'phone-quality')
    await page.context().close()
  })

  it('lets somebody answer without a mouse', async () => {
    const page = await office.visit('ada', { path: listPath('livechatai') })
    await page.locator('a.row').first().waitFor()
    const [, , third] = await refsOf(page)
    const focused = () => page.evaluate(() => document.activeElement?.getAttribute('data-ref') ?? null)
    for (let tabs = 0; tabs < 60 && (await focused()) === null; tabs++) await page.keyboard.press('Tab')
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('ArrowDown')
    await expect.poll(focused).toBe(third)
    await page.keyboard.press('Enter')
    await page.locator('[data-message]').first().waitFor()
    expect(new URL(page.url()).searchParams.get('conversation')).toBe(third)

    await page.keyboard.press('?')
    await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor()
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'detached' })

    await page.keyboard.press('r')
    await page.locator('.composer-field:focus').waitFor()
    await page.keyboard.type('By hand.')
    await page.locator('.composer-send[aria-disabled="false"]').waitFor()
    await page.keyboard.press('Control+Enter')
    await page.locator('[data-message]').getByText('By hand.').waitFor()
    expect(
      (await textsAt(office.account('livechatai'), third as string)).filter((text) => text === 'By hand.'),
    ).toEqual(['By hand.'])

    await page.keyboard.press('Escape')
    await page.keyboard.press('j')
    await expect.poll(() => new URL(page.url()).searchParams.get('conversation')).not.toBe(third)
    await page.keyboard.press('k')
    await expect.poll(() => new URL(page.url()).searchParams.get('conversation')).toBe(third)
    await page.context().close()
  })
})
