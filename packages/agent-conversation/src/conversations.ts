import {
  type Call,
  type Conversation,
  type ConversationOperations,
  checkChange,
  checkId,
  checkInput,
  checkOptionalText,
  checkText,
  checkWord,
  compact,
  DecodeError,
  errorOf,
  flag,
  ignoreOptions,
  invalid,
  isParleyError,
  isRecord,
  type OptionRules,
  pathOf,
  type RequestSpec,
  refuseAgentId,
  refuseChanges,
  type StartConversationInput,
  type UpdateConversationInput,
  vendorOptions,
} from '@parley/core'
import { contextLength, titleLength } from './capabilities.ts'
import { listConversations, stateNames } from './conversation-list.ts'
import type { AgentConversationVendorOptions } from './options.ts'
import { type Context, isEntityMissing, optionalObject } from './protocol.ts'
import { readConversation } from './read/conversation.ts'
import { nativeStatus } from './vocabulary.ts'
import type { AgentConversationConversationPayload } from './wire.ts'

export type AgentConversationConversations = Pick<
  ConversationOperations<Conversation<AgentConversationConversationPayload>>,
  'list' | 'get' | 'create' | 'start' | 'update' | 'deleteForContact'
>

export const createConversations = (context: Context): AgentConversationConversations => ({
  list: (query, options) =>
    context.list('conversations.list', query, options, (call, query, cursor, seen) =>
      listConversations(context, call, query, cursor, seen),
    ),

  // Every conversation includes its contact, so `withContact` needs no extra request.
  get: async (target, options) => {
    const call = context.begin('conversations.get', options)
    return fetchConversation(context, call, checkId(call, target, 'conversation'))
  },

  create: async (newConversation, options) => {
    const call = context.begin('conversations.create', options)
    const input = checkInput(call, newConversation)
    vendorOptions(call, input.vendor, {})
    const body = compact<Record<string, unknown>>({
      conversationUserId: checkId(call, input.contact, 'contact'),
      title: checkOptionalText(call, input.title, 'title', titleLength),
      context: checkOptionalText(call, input.context, 'context', contextLength),
      customData: optionalObject(call, input.customFields, 'customFields'),
      conversationStateId: checkOptionalText(call, input.stateId, 'stateId'),
    })
    refuseAgentId(call, input.agentId, context.known.agentId)
    ignoreOptions(call, input, ['channel'], 'conversations are always opened with the channel API.')
    return requestConversation(context, call, { method: 'POST', path: '/conversations', body })
  },

  start: async (input, options) => startConversation(context, context.begin('conversations.start', options), input),

  update: async (target, input, options) => {
    const call = context.begin('conversations.update', options)
    return updateConversation(context, call, checkId(call, target, 'conversation'), input)
  },

  deleteForContact: async (target, options) => {
    const call = context.begin('conversations.deleteForContact', options)
    const id = checkId(call, target, 'contact')
    try {
      const body = { conversationUserId: id }
      await call.request({ method: 'DELETE', path: '/conversations', body, expect: 'none', idempotent: false })
    } catch (error) {
      // An unknown contact has no conversations: done. Any other 404 may have deleted nothing.
      if (!isEntityMissing(error)) throw error
    }
    // The response is the same whether anything existed or not ("Delete all of a user's conversations").
    return { id, confirmed: false }
  },
})

/**
 * "Start outbound conversation": the vendor writes or calls. It returns only an id, so the conversation is read
 * afterwards.
 */
async function startConversation(
  context: Context,
  call: Call,
  start: StartConversationInput,
): Promise<Conversation<AgentConversationConversationPayload>> {
  const body = bodyOf(context, call, checkInput(call, start))
  const reply = await call.request({ method: 'POST', path: '/conversations/start', body })
  const id = isRecord(reply.body) ? call.reading.text(reply.body, 'conversationId') : undefined
  if (!id) {
    const said = 'the response has no conversationId; the message was probably sent.'
    const fields = [{ path: 'conversationId', problem: 'is missing or does not have the documented shape' }]
    throw errorOf(call, 'response', said, { status: reply.status, outcome: 'unknown', fields })
  }
  try {
    return await fetchConversation(context, call, id)
  } catch (error) {
    // A message was sent. An error now would invite the caller to send it again.
    if (!isParleyError(error)) throw error
    call.reading.warn('degraded', 'The conversation was started, but could not be read back: only its id is known.')
    return readConversation({ id }, call.reading, { agentId: context.known.agentId })
  }
}

type Own = AgentConversationVendorOptions['conversations.start']

const ownOptions: OptionRules<Own> = {
  contactContext: (call, value, path) => checkText(call, value, path, contextLength),
  source: checkText,
  fkUserId: checkText,
  authorId: checkText,
  includeSignatureInEmail: flag,
  includeSignatureInSms: flag,
  resetConversation: flag,
  skipPhoneNumberValidation: flag,
  skipEmailValidation: flag,
}

function bodyOf(context: Context, call: Call, input: StartConversationInput): Record<string, unknown> {
  const contact = optionalObject(call, input.contact, 'contact')
  if (!contact) throw invalid(call, 'contact', 'is required')
  const channel = checkWord(call, input.channel, 'channel', ['email', 'sms', 'voice'])
  if (!channel) throw invalid(call, 'channel', 'is required: email, sms or voice')
  const own = vendorOptions(call, input.vendor, ownOptions)
  const text = checkText(call, input.text, 'text')
  const fromContact = (value: unknown, path: string, on: boolean) =>
    on ? checkText(call, value, path) : checkOptionalText(call, value, path)
  const body = compact<Record<string, unknown>>({
    channel,
    firstName: checkText(call, contact.firstName, 'contact.firstName'),
    lastName: checkText(call, contact.lastName, 'contact.lastName'),
    email: fromContact(contact.email, 'contact.email', channel === 'email'),
    phoneNumber: fromContact(contact.phone, 'contact.phone', channel !== 'email'),
    fkId: checkOptionalText(call, contact.externalId, 'contact.externalId'),
    fkUserId: own.fkUserId,
    context: own.contactContext,
    conversationContext: checkOptionalText(call, input.context, 'context', contextLength),
    source: own.source,
    customData: optionalObject(call, input.customFields, 'customFields'),
    conversationStateId: checkOptionalText(call, input.stateId, 'stateId'),
    authorId: own.authorId ?? context.settings.operatorId,
    skipPhoneNumberValidation: own.skipPhoneNumberValidation,
    skipEmailValidation: own.skipEmailValidation,
    ...channelFields(call, channel, input, text, own),
  })
  const pointless = {
    email: ['includeSignatureInSms'],
    sms: ['includeSignatureInEmail'],
    voice: ['includeSignatureInEmail', 'includeSignatureInSms', 'resetConversation'],
  }[channel]
  ignoreOptions(call, own, pointless, `it does not apply to ${channel}.`)
  if (channel !== 'email') ignoreOptions(call, input, ['subject'], `${channel} messages have no subject.`)
  return body
}

/** The fields that only one channel has. Each channel has its own name for the first text. */
function channelFields(
  call: Call,
  channel: StartConversationInput['channel'],
  input: StartConversationInput,
  text: string,
  { includeSignatureInEmail, includeSignatureInSms, resetConversation }: Own,
): Record<string, unknown> {
  switch (channel) {
    case 'email': {
      const emailSubject = checkText(call, input.subject, 'subject')
      return { emailSubject, emailIntroduction: text, includeSignatureInEmail, resetConversation }
    }
    case 'sms':
      return { smsIntroduction: text, includeSignatureInSms, resetConversation }
    case 'voice':
      return { firstMessage: text }
  }
}

/** "Update conversation": only the changes are sent. */
async function updateConversation(
  context: Context,
  call: Call,
  id: string,
  changes: UpdateConversationInput,
): Promise<Conversation<AgentConversationConversationPayload>> {
  const input = checkInput(call, changes)
  vendorOptions(call, input.vendor, {})
  refuseChanges(call, input, ['unread', 'isStarred'])
  const status = checkWord(call, input.status, 'status', ['open', 'closed', 'archived'])
  const body = compact<Record<string, unknown>>({
    title: checkOptionalText(call, input.title, 'title', titleLength),
    context: checkOptionalText(call, input.context, 'context', contextLength),
    status: status && nativeStatus[status],
    conversationStateId: checkOptionalText(call, input.stateId, 'stateId'),
  })
  checkChange(call, body, ['title', 'context', 'status', 'stateId'])
  const spec = { method: 'PUT', path: pathOf`/conversations/${id}`, body } as const
  const conversation = await requestConversation(context, call, spec, id)
  // The response does not have it, but the vendor has just accepted it.
  if (status) conversation.status = { value: status, native: nativeStatus[status] }
  return conversation
}

/**
 * A request that returns one conversation.
 *
 * @param asked the requested id, for a response that omits it.
 */
export async function requestConversation(
  context: Context,
  call: Call,
  spec: RequestSpec,
  asked?: string,
): Promise<Conversation<AgentConversationConversationPayload>> {
  // Read first, because after a write nothing may fail the operation.
  const names = await stateNames(context, call)
  return call.read(spec, (body, reading) => {
    if (!isRecord(body)) throw new DecodeError('')
    reading.asked(body, asked, 'conversationUserId', 'user', 'title', 'createdAt')
    return readConversation(body, reading, { agentId: context.known.agentId, stateNames: names })
  })
}

const fetchConversation = (
  context: Context,
  call: Call,
  id: string,
): Promise<Conversation<AgentConversationConversationPayload>> =>
  requestConversation(context, call, { path: pathOf`/conversations/${id}` }, id)
