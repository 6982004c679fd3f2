import { fork } from 'node:child_process'
import { bundled } from '../tools/bundle.ts'
import { loadVendors, nameOf } from '../vendors.ts'
import { measureBackfill, measureSyncBackfill } from './backfill.ts'
import { compareImports } from './imports.ts'
import { compareLiveList } from './live-list.ts'
import { type Row, row } from './measure.ts'
import { compareRequests } from './requests.ts'

const isJson = process.argv.includes('--json')
const show = (measured: Row) => void process.stdout.write(`${isJson ? JSON.stringify(measured) : table([measured])}\n`)

/** `--inbox`: the store of the inbox, which takes much longer than everything else. */
if (process.argv.includes('--inbox')) {
  const { benchInbox } = await import('./inbox/main.ts')
  await benchInbox(show)
  process.exit()
}

/** `--server`: a server under load. With `--small` it is only tried. */
if (process.argv.includes('--server')) {
  const { benchServer } = await import('./load/main.ts')
  await benchServer(show, process.argv.includes('--small'))
  process.exit()
}

/** `--page`: the list of the page in a Chromium. With `--small` it is only tried. */
if (process.argv.includes('--page')) {
  const { benchPage } = await import('./page.ts')
  await benchPage(show, process.argv.includes('--small'))
  process.exit()
}

/** Ratios between measurements of one run. Absolute numbers depend on this machine. */
const server = fork(new URL('./server.ts', import.meta.url))
const port = await new Promise<number>((resolve) => {
  server.once('message', (message) => resolve(Number(message)))
})
try {
  const rows: Row[] = [
    ...(await compareRequests(`http://127.0.0.1:${port}`)),
    ...(await compareLiveList()),
    ...compareImports(),
    ...(await measureBackfill()),
    ...(await measureSyncBackfill()),
    ...(await compareSizes()),
  ]
  if (isJson) process.stdout.write(`${JSON.stringify(rows, undefined, 2)}\n`)
  else process.stdout.write(`${table(rows)}\n`)
} finally {
  server.kill()
}

/** The size at the start and the whole size, for core, ky and each adapter. */
async function compareSizes(): Promise<Row[]> {
  const vendors = await loadVendors()
  return Promise.all(
    vendors.map(async (vendor) => {
      const { start, whole } = await bundled(nameOf(vendor), vendor.name)
      return row(`size: bytes gzip at the start, core and ${nameOf(vendor)}, against everything`, start, whole)
    }),
  )
}

function table(rows: readonly Row[]): string {
  const width = Math.max(...rows.map(({ name }) => name.length))
  const lines = rows.map(({ name, ours, theirs, ratio, spread, target, atLeast }) => {
    const verdicts = [
      target !== undefined && `at most ${target}: ${ratio <= target ? 'yes' : 'NO'}`,
      atLeast !== undefined && `at least ${atLeast}: ${ratio >= atLeast ? 'yes' : 'NO'}`,
    ]
    const verdict = verdicts.filter(Boolean).join(', ')
    return `${name.padEnd(width)}  ${String(ours).padStart(8)}  ${String(theirs).padStart(8)}  ${ratio.toFixed(2).padStart(6)}  ${(spread ? `${spread[0].toFixed(2)}–${spread[1].toFixed(2)}` : '').padEnd(9)}  ${verdict}`
  })
  return [`${''.padEnd(width)}      ours    theirs   ratio  spread`, ...lines].join('\n')
}
