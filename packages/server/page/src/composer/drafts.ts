import type { Channel } from '../api.ts'
import { strings } from '../strings.ts'
import { isObject, type Kept, type KeptIn, keptIn } from './kept.ts'

export type Mode = 'reply' | 'note'

/**
 * What a person is writing in a conversation. A note has a text of its own, so that no note becomes a reply by a click on the
 * wrong tab.
 */
export interface Draft {
  mode: Mode
  reply: string
  note: string
  subject: string
  /** Where the reply goes. `null`: over the channel of the conversation. */
  channel: Channel | null
  /** When it was last changed, in milliseconds since 1970. */
  at: number
}

export interface Drafts {
  get(person: string, conversation: string): Draft
  change(person: string, conversation: string, change: Partial<Omit<Draft, 'at'>>): void
  /** Gives back a text that was not sent. What was written since then stays behind it. */
  giveBack(
    person: string,
    conversation: string,
    mode: Mode,
    text: string,
    more?: { subject?: string; channel?: Channel },
  ): void
  /** The conversations in which a person has written something. */
  conversations(person: string): string[]
  /** Removes everything that a person has written. */
  removeAll(person: string): void
  changedElsewhere: Kept<Draft>['changedElsewhere']
  subscribe: Kept<Draft>['subscribe']
}

/** In milliseconds. */
const keptFor = 60 * 86_400_000

const empty: Draft = { mode: 'reply', reply: '', note: '', subject: '', channel: null, at: 0 }

const hasText = ({ reply, note, subject }: Draft): boolean => `${reply}${note}${subject}`.trim() !== ''

/** The drafts of the persons who use this browser. Those that are 60 days old are removed. */
export function createDrafts(storage: KeptIn | undefined, now: () => number = Date.now): Drafts {
  const kept = keptIn(storage, 'parley-draft:', draftIn)
  const nameOf = (person: string, conversation: string): string => `${encodeURIComponent(person)}:${conversation}`
  for (const name of kept.names()) if ((kept.get(name)?.at ?? 0) < now() - keptFor) kept.set(name, undefined)

  const get = (person: string, conversation: string): Draft => kept.get(nameOf(person, conversation)) ?? empty
  const change: Drafts['change'] = (person, conversation, changes) => {
    const next = { ...get(person, conversation), ...changes, at: now() }
    const isWorthKeeping = hasText(next) || next.mode !== empty.mode || next.channel !== null
    kept.set(nameOf(person, conversation), isWorthKeeping ? next : undefined)
  }
  return {
    get,
    change,
    giveBack(person, conversation, mode, text, { subject, channel } = {}) {
      const { [mode]: newer, subject: newerSubject } = get(person, conversation)
      change(person, conversation, {
        mode,
        [mode]: newer.trim() === '' ? text : `${text}\n\n${newer}`,
        ...(subject && newerSubject === '' && { subject }),
        ...(channel && { channel }),
      })
    },
    conversations(person) {
      const own = `${encodeURIComponent(person)}:`
      return kept.names().flatMap((name) => {
        const draft = name.startsWith(own) ? kept.get(name) : undefined
        return draft && hasText(draft) ? [name.slice(own.length)] : []
      })
    },
    removeAll(person) {
      for (const name of kept.names()) if (name.startsWith(`${encodeURIComponent(person)}:`)) kept.set(name, undefined)
    },
    changedElsewhere: kept.changedElsewhere,
    subscribe: kept.subscribe,
  }
}

function draftIn(value: unknown): Draft | undefined {
  if (!isObject(value)) return undefined
  const { mode, reply, note, subject, channel = null, at } = value
  const texts = [reply, note, subject]
  if (typeof at !== 'number' || !texts.every((text) => typeof text === 'string')) return undefined
  const isChannel = typeof channel === 'string' && Object.hasOwn(strings.channels, channel)
  return {
    ...(value as unknown as Draft),
    mode: mode === 'note' ? 'note' : 'reply',
    channel: isChannel ? (channel as Channel) : null,
  }
}
