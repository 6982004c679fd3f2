import { sandbox, sandboxVendors } from '@parley/sandbox'
import { expect, it } from 'vitest'
import { demo } from '../packages/cli/src/demo/demo.ts'
import { capabilityPage } from './tools/matrix.ts'

it('acme has a column in the matrix, and its reasons below it', async () => {
  const page = await capabilityPage()
  expect(page.split('\n').find((line) => line.startsWith('| Operation |'))).toContain('| Acme |')
  expect(page).toContain('## Acme')
  expect(page).toContain('Acme only lets its own desk answer.')
})

it('acme is served by the sandbox, with types', async () => {
  expect(sandboxVendors).toContain('acme')
  const { acme, stop } = await sandbox.start({ vendors: ['acme'] })
  const token: string = acme.accountOptions.token
  const { status } = await fetch(`${acme.url}/chats`, { headers: { authorization: `Bearer ${token}` } })
  expect(status).toBe(200)
  await stop()
})

it('acme is in the demo, whose inbox reads it', async () => {
  const report = JSON.parse(await demo({ json: true, live: false }, 110)) as {
    accounts: { account: string; label: string }[]
    conversations: { accounts: { account: string; state: string }[] }
  }
  expect(report.accounts).toContainEqual(expect.objectContaining({ account: 'acme:demo', label: 'Acme' }))
  expect(report.conversations.accounts.map(({ state }) => state)).toEqual(report.accounts.map(() => 'ok'))
})
