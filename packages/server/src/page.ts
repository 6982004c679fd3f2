import { readdir, readFile } from 'node:fs/promises'
import { join, relative, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Context, Hono } from 'hono'
import { compress } from 'hono/compress'
import { NONCE, secureHeaders } from 'hono/secure-headers'
import { getMimeType } from 'hono/utils/mime'
import type { ServerOptions } from './options.ts'
import type { Env } from './problems.ts'

/** The built page: its HTML, and every other file by its path in the address. */
interface Built {
  html: string
  files: ReadonlyMap<string, Uint8Array<ArrayBuffer>>
}

export interface Page {
  /** The patterns of its addresses. They have a content security policy of their own. */
  readonly paths: readonly string[]
  /** `undefined`: it was not built. It is read once. */
  built(): Promise<Built | undefined>
}

/** In the HTML, it stands for the nonce of an answer. */
const mark = '%NONCE%'

/** The page next to the code of this package, whether that is built or not. */
export const ownPage = (): Page => pageIn(new URL('../dist/page/', import.meta.url))

export function pageIn(folder: URL): Page {
  let built: Promise<Built | undefined> | undefined
  return {
    paths: ['/', '/assets/*', '/icon.svg'],
    built() {
      built ??= read(fileURLToPath(folder))
      return built
    },
  }
}

async function read(folder: string): Promise<Built | undefined> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => [])
  const paths = entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name))
  const files = new Map<string, Uint8Array<ArrayBuffer>>()
  for (const path of paths) {
    const name = relative(folder, path).split(sep).join('/')
    files.set(`/${name}`, new Uint8Array(await readFile(path)))
  }
  const html = files.get('/index.html')
  files.delete('/index.html')
  return html && { html: new TextDecoder().decode(html), files }
}

/**
 * Serves the page. Nobody has to be signed in for it, because it has no data: the page reads all of it from the API. Only the
 * files that were built are served, each from memory.
 */
export function addPage(app: Hono<Env>, page: Page, { publicUrl }: ServerOptions): void {
  const headers = secureHeaders({
    contentSecurityPolicy: {
      defaultSrc: ["'none'"],
      scriptSrc: [NONCE, "'self'"],
      styleSrc: ["'self'", NONCE],
      // The frame in which an email is shown inherits the policy, and emails have such attributes.
      styleSrcAttr: ["'unsafe-inline'"],
      // Images of emails are loaded on request. The frame itself has a stricter policy before.
      imgSrc: ["'self'", 'data:', 'blob:', 'https:'],
      connectSrc: ["'self'"],
      fontSrc: ["'self'"],
      mediaSrc: ["'self'", 'blob:'],
      workerSrc: ["'self'"],
      frameSrc: ["'self'", 'blob:'],
      objectSrc: ["'none'"],
      baseUri: ["'none'"],
      formAction: ["'self'"],
      frameAncestors: ["'none'"],
    },
    xFrameOptions: 'DENY',
    referrerPolicy: 'same-origin',
    strictTransportSecurity: publicUrl?.startsWith('https:') ? 'max-age=31536000' : false,
  })
  for (const path of page.paths) app.use(path, headers)
  app.get('/', async (c) => {
    c.set('route', '/')
    c.header('cache-control', 'no-store')
    const built = await page.built()
    if (!built) return c.text(notBuilt, 404)
    return c.html(built.html.replaceAll(mark, c.get('secureHeadersNonce') ?? ''))
  })
  const file = (cacheControl: string) => async (c: Context<Env>) => {
    const found = (await page.built())?.files.get(c.req.path)
    if (!found) return c.notFound()
    c.set('route', '/assets/{file}')
    const type = getMimeType(c.req.path) ?? 'application/octet-stream'
    return c.body(found, 200, {
      ...{ 'content-type': type, 'content-length': String(found.byteLength), 'cache-control': cacheControl },
    })
  }
  app.use('/assets/*', compress())
  // Their names have a hash of their content.
  app.get('/assets/*', file('public, max-age=31536000, immutable'))
  app.get('/icon.svg', file('public, max-age=86400'))
}

const notBuilt = `The page of the inbox was not built.
Build the package with "pnpm build", or set the option "page" of createServer to false. The API works without the page.
`
