import { execFile } from 'node:child_process'
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { sandbox } from '@parley/sandbox'
import { expect, it } from 'vitest'

it('the example in the README runs in plain Node.js, and has five lines', async () => {
  const readme = readFileSync(join(import.meta.dirname, '../../README.md'), 'utf8')
  const code = /<!-- example -->\s*```ts\n([\s\S]*?)```/.exec(readme)?.[1] ?? ''
  expect(code.trimEnd().split('\n')).toHaveLength(5)
  const { liveChatAI, stop } = await sandbox.start()
  const { apiKey, agentId } = liveChatAI.credentials
  const file = join(import.meta.dirname, `.readme-${process.pid}.ts`)
  // The example calls the vendor. The test replaces it by the emulator.
  writeFileSync(file, code.replace('liveChatAI()', `liveChatAI({ baseUrl: '${liveChatAI.url}/api/v2' })`))
  try {
    const { stdout, stderr } = await promisify(execFile)('node', [file], {
      env: { ...process.env, LIVECHATAI_API_KEY: apiKey, LIVECHATAI_AGENT_ID: agentId },
    })
    expect(stderr).toBe('')
    expect(stdout).toMatch(/^answered /m)
  } finally {
    rmSync(file, { force: true })
    await stop()
  }
}, 60_000)
