import { ConfigurationError } from '@parley/core'
import {
  type CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  Kysely,
  PostgresAdapter,
  PostgresDriver,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type QueryResult,
  sql,
} from 'kysely'
import { Pool, type PoolClient, type PoolConfig, types } from 'pg'
import type { Connected } from './connected.ts'
import { databaseError } from './database.ts'
import type { Schema } from './schema.ts'

/** Opens a database of a PostgreSQL server. */
export async function openPostgres(url: string, connections = 10): Promise<Connected> {
  const pool = poolWith({
    connectionString: url,
    max: connections,
    // Also bounds how long a query waits for a free connection.
    connectionTimeoutMillis: 30_000,
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
  })
  const connected = { ...connectedWith(pool), notice: null }
  try {
    await checkServer(connected.db)
  } catch (error) {
    await connected.close()
    throw error
  }
  return connected
}

/**
 * What each connection begins with. The parsers rely on the formats; the database or the role may have other defaults. The time
 * is that of a lease: a process that was suspended within a transaction has lost its leases then, and would hold up all others
 * by its locks for as long as it is suspended.
 */
const session =
  "set datestyle = 'ISO'; set timezone = 'UTC'; set bytea_output = 'hex'; set idle_in_transaction_session_timeout = '15s'"

/** Connections whose rows have the types that `Schema` states. */
export function poolWith(config: PoolConfig): Pool {
  const pool = new EndingPool({
    fallback_application_name: 'parley',
    ...config,
    types: { getTypeParser: (type, format) => parsers[type] ?? types.getTypeParser(type, format) },
    onConnect: (client) => client.query(session),
  } as PoolConfig)
  // A connection that breaks is replaced when it is needed. Without listeners, its error would end the process: the first
  // is for connections without work, the second for those between two statements of a transaction.
  pool.on('error', () => {})
  pool.on('connect', (client) => client.on('error', () => {}))
  return pool
}

type OnConnect = Parameters<Pool['connect']>[0]

/** When it ends, it refuses those who still wait for a connection. The driver's own pool leaves them waiting for ever. */
class EndingPool extends Pool {
  readonly #waiting = new Set<() => void>()

  override connect(): Promise<PoolClient>
  override connect(callback: OnConnect): void
  override connect(callback?: OnConnect): Promise<PoolClient> | undefined {
    if (!callback)
      return new Promise((resolve, reject) => {
        this.connect((error, client) => (client ? resolve(client) : reject(error)))
      })
    let isAnswered = false
    const refuse = (): void => {
      isAnswered = true
      callback(new Error('Cannot use a pool after calling end on the pool'), undefined, () => {})
    }
    this.#waiting.add(refuse)
    super.connect((error, client, release) => {
      this.#waiting.delete(refuse)
      if (isAnswered) client?.release()
      else callback(error, client, release)
    })
    return undefined
  }

  override async end(): Promise<void> {
    const ended = super.end()
    for (const refuse of this.#waiting) refuse()
    await ended
  }
}

export function connectedWith(pool: Pool): Pick<Connected, 'db' | 'pool' | 'close'> {
  const db = new Kysely<Schema>({ dialect: dialectOf(pool) })
  return { db, pool, close: () => pool.end() }
}

type Parser = (text: string) => unknown

const instant: Parser = (text) => {
  const [, date, time, fraction = ''] = /^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d)(?:\.(\d+))?\+00$/.exec(text) ?? []
  // What is left has no ISO form of four digits for the year: the infinities, and years before 1 or after 9999.
  return date === undefined ? text : `${date}T${time}.${fraction.padEnd(3, '0').slice(0, 3)}Z`
}

const bytes: Parser = (text) => new Uint8Array(Buffer.from(text.slice(2), 'hex'))

const listOf =
  (parse: Parser): Parser =>
  (text) =>
    (textList(text) as (string | null)[]).map((entry) => (entry === null ? null : parse(entry)))

const textList = types.getTypeParser(1009 as Parameters<typeof types.getTypeParser>[0])

const asText: Parser = (text) => text

/** By the number of the type. `int8`, `numeric` and `xid8` are strings without a parser. */
const parsers: Record<number, Parser> = {
  17: bytes,
  1001: listOf(bytes),
  1082: asText, // date
  1114: asText, // timestamp without time zone
  1184: instant,
  1185: listOf(instant),
}

/** Kysely's own dialect, whose errors become the library's. */
const dialectOf = (pool: Pool): Dialect => ({
  createAdapter: () => new PostgresAdapter(),
  createDriver: () => new Driver({ pool }),
  createIntrospector: (db) => new PostgresIntrospector(db),
  createQueryCompiler: () => new PostgresQueryCompiler(),
})

class Driver extends PostgresDriver {
  override async acquireConnection(): Promise<DatabaseConnection> {
    const connection = await super.acquireConnection().catch(rethrow)
    if (!Object.hasOwn(connection, 'executeQuery')) {
      const execute = connection.executeQuery.bind(connection)
      connection.executeQuery = <Row>(query: CompiledQuery): Promise<QueryResult<Row>> =>
        execute<Row>(query).catch(rethrow)
    }
    return connection
  }
}

function rethrow(error: unknown): never {
  throw databaseError(error)
}

async function checkServer(db: Kysely<Schema>): Promise<void> {
  const asked = sql<{ version: number; encoding: string }>`
    select current_setting('server_version_num')::int as version, current_setting('server_encoding') as encoding`
  const [{ version, encoding } = { version: 0, encoding: '' }] = (await asked.execute(db)).rows
  if (version < 150_000) throw unusable(`is version ${Math.floor(version / 10_000)}`, 'Use PostgreSQL 15 or later.')
  const advice = `Create a database with: create database parley template template0 encoding 'UTF8' locale 'C.UTF-8'.`
  if (encoding !== 'UTF8') throw unusable(`has the encoding ${encoding}, which cannot store every text`, advice)
  const [{ folds } = { folds: false }] = (
    await sql<{ folds: boolean }>`
      select lower('Ж') = 'ж' and to_tsvector('simple', 'Ж') = to_tsvector('simple', 'ж') as folds`.execute(db)
  ).rows
  if (!folds)
    throw unusable('has an LC_CTYPE that knows only the letters of ASCII, so a search would miss words', advice)
}

function unusable(what: string, advice: string): ConfigurationError {
  return new ConfigurationError({
    message: `The PostgreSQL database ${what}. ${advice}`,
    fields: [{ path: 'url', problem: what }],
  })
}
