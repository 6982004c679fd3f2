import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { ask, client, type LinkSuggestion } from '../api.ts'
import { percent } from '../format.ts'
import { queries } from '../queries.ts'
import { useCanWrite } from '../session.ts'
import { strings } from '../strings.ts'
import { reasonOf } from '../thread/commands.ts'
import { withoutDirection } from '../thread/disguise.ts'
import { useContact } from './contact.tsx'
import { Read } from './part.tsx'
import { partsOf } from './refs.ts'

const words = strings.details

export const useLinked = (contact: string | undefined) =>
  useQuery({
    queryKey: ['links', contact, 'linked'],
    queryFn: ({ signal }) =>
      ask(client.GET('/v1/contacts/{contact}/linked', { params: { path: { contact: contact as string } }, signal })),
    enabled: contact !== undefined,
    // No change reports a link.
    staleTime: 0,
  })

/** The contacts of other accounts that are the same person, or may be. */
export function ContactLinks({ contact }: { contact: string }) {
  const canWrite = useCanWrite()
  const params = { path: { contact } }
  const links = useQuery({
    queryKey: ['links', contact, 'links'],
    queryFn: ({ signal }) => ask(client.GET('/v1/contacts/{contact}/links', { params, signal })),
    staleTime: 0,
  })
  const linked = useLinked(contact)
  const suggestions = useQuery({
    queryKey: ['links', contact, 'suggestions'],
    queryFn: ({ signal }) => ask(client.GET('/v1/contacts/{contact}/link-suggestions', { params, signal })),
    staleTime: 0,
  })
  const [problem, setProblem] = useState<string>()
  const [isRunning, setRunning] = useState(false)
  const run = async (work: () => Promise<unknown>) => {
    if (isRunning) return
    setRunning(true)
    setProblem(undefined)
    try {
      await work()
    } catch (error) {
      const { text, detail } = reasonOf(error)
      setProblem([text, detail].filter(Boolean).join(' '))
    } finally {
      setRunning(false)
      await queries.invalidateQueries({ queryKey: ['links'] })
    }
  }
  const link = ({ contact: other, reason }: LinkSuggestion) =>
    void run(() =>
      ask(
        client.POST('/v1/contacts/{contact}/links', {
          params,
          body: { contact: other.ref, reason: words.reasons[reason] },
        }),
      ),
    )
  const unlink = (id: string) =>
    void run(() =>
      ask(client.DELETE('/v1/contacts/{contact}/links/{link}', { params: { path: { contact, link: id } } })),
    )
  return (
    <>
      <Read query={links}>
        {({ items }) => {
          const valid = items.filter(({ undone }) => !undone)
          // Those that are linked over another contact have no link with this one.
          const direct = new Set(valid.flatMap(({ contacts }) => contacts))
          const indirect = (linked.data?.items ?? []).filter((ref) => ref !== contact && !direct.has(ref))
          if (valid.length + indirect.length === 0) return <p className="details-quiet">{words.noLinks}</p>
          return (
            <ul className="details-list">
              {valid.map((each) => (
                <LinkedContact
                  key={each.id}
                  contact={each.contacts.find((ref) => ref !== contact) ?? contact}
                  how={
                    each.by
                      ? words.linkedBy(each.by.name ?? each.by.id, each.reason)
                      : words.linkedAutomatically(each.reason)
                  }
                  {...(canWrite && { onUndo: () => unlink(each.id) })}
                />
              ))}
              {indirect.map((ref) => (
                <LinkedContact key={ref} contact={ref} how="" />
              ))}
            </ul>
          )
        }}
      </Read>
      {(suggestions.data?.items.length ?? 0) > 0 && <h4>{words.suggestions}</h4>}
      <Read query={suggestions}>
        {({ items }) => (
          <ul className="details-list">
            {items.map((suggestion) => (
              <li key={suggestion.contact.ref} className="details-item">
                <span className="details-line">
                  <span className="ellipsis" dir="auto">
                    {withoutDirection(suggestion.contact.name ?? suggestion.contact.email ?? suggestion.contact.id)}
                  </span>
                  {canWrite && (
                    <button
                      type="button"
                      className="button button-small"
                      aria-disabled={isRunning}
                      onClick={() => link(suggestion)}
                    >
                      {words.link}
                    </button>
                  )}
                </span>
                <small>
                  {partsOf(suggestion.contact.ref).account} ·{' '}
                  {words.suggested(words.reasons[suggestion.reason], percent(suggestion.confidence))}
                </small>
              </li>
            ))}
          </ul>
        )}
      </Read>
      {problem && (
        <p className="error" role="alert">
          {problem}
        </p>
      )}
    </>
  )
}

function LinkedContact({ contact, how, onUndo }: { contact: string; how: string; onUndo?: () => void }) {
  const { data } = useContact(contact)
  const { account, id } = partsOf(contact)
  return (
    <li className="details-item">
      <span className="details-line">
        <span className="ellipsis" dir="auto">
          {withoutDirection(data?.name ?? data?.email ?? data?.phone ?? id)}
        </span>
        {onUndo && (
          <button type="button" className="button button-small" onClick={onUndo}>
            {words.unlink}
          </button>
        )}
      </span>
      <small>{[account, how].filter(Boolean).join(' · ')}</small>
    </li>
  )
}
