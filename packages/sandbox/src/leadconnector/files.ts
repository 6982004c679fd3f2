import type { Hono } from 'hono'
import { badRequest, type LocationCall, type LocationEndpoint, notFound, ok, type Reply, serverError } from './http.ts'
import { noContact, noMessage } from './messages.ts'
import { type Json, type MessageRecord, type Sentence, textOf } from './records.ts'
import { newId, type State, type StoredFile } from './state.ts'

const publicFor = 3_600_000

/**
 * A secure attachment is public for an hour. After that, its address returns a short-lived one to clients that may read
 * files.
 */
export const fileEndpoints: readonly LocationEndpoint[] = [
  {
    method: 'GET',
    path: '/files/d/:slug',
    family: 'files',
    scope: 'files.readonly',
    handle: resolveFile,
  },
]

function resolveFile({ location, params, origin, now }: LocationCall): Reply {
  const slug = params['slug'] ?? ''
  const file = location.files.get(slug)
  if (!file) return notFound('File not found')
  return ok({
    url: `${origin}/files/p/${slug}?expires=${now + 300_000}`,
    asset_id: slug,
    content_type: file.type,
    filename: file.name,
    size: file.bytes.byteLength,
    allow_download: true,
  })
}

function find(state: State, slug: string): StoredFile | undefined {
  return [...state.locations.values()].flatMap(({ files }) => files.get(slug) ?? [])[0]
}

/** Files that browsers and inboxes load without a token. */
export function serveFiles(app: Hono, currentState: () => State): void {
  const send = ({ bytes, type }: StoredFile) =>
    new Response(bytes, { headers: { 'Content-Type': type || 'application/octet-stream' } })
  app.get('/files/p/:slug', (c) => {
    const file = find(currentState(), c.req.param('slug'))
    const alive = Number(c.req.query('expires') ?? 0) >= currentState().context.now()
    return file && (!file.secure || alive) ? send(file) : c.text('Not found', 404)
  })
  app.get('/files/d/:slug', (c, next) => {
    const file = find(currentState(), c.req.param('slug'))
    const open = file && currentState().context.now() - file.uploadedAt < publicFor
    return open && !c.req.header('authorization') ? Promise.resolve(send(file)) : next()
  })
}

export const uploadEndpoints: readonly LocationEndpoint[] = [
  {
    method: 'POST',
    path: '/conversations/messages/upload',
    family: 'conversations',
    scope: 'conversations/message.write',
    handle: upload,
  },
]

const mostFiles = 5
const mostBytes = 5 * 1024 * 1024

const accepted = new Set(
  (
    'jpg jpeg png gif svg heic ai mp4 mpeg 3gp mp3 wav wave aiff aif aifc gsm ulaw ogg aac m4a amr ' +
    'pdf doc docx txt csv xls xlsx ppt pptx odt zip rar vcf vcard ics'
  ).split(' '),
)

/** These two errors use the key `status`; all others use `statusCode`. */
const refuse = (status: 413 | 415, message: string): Reply => ({ status, body: { status, message } })

async function upload(call: LocationCall): Promise<Reply> {
  const { body, form, location, state, now, origin } = call
  const files = [...(form ?? [])].map(([, value]) => value).filter((value) => value instanceof File)
  const problem = checkTarget(call) ?? (files.length === 0 ? badRequest('No file attached') : checkFiles(files))
  if (problem) return problem
  const secure = body['isSecureAttachment'] === 'true'
  const uploadedFiles: Record<string, string> = {}
  for (const file of files) {
    const slug = newId(state, 'file', 24)
    const bytes = new Uint8Array(await file.arrayBuffer())
    location.files.set(slug, { name: file.name, type: file.type, bytes, secure, uploadedAt: now })
    uploadedFiles[file.name] = secure ? `${origin}/files/d/${slug}` : `${origin}/files/p/${slug}`
  }
  return ok({ uploadedFiles })
}

/** A conversation or a contact. One is enough although both are declared as required. */
function checkTarget({ body, location }: LocationCall): Reply | null {
  if (textOf(body['locationId']) === null) return badRequest('locationId is required')
  const conversationId = textOf(body['conversationId'])
  const contactId = textOf(body['contactId'])
  if (conversationId === null && contactId === null) return badRequest('conversationId or contactId is required')
  if (conversationId !== null && !location.conversations.has(conversationId)) {
    return serverError(`Conversation with id ${conversationId} not found`)
  }
  return contactId !== null && !location.contacts.has(contactId) ? noContact(contactId) : null
}

function checkFiles(files: readonly File[]): Reply | null {
  if (files.length > mostFiles) return refuse(413, `No more than ${mostFiles} files can be uploaded`)
  const large = files.find(({ size }) => size > mostBytes)
  if (large) return refuse(413, `${large.name} is larger than 5 MB`)
  const strange = files.find(({ name }) => !accepted.has(name.split('.').at(-1)?.toLowerCase() ?? ''))
  return strange ? refuse(415, `File type of ${strange.name} is not supported`) : null
}

const read = { family: 'conversations', scope: 'conversations/message.readonly', method: 'GET' } as const
const transcription = '/conversations/locations/:locationId/messages/:messageId/transcription'

/** The two paths have their segments in different orders. */
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
  // Declared as one object, although a call has several sentences.
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

const rate = 8000

/** A quiet hum as a WAV file with one byte per sample. At most ten seconds. */
function wav(seconds: number): Uint8Array<ArrayBuffer> {
  const samples = rate * Math.min(Math.max(1, Math.ceil(seconds)), 10)
  const bytes = new Uint8Array(44 + samples)
  const view = new DataView(bytes.buffer)
  const text = (offset: number, value: string) => bytes.set(new TextEncoder().encode(value), offset)
  text(0, 'RIFF')
  view.setUint32(4, 36 + samples, true)
  text(8, 'WAVEfmt ')
  view.setUint32(16, 16, true)
  view.setUint16(20, 1, true)
  view.setUint16(22, 1, true)
  view.setUint32(24, rate, true)
  view.setUint32(28, rate, true)
  view.setUint16(32, 1, true)
  view.setUint16(34, 8, true)
  text(36, 'data')
  view.setUint32(40, samples, true)
  for (let index = 0; index < samples; index += 1) {
    bytes[44 + index] = 128 + Math.round(20 * Math.sin((2 * Math.PI * 220 * index) / rate))
  }
  return bytes
}
