import { buildRef, type Timestamp } from '@parley/core'
import { type Kysely, sql } from 'kysely'
import type { Schema } from '../store/schema.ts'
import type { FirstAnswers, PeriodUnit } from './quality.ts'

// What `desk.quality` counts, in SQL. Each statement reads an index, and no body of a message.

type Db = Kysely<Schema>

interface Span {
  since: string
  until: string
}

/** When the periods begin. */
export async function startsOf(
  db: Db,
  { since, until, unit, timeZone }: Span & { unit: PeriodUnit; timeZone: string },
): Promise<{ start: Timestamp; date: string }[]> {
  const { rows } = await sql<{ start: Timestamp; date: string }>`
    select local at time zone ${timeZone}::text as start, to_char(local, 'YYYY-MM-DD') as date
    from generate_series(date_trunc(${unit}::text, ${since}::timestamptz at time zone ${timeZone}::text),
      ${until}::timestamptz at time zone ${timeZone}::text, ('1 ' || ${unit}::text)::interval) as local
    where local at time zone ${timeZone}::text < ${until}::timestamptz
    order by local`.execute(db)
  return rows
}

export interface Asked extends Span {
  starts: readonly string[]
  accounts: readonly { name: string; no: number; vendor: string; account: string }[]
}

/** What is in one group and one period. */
interface Group {
  /** The index of the period. */
  period: number
  count: number
}

interface Spoken extends Group {
  account: number
  speaker: string
  agent_id: string | null
  cites: boolean | null
}

interface First extends FirstAnswers {
  /** `null`: of the whole time. */
  period: number | null
}

export interface Counted {
  spoken: readonly Spoken[]
  first: readonly First[]
  control: readonly (Group & { to: string })[]
  ratings: readonly (Group & { vote: string | null })[]
  agents: { account: string; agent: string | null; name: string | null; answers: number; periods: number[] }[]
  handOffsSince: Timestamp | null
  known: ReadonlyMap<string, { untimed: number; hasControl: boolean }>
}

/** @param db a transaction, whose settings change. */
export async function countQuality(db: Db, asked: Asked): Promise<Counted> {
  // The groups of a year then fit into memory. Otherwise all rows are sorted, on disk.
  await sql`select set_config('work_mem', '64MB', true)`.execute(db)
  const spoken = await countSpoken(db, asked)
  return {
    spoken,
    first: await countFirst(db, asked),
    control: await countControl(db, asked),
    ratings: await countRatings(db, asked),
    agents: await agentsOf(db, asked, spoken),
    handOffsSince: await firstChange(db, asked),
    known: await knownOf(db, asked),
  }
}

const numbersOf = ({ accounts }: Asked) => sql`${accounts.map(({ no }) => no)}::smallint[]`
const isIn = (column: string, { since, until }: Span) =>
  sql`${sql.ref(column)} >= ${since}::timestamptz and ${sql.ref(column)} < ${until}::timestamptz`
/** The index of the period. */
const periodOf = (column: string, { starts }: Asked) =>
  sql`width_bucket(${sql.ref(column)}, ${starts}::timestamptz[]) - 1`

/** The messages to contacts. What does not name its agent is of the one in charge of the conversation. */
async function countSpoken(db: Db, asked: Asked): Promise<Spoken[]> {
  const { rows } = await sql<Spoken>`
    select told.account, ${periodOf('told.said_at', asked)} as period, told.speaker, told.cites,
      case when told.speaker = 'agent' then coalesce(told.agent_id, nullif(own.agent_id, '')) end as agent_id, count(*)::int as count
    from parley.messages as told left join parley.conversations as own
      on own.ref = told.conversation and told.speaker = 'agent' and told.agent_id is null
    where told.account = any(${numbersOf(asked)}) and told.deleted_at is null and told.speaker is not null
      and told.speaker <> 'contact' and ${isIn('told.said_at', asked)}
    group by 1, 2, 3, 4, 5`.execute(db)
  return rows
}

/** How long the contacts waited. A conversation belongs to the period of the first message of its contact. */
async function countFirst(db: Db, asked: Asked): Promise<First[]> {
  const { rows } = await sql<First>`
    with asked as materialized (
      select conversation, min(said_at) as at from parley.messages
      where account = any(${numbersOf(asked)}) and deleted_at is null and speaker is not null and speaker = 'contact'
        and ${isIn('said_at', asked)}
      group by conversation
    ), answered as (
      select ${periodOf('asked.at', asked)} as period, answer.speaker, extract(epoch from answer.said_at - asked.at) * 1000 as waited
      from asked cross join lateral (
        select own.sort_at from parley.messages as own
        where own.conversation = asked.conversation and own.deleted_at is null and own.speaker = 'contact'
        order by own.sort_at, own.position limit 1) as first
      left join lateral (
        select own.speaker, own.said_at from parley.messages as own
        where own.conversation = asked.conversation and own.deleted_at is null and own.sort_at >= asked.at
          and own.speaker in ('agent', 'operator') and own.said_at is not null
        order by own.sort_at, own.position limit 1) as answer on true
      where first.sort_at >= asked.at
    )
    select period, count(*)::int as conversations, count(*) filter (where speaker = 'agent')::int as agent,
      count(*) filter (where speaker = 'operator')::int as operator, count(*) filter (where speaker is null)::int as unanswered,
      round(percentile_cont(0.5) within group (order by waited))::float8 as median,
      round(percentile_cont(0.9) within group (order by waited))::float8 as percentile90
    from answered group by grouping sets ((period), ())`.execute(db)
  return rows
}

async function countControl(db: Db, asked: Asked): Promise<Counted['control']> {
  const { rows } = await sql<Counted['control'][number]>`
    select ${periodOf('at', asked)} as period, fields->'control'->>'to' as to, count(*)::int as count from parley.changes
    where account = any(${numbersOf(asked)}) and fields ? 'control' and ${isIn('at', asked)} and change = 'updated'
      and (fields->'control'->>'from', fields->'control'->>'to') in (('agent', 'operator'), ('operator', 'agent'))
    group by 1, 2`.execute(db)
  return rows
}

/** A vendor can show the same rating with its message and with its conversation. */
async function countRatings(db: Db, asked: Asked): Promise<Counted['ratings']> {
  const { rows } = await sql<Counted['ratings'][number]>`
    with rated as (
      select account, ref, said_at, ratings from parley.messages
      where account = any(${numbersOf(asked)}) and deleted_at is null and ratings is not null
      union all
      select account, ref, null, ratings from parley.conversations
      where account = any(${numbersOf(asked)}) and deleted_at is null and ratings is not null
    ), each as (
      select distinct on (rated.account, coalesce(rating->>0, rated.ref || ' ' || place)) rating->>1 as vote,
        coalesce((rating->>2)::timestamptz, rated.said_at) as at
      from rated cross join lateral jsonb_array_elements(rated.ratings::jsonb) with ordinality as own (rating, place)
      order by rated.account, coalesce(rating->>0, rated.ref || ' ' || place), rating->>2 nulls last)
    select ${periodOf('at', asked)} as period, vote, count(*)::int as count from each
    where ${isIn('at', asked)} group by 1, 2`.execute(db)
  return rows
}

/** The answers of each agent, most first. */
async function agentsOf(db: Db, { accounts, starts }: Asked, spoken: readonly Spoken[]): Promise<Counted['agents']> {
  const found = new Map<string, Counted['agents'][number]>()
  for (const { account: no, speaker, agent_id: id, period, count } of spoken) {
    if (speaker !== 'agent') continue
    const own = accounts.find((each) => each.no === no)
    if (!own) continue
    const agent = id === null ? null : buildRef({ vendor: own.vendor, account: own.account, kind: 'agent', id })
    const key = agent ?? own.name
    const row = found.get(key) ?? { account: own.name, agent, name: null, answers: 0, periods: starts.map(() => 0) }
    row.answers += count
    row.periods[period] = (row.periods[period] ?? 0) + count
    found.set(key, row)
  }
  const refs = [...found.values()].flatMap(({ agent }) => agent ?? [])
  const { rows } = await sql<{ ref: string; body: { name?: unknown } }>`
    select ref, body from parley.agents where ref = any(${refs}::text[])`.execute(db)
  for (const { ref, body } of rows) {
    const row = found.get(ref)
    if (row && typeof body.name === 'string') row.name = body.name
  }
  return [...found].sort(([a, one], [b, two]) => two.answers - one.answers || (a < b ? -1 : 1)).map(([, row]) => row)
}

/** Since when the changes of all these accounts are kept. */
async function firstChange(db: Db, asked: Asked): Promise<Timestamp | null> {
  const { rows } = await sql<{ at: Timestamp | null }>`
    select greatest((select max(added_at) from parley.accounts where no = any(${numbersOf(asked)})),
      (select min(at) from parley.changes)) as at
    where exists (select from parley.changes)`.execute(db)
  return rows[0]?.at ?? null
}

/** What is known of each account. */
async function knownOf(db: Db, asked: Asked): Promise<Counted['known']> {
  const { rows } = await sql<{ name: string; untimed: number; hasControl: boolean }>`
    select account.name,
      (select count(*)::int from parley.messages as own where own.account = account.no and deleted_at is null and speaker is not null
        and speaker <> 'contact' and said_at is null) as untimed,
      exists (select from parley.conversations as own where own.account = account.no and deleted_at is null
        and control in ('agent', 'operator')) as "hasControl"
    from parley.accounts as account where account.no = any(${numbersOf(asked)})`.execute(db)
  return new Map(rows.map(({ name, ...known }) => [name, known]))
}
