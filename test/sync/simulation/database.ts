import type { Pool, PoolClient } from 'pg'
import { storeOf } from '../../../packages/inbox/src/store/database.ts'
import { migrate } from '../../../packages/inbox/src/store/migrate.ts'
import { connectedWith, poolWith } from '../../../packages/inbox/src/store/postgres.ts'
import type { Store } from '../../../packages/inbox/src/store/store.ts'
import type { Machine, Process } from './machine.ts'
import type { Random } from './random.ts'
import type { SharedDatabase } from './shared-database.ts'

/** The database of one run, as its processes see it. */
export interface Database {
  /** The store as this process has it. */
  storeFor(process: Process, faults?: DatabaseFaults): Store
  /** Reads the database from outside. */
  rows<Row>(text: string, values?: readonly unknown[]): Promise<Row[]>
}

interface DatabaseFaults {
  readonly random: Random
  /** The probability that a connection breaks at a query. */
  readonly breaks: number
  /** Whether no connection works now. */
  isAway?(): boolean
  /** Called for each. */
  onBreak(): void
}

interface Connection {
  isBroken: boolean
  query(given: string | { text: string; values?: unknown[] }, more?: unknown[]): Promise<unknown>
  release(): void
  on(): void
  off(): void
}

/**
 * What no statement may do, whatever its code says: let an older read replace a newer one, write as a worker that was
 * superseded, or claim a send out of its turn. The process of a statement is known to the machine and not to the program.
 * `claims` and `going_on` are what the comparison of the desk needs: when a send was claimed, and which sends of the
 * conversation were going on, or had just ended, when it was recorded.
 */
const watch = `
  create schema simulation;
  create table simulation.violations (what text);
  create table simulation.holders (account smallint, stream text, process text, primary key (account, stream));
  create function simulation.watch_record() returns trigger language plpgsql as $$ begin
    if new.fetched_at < old.fetched_at then insert into simulation.violations values ('an older read replaced ' || old.ref); end if;
    return null;
  end $$;
  create function simulation.watch_stream() returns trigger language plpgsql as $$ begin
    if tg_op = 'INSERT' or new.fence <> old.fence then
      insert into simulation.holders values (new.account, new.stream, current_setting('simulation.process'))
      on conflict (account, stream) do update set process = excluded.process;
    elsif new.moved_at is distinct from old.moved_at and exists (select 1 from simulation.holders h
      where h.account = new.account and h.stream = new.stream and h.process <> current_setting('simulation.process')) then
      insert into simulation.violations values ('a superseded worker wrote to ' || new.stream);
    end if;
    return null;
  end $$;
  create table simulation.claims (send uuid, at timestamptz);
  create table simulation.going_on (send uuid, other uuid);
  create function simulation.watch_outbox() returns trigger language plpgsql as $$ begin
    if tg_op = 'INSERT' then
      insert into simulation.going_on select new.id, other.id from parley.outbox as other
      where other.conversation = new.conversation and other.no < new.no and other.kind = 'reply' and other.place = 'vendor'
        and (other.state in ('recorded', 'claimed') or (other.state <> 'failed'
          and coalesce(other.ended_at, other.claimed_until) > clock_timestamp() - interval '1 minute'));
      return null;
    end if;
    if old.state in ('sent', 'failed') and new.state <> old.state then
      insert into simulation.violations values (old.state || ' became ' || new.state || ' of the send ' || new.id);
    end if;
    if new.state = 'claimed' and old.state <> 'claimed' then
      insert into simulation.claims values (new.id, clock_timestamp());
      if exists (select from parley.outbox as other where other.conversation = new.conversation and other.id <> new.id
        and (other.state = 'claimed' or (other.state = 'recorded' and other.no < new.no))) then
        insert into simulation.violations values ('the send ' || new.id || ' was claimed out of its turn');
      end if;
    end if;
    return null;
  end $$;
  create trigger watch after insert or update on parley.outbox for each row execute function simulation.watch_outbox();
  create trigger watch after update on parley.agents for each row execute function simulation.watch_record();
  create trigger watch after update on parley.contacts for each row execute function simulation.watch_record();
  create trigger watch after update on parley.conversations for each row execute function simulation.watch_record();
  create trigger watch after update on parley.messages for each row execute function simulation.watch_record();
  create trigger watch after insert or update on parley.streams for each row execute function simulation.watch_stream();
`

/**
 * Connects to the database and makes the tables, if another program has not done so.
 *
 * @param schema what is different about the tables of this program.
 */
export async function prepare(shared: SharedDatabase, schema: string): Promise<Session> {
  const pool = poolWith({ user: 'postgres', database: 'postgres', ssl: false, max: 1, stream: shared.socket })
  const client = await pool.connect()
  const names = new Map<string, string>()
  shared.programs += 1
  const program = shared.programs
  let last: Promise<unknown> = Promise.resolve()
  const session: Session = {
    setClock(clock) {
      shared.clock = clock
    },
    query(text, values) {
      const name = names.get(text) ?? `${program} ${names.size}`
      names.set(text, name)
      // Named, so that a statement is parsed and planned once and not in each of a thousand runs.
      const query = values?.length ? { name, text, values: [...values] } : { text }
      const result = last.then(() => client.query(query))
      last = result.catch(() => {})
      return result
    },
  }
  await client.query("select set_config('simulation.process', '', false)")
  if (shared.schema === schema) return session
  await client.query('drop schema if exists parley cascade; drop schema if exists simulation cascade')
  const only = { connect: async () => client, end: async () => {} } as unknown as Pool
  await migrate(connectedWith(withoutRelease(only, client)).db)
  await client.query(watch)
  // In tables this small they only take time.
  await client.query(`do $$ declare name text; begin
    for name in select indexrelid::regclass from pg_index join pg_class on pg_class.oid = indexrelid
      where relnamespace = 'parley'::regnamespace and not indisunique
    loop execute 'drop index ' || name; end loop; end $$`)
  shared.schema = schema
  return session
}

/** Kysely gives the connection back after each statement. It stays open here. */
const withoutRelease = (pool: Pool, client: PoolClient): Pool => {
  Object.defineProperty(client, 'release', { value: () => {} })
  return pool
}

/** The one session of the database. */
export interface Session {
  setClock(clock: () => number): void
  query(text: string, values?: readonly unknown[]): Promise<unknown>
}

/** Empties the tables that have something. */
const empty = `
  do $$ declare names text; begin
    select string_agg(oid::regclass::text, ', ') into names from pg_class where relkind = 'r' and relname not like 'migration%'
      and relnamespace in ('parley'::regnamespace, 'simulation'::regnamespace) and pg_relation_size(oid) > 0;
    if names is not null then execute 'truncate ' || names || ' restart identity cascade'; end if;
  end $$`

/** Empties the tables, and begins a run. */
export async function beginDatabase(shared: Session, machine: Machine): Promise<Database> {
  await shared.query(empty)
  let statements = 0
  // No two statements have the same time.
  shared.setClock(() => machine.now + statements / 1000)
  let shown: string | undefined
  /** The connection that has an open transaction. PGlite has one session, so all others wait. */
  let owner: object | undefined

  const query = async (who: string, text: string, values?: readonly unknown[]): Promise<unknown> => {
    statements += 1
    // Not awaited, so that nothing comes between it and the statement.
    if (who !== shown && text.includes('parley.streams')) {
      void shared.query("select set_config('simulation.process', $1, false)", [who])
      shown = who
    }
    // It undoes the setting as well.
    if (/^\s*rollback/i.test(text)) shown = undefined
    return shared.query(text, values)
  }

  function connect(process: Process, faults: DatabaseFaults | undefined, idle: Connection[]): Connection {
    const connection: Connection = {
      isBroken: false,
      query(given: string | { text: string; values?: unknown[] }, more?: unknown[]) {
        const { text, values } = typeof given === 'string' ? { text: given, values: more } : given
        return process.step({
          what: () => describe(text, values),
          isReady: () => owner === undefined || owner === connection,
          isHeld: () => owner === connection,
          work: () => work(text, values),
        })
      },
      release() {
        if (!connection.isBroken) idle.push(connection)
      },
      on() {},
      off() {},
    }
    const rollBack = async () => {
      if (owner !== connection) return
      owner = undefined
      await query(process.name, 'rollback')
    }
    async function work(text: string, values: unknown[] | undefined): Promise<unknown> {
      if (connection.isBroken) throw brokenConnection()
      const isAway = faults?.isAway?.() ?? false
      const breaks = isAway || (faults?.random.chance(faults.breaks) ?? false)
      const isDone = breaks && !isAway && faults?.random.chance(0.5)
      if (breaks) {
        faults?.onBreak()
        connection.isBroken = true
      }
      if (breaks && !isDone) {
        await rollBack()
        throw brokenConnection()
      }
      const result = await query(process.name, text, values)
      if (/^\s*(begin|start transaction)/i.test(text)) owner = connection
      if (/^\s*(commit|rollback)\b(?! to)/i.test(text)) owner = undefined
      if (!breaks) return result
      await rollBack()
      throw brokenConnection()
    }
    process.onDeath(rollBack)
    return connection
  }

  return {
    storeFor(process, faults) {
      const idle: Connection[] = []
      const pool = {
        async connect() {
          return idle.pop() ?? connect(process, faults, idle)
        },
        end: async () => {},
        on() {},
      } as unknown as Pool
      return storeOf({ ...connectedWith(pool), notice: null })
    },
    async rows<Row>(text: string, values?: readonly unknown[]) {
      return ((await query('', text, values)) as { rows: Row[] }).rows
    },
  }
}

const brokenConnection = () => Object.assign(new Error('Connection terminated unexpectedly'), { code: 'ECONNRESET' })

const describe = (text: string, values: readonly unknown[] = []): string =>
  `${text.slice(0, 300)} ${JSON.stringify(values).slice(0, 500)}`
