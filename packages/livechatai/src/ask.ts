import {
  type Answer,
  type AskInput,
  type AskTarget,
  type AttachmentInput,
  anyOf,
  type Call,
  checkInput,
  checkText,
  checkWord,
  compact,
  ignoreOptions,
  invalid,
  isNewConversation,
  isParleyError,
  type RequestSpec,
  type SendOptions,
  vendorOptions,
} from '@parley/core'
import {
  answerIn,
  answerOf,
  askPlaceOf,
  awaitAnswer,
  beginSending,
  folded,
  isOutcomeUnknown,
  readBack,
  timeToSend,
} from '@parley/core/operations'
import { integrationTypeOf, newContactOptions } from './options.ts'
import { agentIdOf, type Context, conversationIdOf, dataOf } from './protocol.ts'
import { type AnswerReading, readAnswer } from './read/message.ts'
import { type Asking, answerSoFar, fetchThread, longestAsk, sentReader } from './sent.ts'

/**
 * As the contact: "conversations/send-message", which answers with the agent's answer.
 *
 * @param operation the name that errors and warnings report.
 */
export async function ask(
  context: Context,
  target: AskTarget,
  input: AskInput,
  options: SendOptions | undefined,
  operation = 'messages.ask',
): Promise<Answer> {
  const call = context.begin(operation, options, { timeout: longestAsk })
  const { asking, spec } = await questionOf(context, call, target, input, options, false)
  try {
    const said = await call.read(spec, (answer, reading) => readAnswer(dataOf(answer), reading, asking.attempt))
    return await conclude(asking, said)
  } catch (error) {
    if (!isOutcomeUnknown(error)) throw error
    return recover(context, asking)
  }
}

/**
 * The result of the vendor's response. If the answer has no id, it is looked up in its conversation, if that is known.
 */
export async function conclude(asking: Asking, said: AnswerReading): Promise<Answer> {
  const { attempt, call } = asking
  const { conversationId, messageId, message, text } = said
  // The older edition ignores contactId here and creates a contact of its own.
  if (attempt.conversationId === null && asking.contactId && said.contactId && said.contactId !== asking.contactId)
    call.reading.warn('degraded', 'The vendor opened the conversation with a different contact.')
  const contactId = said.contactId ?? asking.contactId
  await asking.outgoing.learn({ conversationId, messageId, contactId }, 'answer')
  const known: Asking = { ...asking, contactId }
  if (message) return answerOf(known, 'answered', message)
  if (text === null) return answerOf(known, 'unanswered')
  const stored = await storedAnswer(known)
  if (stored) return answerOf(known, 'answered', stored)
  call.reading.warn('degraded', 'The answer has no id, so its message is missing.')
  return { ...answerOf(known, 'answered'), text }
}

/** Finds an answer without an id in its conversation. */
async function storedAnswer({ call, attempt, outgoing }: Asking) {
  if (attempt.conversationId === null) return undefined
  try {
    const { messages } = await fetchThread(call, attempt.conversationId)
    if (attempt.messageId === null) {
      // The same question may have been asked before; the answer belongs to the last one.
      const sent = messages.findLast(
        ({ author, text }) => author.kind === 'contact' && folded(text) === folded(attempt.text),
      )
      await outgoing.learn({ messageId: sent?.id }, 'reading')
    }
    return attempt.messageId === null ? undefined : answerIn(messages, attempt.messageId)
  } catch (error) {
    if (!isParleyError(error)) throw error
    return undefined
  }
}

/**
 * The send got no response: reads the conversation, and waits for the answer if the question is there. Never sends
 * again.
 */
export async function recover(context: Context, asking: Asking): Promise<Answer> {
  const { attempt, call, agentId, outgoing } = asking
  const found = await readBack({ call, reader: sentReader(context, agentId), attempt })
  if (!found) return answerOf(asking, 'unknown')
  const { conversationId, message, thread } = found
  await outgoing.learn({ conversationId, messageId: message.id, contactId: thread.contactId ?? undefined }, 'reading')
  const soFar = answerSoFar(call, attempt, thread)
  if (soFar.outcome !== 'pending') return soFar
  const look = async () => {
    const answer = answerSoFar(call, attempt, await fetchThread(call, conversationId))
    return answer.outcome === 'pending' ? undefined : answer
  }
  return awaitAnswer(call, look, () => soFar)
}

const leastTry = 60_000

/** A checked question and its request, "conversations/send-message". The caller has its attempt when this returns. */
export async function questionOf(
  context: Context,
  call: Call,
  target: AskTarget,
  askInput: AskInput,
  options: SendOptions | undefined,
  streaming: boolean,
): Promise<{ asking: Asking; spec: RequestSpec }> {
  const input = checkInput(call, askInput)
  const text = checkText(call, input.text, 'text')
  const { responseFormat, messageType, ip, country } = vendorOptions(call, input.vendor, {
    responseFormat: anyOf('MARKDOWN', 'PLAIN'),
    messageType: anyOf('TEXT', 'IMAGE'),
    ...newContactOptions,
  })
  const { conversationId, contactId } = askPlaceOf(call, target)
  if (conversationId !== null) conversationIdOf(call, conversationId)
  const agentId = agentIdOf(context, isNewConversation(call, target) ? target.contact : target)
  const body = compact<Record<string, unknown>>({
    question: text,
    agentId,
    conversationId: conversationId ?? undefined,
    contactId: conversationId === null ? contactId : undefined,
    messageType: messageTypeOf(call, messageType, text, input.attachments),
    streaming,
    responseFormat,
    integrationType: integrationTypeOf(call, input.channel),
    ip,
    country,
  })
  ignoreOptions(call, input, ['context'], 'its agent accepts no context with a question.')
  const outgoing = await beginSending(call, options, {
    kind: 'ask',
    conversationId,
    contactId,
    text,
    after: input.after,
  })
  const attemptTimeout = timeToSend(call, Math.max(leastTry, context.settings.attemptTimeout))
  return {
    asking: { call, agentId, contactId, outgoing, attempt: outgoing.attempt },
    spec: { method: 'POST', path: '/conversations', body, attemptTimeout },
  }
}

/**
 * The type of the message: text or image. There is no upload, and the documentation does not say what the text of an
 * image must be; its address is most likely.
 */
export function messageTypeOf(
  call: Call,
  given: 'TEXT' | 'IMAGE' | undefined,
  text: string,
  attachments: readonly AttachmentInput[] | undefined,
): 'TEXT' | 'IMAGE' {
  const type = checkWord(call, given, 'messageType', ['TEXT', 'IMAGE']) ?? 'TEXT'
  if (attachments !== undefined && attachments !== null && (!Array.isArray(attachments) || attachments.length > 0))
    throw invalid(call, 'attachments', 'cannot be sent; for an image, send its https address with messageType IMAGE')
  if (type === 'IMAGE' && !/^https:\/\/\S+$/i.test(text))
    throw invalid(call, 'text', 'must be an https address when messageType is IMAGE')
  return type
}
