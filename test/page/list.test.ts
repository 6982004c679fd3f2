import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { chromiumPath } from '../browser/chromium.ts'
import { type Office, openOffice, shoot } from './open-page.ts'

const title = chromiumPath ? 'the list of the page' : 'the list of the page (skipped: this machine has no Chromium)'

describe.skipIf(!chromiumPath)(title, () => {
  let office: Office
  beforeAll(async () => {
    office = await openOffice()
  })
  afterAll(() => office?.close())

  it('shows the conversations of all accounts, and opens one', async () => {
    const page = await office.visit()
    const rows = page.locator('a.row')
    await rows.first().waitFor()
    const accounts = new Set<string>()
    for (const ref of await rows.evaluateAll((all) => all.map((row) => row.getAttribute('data-ref'))))
      accounts.add(String(ref).split('/')[0] as string)
    expect(accounts.size).toBeGreaterThan(1)
    await shoot(page, 'list')
    await rows.first().click()
    await expect.poll(() => new URL(page.url()).searchParams.get('conversation')).toBeTruthy()
    expect(await rows.first().getAttribute('aria-current')).toBe('true')
    await page.close()
  })

  it('shows what happens at a vendor without being asked, and moves nothing while it is scrolled', async () => {
    const page = await office.visit('ada', { height: 500 })
    const rows = page.locator('a.row')
    await rows.first().waitFor()
    const [conversation] = (await office.accounts[0]?.conversations?.list?.({ limit: 1 }))?.items ?? []
    const vendor = Object.values(office.vendors).find(
      (each) => typeof each === 'object' && 'plant' in each && each.plant,
    ) as { plant: (conversation: string, message: object) => unknown } | undefined
    expect([conversation !== undefined, vendor !== undefined]).toEqual([true, true])
    await page.close()
  })
})
