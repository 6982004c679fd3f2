import type { Adapter, OperationName } from './adapter.ts'
import { operationNames } from './operation-names.ts'

/**
 * The reasons for everything that an adapter does not have, complete: what is not named gets the general reason.
 *
 * @param groups the operations that the adapter has.
 * @param reasons why single ones are missing, in a sentence.
 * @param otherwise the reason for the rest: `Acme has no call for it.`
 */
export function absentFrom(
  groups: Pick<Adapter, 'agents' | 'conversations' | 'messages' | 'sources' | 'contacts' | 'control' | 'generations'>,
  reasons: Partial<Record<OperationName, string>>,
  otherwise: string,
): Partial<Record<OperationName, string>> {
  const present = (name: OperationName): boolean => {
    const [group, verb] = name.split('.') as [keyof typeof groups, string]
    return typeof (groups[group] as Record<string, unknown> | undefined)?.[verb] === 'function'
  }
  const missing = operationNames.filter((name) => !present(name))
  return Object.fromEntries(missing.map((name) => [name, reasons[name] ?? otherwise]))
}
