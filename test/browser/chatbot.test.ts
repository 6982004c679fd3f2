import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { type Chatbot, createChatbot } from '@parley/chatbot'
import { type Adapter, memoryStore, parseRef, requireOperation, type StateStore, supports } from '@parley/core'
import { sandbox } from '@parley/sandbox'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { serveChat } from '../../docs/examples/chatbot/server.ts'
import { loadVendors } from '../vendors.ts'
import { chromiumPath, openChromium } from './chromium.ts'

/*
 * The example of the guide, in a real browser: `useChat` of the AI SDK over each vendor's emulator.
 */

const hours = 'When are you open on Saturday?'
const vendors = await loadVendors()
/** Set it to a folder to see what the pages look like. */
const shots = process.env['PARLEY_SCREENSHOTS']
const title = chromiumPath ? 'the page of a chatbot' : 'the page of a chatbot (skipped: this machine has no Chromium)'

describe.skipIf(!chromiumPath)(title, () => {
  let desk: Awaited<ReturnType<typeof sandbox.start>>
  let browser: Browser
  let context: BrowserContext
  beforeAll(async () => {
    desk = await sandbox.start({ now: Date.now(), scale: 0.2 })
    browser = await openChromium()
    context = await browser.newContext()
  })
  afterAll(async () => {
    await browser?.close()
    await desk?.stop()
  })
  beforeEach(() => {
    for (const { name } of vendors) desk[name].reset()
  })

  /** Serves the website and opens its page as a new visitor. */
  async function visit(bot: Chatbot, work: (page: Page, bot: Chatbot) => Promise<void>): Promise<void> {
    const { url, stop } = await serveChat(bot, 0)
    await context.clearCookies()
    const page = await context.newPage()
    page.setDefaultTimeout(15_000)
    try {
      await page.goto(url)
      await work(page, bot)
    } finally {
      await page.close()
      stop()
    }
  }

  /** Whether the account's agent says what it answers from. */
  async function citesSources(agent: Adapter): Promise<boolean> {
    const answer = await requireOperation(agent, 'messages.ask')({ visitor: { externalId: 'other' } }, { text: hours })
    const { message, sourcesState } = answer
    if (sourcesState !== 'fetchable' || !message) return answer.sources.length > 0
    return (await requireOperation(agent, 'sources.list')(message)).items.length > 0
  }

  const ask = async (page: Page, text: string) => {
    await page.getByLabel('Message').fill(text)
    await page.getByRole('button', { name: 'Send' }).click()
  }
  const answers = (page: Page) => page.locator('li.assistant')

  describe.each(vendors.map((vendor) => [vendor.label, vendor] as const))('over %s', (label, vendor) => {
    const agentWith = (options: object = {}): Adapter =>
      vendor.create({ ...desk[vendor.name].accountOptions, rate: false, ...options })
    const shoot = async (page: Page, name: string) => {
      if (!shots) return
      mkdirSync(shots, { recursive: true })
      await page.screenshot({ path: join(shots, `${label}-${name}.png`), fullPage: true })
    }

    it('shows answers with their sources, goes on, and has the chat again after a reload', async () => {
      await visit(createChatbot({ agent: agentWith() }), async (page) => {
        await ask(page, hours)
        const first = answers(page).first()
        await first.getByText('Saturday from 10:00').waitFor()
        expect((await first.locator('ul li').count()) > 0).toBe(await citesSources(agentWith()))
        await ask(page, 'Do you sell gift cards?')
        await answers(page).nth(1).getByText('25 to 500 euro').waitFor()
        await shoot(page, 'answers')
        await page.reload()
        await answers(page).nth(1).waitFor()
        expect(await page.locator('ol > li').count()).toBe(4)
      })
    })

    it('shows the answer although the page was left while the agent was answering', async () => {
      await visit(createChatbot({ agent: agentWith() }), async (page) => {
        const isSent = page.waitForResponse((response) => response.request().method() === 'POST')
        await ask(page, hours)
        await isSent
        await page.reload()
        await answers(page).first().getByText('Saturday from 10:00').waitFor()
        expect(await page.locator('ol > li').count()).toBe(2)
      })
    })

    it('shows what a person answers after a hand-off', async () => {
      const agent = agentWith()
      await visit(createChatbot({ agent }), async (page, bot) => {
        await ask(page, hours)
        await answers(page).first().getByText('Saturday from 10:00').waitFor()
        await page.getByRole('button', { name: 'Talk to a person' }).click()
        await page.getByText(/A person will answer you\.|We have told a colleague\./).waitFor()
        if (!supports(agent, 'messages.reply')) return
        const [cookie] = await page.context().cookies()
        const { conversationRef } = await bot.status({ externalId: `anonymous-${cookie?.value}` })
        const operatorId = vendor.operatorId(desk[vendor.name])
        const reply = (text: string) =>
          requireOperation(agent, 'messages.reply')(
            parseRef(conversationRef as string).id,
            { text, ...(operatorId !== undefined && { operatorId }) },
            { takeOver: 'if-needed' },
          )
        await reply('This is Ben. How can I help?')
        await page.getByText('This is Ben. How can I help?').waitFor()
        if ((await bot.status({ externalId: `anonymous-${cookie?.value}` })).control?.holder === 'operator') {
          await ask(page, 'Is my bicycle ready?')
          await page
            .getByText(/Your message has arrived\.|A person will answer you\./)
            .first()
            .waitFor()
          await reply('It is ready.')
          await page.getByText('It is ready.').waitFor()
        }
        await shoot(page, 'person')
      })
    })

    it('says that a message could not be sent, without a word of the cause', async () => {
      const store: StateStore = memoryStore()
      let isBroken = false
      const failing: StateStore = {
        ...store,
        get: (key) => (isBroken ? Promise.reject(new Error('password=hunter2')) : store.get(key)),
      }
      await visit(createChatbot({ agent: agentWith(), store: failing }), async (page) => {
        await page.getByLabel('Message').waitFor()
        isBroken = true
        await ask(page, hours)
        await page.getByText('The chat does not work at the moment.').waitFor()
        expect(await page.content()).not.toContain('hunter2')
        // The message was not sent, so it can be sent again.
        expect(await page.getByLabel('Message').inputValue()).toBe(hours)
        expect(await page.locator('li.user').count()).toBe(0)
        await shoot(page, 'error')
        isBroken = false
        await ask(page, 'Do you sell gift cards?')
        await answers(page).first().waitFor()
      })
    })
  })
})
