import { useQuery } from '@tanstack/react-query'
import { ArrowDown } from 'lucide-react'
import { type RefObject, useCallback, useEffect, useMemo, useRef, useState } from 'react'
import type { DeskConversation, Message } from '../api.ts'
import { OpenSends } from '../composer/open-sends.tsx'
import { withNotes, withWriters } from '../composer/shown-sends.ts'
import { dayName } from '../format.ts'
import { useOperations } from '../queries.ts'
import { usePlace } from '../route.ts'
import { strings } from '../strings.ts'
import { Empty, Failure, Loading } from '../widgets.tsx'
import { withoutDirection } from './disguise.ts'
import { MessageGroup } from './group.tsx'
import { type Day, groupMessages, laneOf } from './grouping.ts'
import { ThreadContext } from './thread-context.ts'
import { keepNewest, useMessages, useSends } from './thread-data.ts'

type Thread = ReturnType<typeof useMessages>

/** The messages of a conversation. */
export function Messages({ item }: { item: DeskConversation }) {
  const thread = useMessages(item.ref)
  if (thread.items.length > 0) return <Log item={item} thread={thread} />
  return (
    <div className="messages">
      <div className="messages-content">
        {thread.error ? (
          <Failure error={thread.error} onRetry={() => void thread.refetch()} />
        ) : thread.isPending ? (
          <Loading />
        ) : (
          <Empty>{strings.thread.empty}</Empty>
        )}
        <OpenSends item={item} messages={thread.items} />
      </div>
    </div>
  )
}

/**
 * The scrolled element is a reversed column: its position counts from the newest message, so that it starts there, follows it, and
 * does not move when older messages are added.
 */
function Log({ item, thread }: { item: DeskConversation; thread: Thread }) {
  const { items: sends } = useSends(item.ref)
  const { items: own, hasNextPage } = thread
  const items = useMemo(() => withNotes(withWriters(own, sends), sends, hasNextPage), [own, sends, hasNextPage])
  const scroller = useRef<HTMLDivElement>(null)
  const days = useMemo(() => groupMessages(items), [items])
  const { message: target } = usePlace()
  const contact = nameOf(item)
  const [wanted, setWanted] = useState<{ ref: string }>()
  const goTo = useCallback((ref: string) => setWanted({ ref }), [])
  useEffect(() => {
    if (wanted) show(scroller.current, wanted.ref)
  }, [wanted])
  const context = useThreadContext(item.ref, goTo)
  const below = useBelow(scroller, items)
  useEffect(() => () => keepNewest(item.ref), [item.ref])
  return (
    <ThreadContext value={context}>
      <div className="messages-frame">
        <div
          ref={scroller}
          className="messages"
          role="log"
          // Older messages that are loaded would be read aloud too. New ones are announced below.
          aria-live="off"
          aria-label={strings.thread.label}
          aria-busy={thread.isFetchingNextPage}
          // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and must with the keys too.
          tabIndex={0}
          onScroll={below.onScroll}
        >
          <div className="messages-content">
            <Beginning thread={thread} scroller={scroller} />
            <Warnings warnings={thread.warnings} />
            {days.map((day, index) => (
              <DayView
                key={day.key}
                day={day}
                contact={contact}
                target={target}
                isWanted={hasMessage(day, wanted?.ref)}
                isNewest={index >= days.length - 2}
                scroller={scroller}
              />
            ))}
            <OpenSends item={item} messages={items} />
          </div>
        </div>
        {target && <Target key={target} target={target} thread={thread} onFound={goTo} />}
        {below.isAway && (
          <button type="button" className="to-newest" data-new={below.count > 0 || undefined} onClick={below.toNewest}>
            <ArrowDown aria-hidden="true" />
            <span className={below.count > 0 ? undefined : 'hidden'}>
              {below.count > 0 ? strings.thread.newMessages(below.count) : strings.thread.toNewest}
            </span>
          </button>
        )}
        <Announcer items={items} contact={contact} />
      </div>
    </ThreadContext>
  )
}

const hasMessage = ({ groups }: Day, ref: string | undefined): boolean =>
  ref !== undefined && groups.some(({ messages }) => messages.some((message) => message.ref === ref))

/** What a group takes on average, in CSS pixels, for a day that was not drawn yet. */
const groupHeight = 96

/**
 * The messages of a day. Those of a day that is far away are not drawn, because the elements of thousands of messages would slow
 * down everything.
 */
function DayView({
  day: { time, groups },
  contact,
  target,
  isWanted,
  isNewest,
  scroller,
}: {
  day: Day
  contact: string
  target: string | undefined
  isWanted: boolean
  isNewest: boolean
  scroller: RefObject<HTMLDivElement | null>
}) {
  const section = useRef<HTMLElement>(null)
  const [height, setHeight] = useState(isNewest ? undefined : groups.length * groupHeight)
  useEffect(() => {
    const element = section.current
    if (!element) return
    const observer = new IntersectionObserver(
      ([entry]) => {
        if (!entry) return
        if (entry.isIntersecting || element.contains(document.activeElement)) setHeight(undefined)
        else setHeight((before) => before ?? entry.boundingClientRect.height)
      },
      { root: scroller.current, rootMargin: '3000px 0px' },
    )
    observer.observe(element)
    return () => observer.disconnect()
  }, [scroller])
  if (height !== undefined && !isWanted) return <section ref={section} style={{ height }} />
  return (
    <section ref={section} className="day">
      {time && (
        <h3 className="day-name">
          <time dateTime={time}>{dayName(time)}</time>
        </h3>
      )}
      {groups.map((group) => (
        <MessageGroup
          key={group.key}
          group={group}
          contact={contact}
          target={group.messages.some(({ ref }) => ref === target) ? target : undefined}
        />
      ))}
    </section>
  )
}

/** How a contact is called whose messages do not say it. The title of a conversation is no name. */
const nameOf = ({ conversation: { contact } }: DeskConversation): string =>
  withoutDirection(contact?.name?.trim() || contact?.email || contact?.phone || strings.authors.contact)

function useThreadContext(conversation: string, goTo: (ref: string) => void) {
  const account = conversation.slice(0, conversation.indexOf('/'))
  const operations = useOperations(account)
  // An answer can say that the account has none. See `generation.tsx`.
  const { data: isRefused } = useQuery({
    queryKey: ['generation-unsupported', account],
    queryFn: () => false,
    enabled: false,
  })
  const hasGenerations = operations?.has('generations.get') !== false && isRefused !== true
  return useMemo(() => ({ goTo, hasGenerations }), [goTo, hasGenerations])
}

/** Scrolls to a message. What is around it is laid out only then, so it may move once more. */
function show(scroller: HTMLElement | null, ref: string): void {
  const element = scroller?.querySelector<HTMLElement>(`[data-message="${CSS.escape(ref)}"]`)
  if (!element) return
  element.tabIndex = -1
  element.focus({ preventScroll: true })
  element.scrollIntoView({ block: 'center' })
  let frames = 3
  const settle = () => {
    element.scrollIntoView({ block: 'center' })
    frames -= 1
    if (frames > 0) requestAnimationFrame(settle)
  }
  requestAnimationFrame(settle)
}

/** In CSS pixels. Closer to the end, the thread follows new messages. */
const near = 60

/** What came while the reader looks at older messages. */
function useBelow(scroller: RefObject<HTMLDivElement | null>, items: readonly Message[]) {
  const [isAway, setAway] = useState(false)
  const newest = items.at(-1)?.ref
  const [seen, setSeen] = useState(newest)
  useEffect(() => {
    if (!isAway) setSeen(newest)
  }, [isAway, newest])
  const index = items.findLastIndex(({ ref }) => ref === seen)
  return {
    isAway,
    count: isAway && index >= 0 ? items.length - 1 - index : 0,
    onScroll: () => setAway((scroller.current?.scrollTop ?? 0) < -near),
    toNewest: () => {
      scroller.current?.scrollTo({ top: 0 })
      scroller.current?.focus({ preventScroll: true })
    },
  }
}

/** The oldest end of what was loaded. More is loaded as soon as it comes near. */
function Beginning({
  thread: { items, hasNextPage, isFetchingNextPage, isFetchNextPageError, fetchNextPage },
  scroller,
}: {
  thread: Thread
  scroller: RefObject<HTMLDivElement | null>
}) {
  const end = useRef<HTMLDivElement>(null)
  const isReady = hasNextPage && !isFetchingNextPage && !isFetchNextPageError
  // biome-ignore lint/correctness/useExhaustiveDependencies: after each page, the observer says anew whether the end is near.
  useEffect(() => {
    if (!isReady || !end.current) return
    const observer = new IntersectionObserver(
      ([entry]) => {
        if (entry?.isIntersecting) void fetchNextPage()
      },
      { root: scroller.current, rootMargin: '1500px 0px 0px' },
    )
    observer.observe(end.current)
    return () => observer.disconnect()
  }, [isReady, items.length, fetchNextPage, scroller])
  return (
    <div ref={end} className="beginning">
      {isFetchNextPageError ? (
        <p role="alert">
          {strings.thread.olderFailed}{' '}
          <button type="button" className="button button-small" onClick={() => void fetchNextPage()}>
            {strings.tryAgain}
          </button>
        </p>
      ) : (
        <p>{hasNextPage ? strings.thread.loadingOlder : strings.thread.begin}</p>
      )}
    </div>
  )
}

function Warnings({ warnings }: { warnings: Thread['warnings'] }) {
  if (warnings.length === 0) return null
  return (
    <details className="thread-warnings">
      <summary>{strings.thread.incomplete}</summary>
      <ul>
        {[...new Set(warnings.map(({ message }) => message))].slice(0, 20).map((message) => (
          <li key={message}>{message}</li>
        ))}
      </ul>
    </details>
  )
}

/** How many messages are read to find one. The reader can ask for as many again. */
const searched = 2_000

/** Loads until a message is found, and goes to it once. */
function Target({ target, thread, onFound }: { target: string; thread: Thread; onFound: (ref: string) => void }) {
  const { items, hasNextPage, isFetching, isFetchNextPageError, fetchNextPage } = thread
  const [limit, setLimit] = useState(searched)
  const isFound = items.some(({ ref }) => ref === target)
  const isLooking = !isFound && hasNextPage && !isFetchNextPageError && items.length < limit
  useEffect(() => {
    if (isLooking && !isFetching) void fetchNextPage()
  }, [isLooking, isFetching, fetchNextPage])
  useEffect(() => {
    if (isFound) onFound(target)
  }, [isFound, target, onFound])
  if (isFound) return null
  return (
    <div className="target-state" role="status">
      {isLooking || isFetching ? (
        strings.thread.looking
      ) : hasNextPage ? (
        <>
          {strings.thread.notFound(items.length)}{' '}
          <button type="button" className="button button-small" onClick={() => setLimit(items.length + searched)}>
            {strings.thread.lookFurther}
          </button>
        </>
      ) : (
        strings.thread.gone
      )}
    </div>
  )
}

/** Says to a screen reader what has come. */
function Announcer({ items, contact }: { items: readonly Message[]; contact: string }) {
  const newest = items.at(-1)
  const first = useRef(newest?.ref)
  const isNew = newest !== undefined && newest.ref !== first.current && ['said', 'note'].includes(laneOf(newest))
  const author = newest?.author
  return (
    <p className="hidden" role="status">
      {isNew &&
        author &&
        strings.thread.announced(
          author.name || (author.kind === 'contact' ? contact : strings.authors[author.kind]),
          newest.text?.slice(0, 300) ?? strings.list.noText,
        )}
    </p>
  )
}
