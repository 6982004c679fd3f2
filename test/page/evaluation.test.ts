import type { Adapter, Answer } from '@parley/core'
import { type Evaluation, evaluate, evaluationHtml } from '@parley/swap'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { chromiumPath, openChromium } from '../browser/chromium.ts'
import { groups } from './hostile-texts.ts'

const title = chromiumPath
  ? 'the page of an evaluation, of which all content is hostile'
  : 'the page of an evaluation, of which all content is hostile (skipped: this machine has no Chromium)'

/** An agent whose answers, sources and failures are what an attacker writes. */
function hostileAgent(vendor: string, said: (question: string) => string): Adapter {
  const reason = 'It is so.'
  return {
    ...{ vendor, account: 'main', unsupported: {} },
    limits: { pageSize: {}, filters: {}, text: {}, rate: [], notes: [] },
    traits: async () => ({
      answerReach: { value: 'caller', reason },
      conversationsPerContact: { value: 'many', reason },
    }),
    messages: {
      async ask(_, { text }) {
        const url = said(text)
        const kind = { value: 'website', native: url } as const
        const source = { id: 'x', ref: `${vendor}:main/source/x`, vendor, account: 'main', kind, title: null, url }
        return {
          ...{ outcome: 'answered', text: url, message: null, messages: [], sources: [source], sourcesState: 'inline' },
          ...{ conversationId: 'c', conversationRef: null, warnings: [] },
          attempt: { kind: 'ask', conversationId: null, messageId: null, text, startedAt: '2026-01-15T12:00:00Z' },
        } as Answer
      },
    },
  }
}

/** All texts at once. */
const whole: Evaluation = await evaluate({
  agents: [
    { adapter: hostileAgent('one', (text) => text) },
    {
      adapter: hostileAgent('two', (text) => `\u202E${text.repeat(20).slice(0, 4_000)}`),
      name: groups[0] ?? 'two',
    },
  ],
  questions: groups
    .filter((text) => text.trim() !== '')
    .map((text, index) => ({ id: `${index} ${text.slice(0, 40)}`, text })),
  scorers: { length: ({ answer }) => ({ score: 0.5, reason: answer.text }) },
})

describe.skipIf(!chromiumPath)(title, () => {
  let browser: Browser
  let page: Page
  const harm: string[] = []

  beforeAll(async () => {
    browser = await openChromium()
    page = await browser.newPage({ viewport: { width: 1280, height: 900 } })
    page.on('request', (request) => {
      if (!request.url().startsWith('about:')) harm.push(`asked for ${request.url().slice(0, 200)}`)
    })
    page.on('dialog', (dialog) => {
      harm.push('dialog')
      void dialog.dismiss()
    })
    page.on('pageerror', (error) => harm.push(`error ${error}`))
  })
  afterAll(async () => {
    await browser?.close()
  })

  it('asks for nothing, runs nothing, and has no element that a text has made', async () => {
    await page.setContent(evaluationHtml(whole))
    await page.evaluate(() => {
      for (const details of document.querySelectorAll('details')) details.open = true
    })
    const found = await page.evaluate(() => ({
      ran: Reflect.get(window, '__ran') as unknown,
      elements: [...new Set([...document.querySelectorAll('*')].map(({ localName }) => localName))].sort(),
      links: [...document.querySelectorAll('a')]
        .map(({ protocol }) => protocol)
        .filter((name) => !/^https?:$/.test(name)),
      handlers: [...document.querySelectorAll('*')].flatMap((each) =>
        each.getAttributeNames().filter((name) => name.startsWith('on') || name === 'style'),
      ),
    }))
    const own =
      'a article bdi body details div h1 h2 h3 head header html li main meta p section span style summary table tbody td th thead time title tr ul'
    expect(found.elements.filter((name) => !own.split(' ').includes(name))).toEqual([])
    expect(found).toMatchObject({ links: [], handlers: [] })
    expect(found.ran).toBeUndefined()
    expect(harm).toEqual([])
  })

  it.each([360, 1280])('is not wider than a screen of %i pixels', async (width) => {
    await page.setViewportSize({ width, height: 800 })
    await page.setContent(evaluationHtml(whole))
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width)
  })

  it('a text that reverses its direction reverses nothing after it', async () => {
    await page.setViewportSize({ width: 1280, height: 900 })
    const adapter = hostileAgent('one', () => '\u202E\u2067abc')
    await page.setContent(
      evaluationHtml(await evaluate({ agents: [{ adapter }], questions: [{ id: '\u202Eq', text: '\u202Eq' }] })),
    )
    const reversed = await page.evaluate(() =>
      [...document.querySelectorAll('h2, h3, td, p.dim')].flatMap((each) => {
        const { left, right } = each.getBoundingClientRect()
        const range = document.createRange()
        range.selectNodeContents(each)
        const text = range.getBoundingClientRect()
        return each.textContent !== '' && text.left - left > right - text.right ? [each.outerHTML] : []
      }),
    )
    // Every other text begins at the left.
    expect(reversed).toEqual([])
  })
})
