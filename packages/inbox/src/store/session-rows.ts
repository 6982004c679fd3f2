import type { JsonObject } from '@parley/core'
import { sql } from 'kysely'
import type { Sessions } from '../sessions.ts'
import { databaseOf } from './database.ts'
import type { Store } from './store.ts'

/** What `value` of a row has. */
interface Kept {
  value: JsonObject
  ends: string
}

/** How much of the idle time may pass before its use is written down, so that not every request writes. */
const unwritten = 0.1

export function sessionRows(store: Store): Sessions {
  const db = databaseOf(store)
  const table = sql.table('parley.sessions')
  const valueIn = (rows: readonly { value: Kept }[]) => rows[0]?.value.value
  return {
    async add(kind, digest, value, { idle, absolute }) {
      await sql`delete from ${table} where until < clock_timestamp()`.execute(db)
      await sql`
        insert into ${table} (digest, kind, value, until) values (${digest}, ${kind},
          jsonb_build_object('value', ${JSON.stringify(value)}::jsonb, 'ends', clock_timestamp() + ${span(absolute)}),
          clock_timestamp() + least(${span(idle)}, ${span(absolute)}))`.execute(db)
    },
    async use(kind, digest, idle) {
      const { rows } = await sql<{ value: Kept; isDue: boolean }>`
        select value, until < clock_timestamp() + ${span(idle * (1 - unwritten))}
          and until < (value->>'ends')::timestamptz as "isDue"
        from ${table} where digest = ${digest} and kind = ${kind} and until > clock_timestamp()`.execute(db)
      if (rows[0]?.isDue)
        await sql`
          update ${table} set until = least(clock_timestamp() + ${span(idle)}, (value->>'ends')::timestamptz)
          where digest = ${digest} and kind = ${kind} and until > clock_timestamp()`.execute(db)
      return valueIn(rows)
    },
    async see(kind, digest) {
      const { rows } = await sql<{ value: Kept }>`
        select value from ${table}
        where digest = ${digest} and kind = ${kind} and until > clock_timestamp()`.execute(db)
      return valueIn(rows)
    },
    async take(kind, digest) {
      const { rows } = await sql<{ value: Kept; isValid: boolean }>`
        delete from ${table} where digest = ${digest} and kind = ${kind}
        returning value, until > clock_timestamp() as "isValid"`.execute(db)
      return valueIn(rows.filter(({ isValid }) => isValid))
    },
  }
}

const span = (milliseconds: number) => sql`${milliseconds}::float8 * interval '1 millisecond'`
