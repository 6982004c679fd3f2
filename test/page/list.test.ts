import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { chromiumPath } from '../browser/chromium.ts'
import { idIn, listPath, type Office, openOffice, openRow, refsOf, shoot, textsAt, vendors } from './open-page.ts'

const title = chromiumPath ? 'the list of the page' : 'the list of the page (skipped: this machine has no Chromium)'

describe.skipIf(!chromiumPath)(title, () => {
  let office: Office
  beforeAll(async () => {
    office = await openOffice()
  })
  afterAll(() => office?.close())

  /** A contact writes, and it is synced. */
  async function write(ref: string, text: string): Promise<void> {
    office.vendor(ref.split(':')[0] as string).plant(idIn(ref), { by: 'contact', text })
    await office.sync()
  }

  it('shows the conversations of all accounts, and opens one of each vendor', async () => {
    const page = await office.visit('ada', { path: listPath() })
    await page.locator('a.row').first().waitFor()
    const accounts = new Set((await refsOf(page)).map((ref) => ref.split(':')[0]))
    expect([...accounts].sort()).toEqual([...vendors])
    await shoot(page, 'list')
    for (const vendor of vendors) {
      const row = page.locator(`a.row[data-ref^="${vendor}:"]`).first()
      const ref = await openRow(page, row)
      await expect.poll(() => new URL(page.url()).searchParams.get('conversation')).toBe(ref)
      expect(await row.getAttribute('aria-current')).toBe('true')
      const said = (await textsAt(office.account(vendor), ref)).find((text) => text !== '') as string
      const newest = page.locator('[data-message]').filter({ hasText: said.slice(0, 20) })
      await newest.last().waitFor()
      await shoot(page, `conversation-${vendor}`)
    }
    await page.context().close()
  })

  it('marks the words that a search finds, and goes to the message', async () => {
    const page = await office.visit('ada')
    await page.keyboard.press('/')
    await page.keyboard.type('saddle stem')
    await page.keyboard.press('Enter')
    const hit = page.locator('a.hit').last()
    await hit.waitFor()
    const marked = await hit.locator('mark').allTextContents()
    expect(new Set(marked.map((word) => word.toLowerCase()))).toEqual(new Set(['saddle', 'stem']))
    await hit.click()
    const target = page.locator('[data-message][data-target]')
    await target.waitFor()
    expect(await target.getAttribute('data-message')).toBe(new URL(page.url()).searchParams.get('message'))
    await expect.poll(() => target.evaluate(isInView)).toBe(true)
    await shoot(page, 'search')
    await page.getByRole('button', { name: 'Clear the search' }).click()
    await page.locator('a.row').first().waitFor()
    await page.context().close()
  })

  it('filters the list, and saves the filter as a view for everybody', async () => {
    const page = await office.visit('ada')
    await page.getByRole('button', { name: 'Filter' }).click()
    const dialog = page.getByRole('dialog', { name: 'Filter' })
    await dialog.getByLabel('Channel').selectOption('WhatsApp')
    await dialog.getByLabel('Hide what a vendor does not say').check()
    await dialog.getByLabel('Save this view').check()
    await dialog.getByLabel('Name').fill('By WhatsApp')
    await dialog.getByLabel('Share it with everybody').check()
    await shoot(page, 'filter')
    await dialog.getByRole('button', { name: 'Save' }).click()
    await page.getByRole('heading', { level: 1, name: 'By WhatsApp' }).waitFor()
    await page.locator('a.row').first().waitFor()
    for (const row of await page.locator('a.row').all()) expect(await row.textContent()).toContain('WhatsApp')
    const colleague = await office.visit('bob')
    await colleague.getByRole('link', { name: 'By WhatsApp' }).click()
    await expect.poll(() => refsOf(colleague)).toEqual(await refsOf(page))
    await Promise.all([page.context().close(), colleague.context().close()])
  })

  it('shows what a contact writes without being asked', async () => {
    const page = await office.visit('ada', { path: listPath('livechatai') })
    await page.locator('a.row').first().waitFor()
    const ref = (await refsOf(page)).at(-1) as string
    await openRow(page, page.locator(`a.row[data-ref="${ref}"]`))
    await write(ref, 'Is the blue one still there?')
    await expect.poll(async () => (await refsOf(page))[0]).toBe(ref)
    await page.locator(`a.row[data-ref="${ref}"]`).getByText('Is the blue one still there?').waitFor()
    await page.locator('[data-message]').getByText('Is the blue one still there?').waitFor()
    await page.context().close()
  })

  it('moves nothing while the list is scrolled, and counts the changes above', async () => {
    const page = await office.visit('ada', { path: listPath(), height: 500 })
    await page.locator('a.row').first().waitFor()
    await expect.poll(() => page.getByText('That is all.').count()).toBe(0)
    await page.locator('.rows').evaluate((rows) => rows.scrollTo({ top: 600 }))
    await expect.poll(async () => (await rowsInView(page)).length).toBeGreaterThan(2)
    const before = await rowsInView(page)
    const ref = before.find(({ ref }) => ref.startsWith('livechatai:') || ref.startsWith('leadconnector:'))
      ?.ref as string
    await write(ref, 'Can I come at four?')
    const above = page.locator('.above')
    await above.waitFor()
    expect(await above.textContent()).toBe('1 change above')
    expect(await rowsInView(page)).toEqual(before)
    await shoot(page, 'scrolled')
    await above.click()
    await expect.poll(async () => (await refsOf(page))[0]).toBe(ref)
    expect(await above.count()).toBe(0)
    await page.context().close()
  })

  it('gives a reader no way to write', async () => {
    const page = await office.visit('rea', { path: listPath('agent-conversation') })
    await openRow(page)
    await page.getByRole('button', { name: 'More commands' }).waitFor()
    expect(await page.locator('.composer').count()).toBe(0)
    for (const name of ['Take over', 'Close', 'Snooze'])
      expect(await page.getByRole('button', { name, exact: true }).count()).toBe(0)
    await page.context().close()
  })

  it('has one stream of changes for all tabs of a browser, also after the tab that had it is closed', async () => {
    const page = await office.open()
    const context = page.context()
    const open = new Set<object>()
    context.on('request', (request) => {
      if (request.url().endsWith('/v1/events')) open.add(request)
    })
    context.on('requestfailed', (request) => open.delete(request))
    context.on('requestfinished', (request) => open.delete(request))
    await office.signIn(page, 'ada')
    const live = (tab: Page) => tab.locator('.live[data-state="live"]').waitFor()
    await live(page)
    const others = await Promise.all(Array.from({ length: 7 }, () => context.newPage()))
    for (const tab of others) {
      await tab.goto(office.url)
      await live(tab)
    }
    expect(open.size).toBe(1)
    open.clear()
    await page.close()
    await expect.poll(() => open.size).toBe(1)
    const [tab] = others as [Page]
    const ref = (await refsOf(tab)).at(-1) as string
    await write(ref, 'Hello again')
    for (const each of others) await expect.poll(async () => (await refsOf(each))[0]).toBe(ref)
    expect(open.size).toBe(1)
    await context.close()
  })

  it('goes on with the other accounts while a vendor is down, and says so', async () => {
    const page = await office.visit('ada', { path: listPath() })
    await page.locator('a.row').first().waitFor()
    const { faults } = office.vendor('livechatai')
    faults.rate.status5xx = 1
    await office.sync()
    const ref = (await refsOf(page)).findLast((each) => each.startsWith('leadconnector:')) as string
    await write(ref, 'Are you open today?')
    await expect.poll(async () => (await refsOf(page))[0]).toBe(ref)
    await page.getByRole('link', { name: 'Accounts' }).click()
    const failing = page.getByText('Not everything could be read. It is tried again by itself.')
    await page.getByRole('region', { name: 'livechatai:shop' }).filter({ has: failing }).waitFor()
    expect(await failing.count()).toBe(1)
    await shoot(page, 'accounts-trouble')
    faults.clear()
    await page.context().close()
  })
})

/** The rows that can be seen, and where they are. */
async function rowsInView(page: Page): Promise<{ ref: string; top: number }[]> {
  const rows = await page.locator('a.row').evaluateAll((all) => {
    const box = all[0]?.closest('.rows')?.getBoundingClientRect()
    return all.flatMap((row) => {
      const { top, bottom } = row.getBoundingClientRect()
      return box && top < box.bottom && bottom > box.top ? [{ ref: String(row.getAttribute('data-ref')), top }] : []
    })
  })
  return rows.sort((a, b) => a.top - b.top)
}

/** Whether an element is in the part of the thread that can be seen. It runs in the browser. */
function isInView(element: Element): boolean {
  const { top, bottom } = element.getBoundingClientRect()
  return bottom > 0 && top < innerHeight
}
