import { isParleyError, type Page } from '@parley/core'
import { type Kysely, type RawBuilder, sql } from 'kysely'
import { afterMoment, type Moment, microsOf, momentsPage } from '../store/moments.ts'
import type { Schema } from '../store/schema.ts'
import type { DeskContext } from './context.ts'
import type { AuditEntry, AuditQuery } from './desk.ts'
import type { Place } from './desk-conversation.ts'
import type { Person, PersonSummary } from './person.ts'

type Db = Kysely<Schema>

/** A write that is to be noted. */
export interface Deed {
  by: Person
  action: string
  target: string
  /** The number of the account in the store. `null`: it concerns no single account. */
  account: number | null
  details?: AuditEntry['details']
  send?: string
}

export const summaryOf = ({ id, name }: Person): PersonSummary => ({ id, ...(name !== undefined && { name }) })

/** Notes a write. @returns the number of the entry, or `undefined` if its target was erased. */
export async function note(
  db: Db,
  { by, action, target, account, details, send }: Deed,
  outcome: AuditEntry['outcome'],
  code?: string,
): Promise<string | undefined> {
  const { rows } = await sql<{ no: string }>`
    insert into parley.audit (account, person, person_id, action, target, outcome, code, details, send)
    values (${account}, ${JSON.stringify(summaryOf(by))}::jsonb, ${by.id}, ${action}, ${target}, ${outcome}, ${code ?? null},
      ${details ? JSON.stringify(details) : null}::jsonb, ${send ?? null}) returning no`.execute(db)
  return rows[0]?.no
}

/** What became of a write that failed. A caller that was told why, and nothing was done, was refused. */
export function outcomeOf(error: unknown): { outcome: AuditEntry['outcome']; code?: string } {
  if (!isParleyError(error)) return { outcome: 'unknown' }
  const { code, outcome } = error
  if (outcome === 'unknown') return { outcome: 'unknown', code }
  const isRefused = /^(?:conflict|unsupported|invalid-request|not-found|permission|configuration)$/.test(code)
  return { outcome: isRefused ? 'refused' : 'failed', code }
}

/**
 * Runs a write, and notes it before it begins and when it has ended. If the process ends in between, the entry stays `started`.
 *
 * @param work returns where the change was made.
 */
export async function audited<T>(
  { db, onError }: Pick<DeskContext, 'db' | 'onError'>,
  deed: Deed,
  work: () => Promise<T>,
  placeOf: (result: T) => Place,
): Promise<T> {
  const no = await note(db, deed, 'started')
  // The write is done, or not, whatever becomes of the entry.
  const end = async (outcome: AuditEntry['outcome'], code?: string) => {
    if (no === undefined) return
    await sql`update parley.audit set outcome = ${outcome}, code = ${code ?? null} where no = ${no}::bigint`
      .execute(db)
      .catch(onError)
  }
  try {
    const result = await work()
    await end(placeOf(result) === 'vendor' ? 'done' : 'overlay')
    return result
  } catch (error) {
    const { outcome, code } = outcomeOf(error)
    await end(outcome, code)
    throw error
  }
}

/** Notes how a send has ended. */
export async function endSendEntry(
  tx: Db,
  send: string,
  outcome: AuditEntry['outcome'],
  code: string | undefined,
): Promise<void> {
  await sql`update parley.audit set outcome = ${outcome}, code = ${code ?? null}
    where send = ${send}::uuid and outcome in ('started', 'unknown')`.execute(tx)
}

interface Row extends Omit<AuditEntry, 'id' | 'by' | 'code' | 'details' | 'send'>, Moment {
  person: PersonSummary
  code: string | null
  details: AuditEntry['details'] | null
  send: string | null
}

const usualLimit = 50
const mostItems = 1000

/** A page of the audit, newest first. `query` was checked. */
export async function auditPage(
  db: Db,
  query: AuditQuery & { accounts: readonly string[]; isEverything: boolean },
  cursor: string | undefined,
): Promise<Page<AuditEntry>> {
  const limit = Math.min(query.limit ?? usualLimit, mostItems)
  const conditions: RawBuilder<unknown>[] = [
    query.isEverything
      ? sql`(account.name = any(${query.accounts}::text[]) or audit.account is null)`
      : sql`account.name = any(${query.accounts}::text[])`,
    afterMoment('audit', cursor),
  ]
  if (query.target !== undefined) conditions.push(sql`audit.target = ${query.target}`)
  if (query.by !== undefined) conditions.push(sql`audit.person_id = ${query.by}`)
  if (query.action !== undefined) conditions.push(sql`audit.action = ${query.action}`)
  if (query.since !== undefined) conditions.push(sql`audit.at >= ${query.since}::timestamptz`)
  if (query.until !== undefined) conditions.push(sql`audit.at <= ${query.until}::timestamptz`)
  const { rows } = await sql<Row>`
    select audit.no, audit.at, audit.person, audit.action, audit.target, account.name as account, audit.outcome, audit.code,
      audit.details, audit.send, ${microsOf('audit')} as micros
    from parley.audit as audit left join parley.accounts as account on account.no = audit.account
    where ${sql.join(conditions, sql` and `)}
    order by audit.at desc, audit.no desc limit ${limit + 1}`.execute(db)
  return momentsPage(rows, limit, entryOf)
}

function entryOf({ no, at, person, action, target, account, outcome, code, details, send }: Row): AuditEntry {
  return {
    ...{ id: no, at, by: person, action, target, account, outcome },
    ...(code !== null && { code }),
    ...(details && { details }),
    ...(send !== null && { send }),
  }
}
