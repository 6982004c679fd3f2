import type { LocationCall, LocationEndpoint } from '../http/leadconnector-endpoint.ts'
import { badRequest, ok, type Reply } from '../http/leadconnector-reply.ts'
import type { Json } from '../leadconnector-json.ts'
import type { MessageRecord, Sentence } from '../state/leadconnector-records.ts'
import { noMessage } from './leadconnector-message-missing.ts'
import { wav } from './leadconnector-wav.ts'

const read = { family: 'conversations', scope: 'conversations/message.readonly', method: 'GET' } as const
const transcription = '/conversations/locations/:locationId/messages/:messageId/transcription'

/** The two paths have their parts in different orders. */
export const recordingEndpoints: readonly LocationEndpoint[] = [
  {
    ...read,
    path: '/conversations/messages/:messageId/locations/:locationId/recording',
    handle: (call) => withCall(call, 'Recording', recording),
  },
  { ...read, path: transcription, handle: (call) => withCall(call, 'Transcription', transcribe) },
  { ...read, path: `${transcription}/download`, handle: (call) => withCall(call, 'Transcription', download) },
]

type Handle = (call: LocationCall, message: MessageRecord, sentences: readonly Sentence[]) => Reply

function withCall(call: LocationCall, what: string, handle: Handle): Reply {
  const message = call.location.messages.get(call.params['messageId'] ?? '')
  if (!message) return noMessage(call.params['messageId'])
  const sentences = message.call?.sentences
  return sentences ? handle(call, message, sentences) : badRequest(`${what} not found for message ${message.id}`)
}

const recording: Handle = (_call, message) => ({
  status: 200,
  body: wav(message.call?.duration ?? 0),
  headers: {
    'Content-Type': 'audio/x-wav',
    'Content-Disposition': `attachment; filename="${message.id}.wav"`,
  },
})

const transcribe: Handle = ({ state }, _message, sentences) => {
  const shown: Json[] = sentences.map((sentence, sentenceIndex) => ({ ...sentence, sentenceIndex }))
  // Declared as one object; a call has more than one sentence.
  return ok(state.settings.transcriptionShape === 'object' ? (shown[0] ?? {}) : shown)
}

const download: Handle = (_call, message, sentences) => ({
  status: 200,
  body: sentences.map(({ mediaChannel, transcript }) => `Speaker ${mediaChannel}: ${transcript}`).join('\n'),
  headers: {
    'Content-Type': 'text/plain; charset=utf-8',
    'Content-Disposition': `attachment; filename="${message.id}.txt"`,
  },
})
