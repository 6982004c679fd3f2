import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { ask, client, type Message, type Send } from '../api.ts'

const pageSize = 50

/** The messages of a conversation, oldest first, as far back as they were read. */
export function useMessages(conversation: string) {
  const query = useInfiniteQuery({
    queryKey: ['messages', conversation],
    queryFn: ({ pageParam, signal }) =>
      ask(
        client.GET('/v1/conversations/{conversation}/messages', {
          params: {
            path: { conversation },
            query: { limit: pageSize, ...(pageParam !== null && { cursor: pageParam }) },
          },
          signal,
        }),
      ),
    initialPageParam: null as string | null,
    getNextPageParam: ({ next }) => next,
  })
  const { data } = query
  const items = useMemo<readonly Message[]>(() => {
    const newestFirst = (data?.pages ?? []).flatMap((page) => page.items)
    return [...new Map(newestFirst.map((item) => [item.ref, item])).values()].reverse()
  }, [data])
  return { ...query, items, warnings: data?.pages.flatMap(({ warnings }) => warnings) ?? [] }
}

/** The newest replies and notes that were sent from here, oldest first. */
export function useSends(conversation: string) {
  const query = useQuery({
    queryKey: ['sends', conversation],
    queryFn: ({ signal }) =>
      ask(
        client.GET('/v1/conversations/{conversation}/sends', {
          params: { path: { conversation }, query: { limit: 100 } },
          signal,
        }),
      ),
  })
  const items = useMemo<readonly Send[]>(() => [...(query.data?.items ?? [])].reverse(), [query.data])
  return { ...query, items }
}

/** The ref of the newest message that the contact can see, which a reply expects to be the newest. `null`: there is none. */
export const newestOf = (messages: readonly Message[]): string | null =>
  messages.findLast(({ direction, type }) => direction !== 'internal' && !/^(?:note|activity|tool)$/.test(type.value))
    ?.ref ?? null
