import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { createServer } from '@parley/server'
import { afterAll, describe, expect, it } from 'vitest'
import { appOf } from '../src/app.ts'
import { authOf } from '../src/auth.ts'
import { pageIn } from '../src/page.ts'
import { openHarness, requestOf, secrets } from './harness.ts'

const harness = await openHarness()
const folder = await mkdtemp(join(tmpdir(), 'parley-page-'))
const built = join(folder, 'page')
await mkdir(join(built, 'assets'), { recursive: true })
const script = `console.log(${JSON.stringify('x'.repeat(5000))})`
for (const [name, text] of [
  [
    'index.html',
    '<!doctype html><meta property="csp-nonce" nonce="%NONCE%"><script type="module" nonce="%NONCE%" src="/assets/a-1.js"></script>',
  ],
  ['icon.svg', '<svg xmlns="http://www.w3.org/2000/svg"/>'],
  ['assets/a-1.js', script],
  ['assets/a-2.css', 'body { margin: 0 }'],
  ['../secret.txt', 'a secret'],
] as const)
  await writeFile(join(built, name), text)
afterAll(async () => {
  await harness.close()
  await rm(folder, { recursive: true })
})

const serving = (at: string, options = harness.options) => {
  const auth = authOf(options)
  const app = appOf({
    ...{ options, auth, events: {} as never, isClosing: () => false },
    page: pageIn(pathToFileURL(`${at}/`)),
  })
  return { auth, ask: requestOf({ fetch: async (request) => app.fetch(request) }) }
}
const { ask, auth } = serving(built)

describe('the page', () => {
  it('needs no session, is kept by nobody, and runs only scripts of its own', async () => {
    const page = await ask('/')
    expect([page.status, page.headers.get('content-type'), page.headers.get('cache-control')]).toEqual([
      ...[200, 'text/html; charset=UTF-8', 'no-store'],
    ])
    const policy = page.headers.get('content-security-policy') ?? ''
    const [, nonce = ''] = /script-src 'nonce-([^']+)' 'self';/.exec(policy) ?? []
    expect(nonce.length).toBeGreaterThan(20)
    const html = await page.text()
    expect(html.split(`nonce="${nonce}"`)).toHaveLength(3)
    expect(html).not.toContain('%NONCE%')
    expect(policy.replaceAll(nonce, 'N').split(/; */)).toEqual([
      "default-src 'none'",
      "script-src 'nonce-N' 'self'",
      "style-src 'self' 'nonce-N'",
      "style-src-attr 'unsafe-inline'",
      "img-src 'self' data: blob: https:",
      "connect-src 'self'",
      "font-src 'self'",
      "media-src 'self' blob:",
      "worker-src 'self'",
      "frame-src 'self' blob:",
      "object-src 'none'",
      "base-uri 'none'",
      "form-action 'self'",
      "frame-ancestors 'none'",
    ])
  })

  it('has a nonce of its own in each answer', async () => {
    const [one, two] = await Promise.all([ask('/'), ask('/')])
    expect(await one.text()).not.toBe(await two.text())
  })

  it.each([
    ['/assets/a-1.js', 'text/javascript', 'public, max-age=31536000, immutable', script],
    ['/assets/a-2.css', 'text/css', 'public, max-age=31536000, immutable', 'body { margin: 0 }'],
    ['/icon.svg', 'image/svg+xml', 'public, max-age=86400', '<svg xmlns="http://www.w3.org/2000/svg"/>'],
  ])('has the file %s with its type, to be kept', async (path, type, cache, content) => {
    const file = await ask(path)
    expect([file.status, file.headers.get('cache-control'), await file.text()]).toEqual([200, cache, content])
    expect(file.headers.get('content-type')).toMatch(new RegExp(`^${type.replace('+', '\\+')}`))
    expect(file.headers.get('x-content-type-options')).toBe('nosniff')
  })

  it('is compressed for browsers that ask for it', async () => {
    const file = await ask('/assets/a-1.js', { headers: { 'accept-encoding': 'gzip' } })
    expect([file.headers.get('content-encoding'), file.headers.get('vary')]).toEqual(['gzip', 'Accept-Encoding'])
    const plain = new Response(file.body?.pipeThrough(new DecompressionStream('gzip')))
    expect(await plain.text()).toBe(script)
  })

  it.each(['/', '/assets/a-1.js', '/icon.svg'])('answers HEAD for %s as GET, without the content', async (path) => {
    const [head, get] = await Promise.all([ask(path, { method: 'HEAD' }), ask(path)])
    expect([head.status, await head.text()]).toEqual([200, ''])
    expect(head.headers.get('content-type')).toBe(get.headers.get('content-type'))
  })

  it.each([
    ...['/assets/../../secret.txt', '/assets/..%2F..%2Fsecret.txt', '/assets/%2e%2e/%2e%2e/secret.txt'],
    ...['/assets/a-3.js', '/assets/', '/index.html', '/secret.txt', '/assets/%00', '/assets/__proto__', '/icon.svg/'],
  ])('has nothing under %s', async (path) => {
    const answer = await ask(path)
    expect([answer.status, answer.headers.get('content-type')]).toEqual([404, 'application/problem+json'])
  })

  it.each(['/', '/assets/a-1.js'])('is not given under the name of another host: %s', async (path) => {
    expect((await ask(new Request(`http://evil.example${path}`))).status).toBe(421)
  })

  it('is where a person goes who has signed in', async () => {
    const origin = { origin: 'http://localhost' }
    const signIn = async (own: ReturnType<typeof serving>) => {
      const secret = await own.auth.newLink('ann')
      return (await own.ask(`/sign-in/${secret}`, { method: 'POST', headers: origin })).headers.get('location')
    }
    expect(await signIn({ ask, auth })).toBe('/')
    expect(await signIn(serving(join(folder, 'none')))).toBe('/v1/session')
  })

  it('says what is missing where it was not built, and the API works', async () => {
    const { ask: get } = serving(join(folder, 'none'))
    const page = await get('/')
    expect([page.status, await page.text()]).toEqual([404, expect.stringContaining('pnpm build')])
    const headers = { authorization: `Bearer ${secrets.reader}` }
    expect((await get('/v1/session', { headers })).status).toBe(200)
  })

  it('does not exist on a server that is an API only, and its data is never there without a session', async () => {
    const api = requestOf(createServer({ ...harness.options, page: false }))
    expect((await api('/')).status).toBe(404)
    expect((await ask('/v1/accounts')).status).toBe(401)
  })

  it('leaves the policy of all other answers as it was', async () => {
    const policy = (await ask('/health/live')).headers.get('content-security-policy')
    expect(policy).toBe("default-src 'none'; frame-ancestors 'none'; sandbox")
  })
})
