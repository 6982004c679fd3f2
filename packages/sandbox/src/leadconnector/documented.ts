import type { Endpoint, Reply } from './http.ts'
import { declaredTypeOf, wordOf } from './message-types.ts'
import { isJson, type Json, listOf, textOf, withoutUndefined } from './records.ts'

/**
 * The same response as the specification declares it: the declared status, all required fields, and no other field. Two
 * undeclared things are kept: `sort` of a conversation in a search result, which the text about the cursor requires,
 * and fields of a message that only the newest pages have. Endpoints without a declared response are not in the table.
 */
export function documentedReply({ method, path }: Endpoint, reply: Reply): Reply {
  if (reply.status >= 400) return reply
  const { status, body } = declared[`${method} ${path}`] ?? {}
  return {
    ...reply,
    ...(status !== undefined && { status }),
    ...(body && isJson(reply.body) && { body: withoutUndefined(body(reply.body)) }),
  }
}

/** The bodies of these three have only a status and a message. */
const terse: readonly number[] = [400, 404, 500]

/** An error in its declared form. */
export function documentedRefusal(reply: Reply): Reply {
  if (!terse.includes(reply.status) || !isJson(reply.body)) return reply
  return { ...reply, body: pick('statusCode message')(reply.body) }
}

interface Declared {
  readonly status?: number
  readonly body?: (body: Json) => Json
}

const pick =
  (names: string) =>
  (body: Json): Json =>
    Object.fromEntries(names.split(' ').map((name) => [name, body[name]]))

const objects = (value: unknown): Json[] => (Array.isArray(value) ? value.filter(isJson) : [])
const within = (name: string, change: (part: Json) => Json) => (body: Json) => {
  const part = body[name]
  return isJson(part) ? { ...body, [name]: withoutUndefined(change(part)) } : body
}
const withoutNulls = (body: Json): Json =>
  Object.fromEntries(Object.entries(body).filter(([, value]) => value !== null))

const agent = (body: Json): Json => ({ ...body, channels: listOf(body['channels']) })

const generation = (body: Json): Json => ({
  ...pick('prompt intent responseMessage actionLogs history input mode')(body),
  agentId: body['agentId'] ?? body['employeeId'],
  faqs: objects(body['faqs']),
  website: objects(body['website']),
})

const foundConversation = (body: Json): Json => ({
  ...pick('id contactId locationId type unreadCount fullName sort')(body),
  lastMessageType: declaredTypeOf(body['lastMessageType']),
  lastMessageBody: textOf(body['lastMessageBody']) ?? '',
  contactName: textOf(body['contactName']) ?? '',
  email: textOf(body['email']) ?? '',
  phone: textOf(body['phone']) ?? '',
})

const gottenConversation = (body: Json): Json => ({
  ...pick('id contactId locationId deleted type assignedTo starred')(body),
  inbox: body['inbox'] ?? false,
  unreadCount: body['unreadCount'] ?? 0,
})

const updatedConversation = (body: Json): Json => ({
  ...pick('id locationId contactId assignedTo lastMessageBody unreadCount inbox starred deleted')(body),
  lastMessageType: declaredTypeOf(wordOf(body['lastMessageType'])),
  // A string of milliseconds, as in the example of its page.
  lastMessageDate: String(Date.parse(String(body['lastMessageDate']))),
})

const statuses = 'connected delivered failed opened pending read scheduled sent undelivered clicked opt_out queued'
const emailStatuses = 'pending scheduled sent delivered read undelivered connected failed opened'

/** Omits a value that is not in the list. */
const among = (words: string, value: unknown): unknown => (words.split(' ').includes(String(value)) ? value : undefined)

const message = (body: Json): Json =>
  withoutUndefined({
    ...pick('id altId type locationId contactId conversationId dateAdded body direction attachments meta')(body),
    ...pick('source userId conversationProviderId chatWidgetId from to error')(body),
    messageType: declaredTypeOf(body['messageType']),
    status: among(statuses, body['status']),
    contentType: textOf(body['contentType']) ?? 'text/plain',
  })

const messages = (body: Json): Json => ({ ...body, messages: objects(body['messages']).map(message) })

const sentStatuses = 'delivered failed pending read'

const sent = (body: Json): Json => ({ ...body, status: among(sentStatuses, body['status']) ?? 'pending' })
const added = (body: Json): Json => ({ ...body, message: 'Message added successfully.' })

const contact = (body: Json): Json => ({
  ...withoutNulls(body),
  customFields: objects(body['customFields']).map(({ id, value }) =>
    withoutUndefined({ id, value: value === null ? undefined : String(value) }),
  ),
})

const contacts = (body: Json): Json => ({ ...body, contacts: objects(body['contacts']).map(contact) })

const listedContacts = (body: Json): Json => ({
  contacts: objects(contacts(body)['contacts']).map((each) =>
    withoutUndefined(pick('id locationId email timezone country source dateAdded customFields tags')(each)),
  ),
  count: objects(body['contacts']).length,
})

const base = pick('id name nameLowerCase locationId deleted createdAt updatedAt kbMetadata')
const faq = (body: Json): Json => ({ ...body, trainedUrlId: textOf(body['trainedUrlId']) ?? '' })
const faqs = (body: Json): Json => ({ ...withoutNulls(body), faqs: objects(body['faqs']).map(faq) })
const done = pick('success')

const declared: Readonly<Record<string, Declared>> = {
  'POST /conversation-ai/agents': { body: agent },
  'GET /conversation-ai/agents/search': {
    body: (body) => ({ ...body, agents: objects(body['agents']).map(agent) }),
  },
  'GET /conversation-ai/agents/:agentId': { body: agent },
  'PUT /conversation-ai/agents/:agentId': { body: agent },
  'GET /conversation-ai/generations': { body: generation },
  'GET /conversations/search': {
    body: ({ conversations, total }) => ({ conversations: objects(conversations).map(foundConversation), total }),
  },
  'GET /conversations/:conversationId': { body: gottenConversation },
  'PUT /conversations/:conversationId': { body: within('conversation', updatedConversation) },
  'GET /conversations/:conversationId/messages': { body: messages },
  'GET /conversations/messages/:messageId': { body: message },
  'GET /conversations/messages/export': { body: messages },
  'GET /conversations/messages/email/:emailMessageId': {
    body: (body) => ({ ...body, status: among(emailStatuses, body['status']) }),
  },
  'POST /conversations/messages': { status: 200, body: sent },
  'POST /conversations/messages/inbound': { status: 200, body: added },
  'POST /conversations/messages/outbound': { body: added },
  'PUT /conversations/messages/:messageId/status': { body: sent },
  'GET /contacts/:contactId': { body: within('contact', contact) },
  'POST /contacts/upsert': { status: 200, body: within('contact', contact) },
  'POST /contacts/search': { body: contacts },
  'GET /contacts/search/duplicate': { body: within('contact', contact) },
  'PUT /contacts/:contactId': { body: within('contact', contact) },
  'GET /contacts/': { body: listedContacts },
  'GET /users/:userId': { body: ({ deleted: _, ...user }) => user },
  'GET /knowledge-bases/': { body: within('data', withoutNulls) },
  'GET /knowledge-bases/:id': {
    body: within('data', (body) => ({ ...base(body), isDefault: body['isDefault'] })),
  },
  'POST /knowledge-bases/': { body: within('data', base) },
  'PUT /knowledge-bases/:id': { body: done },
  'GET /knowledge-bases/faqs': { body: faqs },
  'POST /knowledge-bases/faqs': { body: within('faq', faq) },
  'PUT /knowledge-bases/faqs/:id': { body: done },
  'DELETE /knowledge-bases/crawler': { body: done },
}
