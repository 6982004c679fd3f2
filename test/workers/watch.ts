import type { Pool } from 'pg'
import type { Problem } from '../sync/simulation/compare.ts'

/*
 * What no statement may do, and what the fencing token prevented, seen by the database itself. Each worker has a connection
 * with an `application_name` of its own.
 */
const watch = `
  create schema watch;
  create sequence watch.refused;
  create table watch.violations (what text);
  create table watch.holders (account smallint, stream text, process text, primary key (account, stream));
  create function watch.record() returns trigger language plpgsql as $$ begin
    if new.fetched_at < old.fetched_at then insert into watch.violations values ('an older read replaced ' || old.ref); end if;
    return null;
  end $$;
  create function watch.stream() returns trigger language plpgsql as $$ begin
    if tg_op = 'INSERT' or new.fence <> old.fence then
      insert into watch.holders values (new.account, new.stream, current_setting('application_name'))
      on conflict (account, stream) do update set process = excluded.process;
    elsif new.moved_at is distinct from old.moved_at and exists (select from watch.holders h
      where h.account = new.account and h.stream = new.stream and h.process <> current_setting('application_name')) then
      insert into watch.violations values ('a superseded worker wrote to ' || new.stream);
    end if;
    return null;
  end $$;
  create function watch.fence() returns trigger language plpgsql as $$ begin
    if current_query() like '% and fence = %' and not exists (select from changed) then perform nextval('watch.refused'); end if;
    return null;
  end $$;
  create trigger watch after update on parley.agents for each row execute function watch.record();
  create trigger watch after update on parley.contacts for each row execute function watch.record();
  create trigger watch after update on parley.conversations for each row execute function watch.record();
  create trigger watch after update on parley.messages for each row execute function watch.record();
  create trigger watch after insert or update on parley.streams for each row execute function watch.stream();
  create trigger fence after update on parley.streams referencing new table as changed
    for each statement execute function watch.fence();
`

export async function beginWatch(pool: Pool): Promise<void> {
  await pool.query(watch)
}

export interface Held {
  account: number
  stream: string
}

/** The streams of which a worker has the lease. */
export async function heldStreams(pool: Pool, worker: string): Promise<Held[]> {
  const { rows } = await pool.query(
    `select account, stream from parley.streams join watch.holders using (account, stream)
    where process = $1 and state = 'running' and held_until > clock_timestamp() order by 1, 2`,
    [worker],
  )
  return rows
}

/** As if the time of these leases had passed. */
export async function endLeases(pool: Pool, streams: readonly Held[]): Promise<void> {
  for (const { account, stream } of streams) {
    await pool.query(
      `update parley.streams set held_until = clock_timestamp() - interval '1 second'
      where account = $1 and stream = $2`,
      [account, stream],
    )
  }
}

/** Whether another worker has had the lease of one of these streams since. */
export async function isTakenOver(pool: Pool, worker: string, streams: readonly Held[]): Promise<boolean> {
  const { rows } = await pool.query(
    `select from watch.holders join unnest($1::int[], $2::text[]) as own (account, stream) using (account, stream)
    where process <> $3`,
    [streams.map(({ account }) => account), streams.map(({ stream }) => stream), worker],
  )
  return rows.length > 0
}

/** How often a worker that was superseded was refused, and what was not refused although it had to be. */
export async function whatWasSeen(pool: Pool): Promise<{ refused: number; problems: Problem[] }> {
  const { rows } = await pool.query('select what from watch.violations')
  const { rows: counted } = await pool.query(
    'select case when is_called then last_value else 0 end as refused from watch.refused',
  )
  const problems = rows.map(({ what }: { what: string }): Problem => ({ kind: 'forbidden', what }))
  return { refused: Number(counted[0].refused), problems }
}
