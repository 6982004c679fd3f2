import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInbox, createStore } from '@parley/inbox'
import { type CreateEmulator, createWorld, defaultNow, emulators, runningClock, serveEmulator } from '@parley/sandbox'
import { expect, it, onTestFinished } from 'vitest'
import { poolOf } from '../../packages/inbox/src/store/database.ts'
import { compare, heldBy } from '../sync/simulation/compare.ts'
import { docBlocks } from '../tools/doc-blocks.ts'
import { loadVendors } from '../vendors.ts'

// The first one's adapter says the agent of a conversation only when it has read the agents, which need not be due again.
const vendors = (await loadVendors()).slice(1)

/** A part of the world, so that all of it is read in a second. */
function smallWorld() {
  const world = createWorld(7, defaultNow)
  const dialogues = world.dialogues.filter(({ turns }) => turns.length < 50).slice(0, 12)
  const writers = new Set(dialogues.map(({ person }) => person))
  return { ...world, dialogues, people: world.people.filter(({ key }) => writers.has(key)) }
}

async function served() {
  const world = smallWorld()
  return Promise.all(
    vendors.map(async ({ name, definition, create }) => {
      const emulator = await serveEmulator(emulators[name] as CreateEmulator, {
        world,
        clock: runningClock(defaultNow),
        name,
      })
      onTestFinished(() => emulator.stop())
      if ('rateLimit' in emulator.settings) Object.assign(emulator.settings, { rateLimit: false })
      const options = { account: 'desk', rate: false as const, ...emulator.accountOptions }
      return {
        emulator,
        name: `${definition.vendor}:desk`,
        code: `${name}(${JSON.stringify(options)})`,
        adapter: create(options),
      }
    }),
  )
}

/** The program of the quick start, with these accounts and a folder, which reads everything. */
function programOf(accounts: readonly string[], folder: string): string {
  const [quickStart] = docBlocks(join(import.meta.dirname, '../../docs/synced-inbox.md'))
  const imports = vendors.map(({ name, definition }) => `import { ${name} } from '@parley/${definition.vendor}'`)
  const changes: [RegExp, string][] = [
    [/^import .* from '@parley\/(?!inbox).*$/m, imports.join('\n')],
    [/(?<=^const accounts = ).*$/m, `[${accounts.join(', ')}]`],
    [/(?<=createStore\()(?=\))/, JSON.stringify({ folder })],
    [/(?<=runOnce\()\{.*\}(?=\))/, ''],
  ]
  return changes.reduce((code, [find, replace]) => {
    expect(code).toMatch(find)
    return code.replace(find, replace)
  }, quickStart?.code ?? '')
}

it('the program of the quick start is killed at any moment, goes on, and answers from the store', async () => {
  const accounts = await served()
  const folder = mkdtempSync(join(tmpdir(), 'parley-killed-'))
  const file = join(import.meta.dirname, `.killed-${process.pid}.ts`)
  onTestFinished(() => {
    for (const path of [folder, file]) rmSync(path, { recursive: true, force: true })
  })
  const inbox = join(folder, 'inbox')
  const program = programOf(
    accounts.map(({ code }) => code),
    inbox,
  )
  expect(program.split('\n').filter((line) => line !== '').length).toBeLessThanOrEqual(20)
  writeFileSync(file, program)
  // As the page advises a short program.
  const flags = ['--no-wasm-tier-up', '--no-wasm-dynamic-tiering']
  const start = (): ChildProcess => spawn(process.execPath, [...flags, file], { stdio: ['ignore', 'pipe', 'inherit'] })

  const requests = () => accounts.reduce((sum, { emulator }) => sum + emulator.requests.length, 0)
  for (const isTime of [() => existsSync(inbox), () => requests() > 3, () => requests() > 30, () => requests() > 80]) {
    const child = start()
    while (!isTime() && child.exitCode === null) await new Promise((resolve) => setTimeout(resolve, 1))
    child.kill('SIGKILL')
    if (child.signalCode === null) await once(child, 'exit')
    expect(child.signalCode).toBe('SIGKILL')
  }
  const last = start()
  let printed = ''
  last.stdout?.on('data', (text) => {
    printed += text
  })
  expect(await once(last, 'close')).toEqual([0, null])
  expect(printed).toBe('active\n10\n')

  const store = await createStore({ folder: inbox })
  onTestFinished(() => store.close())
  const database = {
    rows: async <Row>(text: string, values?: readonly unknown[]) =>
      (await poolOf(store).query(text, [...(values ?? [])])).rows as Row[],
  }
  const expected = await Promise.all(
    accounts.map(async ({ name, adapter }) => ({
      account: { name, forgets: undefined },
      held: await heldBy({ name }, adapter, database),
      unreadable: new Map(),
      deleted: new Set<string>(),
    })),
  )
  const { problems, records } = await compare(database, expected)
  expect(problems).toEqual([])
  expect(records).toBeGreaterThan(100)
  await Promise.all(accounts.map(({ emulator }) => emulator.stop()))
  const answering = createInbox({ store, accounts: accounts.map(({ adapter }) => adapter) })
  for (const { name } of accounts) {
    const { items } = await answering.conversations.list({ accounts: [name], limit: 5 })
    expect(items).toHaveLength(5)
    const found = await answering.search({ text: 'the', accounts: [name] })
    expect(found.items.length).toBeGreaterThan(0)
    expect(found.coverage).toMatchObject([{ isComplete: true }])
  }
}, 240_000)
