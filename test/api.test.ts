import { readFileSync } from 'node:fs'
import { operationNames } from '@parley/core'
import { describe, expect, it } from 'vitest'
import { adapters } from './tools/matrix.ts'

const page = readFileSync(new URL('../docs/api.md', import.meta.url), 'utf8')

describe('the page of the API', () => {
  it.each(operationNames)('has %s with its signature', (name) => {
    expect(page).toContain(`| \`${name}(`)
  })

  it.each(adapters)('has every endpoint of $label with what it does', async ({ adapter }) => {
    const endpoints = Object.entries((await adapter.native?.endpoints()) ?? {})
    expect(endpoints.length).toBeGreaterThan(10)
    for (const [route, { summary }] of endpoints) expect(page).toContain(`| \`${route}\` | ${summary}.`)
  })
})
