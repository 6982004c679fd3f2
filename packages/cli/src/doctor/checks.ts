import { color } from '../color.ts'
import type { StoreOptions } from '../command.ts'
import { configure } from '../open-store.ts'
import { columns, duration, wrap } from '../text.ts'
import { checkAccounts } from './accounts.ts'
import { attempt, type Check, type ClockOffset } from './check.ts'
import { checkStore } from './store.ts'
import { checkVersions } from './versions.ts'

export async function checkAll(options: StoreOptions): Promise<Check[]> {
  const versions = checkVersions()
  const configured = await attempt(
    'configuration',
    () => 'Correct the configuration.',
    () => configure(options),
  )
  if ('check' in configured) return [...versions, configured]
  const clocks: ClockOffset[] = []
  const accounts = await checkAccounts(options, configured.config, clocks)
  const store = await checkStore(configured.choice, clocks)
  return [...versions, ...accounts, ...store, ...checkClocks(clocks)]
}

/** From this difference on, the age of what was read and the waits for a rate limit are wrong. HTTP has whole seconds. */
const largestOffset = 5_000

function checkClocks(clocks: readonly ClockOffset[]): Check[] {
  const [first, ...others] = clocks.toSorted((one, other) => Math.abs(other.offset) - Math.abs(one.offset))
  if (first === undefined) return []
  const whose = [first, ...others].map(({ of }) => of).join(', ')
  if (Math.abs(first.offset) < largestOffset)
    return [{ check: 'clock', state: 'ok', detail: `within ${largestOffset / 1000} s of ${whose}` }]
  const way = first.offset > 0 ? 'behind' : 'ahead of'
  const detail = `this machine is ${duration(Math.abs(first.offset))} ${way} ${first.of}`
  return [{ check: 'clock', state: 'warning', detail, action: 'Set the clock of this machine by NTP.' }]
}

/** The checks for people. */
export function checksText(checks: readonly Check[], width: number): string {
  const paint = { ok: color.green, warning: color.yellow, failed: color.red }
  const heads = columns(checks.map(({ state, check }) => [paint[state](state), check, '']))
  const indent = columns(checks.map(({ state, check }) => [state, check, '']))[0]?.length ?? 0
  const lines = checks.flatMap(({ detail, action }, index) => {
    const details = detail.split('\n').flatMap((line) => wrap(line, width - indent))
    const text = [...details, ...(action === undefined ? [] : wrap(`→ ${action}`, width - indent))]
    return text.map((line, row) => `${row === 0 ? heads[index] : ' '.repeat(indent)}${line}`)
  })
  const count = (state: Check['state']): number => checks.filter((check) => check.state === state).length
  return `${lines.join('\n')}\n\n${count('failed')} failed, ${count('warning')} warnings, ${count('ok')} ok\n`
}
