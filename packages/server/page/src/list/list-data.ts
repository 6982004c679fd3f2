import { type InfiniteData, useInfiniteQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { ask, type ConversationPage, client, type DeskConversation, type DeskFilter } from '../api.ts'
import { queries } from '../queries.ts'
import { queryOf, stillMatches } from './views.ts'

const pageSize = 50

type Pages = InfiniteData<ConversationPage, string | null>

const readPage = (filter: DeskFilter, cursor: string | null, signal?: AbortSignal): Promise<ConversationPage> =>
  ask(
    client.GET('/v1/conversations', {
      params: { query: { ...queryOf(filter), limit: pageSize, ...(cursor !== null && { cursor }) } },
      ...(signal && { signal }),
    }),
  )

/** The conversations of a filter, as far as they were read. */
export function useConversations(filter: DeskFilter) {
  const query = useInfiniteQuery({
    queryKey: ['conversations', filter],
    queryFn: ({ pageParam, signal }) => readPage(filter, pageParam, signal),
    initialPageParam: null as string | null,
    getNextPageParam: ({ next }) => next,
  })
  const { data } = query
  // A conversation can move to a page that is read later, and would be there twice.
  const items = useMemo(
    () => [...new Map((data?.pages ?? []).flatMap((page) => page.items).map((item) => [item.ref, item])).values()],
    [data],
  )
  return { ...query, items, accounts: data?.pages[0]?.accounts ?? [], unapplied: data?.pages[0]?.unapplied ?? [] }
}

/** Whether a conversation comes before another one in a list: newest activity first, then by ref. */
function isBefore(one: DeskConversation, other: DeskConversation): boolean {
  const [a, b] = [one.conversation.lastActivityAt ?? '', other.conversation.lastActivityAt ?? '']
  return a === b ? one.ref < other.ref : a > b
}

/** Reads again in all lists what has changed. */
export async function refreshLists(changed: ReadonlySet<string>): Promise<void> {
  const lists = queries.getQueryCache().findAll({ queryKey: ['conversations'] })
  await Promise.all(
    lists.map(async ({ queryKey, state }) => {
      const filter = queryKey[1] as DeskFilter
      const isShown = queries.getQueryCache().find({ queryKey, exact: true })?.isActive()
      // Lists that nobody looks at are read when somebody does.
      if (!isShown || state.data === undefined) return void queries.removeQueries({ queryKey, exact: true })
      await refreshList(queryKey, filter, changed)
    }),
  )
}

/**
 * Reads the first page of a list again, and of the pages behind it only what has changed, so that a long list needs few requests.
 */
async function refreshList(
  queryKey: readonly unknown[],
  filter: DeskFilter,
  changed: ReadonlySet<string>,
): Promise<void> {
  const fresh = await readPage(filter, null)
  const before = queries.getQueryData<Pages>(queryKey)
  if (!before) return
  const inFresh = new Set(fresh.items.map(({ ref }) => ref))
  const last = fresh.items.at(-1)
  const later = before.pages
    .flatMap(({ items }) => items)
    .filter((item) => !inFresh.has(item.ref) && last !== undefined && fresh.next !== null && isBefore(last, item))
  const again = new Map(
    await Promise.all(
      later
        .filter(({ ref }) => changed.has(ref))
        .slice(0, pageSize)
        .map(async ({ ref }) => [ref, await readAgain(ref, filter)] as const),
    ),
  )
  // A page that is being read would put back what was there when its request began. The list asks for it again.
  await queries.cancelQueries({ queryKey, exact: true })
  queries.setQueryData<Pages>(queryKey, (old) => {
    if (!old) return old
    const overlaps = old.pages.some(({ items }) => items.some(({ ref }) => inFresh.has(ref)))
    // There may be others between the fresh page and what was read before.
    if (old.pages.length === 1 || !overlaps || fresh.next === null) return { pages: [fresh], pageParams: [null] }
    const kept = new Set(later.map(({ ref }) => ref))
    const rest = old.pages.map((page) => ({
      ...page,
      items: page.items.flatMap((item) => {
        if (!kept.has(item.ref)) return []
        const now = again.has(item.ref) ? again.get(item.ref) : item
        return now ? [now] : []
      }),
    }))
    const [head, ...others] = rest
    return {
      pages: [
        { ...fresh, next: old.pages[0]?.next ?? null, items: [...fresh.items, ...(head?.items ?? [])] },
        ...others,
      ],
      pageParams: old.pageParams,
    }
  })
}

/** A conversation as it is now, if it still belongs into the list. */
async function readAgain(ref: string, filter: DeskFilter): Promise<DeskConversation | undefined> {
  const now = await ask(
    client.GET('/v1/conversations/{conversation}', { params: { path: { conversation: ref } } }),
  ).catch(() => undefined)
  return now && stillMatches(now, filter) !== false ? now : undefined
}

/** Puts a conversation as a command has returned it into what is shown, before the change feed says so. */
export function showAtOnce(conversation: DeskConversation): void {
  queries.setQueryData(['conversation', conversation.ref], conversation)
  queries.setQueriesData<Pages>(
    { queryKey: ['conversations'] },
    (old) =>
      old && {
        ...old,
        pages: old.pages.map((page) => ({
          ...page,
          items: page.items.map((item) => (item.ref === conversation.ref ? conversation : item)),
        })),
      },
  )
}
