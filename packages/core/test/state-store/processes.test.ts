import { execFile } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { fileStore } from '../../src/node.ts'
import { temporaryFolder } from './stores.ts'

const run = promisify(execFile)

test('processes that count in one folder lose no step of each other', { timeout: 60_000 }, async () => {
  const folder = temporaryFolder()
  await fileStore({ folder }).set('count', '0')
  const child = fileURLToPath(new URL('./counting-child.ts', import.meta.url))
  await Promise.all([1, 2, 3].map(() => run(process.execPath, [child, 'files', folder, '12'])))
  expect(await fileStore({ folder }).get('count')).toBe('36')
  expect(readdirSync(folder)).toHaveLength(1)
})
