import { spawnSync } from 'node:child_process'

/** `pnpm proof`: runs what `pnpm test` runs with few seeds with 2,000: a chatbot whose process is killed at any step. */
const { status } = spawnSync(
  'vitest',
  ['run', '--config', 'test/vitest.config.ts', 'test/write-once/chatbot.test.ts'],
  {
    stdio: 'inherit',
    env: { ...process.env, PARLEY_CHATBOT_SEEDS: '500' },
  },
)
process.exitCode = status ?? 1
