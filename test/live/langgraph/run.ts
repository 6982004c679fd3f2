import type { Result } from '@parley/conformance'
import { print, printGroup, runChecks } from '../report.ts'
import { conform } from './conform.ts'
import { factChecks } from './facts.ts'
import { faultChecks } from './faulty.ts'
import { install, Unreachable, versionOf } from './install.ts'
import { startModel } from './model.ts'
import { restartChecks } from './restarts.ts'
import { killAll, startServer } from './server.ts'
import { tourChecks } from './tour.ts'

export { killAll }

/** Installs and starts a LangGraph server, runs all checks against it, and stops it. */
export async function run(): Promise<Result[]> {
  let packages: string
  try {
    packages = await install()
  } catch (error) {
    if (!(error instanceof Unreachable)) throw error
    print(`The live checks of LangGraph were skipped: ${error.message}.`)
    return [{ test: 'the live checks of LangGraph', status: 'skipped', reason: error.message }]
  }
  print(`LangGraph server ${versionOf(packages)}`)
  const model = await startModel()
  const stops: (() => Promise<void>)[] = [model.stop]
  try {
    const [server, guarded] = await Promise.all([
      startServer(packages, model.url, stops),
      startServer(packages, model.url, stops, { apiKey: guardedKey }),
    ])
    const results: Result[] = []
    const group = async (title: string, work: () => Promise<Result[]>) => {
      if (!title.includes(process.env['PARLEY_LIVE_ONLY'] ?? '')) return
      const began = performance.now()
      const found = await work()
      printGroup(`${title} (${Math.round((performance.now() - began) / 1000)} s)`, found)
      results.push(...found)
    }
    await group('conformance', () => conform(server, guarded))
    await group('facts', () => runChecks(factChecks(server, model)))
    const one = async () => {
      await group('every operation', () => runChecks(tourChecks(server)))
      await group('faults', () => runChecks(faultChecks(server)))
    }
    const other = () => group('restarts', () => runChecks(restartChecks(guarded, model)))
    await Promise.all([one(), other()])
    return results
  } finally {
    for (const stop of stops.reverse()) await stop()
  }
}

/** The key of the server that refuses requests without it. Not a secret: it lives as long as one run. */
const guardedKey = 'live-key-4711'
