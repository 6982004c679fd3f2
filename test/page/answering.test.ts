import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { chromiumPath } from '../browser/chromium.ts'
import { idIn, listPath, type Office, openOffice, openRow, shoot, textsAt, vendors } from './open-page.ts'

const title = chromiumPath ? 'answering on the page' : 'answering on the page (skipped: this machine has no Chromium)'

describe.skipIf(!chromiumPath)(title, () => {
  let office: Office
  beforeAll(async () => {
    office = await openOffice()
  })
  afterAll(() => office?.close())

  const field = (page: Page) => page.locator('.composer-field')

  async function send(page: Page, text: string): Promise<void> {
    await field(page).fill(text)
    await page.locator('.composer-send[aria-disabled="false"]').waitFor()
    await field(page).press('Control+Enter')
  }
  /** How often a text is in a conversation at its vendor. */
  async function timesAt(ref: string, text: string): Promise<number> {
    const texts = await textsAt(office.account(ref.split(':')[0] as string), ref)
    return texts.filter((each) => each === text).length
  }
  async function visit(vendor: string, person: 'ada' | 'bob' = 'ada'): Promise<[page: Page, ref: string]> {
    const page = await office.visit(person, { path: listPath(vendor) })
    return [page, await openRow(page)]
  }
  const openAgain = (page: Page, ref: string) => page.goto(`${office.url}/?conversation=${encodeURIComponent(ref)}`)
  const said = (page: Page, text: string) => page.locator('[data-message]').getByText(text)

  it('brings a reply to each vendor exactly once', async () => {
    const page = await office.visit()
    for (const vendor of vendors) {
      await page.goto(office.url + listPath(vendor))
      const ref = await openRow(page)
      await send(page, `We open at nine, ${vendor}.`)
      await said(page, `We open at nine, ${vendor}.`).waitFor()
      expect(await field(page).inputValue()).toBe('')
      await page.locator('.open-send').waitFor({ state: 'detached' })
      expect(await timesAt(ref, `We open at nine, ${vendor}.`)).toBe(1)
      // The vendor was given no channel that nobody has chosen.
      expect(await page.getByText('channel has no effect').count()).toBe(0)
    }
    await page.context().close()
  })

  it('keeps a note from the contact: it is a note at the vendor, or it is only here', async () => {
    const [page, ref] = await visit('leadconnector')
    await page.keyboard.press('n')
    await send(page, 'Be kind to her.')
    await said(page, 'Be kind to her.').waitFor()
    const { items } = (await office.account('leadconnector').messages?.list?.(idIn(ref))) ?? { items: [] }
    const notes = items.filter(({ text }) => text === 'Be kind to her.')
    expect(notes.map(({ direction }) => direction)).toEqual(['internal'])
    await shoot(page, 'note')
    // The note is now the last message, and the reply goes over the channel of the message before.
    await office.sync()
    await page.keyboard.press('Escape')
    await page.keyboard.press('r')
    await send(page, 'Here is what you asked for.')
    await page.locator('.open-send').waitFor({ state: 'detached' })
    expect(await timesAt(ref, 'Here is what you asked for.')).toBe(1)

    await page.goto(office.url + listPath('agent-conversation'))
    const other = await openRow(page)
    await page.getByRole('button', { name: 'Note', exact: true }).click()
    await send(page, 'Call him on Monday.')
    await page.locator('[data-message^="note:"]').getByText('Call him on Monday.').waitFor()
    expect(await timesAt(other, 'Call him on Monday.')).toBe(0)
    await page.context().close()
  })

  it('takes a conversation over from the agent, and releases it', async () => {
    const page = await office.visit('ada', { path: listPath('agent-conversation') })
    const ref = await openRow(page, page.locator('a.row:has([aria-label="The AI agent answers"])').last())
    const holder = async () => (await office.account('agent-conversation').control?.get?.(idIn(ref)))?.holder
    await page.getByRole('button', { name: 'Take over' }).click()
    await page.locator('.fact[data-control="operator"]').waitFor()
    expect(await holder()).toBe('operator')
    await shoot(page, 'taken-over')
    await page.getByRole('button', { name: 'Let the AI answer' }).click()
    await page.locator('.fact[data-control="agent"]').waitFor()
    expect(await holder()).toBe('agent')
    await page.context().close()
  })

  it('closes a conversation and opens it again', async () => {
    const [page, ref] = await visit('livechatai')
    await page.locator('.head-commands').getByRole('button', { name: 'Close', exact: true }).click()
    await page.locator('.fact[data-status="closed"]').waitFor()
    expect((await office.account('livechatai').conversations?.get?.(idIn(ref)))?.status).toMatchObject({
      value: 'closed',
    })
    await page.getByRole('button', { name: 'Reopen' }).click()
    await page.locator('.fact[data-status="open"]').waitFor()
    await page.context().close()
  })

  it('sends nothing if a colleague has answered meanwhile, keeps the text, and sends it if it is asked to', async () => {
    const [ada, ref] = await visit('leadconnector')
    await field(ada).fill('Take the red one.')
    // Ada's page does not learn of what Bob does.
    await ada.route(/\/v1\/conversations\/[^/]+\/(?:messages|sends)/, (route) => route.abort())
    const bob = await office.visit('bob', { path: `/?conversation=${encodeURIComponent(ref)}` })
    await bob.locator('[data-message]').first().waitFor()
    await send(bob, 'Take the blue one.')
    await said(bob, 'Take the blue one.').waitFor()

    await field(ada).press('Control+Enter')
    const moved = ada.locator('.moved')
    await moved.getByText('Take the blue one.').waitFor()
    expect(await field(ada).inputValue()).toBe('Take the red one.')
    expect(await timesAt(ref, 'Take the red one.')).toBe(0)
    await shoot(ada, 'conflict')

    await ada.unroute(/\/v1\/conversations\/[^/]+\/(?:messages|sends)/)
    await moved.getByText('Bob Stone').waitFor()
    await moved.getByRole('button', { name: 'Send anyway' }).click()
    await said(ada, 'Take the red one.').waitFor()
    expect(await timesAt(ref, 'Take the red one.')).toBe(1)
    await Promise.all([ada.context().close(), bob.context().close()])
  })

  it('keeps a draft over a reload, and marks its row', async () => {
    const [page, ref] = await visit('livechatai')
    await field(page).fill('About your order')
    await page.reload()
    await page.locator(`a.row[data-ref="${ref}"]`).getByText('Draft:').waitFor()
    await expect.poll(() => field(page).inputValue()).toBe('About your order')
    await page.context().close()
  })

  it('sends a reply exactly once, although the server was killed while it was under way', async () => {
    const [page, ref] = await visit('leadconnector')
    const { faults, requests } = office.vendor('leadconnector')
    const text = 'It is on its way to you.'
    faults.next({ kind: 'delay', milliseconds: 2_000, on: { method: 'POST', path: /messages/ } })
    await send(page, text)
    const arrived = () => requests.filter(({ body }) => JSON.stringify(body)?.includes(text)).length
    await expect.poll(arrived).toBe(1)
    await office.kill()
    await page.getByText('No connection to the server.').first().waitFor()
    await page.locator('.open-send').getByText(text).waitFor()
    await shoot(page, 'offline')
    await office.restart()
    await page.locator('.live[data-state="live"]').waitFor()
    await said(page, text).waitFor()
    await page.locator('.open-send').waitFor({ state: 'detached' })
    expect(arrived()).toBe(1)
    expect(await timesAt(ref, text)).toBe(1)
    await page.context().close()
  })

  it('keeps what was typed and what was sent when the session ends, until somebody signs in again', async () => {
    const [page, ref] = await visit('livechatai')
    await field(page).fill('Is it still for sale?')
    const draft = await openRow(
      page,
      page
        .locator('a.row')
        .filter({ hasNotText: /No text|No message yet/ })
        .nth(1),
    )
    await field(page).fill('This is not finished')
    await openRow(page, page.locator(`a.row[data-ref="${ref}"]`))
    await page.locator('.composer-send[aria-disabled="false"]').waitFor()
    // The server forgets the session, and this page does not know it.
    expect(await page.evaluate(async () => (await fetch('/v1/session', { method: 'DELETE' })).status)).toBeLessThan(300)
    await field(page).press('Control+Enter')
    await page.getByRole('heading', { name: 'You are not signed in' }).waitFor()
    await page.getByText('Your session has ended. What you have written is kept.').waitFor()
    expect(await timesAt(ref, 'Is it still for sale?')).toBe(0)
    await shoot(page, 'session-ended')

    await office.signIn(page, 'ada')
    await openAgain(page, draft)
    await expect.poll(() => field(page).inputValue()).toBe('This is not finished')
    await openAgain(page, ref)
    await said(page, 'Is it still for sale?').waitFor()
    expect(await timesAt(ref, 'Is it still for sale?')).toBe(1)
    await page.context().close()
  })

  it('gives the agent what it waits for', async () => {
    const langgraph = office.account('langgraph')
    const asked = await langgraph.messages?.ask?.(
      { contact: 'contact-of-nobody' },
      { text: 'Can I speak to a human, please?' },
    )
    expect(asked?.outcome).toBe('needs-input')
    await office.sync()
    const ref = `langgraph:shop/conversation/${encodeURIComponent(asked?.conversationId ?? '')}`
    const page = await office.visit('ada', { path: `/?conversation=${encodeURIComponent(ref)}` })
    const inputs = page.getByRole('region', { name: 'The agent waits for a person' })
    await inputs.getByText('Can I speak to a human, please?').waitFor()
    await shoot(page, 'input')
    // The vendor would refuse a reply.
    await field(page).fill('Hello?')
    await page.getByText('The agent waits for an answer. Give it above').waitFor()
    expect(await page.locator('.composer-send').getAttribute('aria-disabled')).toBe('true')
    await inputs.getByLabel('Answer to the agent').fill('Tell them that Bob calls back.')
    await inputs.getByRole('button', { name: 'Answer' }).click()
    await page.getByText('The agent has gone on and answered.').waitFor()
    await inputs.waitFor({ state: 'detached' })
    await page.locator('.composer-send[aria-disabled="false"]').waitFor()
    expect((await langgraph.control?.get?.(idIn(ref)))?.inputRequests ?? []).toEqual([])
    await page.context().close()
  })

  it('answers over another channel than that of the last message, if it is asked to', async () => {
    const ref = await twoChannels()
    const page = await office.visit('ada', { path: `/?conversation=${encodeURIComponent(ref)}` })
    const channel = page.getByLabel('Channel of the reply')
    expect(await channel.inputValue()).toBe('email')
    await page.getByLabel('Subject').waitFor()
    await channel.selectOption('SMS')
    await page.getByLabel('Subject').waitFor({ state: 'detached' })
    await page.reload()
    expect(await channel.inputValue()).toBe('sms')
    const { requests } = office.vendor('leadconnector')
    await send(page, 'You get this as a text message.')
    await page.locator('.open-send').waitFor({ state: 'detached' })
    const sent = requests.filter(({ body }) => JSON.stringify(body)?.includes('You get this as a text message.'))
    expect(sent.map(({ body }) => (body as { type?: unknown }).type)).toEqual(['SMS'])
    await page.context().close()
  })

  it('puts a reply away that the vendor refused, when nobody wants it any more', async () => {
    const [page, ref] = await visit('leadconnector')
    const { faults } = office.vendor('leadconnector')
    faults.next({ kind: 'status', status: 400, on: { method: 'POST', path: /messages/ } })
    await send(page, 'Nobody wants to read this.')
    const failed = page.locator('.open-send', { hasText: 'Not sent' })
    await failed.waitFor()
    await shoot(page, 'failed')
    await failed.getByRole('button', { name: 'Dismiss' }).click()
    await failed.waitFor({ state: 'detached' })
    await page.reload()
    await page.locator('[data-message]').first().waitFor()
    expect(await failed.count()).toBe(0)
    expect(await timesAt(ref, 'Nobody wants to read this.')).toBe(0)
    await page.context().close()
  })

  /** A conversation with an SMS, of which the last message of the contact is an email. A colleague has written a note since. */
  async function twoChannels(): Promise<string> {
    const account = office.account('leadconnector')
    const { items = [] } = (await account.conversations?.list?.({ channel: 'sms' })) ?? {}
    const found = items.find(({ lastMessage }) => lastMessage?.text)
    if (!found) throw new Error('There is no conversation over SMS.')
    const { plant } = office.vendor('leadconnector')
    plant(found.id, { by: 'contact', kind: 'email', text: 'I have moved to email.' })
    await account.messages?.note?.(found.id, { text: 'They have moved to email.' })
    await office.sync()
    return found.ref
  }

  it('refuses a wrong sign-in link', async () => {
    const page = await office.open()
    await page.goto(office.url)
    const link = page.getByLabel('Sign-in link')
    await link.fill('https://elsewhere.example/sign-in/word')
    await link.press('Enter')
    await page.getByText('This is not a sign-in link of this server.').waitFor()
    await link.fill(`${office.url}/sign-in/word`)
    await link.press('Enter')
    await page.waitForURL('**/sign-in/word')
    await page.getByRole('button', { name: 'Sign in' }).click()
    await page.getByText('This link was used before, or it has expired.').waitFor()
    expect((await page.context().request.get(`${office.url}/v1/session`)).status()).toBe(401)
    await shoot(page, 'wrong-link')
    await page.context().close()
  })
})
