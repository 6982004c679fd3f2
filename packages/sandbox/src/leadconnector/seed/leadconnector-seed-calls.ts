import type { Dialogue, Turn, World } from '../../world/world.ts'
import { idFrom } from '../leadconnector-ids.ts'
import { writeMessage } from '../messages/leadconnector-write-message.ts'
import type { ConversationRecord, Sentence } from '../state/leadconnector-records.ts'
import type { LocationState } from '../state/leadconnector-state.ts'
import { seededUserId } from './leadconnector-seed-ids.ts'

const turnsPerCall = 8
const desk = '+15550100'

/** What was said on the phone is one message per call; the words are in its transcription. */
export function seedCalls(
  { seed }: World,
  location: LocationState,
  conversation: ConversationRecord,
  { turns }: Dialogue,
): void {
  const phone = location.contacts.get(conversation.contactId)?.phone ?? ''
  const spoken = turns.filter(({ by }) => by !== 'system')
  for (let start = 0; start < spoken.length; start += turnsPerCall) {
    const said = spoken.slice(start, start + turnsPerCall)
    const [first] = said
    if (!first) return
    const inbound = first.by === 'person'
    const operator = said.find((turn) => turn.operator !== null)?.operator
    const alone = inbound && said.length === 1
    const status = alone ? 'voicemail' : 'completed'
    const sentences = transcribe(said)
    writeMessage(location, conversation, {
      id: idFrom(`${location.id}:${first.key}`),
      messageType: 'TYPE_CALL',
      at: first.at,
      direction: inbound ? 'inbound' : 'outbound',
      status,
      contentType: 'text/plain',
      // Recordings are behind their own path, never among the attachments.
      attachments: [],
      call: { duration: Math.ceil((sentences.at(-1)?.endTime ?? 0) / 1000), status, sentences },
      from: inbound ? phone : desk,
      to: inbound ? desk : phone,
      ...(!inbound && { source: 'app' }),
      ...(operator && { userId: seededUserId(seed, operator) }),
    })
  }
}

/** Two channels, one per side, each sentence as long as it takes to say. */
function transcribe(turns: readonly Turn[]): Sentence[] {
  let at = 400
  return turns.map(({ by, text }) => {
    const startTime = at
    at += 600 + text.length * 55
    const endTime = at - 300
    return { mediaChannel: by === 'person' ? 1 : 2, startTime, endTime, transcript: text, confidence: 0.93 }
  })
}
