import { type InfiniteData, replaceEqualDeep, useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useMemo, useRef } from 'react'
import { ask, client, type Message, type MessagePage, Refused, type Send } from '../api.ts'
import { queries } from '../queries.ts'

const pageSize = 50

const readPage = (conversation: string, cursor: string | null, signal?: AbortSignal): Promise<MessagePage> =>
  ask(
    client.GET('/v1/conversations/{conversation}/messages', {
      params: { path: { conversation }, query: { limit: pageSize, ...(cursor !== null && { cursor }) } },
      ...(signal && { signal }),
    }),
  )

/** The messages of a conversation, oldest first, as far back as they were read. */
export function useMessages(conversation: string) {
  const query = useInfiniteQuery({
    queryKey: ['messages', conversation],
    queryFn: ({ pageParam, signal }) => readPage(conversation, pageParam, signal),
    initialPageParam: null as string | null,
    getNextPageParam: ({ next }) => next,
  })
  const { data } = query
  const known = useRef<ReadonlyMap<string, Message>>(new Map())
  const items = useMemo<readonly Message[]>(() => {
    const newestFirst = (data?.pages ?? []).flatMap((page) => page.items)
    // One that was read again and is the same stays the same object, so that it is not drawn again.
    known.current = new Map(newestFirst.map((item) => [item.ref, replaceEqualDeep(known.current.get(item.ref), item)]))
    return [...known.current.values()].reverse()
  }, [data])
  const warnings = useMemo(() => data?.pages.flatMap((page) => page.warnings) ?? [], [data])
  return { ...query, items, warnings }
}

/** One message with its text, which a list can leave out. */
export const useWholeMessage = (message: string, isWanted: boolean) =>
  useQuery({
    queryKey: ['message', message],
    queryFn: ({ signal }) => ask(client.GET('/v1/messages/{message}', { params: { path: { message } }, signal })),
    enabled: isWanted,
  })

type Pages = InfiniteData<MessagePage, string | null>

/** Forgets the older messages of a thread that is left, because it opens at the newest one. */
export function keepNewest(conversation: string): void {
  queries.setQueryData<Pages>(['messages', conversation], (old) =>
    old && old.pages.length > mostKept
      ? { pages: old.pages.slice(0, mostKept), pageParams: old.pageParams.slice(0, mostKept) }
      : old,
  )
}

/** In pages. */
const mostKept = 4

/** Further pages are only read again if the new messages fill this many. */
const mostFresh = 4

/**
 * Reads again what changed in a thread. Of a long one, that is its newest page, and of the pages before it only the messages in
 * `changed`.
 */
export async function refreshMessages(conversation: string, changed: ReadonlySet<string>): Promise<void> {
  const queryKey = ['messages', conversation]
  const query = queries.getQueryCache().find<Pages>({ queryKey, exact: true })
  const before = query?.state.data
  if (!query || !before) return
  if (!query.isActive()) {
    // It is read when somebody opens it, and then only its newest page.
    queries.setQueryData<Pages>(queryKey, { pages: before.pages.slice(0, 1), pageParams: [null] })
    return queries.invalidateQueries({ queryKey, refetchType: 'none' })
  }
  if (before.pages.length <= 2) return queries.invalidateQueries({ queryKey })
  const fresh = await readNewest(
    conversation,
    new Set(before.pages.flatMap(({ items }) => items.map(({ ref }) => ref))),
  )
  const isFresh = new Set(fresh.items.map(({ ref }) => ref))
  const oldest = fresh.items.at(-1)?.ref
  const isOlder = olderThan(before, oldest)
  const again = new Map(
    await Promise.all(
      [...changed]
        .filter((ref) => isOlder.has(ref))
        .slice(0, pageSize)
        .map(async (ref) => [ref, await readAgain(ref)] as const),
    ),
  )
  // A page that is being read would put back what was there when its request began. The thread asks for it again.
  await queries.cancelQueries({ queryKey, exact: true })
  queries.setQueryData<Pages>(queryKey, (old) => {
    if (!old) return old
    const older = olderThan(old, oldest)
    // What is between the fresh messages and the others is not known.
    if (older.size === 0 || fresh.next === null) return { pages: [fresh], pageParams: [null] }
    const kept = old.pages.map((page) => ({
      ...page,
      items: page.items.flatMap((item) => {
        if (!older.has(item.ref) || isFresh.has(item.ref)) return []
        const now = again.get(item.ref)
        return now === null ? [] : [now ?? item]
      }),
    }))
    const [head, ...rest] = kept
    return {
      pages: [{ ...fresh, next: head?.next ?? null, items: [...fresh.items, ...(head?.items ?? [])] }, ...rest],
      pageParams: old.pageParams,
    }
  })
}

/** The newest messages down to one that is known. */
async function readNewest(conversation: string, known: ReadonlySet<string>): Promise<MessagePage> {
  let all = await readPage(conversation, null)
  for (let pages = 1; pages < mostFresh && all.next !== null; pages += 1) {
    if (all.items.some(({ ref }) => known.has(ref))) break
    const page = await readPage(conversation, all.next)
    all = { ...page, items: [...all.items, ...page.items], warnings: [...all.warnings, ...page.warnings] }
  }
  return all
}

/** The refs of the messages behind one. None if it is not among them. */
function olderThan({ pages }: Pages, ref: string | undefined): ReadonlySet<string> {
  const refs = pages.flatMap(({ items }) => items.map((item) => item.ref))
  const index = ref === undefined ? -1 : refs.indexOf(ref)
  return new Set(index < 0 ? [] : refs.slice(index + 1))
}

/** A message as it is now. `null`: it is gone. `undefined`: that is not known. */
const readAgain = (message: string): Promise<Message | null | undefined> =>
  ask(client.GET('/v1/messages/{message}', { params: { path: { message } } })).catch((error: unknown) =>
    error instanceof Refused && (error.status === 404 || error.status === 410) ? null : undefined,
  )

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
