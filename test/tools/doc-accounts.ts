import { type Sandbox, type SandboxVendor, type ServedEmulator, sandbox } from '@parley/sandbox'
import { loadVendors, nameOf } from '../vendors.ts'

/**
 * The accounts of the examples. Emulators respond to the requests, with the emulator's credentials and ids in place of
 * the made-up ones of an example.
 */
export interface DocAccounts {
  readonly fetch: typeof fetch
  /** The environment variables of the examples. */
  readonly environment: Readonly<Record<string, string>>
  readonly vendors: Sandbox
  stop(): Promise<void>
}

/** How the examples write an account: `packages/<vendor>/test/doc-account.ts`. */
interface DocAccount {
  /** The origins of the examples' requests. */
  readonly origins: readonly string[]
  /** The headers that carry a credential, with the emulator's own credential. */
  readonly headers: Readonly<Record<string, string>>
  /** The ids of an example, and the emulator's ids. */
  readonly ids: Readonly<Record<string, string>>
  /** The environment variables of the examples. */
  readonly environment: Readonly<Record<string, string>>
}

export type OpenDocAccount<Name extends SandboxVendor = SandboxVendor> = (
  emulator: Sandbox[Name],
) => DocAccount | Promise<DocAccount>

export async function openDocAccounts(): Promise<DocAccounts> {
  const vendors = await sandbox.start()
  const accounts = await Promise.all(
    (await loadVendors()).map(async (vendor) => {
      const path = `../../packages/${nameOf(vendor)}/test/doc-account.ts`
      const { openDocAccount } = (await import(path)) as { openDocAccount(emulator: ServedEmulator): DocAccount }
      const emulator = vendors[vendor.name]
      return { url: emulator.url, ...(await openDocAccount(emulator)) }
    }),
  )
  const { fetch: real } = globalThis
  return {
    vendors,
    environment: Object.assign({ SHOP_KEY: 'key' }, ...accounts.map(({ environment }) => environment)),
    async fetch(input, init) {
      const request = new Request(input, init)
      const { origin } = new URL(request.url)
      const account = accounts.find(({ origins }) => origins.includes(origin))
      if (account) return real(await moved(request, origin, account))
      if (new URL(request.url).hostname === '127.0.0.1') return real(request)
      throw new TypeError(`An example asks ${origin}, which no emulator stands for`)
    },
    stop: vendors.stop,
  }
}

type Moved = Pick<DocAccount, 'headers' | 'ids'> & { readonly url: string }

async function moved(request: Request, origin: string, { url, headers, ids }: Moved): Promise<Request> {
  const own = (text: string) => ids[text] ?? text
  const target = new URL(request.url.replace(origin, url))
  target.pathname = target.pathname.split('/').map(own).join('/')
  for (const [name, value] of [...target.searchParams]) target.searchParams.set(name, own(value))
  const sent = new Headers(request.headers)
  for (const [name, value] of Object.entries(headers)) if (sent.has(name)) sent.set(name, value)
  sent.delete('content-length')
  const { method, signal } = request
  const { body, contentType } = await bodyOf(request, own)
  if (contentType === null) sent.delete('content-type')
  return new Request(target, {
    method,
    headers: sent,
    signal,
    redirect: request.redirect,
    ...(body !== null && { body }),
  })
}

/** Replaces the ids in JSON and forms. Other bodies stay unchanged. */
async function bodyOf(request: Request, own: (text: string) => string) {
  const contentType = request.headers.get('content-type')
  if (request.body === null) return { body: null, contentType }
  if (contentType?.includes('json')) {
    const text = await request.text()
    const body = JSON.stringify(JSON.parse(text, (_, value) => (typeof value === 'string' ? own(value) : value)))
    return { body, contentType }
  }
  if (contentType?.startsWith('multipart/')) {
    const body = new FormData()
    for (const [name, value] of await request.formData()) {
      if (typeof value === 'string') body.append(name, own(value))
      else body.append(name, value, value.name)
    }
    // `Request` sets the content type, with the boundary.
    return { body, contentType: null }
  }
  return { body: await request.arrayBuffer(), contentType }
}
