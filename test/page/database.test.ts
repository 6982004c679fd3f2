import { startPostgres } from '@parley/testkit/postgres'
import { afterAll, describe, expect, it } from 'vitest'
import { chromiumPath } from '../browser/chromium.ts'
import { idIn, listPath, openOffice, openRow, shoot, textsAt } from './open-page.ts'

const postgres = chromiumPath ? await startPostgres() : 'this machine has no Chromium'
const isMissing = typeof postgres === 'string'
afterAll(() => (isMissing ? undefined : postgres.stop()))

describe.skipIf(isMissing)(`the page${isMissing ? ` (skipped: ${postgres})` : ''}, when the database goes away`, () => {
  it('says so, keeps what is written and sent, and goes on when it is back', async () => {
    if (isMissing) throw new Error(postgres)
    const office = await openOffice({ url: await postgres.createDatabase() })
    try {
      const page = await office.visit('ada', { path: listPath('leadconnector') })
      const ref = await openRow(page)
      const field = page.locator('.composer-field')
      const text = 'The parcel left us this morning.'
      await page.locator('.composer-send[aria-disabled]').waitFor()
      await field.fill(text)
      await page.locator('.composer-send[aria-disabled="false"]').waitFor()

      await postgres.crash()
      await field.press('Control+Enter')
      await page.locator('.open-send').getByText(text).waitFor()
      await page.getByText('No answer yet. It is sent again by itself, and never twice.').waitFor()
      await field.fill('And this is only a draft')
      // What was read stays, and what was not cannot be read.
      await page.locator('[data-message]').first().waitFor()
      await page.getByRole('link', { name: 'Quality' }).click()
      await page.getByRole('button', { name: 'Try again' }).first().waitFor()
      await shoot(page, 'database-away')

      await postgres.start()
      await page.getByRole('button', { name: 'Try again' }).first().click()
      await page.locator('.chart').first().waitFor()
      await page.goBack()
      await page.locator('[data-message]').getByText(text).waitFor()
      await page.locator('.open-send').waitFor({ state: 'detached' })
      expect(await field.inputValue()).toBe('And this is only a draft')
      const texts = await textsAt(office.account('leadconnector'), ref)
      expect(texts.filter((each) => each === text)).toEqual([text])

      // The changes of the others arrive again.
      office.vendor('leadconnector').plant(idIn(ref), { by: 'contact', text: 'Thank you very much' })
      await office.sync()
      await page.locator('[data-message]').getByText('Thank you very much').waitFor()
    } finally {
      await office.close()
    }
  })
})
