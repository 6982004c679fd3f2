import { type ChildProcess, spawn } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { systemClock } from '@parley/core'
import { fileStore } from '@parley/core/node'
import { leadConnectorOAuth } from '@parley/leadconnector/oauth'
import { sandbox } from '@parley/sandbox'
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest'
import { hurriedClock, temporaryFolder } from '../../../core/test/state-store/stores.ts'
import type { ChildTask } from './child.ts'

const desk = await sandbox.start({ seed: 7, vendors: ['leadConnector'], clock: systemClock })
afterAll(() => desk.stop())
const vendor = desk.leadConnector
const { clientId = '', clientSecret = '', authorizationCode = '', locationId = '' } = vendor.credentials
const options = { clientId, clientSecret, baseUrl: vendor.url }
const key = ['leadconnector', clientId, 'location', locationId].map(encodeURIComponent).join('/')

const children: ChildProcess[] = []
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL')
})

interface Child {
  go(): void
  kill(): Promise<void>
  /** The next line that it prints and that begins so, without that. */
  says(word: string): Promise<string>
}

function start(task: Pick<ChildTask, 'what' | 'folder'>): Child {
  const sources = fileURLToPath(new URL('../../../testkit/src/sources.ts', import.meta.url))
  const program = fileURLToPath(new URL('./child.ts', import.meta.url))
  const argument: ChildTask = { key, locationId, options, ...task }
  const child = spawn(process.execPath, ['--import', sources, program, JSON.stringify(argument)], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  children.push(child)
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  return {
    go: () => child.stdin.write('go\n'),
    async kill() {
      child.kill('SIGKILL')
      await ended
    },
    async says(word) {
      for (;;) {
        const { value, done } = await lines.next()
        if (done) throw new Error(`it ended without saying "${word}"`)
        if (value.startsWith(word)) return value.slice(word.length + 1)
      }
    },
  }
}

let folder: string
beforeEach(async () => {
  vendor.reset()
  folder = temporaryFolder()
  const store = fileStore({ folder })
  await leadConnectorOAuth({ ...options, store }).exchange(authorizationCode)
  const kept = JSON.parse((await store.get(key)) as string) as { about: object }
  // As it is after a day.
  await store.set(key, JSON.stringify({ ...kept, about: { ...kept.about, expiresAt: '2026-01-01T00:00:00.000Z' } }))
})

/** This process, for which the time of a lease passes at once. */
const here = () => leadConnectorOAuth({ ...options, store: fileStore({ folder, clock: hurriedClock() }) })

const refreshes = () =>
  vendor.requests.filter(({ path, method }) => method === 'POST' && path.startsWith('/oauth/token')).length - 1

describe('processes that share a folder', { timeout: 60_000 }, () => {
  it('refresh a token once, and all of them get the new one', async () => {
    const all = [1, 2, 3].map(() => start({ what: 'ask', folder }))
    for (const child of all) await child.says('ready')
    for (const child of all) child.go()
    const tokens = await Promise.all(all.map((child) => child.says('token')))
    expect(new Set(tokens).size).toBe(1)
    expect(refreshes()).toBe(1)
    const stored = (await fileStore({ folder }).get(key)) as string
    expect(JSON.parse(stored)).toMatchObject({ accessToken: tokens[0] })
    expect(readdirSync(folder)).toHaveLength(1)
  })

  it('wait for the process with the lock, and continue if it was killed', async () => {
    const holder = start({ what: 'hold', folder })
    await holder.says('held')
    let isOver = false
    const { store, waits } = waitingStore()
    const token = leadConnectorOAuth({ ...options, store })
      .credential({ locationId })()
      .finally(() => {
        isOver = true
      })
    await waits()
    expect(isOver).toBe(false)
    expect(refreshes()).toBe(0)
    await holder.kill()
    expect(await token).toMatch(/^eyJ/)
    expect(refreshes()).toBe(1)
    expect(readdirSync(folder)).toHaveLength(1)
  })

  it('keep the account if one is killed between the vendor’s answer and the store', async () => {
    const before = await fileStore({ folder }).get(key)
    const unlucky = start({ what: 'stall', folder })
    await unlucky.says('ready')
    unlucky.go()
    expect(await unlucky.says('answered')).toBe('200')
    await unlucky.kill()
    // The refresh token that is stored is used up; the vendor's grace gives the pair that was lost once more.
    expect(await fileStore({ folder }).get(key)).toBe(before)
    const oauth = here()
    const token = await oauth.credential({ locationId })()
    expect(refreshes()).toBe(2)
    expect(JSON.parse((await fileStore({ folder }).get(key)) as string)).toMatchObject({ accessToken: token })
    await oauth.refresh({ locationId })
    expect(refreshes()).toBe(3)
  })
})

/** A store of this process whose waits pass at once, but only after the test has seen the first of them. */
function waitingStore() {
  const clock = hurriedClock()
  let seen = () => {}
  const first = new Promise<void>((resolve) => {
    seen = resolve
  })
  const store = fileStore({
    folder,
    clock: {
      now: clock.now,
      after(milliseconds, callback) {
        seen()
        return clock.after(milliseconds, callback)
      },
    },
  })
  return { store, waits: () => first }
}
