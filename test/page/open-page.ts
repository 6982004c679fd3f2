import { mkdirSync } from 'node:fs'
import { type AddressInfo, connect, createServer as createPipe, type Server, type Socket } from 'node:net'
import { join } from 'node:path'
import { type Adapter, isParleyError } from '@parley/core'
import { createDesk, createInbox, createStore, createSync } from '@parley/inbox'
import { type SandboxVendor, type ServedEmulator, sandbox } from '@parley/sandbox'
import { createServer, type InboxServer, type PersonAccess } from '@parley/server'
import type { BrowserContext, Locator, Page } from 'playwright-core'
import { openChromium } from '../browser/chromium.ts'
import { loadVendors } from '../vendors.ts'

/** Set it to a folder to write a screenshot of each screen there. */
const shots = process.env['PARLEY_SCREENSHOTS']

/** A support team's server over emulated vendors, and a browser. */
export interface Office {
  readonly url: string
  /** Syncs what is new at the vendors. */
  sync(): Promise<void>
  /** Signs somebody in, in a browser session of their own. */
  visit(person?: Person, how?: VisitOptions & { path?: string }): Promise<Page>
  /** An empty page, in a browser session of its own. */
  open(how?: VisitOptions): Promise<Page>
  signIn(page: Page, person: Person): Promise<void>
  /** Breaks every connection to the server at once, without an answer, and takes no more of them. */
  kill(): Promise<void>
  /** Starts another server over the same store, at the same address. */
  restart(): Promise<void>
  /** The account of a vendor, as the word before the first colon of its refs names it. */
  account(vendor: string): Adapter
  /** The emulator of a vendor. */
  vendor(vendor: string): ServedEmulator
  close(): Promise<void>
}

type Person = 'ada' | 'bob' | 'rea'

interface VisitOptions {
  width?: number
  height?: number
  scheme?: 'light' | 'dark'
}

/**
 * Opens the office. Every conversation is synced.
 *
 * @param url of a PostgreSQL. Default: an embedded database.
 */
export async function openOffice({
  scale = 0.02,
  url: database,
}: {
  scale?: number
  url?: string
} = {}): Promise<Office> {
  const vendors = await sandbox.start({ now: Date.now(), scale })
  const operatorIds: Record<string, string> = {}
  const emulators = new Map<string, ServedEmulator>()
  const accounts = (await loadVendors()).map((vendor) => {
    const emulator = vendors[vendor.name as SandboxVendor]
    const adapter = vendor.create({ ...emulator.accountOptions, account: 'shop', rate: false })
    const id = vendor.operatorId(emulator)
    emulators.set(adapter.vendor, emulator)
    if (id !== undefined) operatorIds[`${adapter.vendor}:${adapter.account}`] = id
    return adapter
  })
  const store = await createStore(database === undefined ? {} : { url: database })
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
  let isOpen = true
  // A request whose browser was closed can meet a closed store. A test of a database of its own takes it away.
  const isExpected = (error: unknown) =>
    !isOpen || (database !== undefined && isParleyError(error) && error.code === 'network')
  const onError = (error: unknown) => isExpected(error) || errors.push(error)
  let inner = 0
  const pipe = await openPipe(() => inner)
  const { url } = pipe
  async function open(): Promise<InboxServer> {
    const server = createServer({
      ...{ ...parts, people, publicUrl: url, onError },
    })
    inner = Number(new URL((await server.listen({ port: 0 })).url).port)
    return server
  }
  let server = await open()
  const browser = await openChromium()
  const closing: Promise<void>[] = []
  const contexts: BrowserContext[] = []

  async function blank({ width = 1440, height = 900, scheme = 'light' }: VisitOptions = {}): Promise<Page> {
    const context = await browser.newContext({
      ...{ viewport: { width, height }, colorScheme: scheme, locale: 'en-GB' },
    })
    contexts.push(context)
    const page = await context.newPage()
    page.setDefaultTimeout(60_000)
    return page
  }
  async function signIn(page: Page, person: Person): Promise<void> {
    await page.goto(await server.signInLink(person))
    await page.getByRole('button', { name: 'Sign in' }).click()
    await page.locator('.shell').waitFor()
  }

  return {
    url,
    async sync() {
      await parts.sync.runOnce()
    },
    open: blank,
    async visit(person = 'ada', { path = '/', ...how } = {}) {
      const page = await blank(how)
      await signIn(page, person)
      if (path !== '/') await page.goto(`${url}${path}`)
      return page
    },
    signIn,
    async kill() {
      await pipe.close()
      // What it had begun goes on, as the work of a vendor does.
      closing.push(server.close())
    },
    async restart() {
      server = await open()
      await pipe.open()
    },
    account: (vendor) => found(accounts.find((account) => account.vendor === vendor)),
    vendor: (vendor) => found(emulators.get(vendor)),
    async close() {
      isOpen = false
      await Promise.all(contexts.map((context) => context.close()))
      await browser.close()
      await pipe.close()
      await Promise.all([...closing, server.close()])
      await store.close()
      await vendors.stop()
      if (errors.length > 0) throw new AggregateError(errors, 'The server had unexpected errors.')
    },
  }
}

/** Passes connections on to a port. To break them is what a client sees of a server that was killed. */
async function openPipe(port: () => number) {
  const sockets = new Set<Socket>()
  let server: Server | undefined
  let own = 0
  const pipe = {
    url: '',
    async open() {
      const opened = createPipe((client) => {
        const target = connect(port(), '127.0.0.1')
        for (const [one, other] of [
          [client, target],
          [target, client],
        ] as const) {
          sockets.add(one)
          one.on('error', () => other.destroy()).on('close', () => sockets.delete(one))
          one.pipe(other)
        }
      })
      await new Promise<void>((resolve) => opened.listen(own, '127.0.0.1', resolve))
      own = (opened.address() as AddressInfo).port
      pipe.url = `http://127.0.0.1:${own}`
      server = opened
    },
    async close() {
      const closed = new Promise<void>((resolve) => (server ? server.close(() => resolve()) : resolve()))
      server = undefined
      for (const socket of sockets) socket.destroy()
      await closed
    },
  }
  await pipe.open()
  return pipe
}

function found<Value>(value: Value | undefined): Value {
  if (value === undefined) throw new Error('The test names something that does not exist.')
  return value
}

export const vendors = ['agent-conversation', 'langgraph', 'leadconnector', 'livechatai'] as const

/** The address of the list of one account, or of all, without what is closed. */
export const listPath = (vendor?: string): string =>
  `/?filter=${encodeURIComponent(JSON.stringify({ ...(vendor && { accounts: [`${vendor}:shop`] }), status: 'open' }))}`

/** The refs of the rows that are drawn, from the top. */
export async function refsOf(page: Page): Promise<string[]> {
  const rows = await page
    .locator('li:has(> a.row)')
    .evaluateAll((all) =>
      all.map((row) => [Number(row.getAttribute('aria-posinset')), row.querySelector('a')?.dataset['ref']] as const),
    )
  return rows.sort(([a], [b]) => a - b).map(([, ref]) => String(ref))
}

/** The vendor's id of what a ref names. */
export const idIn = (ref: string): string => decodeURIComponent(ref.split('/')[2] ?? '')

/** Opens a conversation from the list, and waits for its messages. @returns its ref. */
export async function openRow(page: Page, row: Locator = page.locator('a.row').first()): Promise<string> {
  const ref = String(await row.getAttribute('data-ref'))
  await row.click()
  await page.locator('[data-message]').first().waitFor()
  return ref
}

/** What is said in a conversation at the vendor, newest first. */
export async function textsAt(account: Adapter, ref: string): Promise<string[]> {
  const { items } = await found(account.messages?.list)(idIn(ref))
  return items.map(({ text }) => text ?? '')
}

/** Writes a screenshot, if a folder was given. */
export async function shoot(page: Page, name: string): Promise<void> {
  if (!shots) return
  mkdirSync(shots, { recursive: true })
  await page.screenshot({ path: join(shots, `${name}.png`) })
}
