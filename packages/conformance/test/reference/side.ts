import {
  type Call,
  checkId,
  type OperationOptions,
  type Payload,
  type PayloadReader,
  pathOf,
  type Target,
  type Transport,
} from '@parley/core'
import { rowPartOf } from '@parley/core/operations'
import { kindOf } from './kind-of.ts'
import { object } from './read.ts'

export const idOf = (target: string | { id: string }): string => (typeof target === 'string' ? target : target.id)

/** Begins an operation about something, whose id is looked at first. */
export function about(
  transport: Transport,
  operation: string,
  target: Target<{ id: string }>,
  options: OperationOptions | undefined,
): { call: Call; id: string } {
  const call = transport.begin(operation, options)
  return { call, id: checkId(call, target, 'target', kindOf(operation)) }
}

/** Where a line is. Two lines may share a row, whose id alone is then not enough. */
export function lineAt(id: string, rest = ''): { path: string; query?: { part: string } } {
  const row = rowPartOf(id)
  return row
    ? { path: pathOf`/lines/${row.rowId}` + rest, query: { part: row.part } }
    : { path: pathOf`/lines/${id}` + rest }
}

/** Reads one thing by its id. @param path up to the id; @param rest after it. */
export async function readSide<T>(
  transport: Transport,
  operation: string,
  path: string,
  target: Target<{ id: string }>,
  options: OperationOptions | undefined,
  read: (raw: Payload, reading: PayloadReader) => T,
  rest = '',
): Promise<T> {
  const { call, id } = about(transport, operation, target, options)
  const place = path === '/lines' ? lineAt(id, rest) : { path: path + pathOf`/${id}` + rest }
  return call.read(place, (body, reading) => read(object(body), reading))
}
