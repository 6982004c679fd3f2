import { useMemo } from 'react'
import { useAccounts } from './queries.ts'

/** What an account can do, by the names of the operations. `undefined`: it is not known yet. */
export function useOperations(account: string): ReadonlySet<string> | undefined {
  const { data } = useAccounts()
  const status = data?.items.find((item) => item.account === account)
  const operations = status && (Reflect.get(status, 'operations') as unknown)
  const names = Array.isArray(operations) ? operations.join(' ') : undefined
  return useMemo(() => (names === undefined ? undefined : new Set(names.split(' '))), [names])
}
