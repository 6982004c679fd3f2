import type { Adapter, AdapterIdentity, OperationName } from './adapter.ts'
import { findOperation } from './can.ts'
import { operationNames } from './operation-names.ts'

/**
 * The reasons for everything that an adapter does not have, complete: what is not named gets the general reason.
 *
 * @param groups the operations that the adapter has.
 * @param reasons why single ones are missing, in a sentence.
 * @param otherwise the reason for the rest: `Acme has no call for it.`
 */
export function absentFrom(
  groups: Omit<Adapter, keyof AdapterIdentity>,
  reasons: Partial<Record<OperationName, string>>,
  otherwise: string,
): Partial<Record<OperationName, string>> {
  const missing = operationNames.filter((name) => !findOperation(groups, name))
  return Object.fromEntries(missing.map((name) => [name, reasons[name] ?? otherwise]))
}
