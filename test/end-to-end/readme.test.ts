import { spawnSync } from 'node:child_process'
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'

it('the example in the README runs, and has fifteen lines', () => {
  const readme = readFileSync(join(import.meta.dirname, '../../README.md'), 'utf8')
  const code = /<!-- example -->\s*```ts\n([\s\S]*?)```/.exec(readme)?.[1] ?? ''
  const statements = code.split('\n').filter((line) => line.trim() !== '')
  expect(statements.length).toBeLessThanOrEqual(15)
  const file = join(import.meta.dirname, `.readme-${process.pid}.ts`)
  writeFileSync(file, code)
  try {
    const { status, stdout, stderr } = spawnSync('node', [file], { encoding: 'utf8' })
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
    expect(stdout).toMatch(/livechatai:default\/conversation\//)
    expect(stdout).toMatch(/agent-conversation:default\/conversation\//)
  } finally {
    rmSync(file, { force: true })
  }
}, 60_000)
