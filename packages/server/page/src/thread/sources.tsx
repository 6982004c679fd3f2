import { useQuery } from '@tanstack/react-query'
import { BookOpen } from 'lucide-react'
import { useState } from 'react'
import { ask, client, type Message, Refused, type Source } from '../api.ts'
import { decimal } from '../format.ts'
import { strings } from '../strings.ts'
import { withoutDirection } from './disguise.ts'
import { ExternalLink, PlainText, safeAddress } from './links.tsx'

/** What an answer was made from. */
export function Sources({ message: { ref, sources = [], sourcesState } }: { message: Message }) {
  const [isOpen, setOpen] = useState(false)
  if (sourcesState === 'unavailable' || (sourcesState === 'inline' && sources.length === 0)) return null
  return (
    <details className="more" onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>
        <BookOpen aria-hidden="true" />
        {sourcesState === 'inline' ? strings.thread.sources(sources.length) : strings.thread.someSources}
      </summary>
      {isOpen && (
        <div className="more-body">
          {sourcesState === 'inline' ? <SourceList items={sources} /> : <Fetched message={ref} />}
        </div>
      )}
    </details>
  )
}

function Fetched({ message }: { message: string }) {
  const { data, error, refetch } = useQuery({
    queryKey: ['sources', message],
    queryFn: ({ signal }) =>
      ask(
        client.GET('/v1/messages/{message}/sources', {
          params: { path: { message }, query: { limit: 100 } },
          signal,
        }),
      ),
  })
  if (data) return <SourceList items={data.items} />
  if (!error) return <p role="status">{strings.loading}</p>
  return (
    <p className="error" role="alert">
      {error instanceof Refused ? error.message : strings.states.offline}{' '}
      <button type="button" className="text-button" onClick={() => void refetch()}>
        {strings.tryAgain}
      </button>
    </p>
  )
}

export function SourceList({ items }: { items: readonly Source[] }) {
  if (items.length === 0) return <p className="soft">{strings.thread.noSources}</p>
  return (
    <ol className="sources">
      {items.map((source, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a vendor can name one source twice.
        <li key={index}>
          <OneSource source={source} />
        </li>
      ))}
    </ol>
  )
}

function OneSource({ source: { kind, title, url, text, fileName, score } }: { source: Source }) {
  const address = safeAddress(url)
  const name = withoutDirection(title?.trim() || fileName || url || strings.thread.sourceKinds[kind.value])
  return (
    <>
      <p className="source-name" dir="auto">
        {address === undefined ? name : <ExternalLink address={address} text={name} />}
      </p>
      <p className="soft source-facts">
        {[
          strings.thread.sourceKinds[kind.value],
          fileName !== name && fileName,
          score && strings.thread.score(score.metric, decimal(score.value), score.higherIsBetter),
        ]
          .filter(Boolean)
          .join(' · ')}
      </p>
      {text && (
        <blockquote>
          <PlainText text={text} />
        </blockquote>
      )}
    </>
  )
}
