import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Sandbox, sandbox, sandboxVendors, testClock } from '../src/index.ts'

let running: Sandbox

beforeAll(async () => {
  running = await sandbox.start({ seed: 7 })
})
afterAll(() => running.stop())

test('the sandbox serves each vendor on its own port of this machine', () => {
  const urls = sandboxVendors.map((vendor) => running[vendor].url)
  expect(sandboxVendors).toEqual(sandboxVendors.toSorted())
  expect(new Set(urls).size).toBe(sandboxVendors.length)
  for (const url of urls) expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/)
  expect(running.world.seed).toBe(7)
})

test('the sandbox has the same credentials for the same seed', async () => {
  const again = await sandbox.start({ seed: 7, vendors: ['agentConversation', 'liveChatAI'] })
  expect(again.agentConversation.credentials).toEqual(running.agentConversation.credentials)
  expect(again.liveChatAI.credentials).toEqual(running.liveChatAI.credentials)
  await again.stop()
})

test('the sandbox serves only the requested vendors, on consecutive ports', async () => {
  const only = await sandbox.start({ vendors: ['liveChatAI'] })
  expect('leadConnector' in only).toBe(false)
  const { port } = new URL(only.liveChatAI.url)
  await only.stop()
  const fixed = await sandbox.start({
    vendors: ['liveChatAI'],
    port: Number(port) - sandboxVendors.indexOf('liveChatAI'),
  })
  expect(new URL(fixed.liveChatAI.url).port).toBe(port)
  await fixed.stop()
})

test('the sandbox leaves nothing listening if a port is taken', async () => {
  const taken = Number(new URL(running.leadConnector.url).port)
  const first = taken - sandboxVendors.indexOf('leadConnector')
  await expect(sandbox.start({ port: first })).rejects.toThrow('EADDRINUSE')
  await expect(fetch(`http://127.0.0.1:${first}`)).rejects.toThrow()
})

test('the sandbox stops at once with requests that hang, and can be stopped twice', async () => {
  const other = await sandbox.start({ seed: 7 })
  other.agentConversation.faults.next({ kind: 'hang' })
  const hanging = expect(fetch(other.agentConversation.url)).rejects.toThrow()
  await expect.poll(() => other.agentConversation.requests.length).toBe(1)
  await other.stop()
  await hanging
  await other.stop()
})

test('the sandbox states the options that open the account of each vendor', () => {
  for (const vendor of sandboxVendors) {
    const { accountOptions, url, credentials } = running[vendor]
    const { baseUrl, ...others } = accountOptions
    expect(baseUrl.startsWith(url)).toBe(true)
    expect(credentials).toMatchObject(others)
    expect(Object.values(others).filter(Boolean).length).toBeGreaterThan(0)
  }
})

test('the sandbox accepts a clock whose methods use `this`', async () => {
  class Stopped {
    readonly #at = Date.UTC(2030, 0, 1)
    now = function (this: Stopped) {
      return this.#at
    }
    after() {
      return () => {}
    }
  }
  const other = await sandbox.start({ clock: new Stopped(), vendors: ['agentConversation'] })
  expect((await fetch(other.agentConversation.url)).status).toBe(404)
  await other.stop()
})

test('the sandbox advances the given clock', async () => {
  const other = await sandbox.start({ clock: testClock('2030-01-01T00:00:00Z'), vendors: ['agentConversation'] })
  expect(other.world.now).toBe(Date.UTC(2030, 0, 1))
  await other.stop()
})
