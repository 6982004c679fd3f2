import { useVirtualizer } from '@tanstack/react-virtual'
import { ArrowUp } from 'lucide-react'
import { type KeyboardEvent, useCallback, useEffect, useMemo, useRef, useState } from 'react'
import type { DeskConversation } from '../api.ts'
import { useDrafts } from '../composer/writing.ts'
import { listed } from '../format.ts'
import { useAccounts, useSavedViews } from '../queries.ts'
import { go, usePlace } from '../route.ts'
import { useShortcut } from '../shell/shortcuts.tsx'
import { strings } from '../strings.ts'
import { Empty, Failure, Loading } from '../widgets.tsx'
import { ConversationRow } from './conversation-row.tsx'
import { Filters } from './filters.tsx'
import { useConversations } from './list-data.ts'
import { SearchField, SearchResults } from './search.tsx'
import { filterIn, viewOf } from './views.ts'

/** In CSS pixels, as in `list.css`. */
const rowHeight = 84
const heightOfRow = () => rowHeight

export function ConversationList() {
  const place = usePlace()
  const { data: saved } = useSavedViews()
  const view = viewOf(place.view, saved?.items)
  const filter = useMemo(() => filterIn(place.filter) ?? view.filter, [place.filter, view])
  return (
    <section className="list-pane" id="list" aria-label={strings.list.label}>
      <header className="list-head">
        <div className="list-title">
          <h1>{place.search ? strings.search.results : place.filter ? strings.filters.title : view.name}</h1>
          {!place.search && <Filters filter={filter} isOwn={place.filter !== undefined} />}
        </div>
        <SearchField />
      </header>
      {place.search ? <SearchResults text={place.search} /> : <Rows key={JSON.stringify(filter)} filter={filter} />}
    </section>
  )
}

function Rows({ filter }: { filter: ReturnType<typeof viewOf>['filter'] }) {
  const list = useConversations(filter)
  const { items, fetchNextPage, hasNextPage, isFetchingNextPage, error } = list
  const { conversation: open } = usePlace()
  const drafts = useDrafts()
  const scroller = useRef<HTMLDivElement>(null)
  const [isAtTop, setAtTop] = useState(true)
  const pointer = useMoving()
  const { shown, above } = useHeld(items, isAtTop && !pointer.isMoving)
  // With another function, the virtualizer would measure all rows again, in each frame.
  const getItemKey = useCallback((index: number) => shown[index]?.ref ?? 'end', [shown])
  const rows = useVirtualizer({
    count: shown.length + 1,
    getScrollElement: () => scroller.current,
    estimateSize: heightOfRow,
    getItemKey,
    overscan: 8,
  })
  const visible = rows.getVirtualItems()
  const isNearEnd = (visible.at(-1)?.index ?? 0) >= shown.length - 10
  useEffect(() => {
    if (isNearEnd && hasNextPage && !isFetchingNextPage && !error) void fetchNextPage()
  }, [isNearEnd, hasNextPage, isFetchingNextPage, error, fetchNextPage])

  const focusOn = useCallback(
    (index: number, act: (ref: string) => void) => {
      const item = shown[Math.max(0, Math.min(shown.length - 1, index))]
      if (!item) return
      rows.scrollToIndex(shown.indexOf(item))
      act(item.ref)
    },
    [rows, shown],
  )
  const openAt = (step: 1 | -1) => {
    const index = shown.findIndex(({ ref }) => ref === open)
    focusOn(index < 0 ? 0 : index + step, (ref) => go({ ...current(), conversation: ref }))
  }
  useShortcut('next', () => openAt(1))
  useShortcut('previous', () => openAt(-1))

  const move = (event: KeyboardEvent) => {
    const row = (event.target as HTMLElement).closest('[data-ref]')
    const index = shown.findIndex(({ ref }) => ref === row?.getAttribute('data-ref'))
    const to = { ArrowDown: index + 1, ArrowUp: index - 1, Home: 0, End: shown.length - 1 }[event.key]
    if (to === undefined || index < 0) return
    event.preventDefault()
    focusOn(to, (ref) => {
      const focus = (): boolean => {
        const found = scroller.current?.querySelector<HTMLElement>(`[data-ref="${CSS.escape(ref)}"]`)
        found?.focus({ preventScroll: true })
        return found !== null && found !== undefined
      }
      // At once, so that the next key goes on from there. A row that is far away is only drawn in the next frame.
      if (!focus()) requestAnimationFrame(focus)
    })
  }

  if (list.isPending && !error) return <Loading />
  if (error && items.length === 0) return <Failure error={error} onRetry={() => void list.refetch()} />
  if (items.length === 0) return <NothingHere isAll={Object.keys(filter).length === 0} />
  return (
    <>
      <Completeness accounts={list.accounts} unapplied={list.unapplied} />
      {above > 0 && !isAtTop && (
        <button
          type="button"
          className="above"
          onClick={() => {
            scroller.current?.scrollTo({ top: 0 })
            setAtTop(true)
          }}
        >
          <ArrowUp aria-hidden="true" />
          {strings.list.newAbove(above)}
        </button>
      )}
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the keys move the focus between the links in it. */}
      <div
        ref={scroller}
        className="rows"
        onKeyDown={move}
        onPointerMove={pointer.moved}
        onPointerLeave={pointer.left}
        onScroll={({ currentTarget }) => setAtTop(currentTarget.scrollTop < rowHeight / 2)}
      >
        <ul style={{ height: rows.getTotalSize() }}>
          {visible.map(({ index, key, start }) => {
            const item = shown[index]
            return (
              <li
                key={key}
                style={{ transform: `translateY(${start}px)` }}
                {...(item && { 'aria-posinset': index + 1, 'aria-setsize': hasNextPage ? -1 : shown.length })}
              >
                {item ? (
                  <ConversationRow
                    item={item}
                    isOpen={item.ref === open}
                    isFirst={index === 0}
                    hasDraft={drafts.has(item.ref)}
                  />
                ) : (
                  <EndOfList hasMore={hasNextPage} error={error} onRetry={() => void fetchNextPage()} />
                )}
              </li>
            )
          })}
        </ul>
      </div>
    </>
  )
}

function EndOfList({ hasMore, error, onRetry }: { hasMore: boolean; error: unknown; onRetry: () => void }) {
  if (error)
    return (
      <button type="button" className="button" onClick={onRetry}>
        {strings.tryAgain}
      </button>
    )
  return <p className="list-end">{hasMore ? strings.list.loadingMore : strings.list.end}</p>
}

const current = () => {
  const { view, filter, search } = Object.fromEntries(new URLSearchParams(location.search))
  return { ...(view && { view }), ...(filter && { filter }), ...(search && { search }) }
}

/** For how long the rows stay where they are after the pointer has moved over them, in milliseconds. */
const aimsFor = 1_500

/** Whether somebody moves the pointer over the list, and may be about to click. */
function useMoving() {
  const [isMoving, setMoving] = useState(false)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  useEffect(() => () => clearTimeout(timer.current), [])
  const left = () => {
    clearTimeout(timer.current)
    setMoving(false)
  }
  const moved = () => {
    clearTimeout(timer.current)
    timer.current = setTimeout(left, aimsFor)
    setMoving(true)
  }
  return { isMoving, moved, left }
}

/**
 * Holds the order of the rows while the list is scrolled or the pointer moves, so that nothing moves under the pointer. What happens above is counted.
 */
function useHeld(
  items: readonly DeskConversation[],
  isAtTop: boolean,
): { shown: readonly DeskConversation[]; above: number } {
  const held = useRef<readonly DeskConversation[]>([])
  return useMemo(() => {
    const isLonger = held.current.every((item, index) => item === items[index])
    if (isAtTop || isLonger) {
      held.current = items
      return { shown: items, above: 0 }
    }
    const now = new Map(items.map((item) => [item.ref, item]))
    const known = new Set(held.current.map(({ ref }) => ref))
    const last = held.current.findLastIndex(({ ref }) => now.has(ref))
    const lastRef = held.current[last]?.ref
    const end = items.findIndex(({ ref }) => ref === lastRef)
    const before = items.slice(0, end + 1)
    // One that has left the list keeps its place until the list moves anyway.
    const stayed = held.current.map((item) => now.get(item.ref) ?? item)
    const shown = [...stayed, ...items.slice(end + 1).filter(({ ref }) => !known.has(ref))]
    held.current = shown
    const moved = before.findIndex(({ ref }, index) => ref !== stayed[index]?.ref) >= 0
    return { shown, above: before.filter(({ ref }) => !known.has(ref)).length || (moved ? 1 : 0) }
  }, [items, isAtTop])
}

function NothingHere({ isAll }: { isAll: boolean }) {
  const { data } = useAccounts()
  const syncing = data?.items.filter(({ streams }) =>
    streams.some(({ stream, finishedAt }) => stream === 'conversations' && finishedAt === null),
  )
  if (syncing && syncing.length > 0)
    return <Empty>{strings.list.syncing(listed(syncing.map(({ account }) => account)))}</Empty>
  return <Empty>{isAll ? strings.list.emptyAll : strings.list.empty}</Empty>
}

/** Which accounts the list lacks, and what their vendors do not say. */
function Completeness({
  accounts,
  unapplied,
}: {
  accounts: readonly { account: string; state: string }[]
  unapplied: readonly string[]
}) {
  const incomplete = accounts.filter(({ state }) => state === 'error' || state === 'timeout' || state === 'unsynced')
  if (incomplete.length === 0 && unapplied.length === 0) return null
  return (
    <div role="status">
      {incomplete.length > 0 && (
        <p className="completeness">{strings.list.incomplete(listed(incomplete.map(({ account }) => account)))}</p>
      )}
      {unapplied.length > 0 && (
        <p className="list-note" title={strings.list.unappliedWhy}>
          {strings.list.unapplied(listed(unapplied))}
        </p>
      )}
    </div>
  )
}
