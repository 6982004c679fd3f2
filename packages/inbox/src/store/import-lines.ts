import {
  accountName,
  buildRef,
  InvalidRequestError,
  isParleyError,
  isRecord,
  readTimestamp,
  tryParseRef,
} from '@parley/core'
import { assertModel } from '@parley/core/schema'
import { checkFilter } from '../desk/filter.ts'
import { isUuid } from './cursor-parts.ts'
import { storableTime } from './database-time.ts'
import { exportKind, exportVersion } from './export.ts'
import { idColumn, type RecordOf } from './records.ts'
import { type RecordKind, recordSchema, tables } from './schema.ts'
import { storable } from './search-words.ts'

export type Line = Readonly<Record<string, unknown>>

/** What is known of the lines so far. */
export interface Lines {
  state: 'new' | 'open' | 'ended'
  /** The names of the accounts. */
  names: Set<string>
  counts: Map<string, number>
  /** The ids of the sends that can have files. */
  sends: Set<unknown>
}

export const noLines = (): Lines => ({ state: 'new', names: new Set(), counts: new Map(), sends: new Set() })

/** A wrong line. The message does not quote it, because it can have customers' text. */
export function wrongLine(number: number, problem: string): InvalidRequestError {
  return new InvalidRequestError({
    operation: 'import',
    message: `import: line ${number} ${problem}. Nothing was imported.`,
    fields: [{ path: `line ${number}`, problem }],
    outcome: 'not-done',
  })
}

export interface Checked {
  kind: string
  number: number
  line: Line
}

/** @returns `undefined` for the first and the last line. @throws InvalidRequestError */
export function checkLine(file: Lines, number: number, text: string): Checked | undefined {
  let line: unknown
  try {
    line = JSON.parse(text)
  } catch {
    throw wrongLine(number, 'is not JSON; the file may be cut off')
  }
  if (!isRecord(line) || typeof line['kind'] !== 'string') throw wrongLine(number, 'is no line of an export')
  const { kind } = line
  if (file.state === 'new') {
    if (kind !== exportKind) throw wrongLine(number, 'must be the first line of an export')
    const { version, schema } = line
    if (version !== exportVersion || schema !== recordSchema)
      throw wrongLine(
        number,
        `is of another version of Parley: format ${shown(version)} with records ${shown(schema)}; this program reads format ${exportVersion} with records ${recordSchema}`,
      )
    file.state = 'open'
    return undefined
  }
  if (file.state === 'ended') throw wrongLine(number, 'follows the last line of the export')
  if (kind === 'end') {
    const counts = isRecord(line['counts']) ? line['counts'] : {}
    const names = new Set([...Object.keys(counts), ...file.counts.keys()])
    for (const name of names)
      if ((counts[name] ?? 0) !== (file.counts.get(name) ?? 0))
        throw wrongLine(
          number,
          `counts other lines of the kind ${Object.hasOwn(checks, name) ? name : 'it names'} than the file has`,
        )
    file.state = 'ended'
    return undefined
  }
  const check = Object.hasOwn(checks, kind) ? checks[kind] : undefined
  if (!check) throw wrongLine(number, 'is of an unknown kind')
  const last = [...file.counts.keys()].at(-1)
  if (last !== undefined && order.indexOf(kind) < order.indexOf(last))
    throw wrongLine(number, `is of the kind ${kind}, which must come before those of the kind ${last}`)
  let problem: string | undefined
  try {
    problem = check(line) ?? checkAccount(file, line) ?? checkSend(file, line)
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    problem = 'is nested too deeply'
  }
  if (problem !== undefined) throw wrongLine(number, problem)
  file.counts.set(kind, (file.counts.get(kind) ?? 0) + 1)
  return { kind, number, line }
}

/** Every line of an account must come after the line of this account, and only name what is of the account. */
function checkAccount({ names }: Lines, line: Line): string | undefined {
  if (line['kind'] === 'account') {
    names.add(line['name'] as string)
    return undefined
  }
  if (isOfNoAccount(line)) return undefined
  const record = line['record'] as RecordOf[RecordKind] | string
  const name = typeof record === 'object' ? accountName(record.vendor, record.account) : (line['account'] as string)
  if (!names.has(name)) return 'is of an account that no earlier line has'
  const target = tryParseRef(line['target']) && line['target']
  const refs = [...['ref', 'conversation', 'newestRef', 'message', 'contact'].map((field) => line[field]), target]
  const isOther = refs.some((ref) => typeof ref === 'string' && !ref.startsWith(`${name}/`))
  return isOther ? 'names something of another account' : undefined
}

const isOfNoAccount = ({ kind, account }: Line): boolean =>
  /^(?:erased|file|link|savedReply|savedView)$/.test(kind as string) || (kind === 'audit' && account === undefined)

/** Every file must come after the line of its send. */
function checkSend({ sends }: Lines, line: Line): string | undefined {
  if (line['kind'] === 'send' && line['state'] !== 'sent') sends.add(line['id'])
  return line['kind'] !== 'file' || sends.has(line['send']) ? undefined : 'is of a send that no earlier line has'
}

/** The version of a file. Anything else than a number may be a text of a customer. */
const shown = (version: unknown): string => (Number.isSafeInteger(version) ? String(version) : 'without a number')

type Check = (line: Line) => string | undefined

// PostgreSQL has no year 0.
const instant = (value: unknown): boolean =>
  typeof value === 'string' &&
  /^(?!0000)\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/.test(value) &&
  readTimestamp(value) !== undefined
const isTime = (value: unknown): boolean =>
  typeof value === 'string' &&
  !value.startsWith('0000') &&
  storableTime(value) !== null &&
  readTimestamp(value) !== undefined
const text = (value: unknown): boolean => typeof value === 'string' && storable(value) === value
/** A value that the type `jsonb` accepts, which has no NUL and no half of a surrogate pair. */
const json = (value: unknown): boolean =>
  value !== undefined && !/(?<!\\)(?:\\\\)*\\u(?:0000|d[89a-f][\da-f]{2})/.test(JSON.stringify(value))
const whole = (value: unknown): boolean => Number.isSafeInteger(value)
const objectOf =
  (fields: Readonly<Record<string, (value: unknown) => boolean>>) =>
  (value: unknown): boolean =>
    isRecord(value) && Object.entries(fields).every(([name, is]) => is(value[name]))
/** The same, without any other field. */
const onlyOf =
  (fields: Readonly<Record<string, (value: unknown) => boolean>>) =>
  (value: unknown): boolean =>
    objectOf(fields)(value) && Object.keys(value as object).every((name) => Object.hasOwn(fields, name))
const orNull =
  (is: (value: unknown) => boolean) =>
  (value: unknown): boolean =>
    value === null || is(value)
const digest = (value: unknown): boolean => typeof value === 'string' && /^[\da-f]{32}$/.test(value)
const flag = (value: unknown): boolean => typeof value === 'boolean'
const refOf =
  (kind: string) =>
  (value: unknown): boolean =>
    tryParseRef(value)?.kind === kind
const oneOf =
  (...words: string[]) =>
  (value: unknown): boolean =>
    words.includes(value as string)
const maybe =
  (is: (value: unknown) => boolean) =>
  (value: unknown): boolean =>
    value === undefined || is(value)

const fieldsOf =
  (fields: Readonly<Record<string, (value: unknown) => boolean>>): Check =>
  (line) => {
    const unknown = Object.keys(line).find((name) => name !== 'kind' && !Object.hasOwn(fields, name))
    if (unknown !== undefined) return 'has a field that does not belong to it'
    const wrong = Object.keys(fields).find((name) => !fields[name]?.(line[name]))
    return wrong === undefined ? undefined : `has no valid ${wrong}`
  }

const recordOf = (kind: RecordKind): Check => {
  const place = (value: unknown): boolean => Number.isSafeInteger(value) && Math.abs(value as number) < 2 ** 31
  const check = fieldsOf({
    ...{
      fetchedAt: instant,
      deletedAt: maybe(instant),
      hash: digest,
      record: isRecord,
      raw: maybe((value) => JSON.stringify(value) !== undefined),
    },
    ...(kind === 'message' && { sortAt: maybe(isTime), position: maybe(place), isPartial: maybe(flag) }),
  })
  return (line) => {
    const problem = check(line)
    if (problem !== undefined) return problem
    const record = line['record'] as Line
    try {
      assertModel(kind, record)
    } catch (error) {
      if (!isParleyError(error)) throw error
      // A path can have a key of the customer.
      const steps = (error.fields?.[0]?.path ?? '').split('.').filter((step) => /^[\w[\]]+$/.test(step))
      return `has no valid ${kind}: ${['record', ...steps].join('.')} is wrong`
    }
    const { vendor, account, id, ref } = record as unknown as RecordOf[RecordKind]
    return ref === buildRef({ vendor, account, kind, id }) ? undefined : `has a ${kind} with the ref of something else`
  }
}

const accountFields = { account: text }
const stream = oneOf('live', 'conversations', 'messages', 'contacts', 'agents', 'sweep')

/** The places that the streams keep, by stream and part. The parts of the conversations are the refs they are listed by. */
const positions: Readonly<Record<string, (value: unknown) => boolean>> = {
  conversations: objectOf({
    ...{ newest: orNull(objectOf({ at: isTime, ref: text })), from: isTime, at: orNull(isTime) },
    ...{ isDone: flag, tries: whole },
  }),
  'messages export': objectOf({ begun: isTime, next: orNull(text), known: whole }),
  'contacts again': (value) => value === '' || refOf('contact')(value),
  'sweep scan': isTime,
}

const change = fieldsOf({
  ...accountFields,
  ...{ at: instant, record: oneOf(...Object.keys(tables)), ref: text },
  change: oneOf('added', 'updated', 'deleted', 'restored', 'erased'),
  ...{ conversation: maybe(refOf('conversation')), fields: maybe((value) => isRecord(value) && json(value)) },
})

const checkpoint = fieldsOf({ ...accountFields, stream, part: text, position: json })

/** An instant, or one before or after all others. */
const place = (value: unknown): boolean => instant(value) || value === '-infinity' || value === 'infinity'
const person = (value: unknown): boolean => onlyOf({ id: text, name: maybe(text) })(value)
const anyText = (value: unknown): boolean => typeof value === 'string'
const listOf =
  (is: (value: unknown) => boolean) =>
  (value: unknown): boolean =>
    Array.isArray(value) && value.every(is)
const pair = (value: unknown): boolean =>
  listOf(refOf('contact'))(value) &&
  (value as string[]).length === 2 &&
  Buffer.compare(Buffer.from((value as string[])[0] as string), Buffer.from((value as string[])[1] as string)) < 0
const isFilter = (value: unknown): boolean => {
  try {
    return checkFilter('import', value) !== undefined
  } catch (error) {
    if (isParleyError(error)) return false
    throw error
  }
}

/** What a send sends. A field that it does not have could be one of the vendor's request. */
const isInput = onlyOf({
  ...{ text: anyText, html: maybe(anyText), subject: maybe(anyText), channel: maybe(text), inReplyTo: maybe(text) },
  ...{ vendor: maybe(isRecord), mentions: maybe(listOf(text)), takeOver: maybe(oneOf('if-needed')) },
  ...{ expectLastMessage: maybe(orNull(text)), isAutomatic: maybe((value) => value === true) },
  attachments: maybe(
    listOf(
      onlyOf({
        ...{ url: maybe(text), uploadId: maybe(text), fileName: maybe(text), contentType: maybe(text) },
        ...{ size: maybe(whole), digest: maybe(text) },
      }),
    ),
  ),
})

const overlay = fieldsOf({
  ...{ ...accountFields, conversation: refOf('conversation'), status: maybe(oneOf('open', 'closed')) },
  ...{ statusSince: maybe(place), vendorStatus: maybe(text), assignee: maybe(person), assigneeId: maybe(text) },
  ...{ readUntil: maybe(place), snoozedUntil: maybe(place), snoozedSince: maybe(place), tags: maybe(listOf(text)) },
  changedAt: instant,
})

/** What people have added. */
const ofPeople: Readonly<Record<string, Check>> = {
  subject: fieldsOf({ ...accountFields, conversation: refOf('conversation'), contact: refOf('contact') }),
  overlay: (line) => {
    const id = line['assignee'] === undefined ? '' : (line['assignee'] as { id: string }).id
    return overlay(line) ?? (idColumn(id) === (line['assigneeId'] ?? '') ? undefined : 'has no valid assigneeId')
  },
  send: fieldsOf({
    ...{ ...accountFields, id: isUuid, conversation: refOf('conversation'), type: oneOf('reply', 'note') },
    ...{ to: oneOf('vendor', 'overlay'), state: oneOf('recorded', 'claimed', 'sent', 'failed', 'unknown') },
    ...{ input: isInput, person, operatorId: maybe(text), key: maybe(text) },
    ...{ attempt: maybe(isRecord), message: maybe(refOf('message')), warnings: maybe(listOf(isRecord)) },
    error: maybe((value) => objectOf({ code: text, message: text })(value) && json(value)),
    ...{ recordedAt: instant, endedAt: maybe(instant), retryOf: maybe(isUuid) },
    dismissedAt: maybe(instant),
  }),
  file: fieldsOf({
    ...{
      send: isUuid,
      index: (value) => Number.isInteger(value) && (value as number) >= 0 && (value as number) < 2 ** 15,
    },
    content: (value) => typeof value === 'string' && value.length % 4 === 0 && /^[A-Za-z\d+/]*={0,2}$/.test(value),
  }),
  audit: fieldsOf({
    ...{
      at: instant,
      account: maybe(text),
      person,
      action: text,
      target: text,
      code: maybe(text),
      details: maybe((value) => isRecord(value) && json(value)),
      send: maybe(isUuid),
    },
    outcome: oneOf('started', 'done', 'overlay', 'refused', 'failed', 'unknown'),
  }),
  link: fieldsOf({
    ...{ id: isUuid, contacts: pair, reason: text, person: maybe(person), at: instant },
    confidence: (value) => typeof value === 'number' && value >= 0 && value <= 1,
    undone: maybe((value) => objectOf({ by: person, at: isTime })(value) && json(value)),
  }),
  savedReply: fieldsOf({ id: isUuid, title: text, text: anyText, shortcut: maybe(text), person, updatedAt: instant }),
  savedView: fieldsOf({ id: isUuid, name: text, filter: isFilter, isShared: flag, person, updatedAt: instant }),
}

const checks: Readonly<Record<string, Check>> = {
  account: fieldsOf({
    name: (value) => typeof value === 'string' && tryParseRef(`${value}/contact/x`) !== undefined,
    addedAt: instant,
  }),
  stream: fieldsOf({
    ...accountFields,
    ...{ stream, startedAt: maybe(instant), finishedAt: maybe(instant), caughtUpAt: maybe(instant) },
  }),
  checkpoint: (line) => {
    const place = line['stream'] === 'conversations' ? 'conversations' : `${line['stream']} ${line['part']}`
    const is = Object.hasOwn(positions, place) ? positions[place] : undefined
    return checkpoint(line) ?? (is?.(line['position']) ? undefined : 'has no valid position of its stream')
  },
  thread: fieldsOf({
    ...accountFields,
    ...{
      conversation: refOf('conversation'),
      isComplete: flag,
      isWhole: flag,
      isDue: maybe(flag),
      readFrom: maybe(instant),
    },
    ...{ verifiedAt: maybe(instant), newestAt: maybe(instant), newestRef: maybe(refOf('message')) },
  }),
  agent: recordOf('agent'),
  contact: recordOf('contact'),
  conversation: recordOf('conversation'),
  message: recordOf('message'),
  change: (line) => change(line) ?? (refOf(line['record'] as string)(line['ref']) ? undefined : 'has no valid ref'),
  ...ofPeople,
  erased: fieldsOf({ digest, at: instant }),
}

/** In this order, because each needs those before it. */
const order = Object.keys(checks)
