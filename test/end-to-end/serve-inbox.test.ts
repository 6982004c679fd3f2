import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer as createTcpServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sandbox } from '@parley/sandbox'
import { afterAll, describe, expect, it } from 'vitest'
import { startCommand } from './support/command.ts'

interface Shown {
  url: string
  signIn: string
}
interface Listed {
  items: { ref: string; conversation: { lastMessage?: { text?: string } } }[]
}

const vendor = await sandbox.start({ scale: 0.02, vendors: ['liveChatAI'], now: Date.now() })
const folder = mkdtempSync(join(tmpdir(), 'parley-serve-'))
const config = join(folder, 'parley.json')
const { liveChatAI } = vendor
writeFileSync(
  config,
  JSON.stringify({
    accounts: [{ vendor: 'livechatai', account: 'desk', rate: false, ...liveChatAI.accountOptions }],
    store: { folder: 'store' },
    people: [
      { id: 'ada', name: 'Ada', operatorIds: { 'livechatai:desk': liveChatAI.accountOptions.operatorId } },
      { id: 'bob' },
    ],
    operator: 'ada',
  }),
)
afterAll(async () => {
  await vendor.stop()
  rmSync(folder, { recursive: true })
})

/** Starts `parley inbox`, and waits for its address. */
async function start(...args: string[]) {
  const running = startCommand(['inbox', '--json', ...args], { cwd: folder })
  running.stdin?.end()
  let [out, notes] = ['', '']
  running.stdout?.on('data', (text) => {
    out += text
  })
  running.stderr?.on('data', (text) => {
    notes += text
  })
  await Promise.race([expect.poll(() => out).toContain('\n'), running.ended])
  if (!out.includes('\n')) throw new Error(`It ended: ${JSON.stringify(await running.ended)}`)
  const { url, signIn } = JSON.parse(out) as Shown
  /** Signs in as the browser of a person does. */
  const signedIn = async () => {
    const answer = await fetch(signIn, { method: 'POST', headers: { origin: url }, redirect: 'manual' })
    expect(answer.status).toBe(303)
    const [cookie = ''] = answer.headers.getSetCookie().map((each) => each.split(';')[0])
    const call = async <T>(path: string, body?: object): Promise<T> => {
      const headers = { cookie, origin: url, ...(body && { 'content-type': 'application/json' }) }
      const response = await fetch(
        `${url}${path}`,
        body ? { method: 'POST', headers, body: JSON.stringify(body) } : { headers },
      )
      const answered = (await response.json()) as T
      expect(response.status, JSON.stringify(answered)).toBeLessThan(300)
      return answered
    }
    return Object.assign(call, { stream: () => fetch(`${url}/v1/events`, { headers: { cookie } }) })
  }
  return { running, url, signIn, signedIn, notes: () => notes }
}

async function endsWithZero({ running, url }: Awaited<ReturnType<typeof start>>) {
  running.kill('SIGTERM')
  expect(await running.ended).toMatchObject({ status: 0 })
  await expect(fetch(url)).rejects.toThrow()
}

describe('parley inbox without a command', () => {
  it('serves the accounts of a configuration, so that a person signs in, reads, replies, and ends it by SIGTERM', async () => {
    const inbox = await start('--config', config, '--port', '0')
    const call = await inbox.signedIn()
    expect(await call('/v1/session')).toMatchObject({ person: { id: 'ada' }, role: 'admin' })
    expect(await call('/v1/people')).toMatchObject({ items: [{ id: 'ada' }, { id: 'bob' }] })
    const list = () => call<Listed>('/v1/conversations?limit=5')
    await expect.poll(async () => (await list()).items.length).toBe(5)
    const [{ ref = '' } = {}] = (await list()).items
    const sent = await call(`/v1/conversations/${encodeURIComponent(ref)}/reply`, { text: 'We open at 9.' })
    expect(sent).toMatchObject({ state: 'sent', by: { id: 'ada' } })

    await expect.poll(() => inbox.notes()).toContain('New messages appear by themselves.')
    expect(inbox.notes()).toContain('Syncing livechatai:desk into the folder')
    // The link is a result, and no note.
    expect(inbox.notes()).not.toContain(new URL(inbox.signIn).pathname)
    // A stream that a browser follows does not hold up the end.
    const stream = await call.stream()
    expect(stream.headers.get('content-type')).toContain('text/event-stream')
    await endsWithZero(inbox)

    const again = await start('--config', config, '--port', '0', '--as', 'bob')
    expect(await (await again.signedIn())('/v1/session')).toMatchObject({ person: { id: 'bob' }, role: 'admin' })
    await endsWithZero(again)
  })

  it('serves the emulated vendors from memory, and customers go on writing', async () => {
    const inbox = await start('--sandbox', '--port', '0')
    const call = await inbox.signedIn()
    expect(await call('/v1/session')).toMatchObject({ person: { id: 'you' }, role: 'admin' })
    const isRead = expect.poll(() => inbox.notes(), { timeout: 180_000 })
    await isRead.toContain('New messages appear by themselves.')
    const began = new Date().toISOString()
    const since = `/v1/conversations?since=${encodeURIComponent(began)}&unknown=exclude&limit=1`
    await expect.poll(async () => (await call<Listed>(since)).items.length, { timeout: 180_000 }).toBe(1)
    expect(existsSync(join(folder, 'parley-sandbox'))).toBe(false)
    await endsWithZero(inbox)
  })

  it('takes the next port if its own is in use, and refuses a given one', async () => {
    const taken = createTcpServer()
    // Another program may have it, which is as good.
    await new Promise<void>((resolve) => taken.once('error', () => resolve()).listen(8642, '127.0.0.1', resolve))
    const refused = startCommand(['inbox', '--config', config, '--port', '8642'], { cwd: folder })
    expect(await refused.ended).toMatchObject({
      ...{ status: 1, stdout: '' },
      stderr: expect.stringContaining(
        'Port 8642 of 127.0.0.1 is in use. Use another --port, or 0 for any.\n',
      ) as string,
    })
    const inbox = await start('--config', config)
    expect(Number(new URL(inbox.url).port)).toBeGreaterThan(8642)
    await endsWithZero(inbox)
    await new Promise((resolve) => taken.close(resolve))
  })

  it('refuses another host than loopback without the address under which browsers reach it', async () => {
    const refused = startCommand(['inbox', '--config', config, '--port', '0', '--host', '0.0.0.0'], { cwd: folder })
    expect(await refused.ended).toMatchObject({
      ...{ status: 2, stdout: '' },
      stderr: expect.stringContaining('--host needs --public-url') as string,
    })
    const inbox = await start(
      '--config',
      config,
      '--port',
      '0',
      '--host',
      '0.0.0.0',
      '--public-url',
      'http://127.0.0.1:1/',
    )
    expect(inbox.url).toBe('http://127.0.0.1:1')
    expect(inbox.signIn).toMatch(/^http:\/\/127\.0\.0\.1:1\/sign-in\//)
    inbox.running.kill('SIGINT')
    expect(await inbox.running.ended).toMatchObject({ status: 0 })
  })
})
