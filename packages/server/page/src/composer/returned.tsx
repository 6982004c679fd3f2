import { X } from 'lucide-react'
import type { Message, Send } from '../api.ts'
import { Refused } from '../api.ts'
import { clockTime, listed } from '../format.ts'
import { strings } from '../strings.ts'
import { reasonOf } from '../thread/commands.ts'
import { useSends } from '../thread/thread-data.ts'
import { withWriters } from './shown-sends.ts'
import type { Refusal } from './writing.ts'

const words = strings.composer

/** Why the text that is in the field again was not sent. */
export function Returned({
  refusal,
  onDismiss,
  onSendAnyway,
}: {
  refusal: Refusal
  onDismiss: () => void
  onSendAnyway: () => void
}) {
  const { newer = [], sends = [] } = refusal.problem ?? {}
  const { items: known } = useSends(refusal.conversation)
  if (newer.length + sends.length > 0)
    return <MovedOn newer={withWriters(newer, known)} sends={sends} onDismiss={onDismiss} onSendAnyway={onSendAnyway} />
  return (
    <div className="returned" role="alert">
      <div>{explanation(refusal)}</div>
      <button type="button" className="icon-button" aria-label={strings.commands.dismiss} onClick={onDismiss}>
        <X aria-hidden="true" />
      </button>
    </div>
  )
}

function explanation({ why, files, status = 0, problem }: Refusal) {
  if (why === 'files') return words.returned.files(listed(files))
  if (why === 'withdrawn') return words.returned.withdrawn
  const { text, detail } = reasonOf(new Refused(status, problem))
  return (
    <>
      <p>
        {words.returned.refused} {text !== strings.commands.failed.other && text}
      </p>
      {detail && <p className="head-detail">{detail}</p>}
      {problem?.outcome === 'partly-done' && <p>{words.returned.partly}</p>}
    </>
  )
}

/** The messages that were written while the person was writing. */
function MovedOn({
  newer,
  sends,
  onDismiss,
  onSendAnyway,
}: {
  newer: readonly Message[]
  sends: readonly Send[]
  onDismiss: () => void
  onSendAnyway: () => void
}) {
  return (
    <section className="moved" role="alert" aria-label={words.moved.title}>
      <h3>{words.moved.title}</h3>
      <ul>
        {newer.map(({ ref, author, text, createdAt, attachments = [] }) => (
          <li key={ref}>
            <strong>{author.name || strings.authors[author.kind]}</strong>{' '}
            {createdAt && <time dateTime={createdAt}>{clockTime(createdAt)}</time>}
            <p dir="auto">
              {text || listed(attachments.map(({ fileName }) => fileName ?? words.unnamed)) || strings.list.noText}
            </p>
          </li>
        ))}
        {sends.map(({ id, by, state, text, recordedAt }) => (
          <li key={id}>
            <strong>{state === 'sent' ? (by.name ?? by.id) : words.moved.going(by.name ?? by.id)}</strong>{' '}
            <time dateTime={recordedAt}>{clockTime(recordedAt)}</time>
            <p dir="auto">{text}</p>
          </li>
        ))}
      </ul>
      <div className="moved-foot">
        <button type="button" className="button button-small" onClick={onDismiss}>
          {words.moved.keepEditing}
        </button>
        <button type="button" className="button button-small button-danger" onClick={onSendAnyway}>
          {words.moved.sendAnyway}
        </button>
      </div>
    </section>
  )
}
