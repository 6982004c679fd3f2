import {
  type Adapter,
  accountName,
  isParleyError,
  isRecord,
  type Page,
  ResponseError,
  type Warning,
} from '@parley/core'
import { parseModel } from '@parley/core/schema'
import type { RecordOf } from '../store/records.ts'
import type { RecordKind } from '../store/schema.ts'
import { payloadOf } from './quarantine.ts'

/**
 * The page that an adapter returned. An item that is no record of the account becomes a warning, as one that the adapter could
 * not read, so that it is kept aside and its list does not count as complete.
 *
 * @throws ResponseError if it is no page.
 */
export function checkedPage<Kind extends RecordKind>(
  page: unknown,
  kind: Kind,
  adapter: Adapter,
): Page<RecordOf[Kind]> {
  const { items, next, warnings = [] }: Partial<Record<string, unknown>> = isRecord(page) ? page : {}
  if (!Array.isArray(items) || !(next === null || typeof next === 'string') || !Array.isArray(warnings))
    throw notAsAgreed(kind, adapter, 'a page of a list is not as the contract says')
  const found: RecordOf[Kind][] = []
  const bad: Warning[] = []
  for (const [index, item] of items.entries())
    try {
      found.push(checkedRecord(item, kind, adapter))
    } catch (error) {
      const { message, vendor, account, operation } = error as ResponseError & Warning
      bad.push({
        code: 'bad-item',
        ...{ message, vendor, account, operation, path: `${kind}s[${index}]`, raw: payloadOf(item) },
      })
    }
  return { ...(page as Page<RecordOf[Kind]>), items: found, warnings: [...(warnings as Warning[]), ...bad] }
}

/** @throws ResponseError if an adapter returned something else than a record of its account. */
export function checkedRecord<Kind extends RecordKind>(item: unknown, kind: Kind, adapter: Adapter): RecordOf[Kind] {
  let record: RecordOf[Kind]
  try {
    record = modelOf(item, kind)
  } catch (error) {
    throw notAsAgreed(kind, adapter, isParleyError(error) ? error.message : `a ${kind} cannot be read`)
  }
  const name = accountName(adapter.vendor, adapter.account)
  if (accountName(record.vendor, record.account) === name) return record
  throw notAsAgreed(kind, adapter, `a ${kind} is of another account`)
}

function modelOf<Kind extends RecordKind>(item: unknown, kind: Kind): RecordOf[Kind] {
  try {
    return parseModel(kind, item) as RecordOf[Kind]
  } catch {
    // A field that is `undefined` counts as missing once it is stored.
    return parseModel(kind, JSON.parse(JSON.stringify(item))) as RecordOf[Kind]
  }
}

function notAsAgreed(kind: RecordKind, { vendor, account }: Adapter, problem: string): ResponseError {
  const message = `The adapter of ${accountName(vendor, account)} is wrong: ${problem}`
  return new ResponseError({ message: `${message.replace(/\.$/, '')}.`, vendor, account, operation: `${kind}s.list` })
}
