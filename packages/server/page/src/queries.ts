import { QueryClient, useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { ask, client, isTemporary, Refused } from './api.ts'

/** What was read is old as soon as a change says so. Only what no change reports is read again by its age. */
export const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: Number.POSITIVE_INFINITY,
      retry: (count, error) => isTemporary(error) && count < 3,
      refetchOnWindowFocus: false,
      // The stream notices both, and then everything is read again.
      refetchOnReconnect: false,
      networkMode: 'always',
    },
    mutations: { networkMode: 'always' },
  },
})

/** Who is signed in. `null`: nobody. */
export const useSession = () =>
  useQuery({
    queryKey: ['session'],
    queryFn: () =>
      ask(client.GET('/v1/session')).catch((error: unknown) => {
        if (error instanceof Refused && error.status === 401) return null
        throw error
      }),
  })

/** How the accounts are. It is read again at times, because no change reports the state of the sync. */
export const useAccounts = () =>
  useQuery({
    queryKey: ['accounts'],
    queryFn: () => ask(client.GET('/v1/accounts')),
    refetchInterval: 5_000,
    structuralSharing: true,
  })

/** The people of the server, to whom a conversation can be assigned. */
export const usePeople = () =>
  useQuery({ queryKey: ['people'], queryFn: () => ask(client.GET('/v1/people')), select: ({ items }) => items })

export const useSavedViews = () => useQuery({ queryKey: ['views'], queryFn: () => ask(client.GET('/v1/saved-views')) })

export const useSavedReplies = () =>
  useQuery({ queryKey: ['saved-replies'], queryFn: () => ask(client.GET('/v1/saved-replies')) })

/** One conversation, with what people have added. */
export const useConversation = (ref: string | undefined) =>
  useQuery({
    queryKey: ['conversation', ref],
    queryFn: () =>
      ask(client.GET('/v1/conversations/{conversation}', { params: { path: { conversation: ref as string } } })),
    enabled: ref !== undefined,
  })

/**
 * The operations that an account supports, such as `generations.get`. `account` is the beginning of its refs.
 * `undefined`: not known.
 */
export function useOperations(account: string): ReadonlySet<string> | undefined {
  const { data } = useAccounts()
  const found = data?.items.find((item) => item.account === account)
  const operations = found?.operations
  return useMemo(() => operations && new Set<string>(operations), [operations])
}

/** The operators of an account, where its vendor lists them. */
export function useOperators(account: string, isWanted = true) {
  const operations = useOperations(account)
  return useQuery({
    queryKey: ['operators', account],
    queryFn: ({ signal }) =>
      ask(client.GET('/v1/operators', { params: { query: { accounts: [account], limit: 200 } }, signal })),
    enabled: isWanted && operations?.has('operators.list') !== false,
    // No change reports them.
    staleTime: 300_000,
  })
}

/** The name of an operator or a person. Some vendors say only the id, and the list of operators has the name. */
export function useOperatorName(
  account: string,
  one: { id: string; name?: string | null } | undefined,
): string | undefined {
  const { data } = useOperators(account, one !== undefined && !one.name)
  return one && (one.name ?? data?.items.find(({ id }) => id === one.id)?.name ?? one.id)
}
