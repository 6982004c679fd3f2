import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'

/**
 * Runs every check of the project. The last line is `N passed, N failed`, over all tests. A check
 * without tests counts as one. `PARLEY_LIVE` names vendors whose real servers are checked as well, separated by spaces.
 */
const folder = mkdtempSync(join(tmpdir(), 'parley-check-'))
const results = join(folder, 'vitest.json')
const liveResults = join(folder, 'live.json')
const live = process.env['PARLEY_LIVE']?.split(' ').filter(Boolean) ?? []

const build = ['turbo', 'run', 'build', '--output-logs=errors-only']
/** The native compiler takes half the time of the one that builds the packages, which checks their sources as well. */
const compiler = ['node', 'node_modules/typescript-7/bin/tsc']
/** Checks of the sources, which run side by side. */
const checks: readonly { name: string; command: string[] }[] = [
  { name: 'types', command: [...compiler, '-p', 'test'] },
  { name: 'types of the page', command: [...compiler, '-p', 'packages/server/page'] },
  { name: 'lint and format', command: ['biome', 'ci', '.'] },
  { name: 'unused code', command: ['knip'] },
]
const tests = [
  'vitest',
  'run',
  '--config',
  'test/vitest.config.ts',
  '--reporter=default',
  '--reporter=json',
  `--outputFile.json=${results}`,
]

const env = { ...process.env, TURBO_TELEMETRY_DISABLED: '1', PARLEY_LIVE_RESULTS: liveResults }
let passed = 0
let failed = 0
/** Named again at the end, which is what is kept of a long log. */
const failures: string[] = []
const announce = (command: readonly string[]) => process.stdout.write(`\n> ${command.join(' ')}\n`)
const run = (command: readonly string[]): boolean => {
  announce(command)
  return spawnSync(command[0] ?? '', command.slice(1), { stdio: 'inherit', env }).status === 0
}
/** Starts a program beside others. Call the result to wait for it, and to print what it printed. */
const start = (command: readonly string[]): (() => Promise<boolean>) => {
  const output = join(folder, `${command.join('-').replace(/\W+/g, '-')}.txt`)
  const file = openSync(output, 'w')
  const ended = once(spawn(command[0] ?? '', command.slice(1), { stdio: ['ignore', file, file], env }), 'exit')
  return async () => {
    const [code] = (await ended) as [number | null]
    announce(command)
    process.stdout.write(readFileSync(output, 'utf8'))
    return code === 0
  }
}
const count = (name: string, isGood: boolean): void => {
  if (isGood) passed++
  else {
    failed++
    failures.push(name)
  }
}

const isBuilt = run(build)
count('build', isBuilt)
if (isBuilt) {
  const started = checks.map(({ name, command }) => ({ name, end: start(command) }))
  for (const { name, end } of started) count(name, await end())

  // The real servers mostly wait, so their checks run beside the tests.
  const endLive = live.length > 0 ? start(['node', 'test/live/main.ts', ...live]) : undefined
  const isGood = run(tests)
  const counted = countTests()
  passed += counted.passed
  failed += counted.failed
  // A suite that cannot be loaded has no failed test, and an error may come between two tests.
  if (!isGood && counted.failed === 0)
    count('an error outside of the tests: look for "Unhandled Errors" and "Failed Suites" above', false)
  if (endLive) {
    await endLive()
    const { passed: well, failed: badly, skipped } = countLive()
    passed += well
    failed += badly
    process.stdout.write(`\nlive: ${skipped} skipped\n`)
  }
}
rmSync(folder, { recursive: true, force: true })
for (const name of failures) process.stdout.write(`\nfailed: ${name}\n`)
process.stdout.write(`\n${passed} passed, ${failed} failed\n`)
process.exitCode = failed === 0 ? 0 : 1

interface Results {
  numPassedTests: number
  numFailedTests: number
  testResults: { name: string; status: string; assertionResults: { fullName: string; status: string }[] }[]
}

function countTests(): { passed: number; failed: number } {
  try {
    const { numPassedTests, numFailedTests, testResults } = JSON.parse(readFileSync(results, 'utf8')) as Results
    for (const { name, status, assertionResults } of testResults) {
      const bad = assertionResults.filter(({ status }) => status === 'failed')
      if (bad.length === 0 && status === 'failed') failures.push(relative('.', name))
      failures.push(...bad.map(({ fullName }) => `${relative('.', name)}: ${fullName}`))
    }
    return { passed: numPassedTests, failed: numFailedTests }
  } catch {
    return { passed: 0, failed: 1 }
  }
}

/** A program that ends without its results has failed. */
function countLive(): { passed: number; failed: number; skipped: number } {
  try {
    return JSON.parse(readFileSync(liveResults, 'utf8')) as { passed: number; failed: number; skipped: number }
  } catch {
    return { passed: 0, failed: 1, skipped: 0 }
  }
}
