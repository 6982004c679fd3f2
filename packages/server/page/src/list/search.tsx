import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Search, X } from 'lucide-react'
import { type FormEvent, type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from 'react'
import { ask, client, type DeskConversation, type SearchHit } from '../api.ts'
import { shortTime, wholeTime } from '../format.ts'
import { go, usePlace } from '../route.ts'
import { Link } from '../shell/link.tsx'
import { useShortcut } from '../shell/shortcuts.tsx'
import { partsOf } from '../side/refs.ts'
import { strings } from '../strings.ts'
import { contactName, Empty, Failure, Loading, placeOf } from '../widgets.tsx'

export function SearchField() {
  const { search = '', ...place } = usePlace()
  const [text, setText] = useState(search)
  const input = useRef<HTMLInputElement>(null)
  useEffect(() => setText(search), [search])
  useShortcut('search', () => input.current?.select())
  const submit = (event: FormEvent) => {
    event.preventDefault()
    go({ ...place, search: text.trim() })
  }
  return (
    <search>
      <form className="search" onSubmit={submit}>
        <Search aria-hidden="true" />
        <input
          ref={input}
          className="input"
          dir="auto"
          maxLength={1000}
          aria-label={strings.search.label}
          placeholder={strings.search.placeholder}
          value={text}
          onChange={({ target }) => setText(target.value)}
          onKeyDown={(event) => {
            if (event.key === 'Escape') input.current?.blur()
            if (event.key !== 'ArrowDown') return
            event.preventDefault()
            document.querySelector<HTMLElement>('.hit, .row')?.focus()
          }}
        />
        {(text || search) && (
          <button
            type="button"
            className="icon-button"
            aria-label={strings.search.clear}
            onClick={() => {
              setText('')
              go({ ...place })
            }}
          >
            <X aria-hidden="true" />
          </button>
        )}
      </form>
    </search>
  )
}

export function SearchResults({ text }: { text: string }) {
  const { data, error, isPending, refetch, fetchNextPage, hasNextPage } = useInfiniteQuery({
    queryKey: ['search', text],
    queryFn: ({ pageParam, signal }) =>
      ask(
        client.GET('/v1/search', {
          params: { query: { text, limit: 30, ...(pageParam !== null && { cursor: pageParam }) } },
          signal,
        }),
      ),
    initialPageParam: null as string | null,
    getNextPageParam: ({ next }) => next,
    // A message that came since is found by the next search.
    gcTime: 60_000,
  })
  const named = useQuery({
    queryKey: ['named', text],
    queryFn: ({ signal }) =>
      ask(client.GET('/v1/conversations', { params: { query: { search: text, snoozed: 'any', limit: 5 } }, signal })),
    gcTime: 60_000,
  })
  if (isPending) return <Loading />
  if (error) return <Failure error={error} onRetry={() => void refetch()} />
  const conversations = named.data?.items ?? []
  const hits = data.pages.flatMap(({ items }) => items)
  return (
    <div className="rows">
      <details className="coverage">
        <summary>{strings.search.coverage}</summary>
        <ul>
          {data.pages[0]?.coverage.map(({ account, isComplete, since }) => (
            <li key={account}>
              {isComplete
                ? strings.search.complete(account)
                : since === null
                  ? strings.search.nothing(account)
                  : strings.search.since(account, wholeTime(since))}
            </li>
          ))}
        </ul>
      </details>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the keys move the focus between the links in it. */}
      <div onKeyDown={moveInHits}>
        {conversations.length > 0 && (
          <>
            <h2 className="hits-title">{strings.search.conversations}</h2>
            <ul className="hits">
              {conversations.map((item) => (
                <li key={item.ref}>
                  <NamedHit item={item} />
                </li>
              ))}
            </ul>
            <h2 className="hits-title">{strings.search.messages}</h2>
          </>
        )}
        {hits.length === 0 && <Empty>{strings.search.none}</Empty>}
        <ul className="hits">
          {hits.map((hit) => (
            <li key={hit.message.ref}>
              <Hit hit={hit} />
            </li>
          ))}
        </ul>
      </div>
      {hasNextPage && (
        <button type="button" className="button" onClick={() => void fetchNextPage()}>
          {strings.more}
        </button>
      )}
    </div>
  )
}

/** Moves the focus between the results, as in the list. */
function moveInHits(event: KeyboardEvent<HTMLElement>): void {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
  if (step === undefined) return
  event.preventDefault()
  const hits = [...event.currentTarget.querySelectorAll<HTMLElement>('.hit')]
  hits[hits.indexOf(document.activeElement as HTMLElement) + step]?.focus()
}

/** A conversation whose name, title, addresses or newest message have the words. */
function NamedHit({ item }: { item: DeskConversation }) {
  const place = usePlace()
  const { lastActivityAt, channel } = item.conversation
  return (
    <Link to={{ ...place, conversation: item.ref, message: '' }} className="hit">
      <span className="row-line">
        <span className="row-name ellipsis" dir="auto">
          {contactName(item)}
        </span>
        {lastActivityAt && <time dateTime={lastActivityAt}>{shortTime(lastActivityAt)}</time>}
      </span>
      <span className="hit-place ellipsis">{placeOf(channel, item.account)}</span>
    </Link>
  )
}

function Hit({ hit: { message, conversation, snippet, marks } }: { hit: SearchHit }) {
  const place = usePlace()
  const name = conversation ? contactName({ conversation }) : ''
  const channel = message.channel ?? conversation?.channel
  if (!conversation) return null
  const to = { ...place, conversation: conversation.ref, message: message.ref }
  return (
    <Link to={to} className="hit" aria-current={place.message === message.ref ? 'true' : undefined}>
      <span className="row-line">
        <span className="row-name ellipsis" dir="auto">
          {name}
        </span>
        {message.createdAt && <time dateTime={message.createdAt}>{shortTime(message.createdAt)}</time>}
      </span>
      <span className="hit-text" dir="auto">
        <span className="row-author">{strings.authors[message.author.kind]}: </span>
        {marked(snippet, marks)}
      </span>
      <span className="hit-place ellipsis">{placeOf(channel, partsOf(message.ref).account)}</span>
    </Link>
  )
}

/** The text with its found words marked. The marks count UTF-16 units, as strings do. */
function marked(text: string, marks: readonly { start: number; end: number }[]): ReactNode[] {
  let at = 0
  const parts: ReactNode[] = []
  for (const { start, end } of marks) {
    parts.push(text.slice(at, start), <mark key={start}>{text.slice(start, end)}</mark>)
    at = end
  }
  return [...parts, text.slice(at)]
}
