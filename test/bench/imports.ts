import { execFileSync } from 'node:child_process'
import { pairedRow, type Row } from './measure.ts'

const here = new URL('.', import.meta.url).pathname

/** Imports one module in a new process, and returns the time and the memory that it took. */
function importOnce(specifier: string): { time: number; memory: number } {
  const script = `
    const before = process.memoryUsage().rss, start = performance.now()
    await import('${specifier}')
    console.log(JSON.stringify({ time: (performance.now() - start) * 1000, memory: (process.memoryUsage().rss - before) / 1024 }))`
  return JSON.parse(execFileSync('node', ['--input-type=module', '-e', script], { cwd: here, encoding: 'utf8' })) as {
    time: number
    memory: number
  }
}

/** Time to import and memory at import, ours against the official client. */
export function compareImports(rounds = 15): Row[] {
  const [ours, theirs] = ['@parley/leadconnector', '@gohighlevel/api-client']
  importOnce(ours)
  importOnce(theirs)
  const taken = Array.from({ length: rounds }, () => ({ ours: importOnce(ours), theirs: importOnce(theirs) }))
  const of = (key: 'time' | 'memory') => taken.map((pair) => ({ ours: pair.ours[key], theirs: pair.theirs[key] }))
  return [
    pairedRow('import: µs, core and LeadConnector against the official SDK', of('time'), 0.7),
    pairedRow('import: KiB of memory, core and LeadConnector against the official SDK', of('memory')),
  ]
}
