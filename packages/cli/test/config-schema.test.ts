import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import * as z from 'zod'

const read = (path: string): string => readFileSync(new URL(path, import.meta.url), 'utf8')
const published = z.fromJSONSchema(JSON.parse(read('../config.schema.json')) as Parameters<typeof z.fromJSONSchema>[0])
const isValid = (value: unknown): boolean => published.safeParse(value).success

const account = { vendor: 'livechatai', account: 'support', apiKey: { env: 'SUPPORT_KEY' }, agentId: 'clx1' }

describe('the published schema of the configuration', () => {
  it('accepts every configuration of the README', () => {
    const examples = [...read('../README.md').matchAll(/^ *```json\n([\s\S]*?)^ *```/gm)].map(
      ([, text = '']) => JSON.parse(text) as object,
    )
    const configurations = examples.filter((example) => 'accounts' in example)
    expect(configurations.length).toBeGreaterThan(1)
    for (const example of configurations) expect(published.safeParse(example)).toMatchObject({ success: true })
  })

  it.each([
    [{ accounts: [{ ...account, apiKey: { command: 'pass show support' } }] }, true],
    [{ accounts: [{ ...account, apiKey: { command: ['pass', 'show', 'support'] } }] }, true],
    [{ $schema: 'https://a.example/s.json', accounts: [account] }, true],
    [{ accounts: [{ ...account, apiKey: { envv: 'A' } }] }, false],
    [{ accounts: [{ ...account, agntId: 'x' }] }, false],
    [{ accounts: [{ ...account, vendor: 'acme' }] }, false],
    [{ accounts: [{ ...account, timeout: 'long' }] }, false],
    [{ accounts: [] }, false],
    [{ accounts: [account], acounts: 1 }, false],
  ])('knows whether %j is one: %j', (value, valid) => {
    expect(isValid(value)).toBe(valid)
  })
})
