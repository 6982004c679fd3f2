import {
  type Call,
  type Conversation,
  checkInput,
  checkOptionalText,
  checkText,
  checkWord,
  compact,
  flag,
  ignoreOptions,
  invalid,
  isParleyError,
  isRaw,
  type OptionRules,
  type StartConversationInput,
  vendorOptions,
} from '@parley/core'
import { optionalObject } from '../agent-conversation-check.ts'
import type { AgentConversationContext } from '../agent-conversation-context.ts'
import { errorOf } from '../agent-conversation-error.ts'
import { contextLength } from '../agent-conversation-limits.ts'
import type { AgentConversationVendorOptions } from '../agent-conversation-vendor-options.ts'
import { readConversation } from '../read/read-agent-conversation-conversation.ts'
import type { AgentConversationRawConversation } from '../wire/index.ts'
import { fetchConversation } from './agent-conversation-fetch-conversation.ts'

/** "Start outbound conversation": the vendor writes or calls. The answer is an id, so the conversation is read after it. */
export async function startConversation(
  context: AgentConversationContext,
  call: Call,
  start: StartConversationInput,
): Promise<Conversation<AgentConversationRawConversation>> {
  const body = bodyOf(context, call, checkInput(call, start))
  const reply = await call.request({ method: 'POST', path: '/conversations/start', body })
  const id = isRaw(reply.body) ? call.reading.text(reply.body, 'conversationId') : undefined
  if (!id) {
    const said = 'the answer has no conversationId; the message has most likely gone out.'
    const fields = [{ path: 'conversationId', problem: 'is missing or has another shape than documented' }]
    throw errorOf(call, 'response', said, { status: reply.status, outcome: 'unknown', fields })
  }
  try {
    return await fetchConversation(context, call, id)
  } catch (error) {
    // A message went out: failing now would invite to send it again.
    if (!isParleyError(error)) throw error
    call.reading.warn('degraded', 'The conversation was started, but could not be read after it: only its id is known.')
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

function bodyOf(context: AgentConversationContext, call: Call, input: StartConversationInput): Record<string, unknown> {
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
    authorId: own.authorId ?? context.operatorId,
    skipPhoneNumberValidation: own.skipPhoneNumberValidation,
    skipEmailValidation: own.skipEmailValidation,
    ...ofChannel(call, channel, input, text, own),
  })
  const pointless = {
    email: ['includeSignatureInSms'],
    sms: ['includeSignatureInEmail'],
    voice: ['includeSignatureInEmail', 'includeSignatureInSms', 'resetConversation'],
  }[channel]
  ignoreOptions(call, own, pointless, `it has no meaning for ${channel}.`)
  if (channel !== 'email') ignoreOptions(call, input, ['subject'], `${channel} has none.`)
  return body
}

/** What only one channel has; each names the first thing said differently. */
function ofChannel(
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
