import type { Page } from 'playwright-core'
import { openChromium } from '../browser/chromium.ts'
import { startDatabase } from './inbox/database.ts'
import { accountNames } from './inbox/rows.ts'
import { fillDesk } from './load/fill.ts'
import { createSigner } from './load/flood.ts'
import { serveApart } from './load/serve.ts'
import { quantile, type Row, row } from './measure.ts'

/** How far the list moves in one frame, in pixels: as somebody reads it, and as somebody looks for its end. */
const speeds = { reading: 30, looking: 900 } as const
const framesEach = 600

/**
 * The list of the real page with 50,000 conversations in a Chromium, scrolled frame by frame. The same scrolling of an empty
 * element shows what the machine and its browser can do.
 */
export async function benchPage(show: (row: Row) => void, isSmall: boolean): Promise<void> {
  const conversations = isSmall ? 1000 : 50_000
  const postgres = await startDatabase()
  const browser = await openChromium()
  try {
    process.stderr.write(`${postgres.machine}\n`)
    const bench = await postgres.open()
    await fillDesk(bench, { conversations, messages: 0, overlays: conversations / 20 })
    const accounts = accountNames.map((name) => `acme:${name}`)
    const signer = createSigner()
    const webhook = { account: 'leadconnector:shop', locationId: signer.locationId, publicKey: signer.publicKey }
    await bench.pool.query('insert into parley.accounts (name) values ($1)', [webhook.account])
    const secret = 'ada-'.padEnd(40, 'x')
    const server = await serveApart({
      ...{ url: bench.url, accounts: [...accounts, webhook.account], webhook },
      tokens: [{ name: 'ada', role: 'operator', secret, accounts }],
    })
    try {
      const context = await browser.newContext({
        ...{ viewport: { width: 1440, height: 900 }, extraHTTPHeaders: { authorization: `Bearer ${secret}` } },
      })
      const page = await context.newPage()
      page.setDefaultTimeout(120_000)
      await page.goto(`${server.url}/?view=all`)
      await page.locator('a.row').first().waitFor()
      const plain = await context.newPage()
      await plain.setContent('<div class="rows" style="height:800px;overflow:auto"><div style="height:5000000px">')
      const wide = `${conversations} conversations`
      const first = await scrolled(page, speeds.looking, framesEach)
      show(
        row(
          `page: frames of a list that is loaded while it is scrolled: p95 µs, against an empty one`,
          p95(first),
          p95(await scrolled(plain, speeds.looking, framesEach)),
        ),
      )
      await loadAll(page)
      for (const [name, pixels] of Object.entries(speeds)) {
        const [ours, theirs] = [await scrolled(page, -pixels, framesEach), await scrolled(plain, -pixels, framesEach)]
        const onTime = ours.filter((frame) => frame <= 17.5).length / ours.length
        process.stderr.write(
          `${name}: ${(onTime * 100).toFixed(1)} % of the frames within 17.5 ms, the longest ${Math.max(...ours).toFixed(0)} ms (empty: ${Math.max(...theirs).toFixed(0)} ms)\n`,
        )
        show(
          row(
            `page: frames of ${wide}, ${name} (${pixels} pixels a frame): p95 µs, against an empty list`,
            p95(ours),
            p95(theirs),
          ),
        )
        show(row(`page: the same: median µs`, quantile(ours, 0.5) * 1000, quantile(theirs, 0.5) * 1000))
      }
    } finally {
      await server.stop()
    }
  } finally {
    await browser.close()
    await postgres.stop()
  }
}

const p95 = (frames: readonly number[]): number => quantile(frames, 0.95) * 1000

/** Scrolls the list by so many pixels in each frame. @returns how long each frame took, in milliseconds. */
async function scrolled(page: Page, pixels: number, frames: number): Promise<number[]> {
  await page.bringToFront()
  return page.evaluate(
    async ([pixels, frames]) => {
      const rows = document.querySelector('.rows') as Element
      const frame = () => new Promise<number>((resolve) => requestAnimationFrame(resolve))
      const times: number[] = []
      if (pixels < 0) rows.scrollTop = rows.scrollHeight
      await frame()
      for (let last = await frame(); times.length < frames; ) {
        rows.scrollTop += pixels
        const now = await frame()
        times.push(now - last)
        last = now
      }
      return times
    },
    [pixels, frames] as const,
  )
}

/** Scrolls to the end until there is nothing more. */
async function loadAll(page: Page): Promise<void> {
  await page.bringToFront()
  await page.evaluate(async () => {
    const rows = document.querySelector('.rows') as Element
    while (!rows.textContent?.includes('That is all.')) {
      rows.scrollTop = rows.scrollHeight
      await new Promise((resolve) => setTimeout(resolve, 10))
    }
  })
}
