import {
  type Answer,
  type AskInput,
  type AskTarget,
  attemptOf,
  type Call,
  checkId,
  checkInput,
  checkOptionalText,
  checkText,
  compact,
  ignoreOptions,
  invalid,
  isParleyError,
  mayHaveHappened,
  type OperationOptions,
  pathOf,
  timeToSend,
} from '@parley/core'
import { type AgentConversationContext, begin } from '../agent-conversation-context.ts'
import { refusalOf } from '../agent-conversation-error.ts'
import { contextLength } from '../agent-conversation-limits.ts'
import { vendorOf } from '../agent-conversation-vendor-options.ts'
import { checkFiles, uploadFiles } from '../attachments/agent-conversation-upload.ts'
import { requestConversation } from '../conversations/agent-conversation-fetch-conversation.ts'
import { type Asking, answered, answerOf } from './agent-conversation-answer.ts'
import { readBack } from './agent-conversation-attempt.ts'
import { awaitAnswer } from './agent-conversation-await-answer.ts'
import { readStored } from './agent-conversation-stored.ts'
import { answerIn, type Found } from './agent-conversation-thread.ts'

type Body = Record<string, unknown>

/**
 * As the contact. Sent without waiting, then asked for; `sync` waits in the sending request instead.
 *
 * @param operation under which it is told of.
 */
export async function ask(
  context: AgentConversationContext,
  target: AskTarget,
  askInput: AskInput,
  options: OperationOptions | undefined,
  operation = 'messages.ask',
): Promise<Answer> {
  const call = begin(context, operation, options, { timeout: context.replyTimeout })
  const input = checkInput(call, askInput)
  const text = checkText(call, input.text, 'text')
  const background = checkOptionalText(call, input.context, 'context', contextLength)
  const files = checkFiles(call, input.attachments)
  const where = await placeOf(context, call, target)
  ignoreOptions(call, input, ['channel'], 'what is asked here comes over the API.')
  const body = compact<Record<string, unknown>>({
    message: text,
    context: background,
    files: await uploadFiles(call, where.conversationId, files),
  })
  const asking: Asking = { call, ...where, attempt: attemptOf(call, 'ask', where.conversationId, text) }
  try {
    const { stored, sync } = await send(context, asking, body, vendorOf(input).sync === true)
    return stored ? await goOn(asking, stored, sync) : await recover(asking)
  } catch (error) {
    if (!mayHaveHappened(error)) throw error
    return recover(asking)
  }
}

/** The conversation, or a new one with this contact. */
async function placeOf(
  context: AgentConversationContext,
  call: Call,
  target: AskTarget,
): Promise<Pick<Asking, 'conversationId' | 'contactId'>> {
  const isNew = typeof target === 'object' && target !== null && 'contact' in target && !('id' in target)
  if (!isNew) {
    const conversationId = checkId(call, target as string, 'conversation')
    const contact = typeof target === 'object' && 'contact' in target ? (target.contact as { id?: unknown }) : undefined
    return typeof contact?.id === 'string' ? { conversationId, contactId: contact.id } : { conversationId }
  }
  if (target.contact === null || target.contact === undefined)
    throw invalid(call, 'contact', 'is required: this vendor opens conversations with existing contacts only')
  const contactId = checkId(call, target.contact, 'contact')
  try {
    const body = { conversationUserId: contactId }
    const { id } = await requestConversation(context, call, { method: 'POST', path: '/conversations', body })
    return { conversationId: id, contactId }
  } catch (error) {
    if (!mayHaveHappened(error)) throw error
    const said = 'the conversation could not be opened, so nothing was asked. An empty one may be there.'
    throw refusalOf(call, error.code, said, error)
  }
}

/** @returns the message as the vendor answered it; `null` when it was taken and its answer cannot be read. */
async function send(
  { transport }: AgentConversationContext,
  { call, conversationId }: Asking,
  body: Body,
  sync: boolean,
): Promise<{ stored: Found | null; sync: boolean }> {
  const post = async (path: string, most: number): Promise<Found | null> => {
    const reply = await call.request({ method: 'POST', path, body, tryTimeout: timeToSend(call, most) })
    return readStored(call, reply.body, conversationId)
  }
  if (!sync) {
    try {
      const path = pathOf`/conversations/${conversationId}/messages/async`
      return { stored: await post(path, transport.settings.tryTimeout), sync: false }
    } catch (error) {
      if (!isMissingCall(error)) throw error
      call.reading.warn(
        'degraded',
        'This deployment cannot take a question without waiting; it was asked in one request.',
      )
    }
  }
  return { stored: await post(pathOf`/conversations/${conversationId}/messages`, Number.POSITIVE_INFINITY), sync: true }
}

/** An older deployment has no such call ("Send to agent, async"); a conversation that is not there says so by name. */
const isMissingCall = (error: unknown): boolean =>
  isParleyError(error) &&
  (error.status === 405 || (error.status === 404 && !error.vendorCode?.startsWith('ENTITY_NOT_FOUND')))

/**
 * Who spoke decides what the answer to the send is: the stored question or already the reply. The documents call both
 * "Message" and leave that open.
 */
async function goOn(asking: Asking, stored: Found, sync: boolean): Promise<Answer> {
  const { attempt } = asking
  const isReply = stored.author.kind === 'agent' || stored.author.kind === 'operator' || stored.inReplyTo !== undefined
  attempt.messageId = isReply ? (stored.inReplyTo ?? null) : stored.id
  if (sync && isReply) return answered(asking, stored)
  attempt.messageId ??= stored.id
  return awaitAnswer(asking)
}

/** The send was not answered: what became of it is read, and waited for if it is there. It is never sent again. */
async function recover(asking: Asking): Promise<Answer> {
  const found = await readBack(asking.call, asking.attempt)
  if (!found) return answerOf(asking, 'unknown')
  asking.attempt.messageId = found.sent.id
  const answer = answerIn(found.thread, found.sent.id)
  return answer ? answered(asking, answer) : awaitAnswer(asking)
}
