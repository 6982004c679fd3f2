import { sharedLimiter } from '@parley/core/rate-limiter'
import { leadConnector } from '@parley/leadconnector'
import { Pool } from 'pg'
import { RateLimiterPostgres } from 'rate-limiter-flexible'

/** The task of one process, which reads as fast as it may. */
export interface ChildTask {
  requests: number
  /** The database that the processes share for counting. Missing: each process counts for itself. */
  databasePort?: number
  options: { token: string; locationId: string; baseUrl: string; maxRetries?: number }
}

/** The results of its requests, including retries. */
export interface ChildReport {
  /** How often each status occurred. */
  statuses: Record<string, number>
  warnings: string[]
  sharing: 'up' | 'down' | null
}

const { requests, databasePort, options } = JSON.parse(process.argv[2] as string) as ChildTask
const report: ChildReport = { statuses: {}, warnings: [], sharing: null }

/**
 * The embedded PostgreSQL has one session, in which names of prepared statements would collide. So they have no names.
 */
async function limiterOn(port: number) {
  const pool = new Pool({ host: '127.0.0.1', port, user: 'postgres', database: 'postgres', max: 2 })
  // Without a listener, a connection that breaks while it is idle ends the process.
  pool.on('error', () => {})
  const storeClient = {
    query: ({ text, values }: { text: string; values?: unknown[] }) => pool.query(text, values),
  }
  const limiter = await new Promise<RateLimiterPostgres>((resolve, reject) => {
    const made = new RateLimiterPostgres(
      { storeClient, storeType: 'client', tableName: 'limits', points: 1, duration: 1 },
      (error) => (error ? reject(error) : resolve(made)),
    )
  })
  return sharedLimiter(limiter)
}

const limiter = databasePort === undefined ? undefined : await limiterOn(databasePort)
const desk = leadConnector({
  ...options,
  ...(limiter && { limiter }),
  onRequest: ({ status }) => {
    report.statuses[status ?? 'none'] = (report.statuses[status ?? 'none'] ?? 0) + 1
  },
  onWarning: ({ message }) => report.warnings.push(message),
})

process.stdout.write('ready\n')
// All processes start together, once each of them has reported that it is ready.
await new Promise((resolve) => process.stdin.once('data', resolve))
await Promise.allSettled(Array.from({ length: requests }, async () => desk.conversations.list({ limit: 1 })))
report.sharing = desk.rateLimitStatus().sharing
process.stdout.write(`${JSON.stringify(report)}\n`, () => process.exit())
