import { describe, expect, it } from 'vitest'
import { checks, conformance, runConformance } from '../src/index.ts'
import { referenceHarness } from './reference/harness.ts'

const [first] = checks
const name = first?.name ?? ''

describe('runConformance', () => {
  it('returns a result for every check without a test runner', async () => {
    const results = await runConformance(referenceHarness())
    expect(results.map(({ test }) => test)).toEqual([expect.any(String), ...checks.map((check) => check.name)])
    expect(results.filter(({ status }) => status !== 'passed')).toEqual([])
  })

  it('gives the reason for each skipped check', async () => {
    const results = await runConformance({ ...referenceHarness(), skip: [{ reason: 'It rains.', tests: [name] }] })
    expect(results.find(({ test }) => test === name)).toEqual({ test: name, status: 'skipped', reason: 'It rains.' })
    expect(results[0]?.status).toBe('passed')
  })

  it('gives the adapter’s reason for what the vendor cannot do', async () => {
    const harness = referenceHarness({
      adapter: ({ generations: _, ...adapter }) => ({
        ...adapter,
        unsupported: { 'generations.get': 'Nobody knows.' },
      }),
    })
    const unsupported = (await runConformance(harness)).filter(({ status }) => status === 'unsupported')
    expect(unsupported.map(({ reason }) => reason)).toEqual([
      'reference has no generations.get: Nobody knows.',
      'reference has no generations.get: Nobody knows.',
    ])
  })

  it('refuses skips that name nothing, something twice, or no reason', async () => {
    const skip = [
      { reason: 'It rains.', tests: ['no such check'] },
      { reason: ' ', tests: [name] },
      { reason: 'It snows.', tests: [] },
      { reason: 'It rains.', tests: [name] },
    ]
    const [result] = await runConformance({ ...referenceHarness(), skip })
    expect(result?.status).toBe('failed')
    for (const problem of [/no check "no such check"/, /has no reason/, /"It snows." names no check/, /skipped twice/])
      expect(String(result?.error)).toMatch(problem)
  })

  it('says what a check lacks', async () => {
    const { expectations: _, wrongCredential: __, emptyAccount: ___, ...bare } = referenceHarness()
    const failed = (await runConformance(bare)).filter(({ status }) => status === 'failed')
    expect(failed).toHaveLength(10)
    for (const { error } of failed) expect(String(error)).toMatch(/needs `\w+` in the harness/)
  })

  it('says why it cannot learn whether a message was sent', async () => {
    const { thread: _, ...bare } = referenceHarness()
    const unsupported = (await runConformance(bare)).filter(({ status }) => status === 'unsupported')
    expect(unsupported.length).toBeGreaterThan(50)
    for (const { reason } of unsupported) expect(reason).toMatch(/harness has no `thread`/)
  })

  it('ends a check that hangs', async () => {
    const harness = referenceHarness({
      adapter: (adapter) => ({ ...adapter, agents: { list: () => new Promise(() => {}) as never } }),
    })
    const [, ...results] = await runConformance({ ...harness, timeout: 20 })
    expect(results.some(({ error }) => /did not finish within 20 ms/.test(String(error)))).toBe(true)
  })
})

describe('conformance', () => {
  it('registers with any runner that has describe and it', async () => {
    const tests = new Map<string, (context: { skip(reason?: string): void }) => Promise<void>>()
    const runner = {
      describe: (_: string, body: () => void) => body(),
      it: (test: string, body: (context: { skip(reason?: string): void }) => Promise<void>) => tests.set(test, body),
    }
    conformance({ ...referenceHarness(), skip: [{ reason: 'It rains.', tests: [name] }] }, runner)
    expect(tests.size).toBe(checks.length + 1)
    const reasons: (string | undefined)[] = []
    await tests.get(name)?.({ skip: (reason) => reasons.push(reason) })
    expect(reasons).toEqual(['It rains.'])
  })

  it('has unique names of checks', () => {
    expect(new Set(checks.map((check) => check.name)).size).toBe(checks.length)
  })
})
