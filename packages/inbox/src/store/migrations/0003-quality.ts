import type { Conversation, Message } from '@parley/core'
import { type Kysely, sql } from 'kysely'
import { type MeasuredMessage, measuredColumns, measuredConversation, measuredMessage } from '../measured.ts'

/** What `desk.quality` counts. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of columns) await sql.raw(statement).execute(db)
  await measureMessages(db)
  await measureConversations(db)
  for (const statement of indexes) await sql.raw(statement).execute(db)
}

const columns = [
  `alter table parley.messages
    add column said_at timestamptz,
    add column speaker text,
    add column agent_id text,
    add column cites boolean,
    -- A list of [id, vote, time] as JSON.
    add column ratings text`,
  'alter table parley.conversations add column ratings text',
]

const indexes = [
  // With what is counted, so that a report costs no look into the table.
  `create index messages_spoken on parley.messages (account, said_at)
    include (conversation, speaker, agent_id, cites) where deleted_at is null and speaker is not null`,
  // The same for what is looked up in each conversation.
  'drop index parley.messages_by_conversation',
  `create index messages_by_conversation on parley.messages (conversation, sort_at desc, position desc, ref)
    include (speaker, said_at) where deleted_at is null`,
  'create index messages_rated on parley.messages (account) where deleted_at is null and ratings is not null',
  'create index conversations_rated on parley.conversations (account) where deleted_at is null and ratings is not null',
  // Of the many changes, few are of control.
  "create index changes_of_control on parley.changes (account, at) where fields ? 'control'",
]

const names = Object.keys(measuredColumns) as (keyof MeasuredMessage)[]

/** How many records are read at once. */
const count = 1000

/** Only a program can read the bodies, so each is read once. */
async function measureMessages(db: Kysely<unknown>): Promise<void> {
  for (let after = '0'; ; ) {
    const { rows } = await sql<{ no: string; body: Message }>`
      select no, body from parley.messages where no > ${after}::bigint order by no limit ${count}`.execute(db)
    const last = rows.at(-1)
    if (!last) return
    after = last.no
    const found = rows.map(({ body }) => measuredMessage(body))
    const values = names.map((name) => sql`${found.map((row) => row[name])}::${sql.raw(measuredColumns[name])}[]`)
    await sql`
      update parley.messages as own set ${sql.join(names.map((name) => sql`${sql.ref(name)} = given.${sql.ref(name)}`))}
      from unnest(${rows.map(({ no }) => no)}::bigint[], ${sql.join(values)}) as given (no, ${sql.join(names.map((name) => sql.ref(name)))})
      where own.no = given.no`.execute(db)
  }
}

async function measureConversations(db: Kysely<unknown>): Promise<void> {
  for (let after = ''; ; ) {
    const { rows } = await sql<{ ref: string; body: Conversation }>`
      select ref, body from parley.conversations where ref > ${after} order by ref limit ${count}`.execute(db)
    const last = rows.at(-1)
    if (!last) return
    after = last.ref
    const rated = rows.flatMap(({ ref, body }) => {
      const { ratings } = measuredConversation(body)
      return ratings === null ? [] : [{ ref, ratings }]
    })
    await sql`
      update parley.conversations as own set ratings = given.ratings
      from unnest(${rated.map(({ ref }) => ref)}::text[], ${rated.map(({ ratings }) => ratings)}::text[]) as given (ref, ratings)
      where own.ref = given.ref`.execute(db)
  }
}
