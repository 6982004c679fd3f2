import { spawn, spawnSync } from 'node:child_process'
import { createInterface } from 'node:readline'
import { parseArgs } from 'node:util'

/**
 * `pnpm proof [sync|desk|route|workers|chatbot] [--runs N] [--seed FIRST]`: runs what `pnpm test` runs with a few seeds with many.
 *
 * `sync`, `desk`, `route`: the simulations of the sync, of the desk and of a route, each in two processes; of a route at most 2,000
 * runs. `workers`: real processes that are killed and suspended. `chatbot`: a chatbot whose process is killed at any step. Default:
 * all but `workers`.
 */
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { runs: { type: 'string', default: '10000' }, seed: { type: 'string', default: '1' } },
})
const whole = (name: 'runs' | 'seed'): number => {
  const number = Number(values[name])
  if (!Number.isSafeInteger(number) || number < 1) throw new Error(`--${name} must be a whole number of at least 1.`)
  return number
}
const [runs, first] = [whole('runs'), whole('seed')]
const proofs = ['sync', 'desk', 'route', 'workers', 'chatbot']
const unknown = positionals.find((name) => !proofs.includes(name))
if (unknown !== undefined) throw new Error(`There is no proof "${unknown}". Choose ${proofs.join(', ')}.`)
const chosen = positionals.length === 0 ? ['sync', 'desk', 'route', 'chatbot'] : positionals

interface Run {
  seed: number
  problems: { kind: string; what: string }[]
  records?: number
  counts?: Record<string, number>
  cpuMilliseconds?: number
}

/** What the problems of a run are counted as. */
const kinds: Readonly<Record<string, string>> = {
  lost: 'lost',
  late: 'lost',
  duplicated: 'duplicated',
  doubled: 'duplicated',
  'falsely deleted': 'falsely deleted',
}

/**
 * Runs programs that print a line of JSON for each run, and sums up.
 *
 * @param programs the arguments of `node`, for each.
 * @param again the command that runs a seed again.
 * @param expected how many runs they are together.
 */
async function prove(
  programs: readonly (readonly string[])[],
  again: (seed: number) => string,
  expected: number = runs,
): Promise<boolean> {
  const begun = performance.now()
  const totals = { runs: 0, records: 0, cpu: 0, failed: 0 }
  const counts: Record<string, number> = {}
  const found: Record<string, number> = { lost: 0, duplicated: 0, 'falsely deleted': 0, other: 0 }
  const take = ({ seed, problems, records = 0, counts: own = {}, cpuMilliseconds = 0 }: Run): void => {
    totals.runs += 1
    totals.records += records
    totals.cpu += cpuMilliseconds
    for (const [name, number] of Object.entries(own)) counts[name] = (counts[name] ?? 0) + number
    for (const { kind } of problems) found[kinds[kind] ?? 'other'] = (found[kinds[kind] ?? 'other'] ?? 0) + 1
    if (problems.length > 0) totals.failed += 1
    if (problems.length > 0) console.log(`seed ${seed} fails. Again: ${again(seed)}`)
    for (const { kind, what } of problems.slice(0, 5)) console.log(`  ${kind}: ${what}`)
  }
  await Promise.all(
    programs.map(async (args) => {
      const child = spawn('node', args, { stdio: ['ignore', 'pipe', 'inherit'] })
      const ended = new Promise<number>((resolve) => child.once('exit', (code) => resolve(code ?? 1)))
      for await (const line of createInterface({ input: child.stdout })) take(JSON.parse(line) as Run)
      if ((await ended) !== 0) totals.failed += 1
    }),
  )
  const { lost = 0, duplicated = 0, 'falsely deleted': deleted = 0, other = 0 } = found
  const seconds = (performance.now() - begun) / 1000
  const numbers = Object.entries(counts).toSorted(([a], [b]) => (a < b ? -1 : 1))
  const faults = numbers.reduce((sum, [name, number]) => sum + (name.startsWith('fault: ') ? number : 0), 0)
  for (const [name, number] of numbers) console.log(`${String(number).padStart(9)} ${name}`)
  if (totals.cpu > 0) console.log(`${(totals.cpu / Math.max(1, totals.runs)).toFixed(0)} ms of processor time a run.`)
  console.log(
    `${totals.runs} runs from seed ${first}: ${totals.records} records compared in ${seconds.toFixed(0)} s, ${lost} lost, ${duplicated} duplicated, ` +
      `${deleted} falsely deleted, ${other} other problems, ${counts['delivery'] ?? 0} deliveries, ${faults} faults.`,
  )
  return totals.failed === 0 && totals.runs === expected
}

const last = first + runs - 1

const simulate = (of: 'sync' | 'desk' | 'route', most = runs): Promise<boolean> =>
  prove(
    [0, 1].map((index) => [`test/${of}/run.ts`, ...[first + index, first + most - 1, 2].map(String)]),
    (seed) => `node test/${of}/run.ts ${seed} ${seed} 1 trace`,
    most,
  )

const proveWorkers = (): Promise<boolean> =>
  prove(
    [['--import', './packages/testkit/src/sources.ts', 'test/workers/main.ts', String(first), String(last)]],
    (seed) => `pnpm proof workers --runs 1 --seed ${seed}`,
  )

function proveChatbot(): boolean {
  const { status } = spawnSync(
    'vitest',
    ['run', '--config', 'test/vitest.config.ts', 'test/write-once/chatbot.test.ts'],
    { stdio: 'inherit', env: { ...process.env, PARLEY_CHATBOT_SEEDS: '500' } },
  )
  return status === 0
}

let isProven = true
if (chosen.includes('sync')) isProven = await simulate('sync')
if (chosen.includes('desk')) isProven = (await simulate('desk')) && isProven
if (chosen.includes('route')) isProven = (await simulate('route', Math.min(runs, 2_000))) && isProven
if (chosen.includes('workers')) isProven = (await proveWorkers()) && isProven
if (chosen.includes('chatbot')) isProven = proveChatbot() && isProven
if (!isProven) process.exitCode = 1
