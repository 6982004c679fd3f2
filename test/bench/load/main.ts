import { startDatabase } from '../inbox/database.ts'
import { accountNames } from '../inbox/rows.ts'
import { quantile, type Row, row } from '../measure.ts'
import { closeIdle } from './client.ts'
import { deafReaders } from './deaf.ts'
import { fillDesk } from './fill.ts'
import { createSigner, flood } from './flood.ts'
import { serveApart } from './serve.ts'
import { type Token, workingDay } from './working-day.ts'

const usual = {
  conversations: 50_000,
  messages: 20_000,
  overlays: 3000,
  streams: 200,
  seconds: 60,
  deliveries: 10_000,
  changes: 40_000,
}

/** A try, which measures nothing: of the conversations a twentieth, and of everything else too. */
const small = {
  conversations: 2500,
  messages: 1000,
  overlays: 200,
  streams: 20,
  seconds: 6,
  deliveries: 500,
  changes: 40_000,
}

/**
 * A server over a real PostgreSQL under load, of which this process is the client. Takes about three minutes.
 *
 * @param show is given each row as soon as it is measured.
 */
export async function benchServer(show: (row: Row) => void, isSmall: boolean): Promise<void> {
  const size = isSmall ? small : usual
  const postgres = await startDatabase()
  try {
    process.stderr.write(`${postgres.machine}\n`)
    const bench = await postgres.open()
    await fillDesk(bench, size)
    const names = accountNames.map((name) => `acme:${name}`)
    const signed = 'leadconnector:shop'
    const signer = createSigner()
    await bench.pool.query('insert into parley.accounts (name) values ($1)', [signed])
    const tokenOf = (name: string, accounts: string[]): Token & { name: string } => ({
      ...{ name, accounts, secret: `${name}-`.padEnd(40, 'x') },
    })
    const worker = tokenOf('ada', names)
    const readers = [worker, worker, worker, tokenOf('desk', ['acme:desk'])]
    const server = await serveApart({
      url: bench.url,
      accounts: [...names, signed],
      tokens: [...new Set(readers)].map((token) => ({
        ...{ ...token, role: 'operator' },
        operatorIds: Object.fromEntries(token.accounts.map((name) => [name, 'op_3'])),
      })),
      webhook: { account: signed, locationId: signer.locationId, publicKey: signer.publicKey },
    })
    const { pool } = bench
    try {
      const load = await workingDay({ server, pool, worker, readers, ...size })
      process.stderr.write(`${JSON.stringify({ ...load, times: load.times.length, atFirst: load.atFirst.length })}\n`)
      const list = `list over HTTP, ${load.times.length} in ${size.seconds} s beside ${size.streams} streams`
      const [p50, p95, p99] = [0.5, 0.95, 0.99].map((part) => quantile(load.times, part) * 1000) as [
        number,
        number,
        number,
      ]
      show(row(`${list}: p95 µs, against the aim`, p95, 100_000, 1))
      show(row(`${list}: p50 µs, against p99`, p50, p99))
      const [first50, first95] = [0.5, 0.95].map((part) => quantile(load.atFirst, part) * 1000) as [number, number]
      show(
        row(
          'the same in the ten seconds before, when the server has just started: p50 µs, against p95',
          first50,
          first95,
        ),
      )
      show(row(`${list}: requests that failed, against all`, load.failures, load.times.length, 0))
      const { due, lost, twice, again, dropped, cuts } = load.streams
      const streams = `${size.streams} streams, ${load.changes} changes, ${cuts} resumed`
      show(row(`${streams}: events lost, against those due`, lost, due, 0))
      show(row(`${streams}: events twice without a resume, against those due`, twice, due, 0))
      show(row(`${streams}: events again after a resume, against those due`, again, due))
      show(row(`${streams}: streams that the server ended, against all`, dropped, size.streams, 0))
      show(
        row(
          'the same minute: CPU ms a second of the server, against the database',
          (load.cpu * 1000) / load.cost.wall,
          (load.cost.server * 1000) / load.cost.wall,
        ),
      )
      show(row('the same minute: most resident MB of the server, against the aim', server.mostResident() / 1e6, 400, 1))

      const flooded = await flood(server, pool, { account: signed, count: size.deliveries, signer })
      process.stderr.write(`${JSON.stringify({ ...flooded, times: undefined })}\n`)
      const webhooks = `webhook flood of ${flooded.deliveries}, 50 at once`
      show(row(`${webhooks}: deliveries, against seconds`, flooded.deliveries, flooded.seconds))
      show(
        row(
          `${webhooks}: p95 µs, against p50`,
          quantile(flooded.times, 0.95) * 1000,
          quantile(flooded.times, 0.5) * 1000,
        ),
      )
      const { statuses, stored, valid, others } = flooded
      show({ ...row(`${webhooks}: hints stored, against the distinct valid ones`, stored, valid), atLeast: 1 })
      show(row(`${webhooks}: hints of others, against the valid ones`, others, valid, 0))
      const known = (statuses[200] ?? 0) + (statuses[401] ?? 0) + (statuses[429] ?? 0)
      show(
        row(
          `${webhooks}: answers other than 200, 401 and 429, against all`,
          flooded.deliveries - known,
          flooded.deliveries,
          0,
        ),
      )

      const quiet = await deafReaders(server, bench, { changes: size.changes, token: worker })
      process.stderr.write(`${JSON.stringify(quiet)}\n`)
      const deaf = `${quiet.deaf} readers that never read, ${quiet.changes} changes`
      show({ ...row(`${deaf}: readers cut off, against all`, quiet.cutOff, quiet.deaf), atLeast: 1 })
      show(row(`${deaf}: most resident MB of the server, against before`, quiet.most / 1e6, quiet.before / 1e6, 2))
      show(row(`${deaf}: events lost by the others, against those due`, quiet.others.lost, quiet.others.due, 0))
      show(row(`${deaf}: streams of others that ended, against 20`, quiet.others.dropped, 20, 0))
      show(
        row(
          'errors that the server reported, against requests',
          server.errors.length,
          load.times.length + flooded.deliveries,
          0,
        ),
      )
      for (const error of new Set(server.errors)) process.stderr.write(`${error}\n`)
    } finally {
      closeIdle()
      await server.stop()
    }
  } finally {
    await postgres.stop()
  }
}
