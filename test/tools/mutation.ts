import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { mutated } from '../mutation/mutated.ts'
import { add, percentOf, type Report, type Score, scoreOf, survivorsOf } from '../mutation/score.ts'

/**
 * `pnpm mutation [package …]`: makes every change that Stryker knows in the readers, the vocabularies and the reading
 * of errors, one at a time, and counts how many the tests detect. Prints the undetected mutants and the score, and
 * fails below the minimum.
 */
const least = 90
const asked = process.argv.slice(2)
const unknown = asked.filter((name) => !Object.hasOwn(mutated, name))
if (unknown.length > 0) throw new Error(`no such package is mutated: ${unknown.join(', ')}`)

const folder = mkdtempSync(join(tmpdir(), 'parley-mutation-report-'))
const scores: [string, Score][] = []
let complete = true
for (const name of asked.length > 0 ? asked : Object.keys(mutated)) {
  const file = join(folder, `${name}.json`)
  process.stdout.write(`\n> ${name}\n`)
  const { status } = spawnSync('stryker', ['run', 'test/mutation/stryker.config.ts'], {
    stdio: 'inherit',
    env: { ...process.env, PARLEY_MUTATED: name, PARLEY_MUTATION_REPORT: file },
  })
  if (status !== 0) {
    process.stdout.write(`${name}: Stryker did not finish\n`)
    complete = false
    continue
  }
  const report = JSON.parse(readFileSync(file, 'utf8')) as Report
  process.stdout.write(`${survivorsOf(report).join('\n')}\n`)
  scores.push([name, scoreOf(report)])
}
rmSync(folder, { recursive: true, force: true })

const total = scores.map(([, score]) => score).reduce(add, { killed: 0, tried: 0, ignored: 0 })
for (const [name, score] of [...scores, ['together', total] as const]) {
  const { killed, tried, ignored } = score
  const percent = percentOf(score).toFixed(1)
  process.stdout.write(`${name}: ${percent} % (${killed} of ${tried} found out, ${ignored} declared equivalent)\n`)
}
const low = [...scores, ['together', total] as const].filter(([, score]) => percentOf(score) < least)
for (const [name] of low) process.stdout.write(`${name} is below ${least} %\n`)
process.exitCode = complete && low.length === 0 ? 0 : 1
