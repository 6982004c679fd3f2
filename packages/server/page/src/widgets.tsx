import type { ReactNode } from 'react'
import { type DeskConversation, Refused } from './api.ts'
import { strings } from './strings.ts'
import { withoutDirection } from './thread/disguise.ts'

export function Loading() {
  return (
    <div className="loading" role="status">
      <span className="spinner" aria-hidden="true" />
      <span className="hidden">{strings.loading}</span>
    </div>
  )
}

/** What could not be loaded, and why. */
export function Failure({ error, onRetry }: { error: unknown; onRetry?: () => void }) {
  return (
    <div className="notice" role="alert">
      <h2>{strings.states.failedTitle}</h2>
      <p>{error instanceof Refused ? error.message : strings.states.offline}</p>
      {onRetry && (
        <button type="button" className="button" onClick={onRetry}>
          {strings.tryAgain}
        </button>
      )}
    </div>
  )
}

export function Empty({ children }: { children: ReactNode }) {
  return <div className="notice notice-quiet">{children}</div>
}

/** A mark of a value that only this server has, and not the vendor. */
export function OnlyHere() {
  return (
    <span className="only-here" title={strings.places.overlay}>
      <span aria-hidden="true">◦</span>
      <span className="hidden">{strings.places.overlay}</span>
    </span>
  )
}

/** The name of a contact, or what else is known of them. */
export function contactName({ conversation: { contact, title } }: Pick<DeskConversation, 'conversation'>): string {
  const known = contact?.name?.trim() || contact?.email || contact?.phone || title?.trim()
  return withoutDirection(known || strings.list.visitor)
}

/** Up to two letters for a name. */
function initialsOf(name: string): string {
  const letters = new Intl.Segmenter(undefined, { granularity: 'grapheme' })
  const words = name.split(/[\s@._-]+/u).filter((word) => /[\p{L}\p{N}]/u.test(word))
  const first = (word: string | undefined): string =>
    word === undefined ? '' : ([...letters.segment(word)][0]?.segment ?? '')
  return (first(words[0]) + (words.length > 1 ? first(words.at(-1)) : '')).toLocaleUpperCase() || '·'
}

const hues = 12

/** The same color for the same name. */
function hueOf(name: string): number {
  let sum = 0
  for (const letter of name) sum = (sum * 31 + (letter.codePointAt(0) ?? 0)) % 9973
  return sum % hues
}

/** A person as a disc with their initials. Pictures of other sites are not loaded, because they would tell them who reads. */
export function Avatar({
  name,
  kind = 'contact',
}: {
  name: string
  kind?: 'contact' | 'agent' | 'operator' | 'other'
}) {
  return (
    <span className="avatar" data-kind={kind} data-hue={hueOf(name)} aria-hidden="true">
      {initialsOf(name)}
    </span>
  )
}

/** Over which channel and account something was written, in a line. */
export const placeOf = (channel: DeskConversation['conversation']['channel'], account: string): string =>
  [channel && channel.value !== 'unknown' && strings.channels[channel.value], account].filter(Boolean).join(' · ')
