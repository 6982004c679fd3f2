import { sharedLimiter } from '@parley/core/rate-limiter'
import { leadConnector } from '@parley/leadconnector'
import { Pool } from 'pg'
import { RateLimiterPostgres } from 'rate-limiter-flexible'

/** One process of an application that reads as fast as it may. */
export interface ChildTask {
  requests: number
  /** Where the processes count together; missing: each for itself. */
  databasePort?: number
  options: { token: string; locationId: string; baseUrl: string; maxRetries?: number }
}

/** What became of its requests, tries included. */
export interface ChildReport {
  /** How often each status came. */
  statuses: Record<string, number>
  warnings: string[]
  sharing: 'up' | 'down' | null
}

const { requests, databasePort, options } = JSON.parse(process.argv[2] as string) as ChildTask
const report: ChildReport = { statuses: {}, warnings: [], sharing: null }

/** The embedded PostgreSQL has one session, in which the names of prepared statements would collide: they go unnamed. */
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
// All begin at once: when the test has seen that each of them is ready.
await new Promise((resolve) => process.stdin.once('data', resolve))
await Promise.allSettled(Array.from({ length: requests }, async () => desk.conversations.list({ limit: 1 })))
report.sharing = desk.rateLimitStatus().sharing
process.stdout.write(`${JSON.stringify(report)}\n`, () => process.exit())
