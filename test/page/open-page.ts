import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Adapter } from '@parley/core'
import { createDesk, createInbox, createStore, createSync } from '@parley/inbox'
import { type Sandbox, type SandboxVendor, sandbox } from '@parley/sandbox'
import { createServer, type InboxServer, type PersonAccess } from '@parley/server'
import type { BrowserContext, Page } from 'playwright-core'
import { openChromium } from '../browser/chromium.ts'
import { loadVendors } from '../vendors.ts'

/** Set it to a folder to write a screenshot of each screen there. */
const shots = process.env['PARLEY_SCREENSHOTS']

/** A support team's server over emulated vendors, and a browser. */
export interface Office {
  readonly vendors: Sandbox
  readonly accounts: readonly Adapter[]
  readonly url: string
  /** Syncs what is new at the vendors. */
  sync(): Promise<void>
  /** Signs somebody in, in a browser session of their own. */
  visit(person?: 'ada' | 'bob' | 'rea', how?: VisitOptions): Promise<Page>
  /** Ends the server as a crash would, and starts it again at the same address. */
  kill(): Promise<void>
  restart(): Promise<void>
  signInLink(person: string): Promise<string>
  close(): Promise<void>
}

interface VisitOptions {
  width?: number
  height?: number
  scheme?: 'light' | 'dark'
  language?: string
  path?: string
}

/** Opens the office. Every conversation is synced. */
export async function openOffice(scale = 0.1): Promise<Office> {
  const vendors = await sandbox.start({ now: Date.now(), scale })
  const operatorIds: Record<string, string> = {}
  const accounts = (await loadVendors()).map((vendor) => {
    const emulator = vendors[vendor.name as SandboxVendor]
    const adapter = vendor.create({ ...emulator.accountOptions, account: 'shop', rate: false })
    const id = vendor.operatorId(emulator)
    if (id !== undefined) operatorIds[`${adapter.vendor}:${adapter.account}`] = id
    return adapter
  })
  const store = await createStore()
  const parts = {
    store,
    sync: createSync({ store, accounts }),
    desk: createDesk({ store, accounts }),
    inbox: createInbox({ store, accounts }),
  }
  await parts.sync.runOnce()
  const people: PersonAccess[] = [
    { id: 'ada', name: 'Ada Lovelace', role: 'admin', operatorIds },
    { id: 'bob', name: 'Bob Stone', role: 'operator', operatorIds },
    { id: 'rea', name: 'Rea Lund', role: 'reader' },
  ]
  const errors: unknown[] = []
  const open = () => createServer({ ...parts, people, onError: (error) => errors.push(error) })
  let server: InboxServer = open()
  const { url } = await server.listen({ port: 0 })
  const browser = await openChromium()
  const contexts: BrowserContext[] = []

  return {
    vendors,
    accounts,
    url,
    async sync() {
      await parts.sync.runOnce()
    },
    async visit(person = 'ada', { width = 1440, height = 900, scheme = 'light', language = 'en-GB', path = '/' } = {}) {
      const context = await browser.newContext({
        viewport: { width, height },
        colorScheme: scheme,
        locale: language,
      })
      contexts.push(context)
      const page = await context.newPage()
      page.setDefaultTimeout(30_000)
      await page.goto(await server.signInLink(person))
      await page.getByRole('button', { name: 'Sign in' }).click()
      await page.getByRole('heading', { level: 1 }).waitFor()
      if (path !== '/') await page.goto(`${url}${path}`)
      return page
    },
    kill: () => server.close(),
    async restart() {
      server = open()
      await server.listen({ port: Number(new URL(url).port) })
    },
    signInLink: (person) => server.signInLink(person),
    async close() {
      await Promise.all(contexts.map((context) => context.close()))
      await browser.close()
      await server.close()
      await store.close()
      await vendors.stop()
      if (errors.length > 0) throw new AggregateError(errors, 'The server had unexpected errors.')
    },
  }
}

/** Writes a screenshot, if a folder was given. */
export async function shoot(page: Page, name: string): Promise<void> {
  if (!shots) return
  mkdirSync(shots, { recursive: true })
  await page.screenshot({ path: join(shots, `${name}.png`) })
}
