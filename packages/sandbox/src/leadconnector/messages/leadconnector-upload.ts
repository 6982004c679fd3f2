import type { LocationCall, LocationEndpoint } from '../http/leadconnector-endpoint.ts'
import { badRequest, ok, type Reply, serverError } from '../http/leadconnector-reply.ts'
import { textOf } from '../leadconnector-json.ts'
import { newId } from '../state/leadconnector-new-id.ts'
import { noContact } from './leadconnector-message-missing.ts'

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

/** These two answers have a key of their own: `status` where all others say `statusCode`. */
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

/** A conversation or a contact; one is enough although both are declared. */
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
