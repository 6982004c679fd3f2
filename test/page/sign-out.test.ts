import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { chromiumPath } from '../browser/chromium.ts'
import { type Office, openOffice } from './open-page.ts'

const title = chromiumPath ? 'signing out' : 'signing out (skipped: this machine has no Chromium)'

describe.skipIf(!chromiumPath)(title, () => {
  let office: Office
  beforeAll(async () => {
    office = await openOffice()
  })
  afterAll(() => office?.close())

  const kept = (page: Page): Promise<Record<string, string>> => page.evaluate(() => ({ ...localStorage }))
  const namesOf = async (page: Page): Promise<string[]> => Object.keys(await kept(page))
  const isDraft = (name: string): boolean => name.startsWith('parley-draft:')

  async function write(page: Page): Promise<void> {
    await page.locator('a.row').first().click()
    await page.locator('.composer textarea').fill('A text for the customer')
    await expect.poll(async () => (await namesOf(page)).filter(isDraft)).toHaveLength(1)
  }

  it('asks first if something was not sent, and then leaves nothing of the person in the browser', async () => {
    const page = await office.visit('ada')
    await write(page)
    await page.getByRole('button', { name: 'Sign out' }).click()
    await page.getByRole('dialog', { name: 'Sign out' }).getByRole('button', { name: 'Cancel' }).click()
    expect((await namesOf(page)).filter(isDraft)).toHaveLength(1)
    await page.getByRole('button', { name: 'Sign out' }).click()
    await page.getByRole('button', { name: 'Delete and sign out' }).click()
    await page.locator('main.sign-in').waitFor()
    expect((await namesOf(page)).filter((name) => /draft|send/.test(name))).toEqual([])
    await page.close()
  })

  it('asks nothing if nothing is written, and the session has ended on the server', async () => {
    const page = await office.visit('bob')
    const cookies = await page.context().cookies()
    await page.getByRole('button', { name: 'Sign out' }).click()
    await page.locator('main.sign-in').waitFor()
    await page.context().addCookies(cookies)
    await page.reload()
    await page.locator('main.sign-in').waitFor()
    await page.close()
  })

  it('keeps what is written if the session only expires', async () => {
    const page = await office.visit('ada')
    await write(page)
    await page.context().clearCookies()
    await page.reload()
    await page.locator('main.sign-in').waitFor()
    expect((await namesOf(page)).filter(isDraft)).toHaveLength(1)
    await page.close()
  })

  it('is needed to forget a session, of which the scripts of the page know no secret', async () => {
    const page = await office.visit('ada')
    await write(page)
    const cookies = await page.context().cookies()
    expect(cookies.map(({ httpOnly, sameSite }) => [httpOnly, sameSite])).toEqual([[true, 'Lax']])
    const known = JSON.stringify([
      await kept(page),
      await page.evaluate(() => [document.cookie, { ...sessionStorage }, document.documentElement.outerHTML]),
    ])
    for (const { value } of cookies) expect(known).not.toContain(value)
    await page.close()
  })
})
