import { readdirSync, readFileSync } from 'node:fs'
import type { Pool } from 'pg'

export interface Cost {
  /** Seconds. */
  wall: number
  /** Seconds of processor time of this process. */
  client: number
  /** Seconds of processor time of the database. `NaN` where the system does not tell. */
  server: number
}

/** What some work costs. Processor time does not depend on what else the machine does. */
export async function costOf(pool: Pool, work: () => Promise<unknown>): Promise<Cost> {
  const postmaster = await postmasterOf(pool)
  const server = serverSeconds(postmaster)
  const cpu = process.cpuUsage()
  const start = performance.now()
  await work()
  const wall = (performance.now() - start) / 1000
  const { user, system } = process.cpuUsage(cpu)
  return { wall, client: (user + system) / 1e6, server: serverSeconds(postmaster) - server }
}

export const sumOf = (costs: readonly Cost[]): Cost =>
  costs.reduce(
    (sum, { wall, client, server }) => ({
      wall: sum.wall + wall,
      client: sum.client + client,
      server: sum.server + server,
    }),
    { wall: 0, client: 0, server: 0 },
  )

/** The process that the connections' processes are children of. */
async function postmasterOf(pool: Pool): Promise<string | undefined> {
  const { rows } = await pool.query<{ pid: number }>('select pg_backend_pid() as pid')
  try {
    return statOf(String(rows[0]?.pid)).parent
  } catch {
    return undefined
  }
}

/** Of all processes of the server, also of those that have ended. */
function serverSeconds(postmaster: string | undefined): number {
  if (postmaster === undefined) return Number.NaN
  let ticks = 0
  for (const pid of readdirSync('/proc')) {
    if (!/^\d+$/.test(pid)) continue
    try {
      const { parent, own, ended } = statOf(pid)
      if (pid === postmaster) ticks += own + ended
      else if (parent === postmaster) ticks += own
    } catch {
      // The process has ended since.
    }
  }
  return ticks / 100
}

function statOf(pid: string): { parent: string; own: number; ended: number } {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  const at = (index: number) => Number(fields[index])
  return { parent: fields[1] as string, own: at(11) + at(12), ended: at(13) + at(14) }
}
