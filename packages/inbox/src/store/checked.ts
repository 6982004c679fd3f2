import { type Adapter, accountName, isParleyError, ResponseError } from '@parley/core'
import { parseModel } from '@parley/core/schema'
import type { RecordOf } from './records.ts'
import type { RecordKind } from './schema.ts'

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

/** The error for an adapter that does not keep the contract. */
export function notAsAgreed(kind: RecordKind, { vendor, account }: Adapter, problem: string): ResponseError {
  const message = `The adapter of ${accountName(vendor, account)} is wrong: ${problem}`
  return new ResponseError({ message: `${message.replace(/\.$/, '')}.`, vendor, account, operation: `${kind}s.list` })
}
