import { type Conversation, encodeRefId, type Feedback, type Message } from '@parley/core'
import { storableTime } from './database-time.ts'
import { storable } from './search-words.ts'

// What `desk.quality` counts, as columns of the records: a json body cannot be asked, because it may have a NUL.

/** Who speaks to the other side in a message. */
type Speaker = 'contact' | 'agent' | 'operator' | 'automation' | 'unknown'

/** An index has the id, and takes no long values. */
const longestId = 200

/** What is counted of a message. */
export interface MeasuredMessage {
  /** The vendor's time. `sort_at` can be that of a neighbor. */
  said_at: string | null
  /** `null`: nobody speaks to the other side, such as in a note or an activity. */
  speaker: Speaker | null
  /** Of an agent that the message names. */
  agent_id: string | null
  /** Whether the message cites a source. `null`: it does not say. */
  cites: boolean | null
  ratings: string | null
}

/** The columns of a message that `desk.quality` counts, with their types. */
export const measuredColumns: Readonly<Record<keyof MeasuredMessage, string>> = {
  ...{ said_at: 'timestamptz', speaker: 'text', agent_id: 'text', cites: 'boolean', ratings: 'text' },
}

export function measuredMessage(message: Message): MeasuredMessage {
  const { author, createdAt, sources, sourcesState, feedback } = message
  const speaker = speakerOf(message)
  const id = speaker === 'agent' && author.id ? storable(author.id) : null
  return {
    said_at: storableTime(createdAt),
    speaker,
    agent_id: id !== null && id.length <= longestId ? id : null,
    cites: sourcesState === 'inline' ? (sources ?? []).length > 0 : null,
    ratings: ratingsOf(feedback),
  }
}

function speakerOf({ type, direction, author: { kind }, status }: Message): Speaker | null {
  if (direction === 'internal' || kind === 'system' || /^(?:note|activity|tool)$/.test(type.value)) return null
  const isContact = kind === 'contact' || (kind === 'unknown' && direction === 'inbound')
  if (isContact) return direction === 'outbound' ? null : 'contact'
  if (direction === 'inbound' || (kind === 'unknown' && direction === 'unknown')) return null
  // The contact has not received it.
  return /^(?:scheduled|failed|opted-out)$/.test(status?.value ?? '') ? null : kind
}

/** What is counted of a conversation. */
export const measuredConversation = ({ feedback }: Conversation): { ratings: string | null } => ({
  ratings: ratingsOf(feedback),
})

/** The ratings as JSON: `[id, vote, time]` of each. They have no text by people. */
function ratingsOf(feedback: readonly Feedback[] | undefined): string | null {
  if (!feedback || feedback.length === 0) return null
  return JSON.stringify(
    feedback.map(({ id, vote, createdAt }) => [
      id ? encodeRefId(id) : null,
      vote?.value === 'up' || vote?.value === 'down' ? vote.value : null,
      storableTime(createdAt),
    ]),
  )
}
