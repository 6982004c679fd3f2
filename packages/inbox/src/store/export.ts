import { accountName, ConflictError, type JsonObject, optional, parseRef } from '@parley/core'
import { type Kysely, type RawBuilder, sql } from 'kysely'
import { checkCall, wrongCall } from '../call-options.ts'
import { contactOption, writtenBy } from './erase.ts'
import { idColumn } from './records.ts'
import { recordSchema, type Schema } from './schema.ts'
import type { ExportOptions } from './store.ts'

type Db = Kysely<Schema>

/** The kinds of lines, and the version of the format. A file of another version is refused. */
export const exportKind = 'parley-export'
export const exportVersion = 2

const blocked = 'export: the store imports something over its only connection. Export it before or after that.'

/** How many lines are read at once. */
const pageSize = 500

/** An instant in microseconds, as text. */
const time = (column: string): RawBuilder<unknown> =>
  sql`to_char(${sql.ref(column)} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`

/** The same of an instant that can be infinite, which has no digits. */
const anyTime = (column: string): RawBuilder<unknown> => sql`coalesce(${time(column)}, ${sql.ref(column)}::text)`

/** What a query returns for each line: the place in its order, and the fields of the line. */
interface Row {
  place: string
  line: JsonObject
}

/** The lines of one kind, in the order of `place`. The query gets the place after which it goes on. */
interface Part {
  kind: string
  first: string
  query: (after: string, count: number) => RawBuilder<Row>
  /** How many lines are read at once. */
  size: number
}

/**
 * The lines of an export. `Store.export` documents them.
 *
 * Nothing is locked. So what says how far something was read (checkpoints, threads) comes before the records: a record that
 * arrives in between is then read once more, and none is missed. Those who were erased in between come last.
 */
export async function* exportLines(
  db: Db,
  isBlocked: () => boolean,
  options: ExportOptions = {},
): AsyncGenerator<string, void, undefined> {
  checkCall('store.export', options, { contact: optional(contactOption) })
  const { contact } = options
  // Else a program that has no ref would get the data of everybody.
  if (Object.hasOwn(options, 'contact') && contact === undefined)
    throw wrongCall('store.export', 'contact', 'is undefined. Omit it to export everything')
  const counts: Record<string, number> = {}
  yield lineOf({
    kind: exportKind,
    version: exportVersion,
    schema: recordSchema,
    ...(contact !== undefined && { contact }),
  })
  const unlessBlocked = <T>(read: () => T): T => {
    if (!isBlocked()) return read()
    throw new ConflictError({ message: blocked, operation: 'export' })
  }
  const parts = await unlessBlocked(() => (contact === undefined ? everything() : ofPerson(db, contact)))
  for (const { kind, first, query, size } of parts) {
    counts[kind] ??= 0
    for (let after = first; ; ) {
      const { rows } = await unlessBlocked(() => query(after, size).execute(db))
      for (const { line } of rows) yield lineOf({ kind, ...line })
      counts[kind] += rows.length
      if (rows.length < size) break
      after = (rows.at(-1) as Row).place
    }
  }
  yield lineOf({ kind: 'end', counts })
}

const lineOf = (line: JsonObject): string =>
  JSON.stringify(Object.fromEntries(Object.entries(line).filter(([, value]) => value !== null)))

/** A query whose rows have the fields of a line as columns. */
function part(
  kind: string,
  place: RawBuilder<unknown>,
  columns: Readonly<Record<string, RawBuilder<unknown>>>,
  from: RawBuilder<unknown>,
  where: RawBuilder<unknown> = sql`true`,
): Part {
  const isNumber = /^(?:message|change|send|audit)$/.test(kind)
  // A JSON text of the database is not used, because it would write numbers and escapes in another way.
  const query = (after: string, count: number): RawBuilder<Row> =>
    rowsOf(
      sql`select ${place}::text as place, ${sql.join(
        Object.entries(columns).map(([name, value]) => sql`${value} as ${sql.ref(name)}`),
      )}
      from ${from} where ${place} > ${after}${isNumber ? sql`::bigint` : sql``} and ${where}
      order by ${place} limit ${count}`,
    )
  // A file can be large.
  return { kind, first: isNumber ? '0' : '', query, size: kind === 'file' ? 1 : pageSize }
}

const rowsOf = (query: RawBuilder<unknown>): RawBuilder<Row> =>
  ({
    execute: async (db: Db) => {
      const { rows } = await (query as RawBuilder<Record<string, unknown>>).execute(db)
      return { rows: rows.map(({ place, ...line }) => ({ place, line })) }
    },
  }) as unknown as RawBuilder<Row>

const record = (kind: 'agent' | 'contact' | 'conversation' | 'message', where?: RawBuilder<unknown>): Part =>
  part(
    kind,
    sql.ref(kind === 'message' ? 'no' : 'ref'),
    {
      fetchedAt: time('fetched_at'),
      deletedAt: time('deleted_at'),
      hash: sql`encode(hash, 'hex')`,
      ...(kind === 'message' && {
        sortAt: sql`case when isfinite(sort_at) then sort_at end`,
        position: sql`nullif(position, 0)`,
        isPartial: sql`nullif(is_partial, false)`,
      }),
      record: sql.ref('body'),
      raw: sql.ref('raw'),
    },
    sql.raw(`parley.${kind}s`),
    where,
  )

const history = (where?: RawBuilder<unknown>): Part =>
  part(
    'change',
    sql`change.no`,
    {
      at: time('change.at'),
      account: sql.ref('account.name'),
      record: sql.ref('change.kind'),
      change: sql.ref('change.change'),
      ref: sql.ref('change.ref'),
      conversation: sql.ref('change.conversation'),
      fields: sql.ref('change.fields'),
    },
    sql`parley.changes as change join parley.accounts as account on account.no = change.account`,
    where,
  )

const accounts = (where?: RawBuilder<unknown>): Part =>
  part('account', sql.ref('name'), { name: sql.ref('name'), addedAt: time('added_at') }, sql`parley.accounts`, where)

const ofAccount = (table: string, join = 'join') =>
  sql.raw(`parley.${table} as own ${join} parley.accounts as account on account.no = own.account`)

const columnsOf = (names: Readonly<Record<string, string>>) =>
  Object.fromEntries(Object.entries(names).map(([name, column]) => [name, sql.ref(column)]))

/** What people have added. A condition names the columns of its table as those of `own`. */
function ofPeople(
  where: Partial<Record<'subject' | 'overlay' | 'send' | 'file' | 'audit' | 'link', RawBuilder<unknown>>> = {},
): Part[] {
  const account = { account: 'account.name' }
  const person = { person: 'own.person' }
  return [
    part(
      'subject',
      sql.ref('own.conversation'),
      columnsOf({ ...account, conversation: 'own.conversation', contact: 'own.contact' }),
      ofAccount('subjects'),
      where.subject,
    ),
    part(
      'overlay',
      sql.ref('own.conversation'),
      {
        ...columnsOf({ ...account, conversation: 'own.conversation', status: 'own.status' }),
        ...columnsOf({ vendorStatus: 'own.vendor_status', assignee: 'own.assignee', assigneeId: 'own.assignee_id' }),
        ...{ statusSince: anyTime('own.status_since'), readUntil: anyTime('own.read_until') },
        ...{ snoozedUntil: anyTime('own.snoozed_until'), snoozedSince: anyTime('own.snoozed_since') },
        ...{ tags: sql`nullif(own.tags, '{}')`, changedAt: time('own.changed_at') },
      },
      ofAccount('overlays'),
      where.overlay,
    ),
    part(
      'send',
      sql.ref('own.no'),
      {
        ...columnsOf({ id: 'own.id', ...account, conversation: 'own.conversation', type: 'own.kind', to: 'own.place' }),
        ...columnsOf({
          state: 'own.state',
          input: 'own.input',
          ...person,
          operatorId: 'own.operator_id',
          key: 'own.key',
        }),
        ...columnsOf({ attempt: 'own.attempt', message: 'own.message', error: 'own.error', warnings: 'own.warnings' }),
        ...{ recordedAt: time('own.recorded_at'), endedAt: time('own.ended_at'), retryOf: sql.ref('own.retry_of') },
        dismissedAt: time('own.dismissed_at'),
      },
      ofAccount('outbox'),
      where.send,
    ),
    part(
      'file',
      sql`(own.send::text || ' ' || lpad(own.place::text, 5, '0')) collate "C"`,
      {
        ...columnsOf({ send: 'own.send', index: 'own.place' }),
        content: sql`translate(encode(own.content, 'base64'), E'\n', '')`,
      },
      sql`parley.outbox_files as own`,
      where.file,
    ),
    part(
      'audit',
      sql.ref('own.no'),
      {
        ...{ at: time('own.at'), ...columnsOf({ ...account, ...person, action: 'own.action', target: 'own.target' }) },
        ...columnsOf({ outcome: 'own.outcome', code: 'own.code', details: 'own.details', send: 'own.send' }),
      },
      ofAccount('audit', 'left join'),
      where.audit,
    ),
    part(
      'link',
      sql`own.id::text collate "C"`,
      {
        ...columnsOf({ id: 'own.id', reason: 'own.reason', confidence: 'own.confidence', ...person }),
        ...{ contacts: sql`array[own.a, own.b]::text[]`, at: time('own.at'), undone: sql.ref('own.undone') },
      },
      sql`parley.links as own`,
      where.link,
    ),
  ]
}

const savedThings = (): Part[] =>
  [
    ['savedReply', 'saved_replies', { title: 'title', text: 'text', shortcut: 'shortcut' }] as const,
    ['savedView', 'saved_views', { name: 'name', filter: 'filter', isShared: 'is_shared' }] as const,
  ].map(([kind, table, columns]) =>
    part(
      kind,
      sql`id::text collate "C"`,
      { ...columnsOf({ id: 'id', ...columns, person: 'person' }), updatedAt: time('updated_at') },
      sql.raw(`parley.${table}`),
    ),
  )

function everything(): Part[] {
  const name = sql.ref('account.name')
  return [
    accounts(),
    part(
      'stream',
      sql`(account.name || ' ' || own.stream) collate "C"`,
      {
        account: name,
        stream: sql.ref('own.stream'),
        startedAt: time('own.started_at'),
        finishedAt: time('own.finished_at'),
        caughtUpAt: time('own.caught_up_at'),
      },
      ofAccount('streams'),
    ),
    part(
      'checkpoint',
      sql`(account.name || ' ' || own.stream || ' ' || own.part) collate "C"`,
      { account: name, stream: sql.ref('own.stream'), part: sql.ref('own.part'), position: sql.ref('own.position') },
      ofAccount('checkpoints'),
    ),
    part(
      'thread',
      sql.ref('own.conversation'),
      {
        account: name,
        conversation: sql.ref('own.conversation'),
        isComplete: sql.ref('own.is_complete'),
        isWhole: sql.ref('own.is_whole'),
        isDue: sql`nullif(own.due_at is not null, false)`,
        readFrom: time('own.read_from'),
        verifiedAt: time('own.verified_at'),
        newestAt: time('own.newest_at'),
        newestRef: sql.ref('own.newest_ref'),
      },
      ofAccount('threads'),
    ),
    record('agent'),
    record('contact'),
    record('conversation'),
    record('message'),
    history(),
    ...ofPeople(),
    ...savedThings(),
    part(
      'erased',
      sql`encode(digest, 'hex') collate "C"`,
      { digest: sql`encode(digest, 'hex')`, at: time('at') },
      sql`parley.erased`,
    ),
  ]
}

async function ofPerson(db: Db, contact: string): Promise<Part[]> {
  const { vendor, account, id } = parseRef(contact)
  const name = accountName(vendor, account)
  const own = sql`(select ref from parley.conversations
    where account = (select no from parley.accounts where name = ${name}) and (contact_id = ${idColumn(id)} or contact = ${contact})
    union select conversation from parley.subjects where contact = ${contact})`
  const written = await writtenBy(db, contact)
  return [
    accounts(sql`name = ${name}`),
    record('contact', sql`ref = ${contact}`),
    record('conversation', sql`ref in ${own}`),
    record('message', sql`(conversation in ${own} or ref = any(${written}::text[]))`),
    history(sql`(change.ref = ${contact} or change.conversation in ${own} or change.ref = any(${written}::text[]))`),
    ...ofPeople({
      subject: sql`own.contact = ${contact}`,
      overlay: sql`own.conversation in ${own}`,
      send: sql`own.conversation in ${own}`,
      file: sql`own.send in (select id from parley.outbox where conversation in ${own})`,
      audit: sql`(own.target = ${contact} or own.target in ${own} or own.target = any(${written}::text[])
        or own.target in (select ref from parley.messages where conversation in ${own}))`,
      link: sql`(own.a = ${contact} or own.b = ${contact})`,
    }),
  ]
}
