import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { requireOperation } from '@parley/core'
import type { AuditEntry, CommandResult, ConversationMoved, DeskConversation, Send } from '@parley/inbox'
import { sandbox, testClock } from '@parley/sandbox'
import { startPostgres } from '@parley/testkit/postgres'
import { afterAll, describe, expect, it } from 'vitest'
import { loadVendors } from '../vendors.ts'
import { runCommand, startCommand } from './support/command.ts'

const vendors = await loadVendors()
const desk = await sandbox.start({ scale: 0.02, vendors: ['liveChatAI'] })
const folder = mkdtempSync(join(tmpdir(), 'parley-inbox-'))
const postgres = await startPostgres()
afterAll(async () => {
  await desk.stop()
  if (typeof postgres !== 'string') await postgres.stop()
  rmSync(folder, { recursive: true })
}, 60_000)

const vendor = desk.liveChatAI
if ('rateLimit' in vendor.settings) vendor.settings.rateLimit = false
const account = `${vendor.vendor}:desk`
const path = join(folder, 'parley.json')
writeFileSync(
  path,
  JSON.stringify({
    accounts: [{ vendor: vendor.vendor, account: 'desk', rate: false, ...vendor.accountOptions }],
    store: typeof postgres === 'string' ? { folder: 'store' } : { url: await postgres.createDatabase() },
    people: [
      { id: 'ada', name: 'Ada', operatorIds: { [account]: vendor.accountOptions.operatorId } },
      { id: 'bob', name: 'Bob' },
    ],
    operator: 'ada',
  }),
)

const inbox = (...args: string[]) => runCommand(['inbox', ...args, '--config', path])
const read = async <T>(...args: string[]): Promise<T> => {
  const { status, stdout, stderr } = await inbox(...args, '--json')
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
  return JSON.parse(stdout) as T
}
const lines = <T>(text: string): T[] =>
  text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as T)
const sentRequests = () =>
  vendor.requests.filter(({ method, path }) => method === 'POST' && path.endsWith('/reply')).length

describe('parley inbox', () => {
  it('answers a conversation from the first list to its end', async () => {
    expect((await runCommand(['sync', '--once', '--config', path])).status).toBe(0)

    const listed = await inbox('list', '--status', 'open', '--limit', '5', '--json')
    expect(listed.status).toBe(0)
    const open = lines<DeskConversation>(listed.stdout)
    const ref = open[0]?.ref ?? ''
    expect(open.every(({ status }) => status.value === 'open')).toBe(true)
    for (const width of ['60', '200']) {
      const { stdout } = await runCommand(['inbox', 'list', '--config', path], { env: { COLUMNS: width } })
      const rows = stdout.split('\n').filter((line) => !line.includes('/conversation/'))
      expect(Math.max(...rows.map((row) => row.length))).toBeLessThanOrEqual(Number(width))
      expect(stdout).toContain(`  ${ref}\n`)
    }

    const { newest } = await read<{ newest: string }>('show', ref)
    const reply = (text: string, ...more: string[]) =>
      runCommand(['inbox', 'reply', ref, '--json', '--config', path, ...more], { input: `${text}\n` })
    const before = sentRequests()
    const first = await reply('We open at 9.', '--expect', newest, '--key', 'k1')
    expect([first.status, JSON.parse(first.stdout)]).toMatchObject([
      0,
      { state: 'sent', text: 'We open at 9.', by: { id: 'ada', name: 'Ada' } },
    ])
    const again = await reply('We open at 9.', '--expect', newest, '--key', 'k1')
    expect([again.status, JSON.parse(again.stdout)]).toEqual([0, JSON.parse(first.stdout)])
    expect(sentRequests()).toBe(before + 1)

    // What the contact wrote meanwhile is shown, on the standard output only.
    const { message } = JSON.parse(first.stdout) as Send
    vendor.plant(ref.split('/').at(-1) ?? '', { by: 'contact', text: 'My secret: 1234' })
    const late = await reply('Anything else?', '--expect', message ?? '')
    expect(late).toMatchObject({ status: 3, stderr: 'There is something newer than --expect. Nothing was sent.\n' })
    const { conflict } = JSON.parse(late.stdout) as { conflict: ConversationMoved }
    expect(conflict.newer.map(({ text }) => text)).toEqual(['My secret: 1234'])
    expect(sentRequests()).toBe(before + 1)

    const bobs = await inbox('reply', ref, '--text', 'Hello', '--as', 'bob')
    expect(bobs).toMatchObject({ status: 2, stderr: expect.stringContaining('Add it to "people"') as string })

    expect(await read<Send>('note', ref, '--text', 'a regular')).toMatchObject({ kind: 'note', place: 'overlay' })
    const shown = await inbox('show', ref)
    expect(shown.stdout).toMatch(/note \(here\) of Ada .*\n {4}a regular\n/)
    expect(await read<CommandResult>('assign', ref, 'me')).toMatchObject({
      conversation: { assignee: { value: { id: 'ada' }, place: 'overlay' } },
    })
    expect(await read<CommandResult>('close', ref)).toMatchObject({ conversation: { status: { value: 'closed' } } })

    const mine = await inbox('list', '--status', 'closed', '--assignee', 'me', '--unknown', 'exclude', '--json')
    expect(lines<DeskConversation>(mine.stdout).map((one) => one.ref)).toContain(ref)
    const audit = await inbox('audit', '--json')
    expect(lines<AuditEntry>(audit.stdout).map(({ action, outcome }) => `${action} ${outcome}`)).toEqual([
      ...['close done', 'assign overlay', 'note overlay', 'reply refused', 'reply refused', 'reply done'],
    ])
  }, 300_000)

  it('leaves a reply that was interrupted in the outbox', async () => {
    const [{ ref = '' } = {}] = lines<DeskConversation>((await inbox('list', '--limit', '1', '--json')).stdout)
    vendor.faults.next({ kind: 'hang', on: { method: 'POST' } })
    const sent = sentRequests()
    const running = startCommand(['inbox', 'reply', ref, '--text', 'Hello', '--key', 'k2', '--config', path])
    let notes = ''
    running.stderr?.on('data', (text: string) => {
      notes += text
    })
    await until(() => sentRequests() > sent)
    running.kill('SIGINT')
    await until(() => notes.includes('Stopping'))
    running.kill('SIGINT')
    expect((await running.ended).status).toBe(130)
    const sends = lines<Send>((await inbox('sends', '--json', '--limit', '1')).stdout)
    expect(sends).toMatchObject([{ state: 'claimed', key: 'k2', text: 'Hello' }])
  }, 120_000)
})

async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise((resolve) => setTimeout(resolve, 5))
}

it.each(vendors.map(({ name, create }) => [name, create] as const))(
  'the sandbox gives other ids to what is created at %s with another idSeed',
  async (name, create) => {
    const idOf = async (idSeed: number) => {
      const running = await sandbox.start({ scale: 0.02, vendors: [name], idSeed, clock: testClock(0) })
      const one = running[name]
      const adapter = create({ ...one.accountOptions })
      const { items } = await requireOperation(adapter, 'conversations.list')({ limit: 1 })
      const id = one.plant(items[0]?.id ?? '', { by: 'contact', text: 'Hello' })
      await running.stop()
      return { first: items[0]?.id, id }
    }
    const [a, b, c] = [await idOf(1), await idOf(1), await idOf(2)]
    expect(a.id).toEqual(expect.any(String))
    expect(b).toEqual(a)
    expect([c.first, c.id === a.id]).toEqual([a.first, false])
  },
)
