import {
  type Answer,
  type AskInput,
  type AttachmentInput,
  anyOf,
  type Call,
  type ConversationTarget,
  checkInput,
  checkText,
  checkWord,
  compact,
  ignoreOptions,
  invalid,
  isNewConversation,
  type RequestSpec,
  type SendOptions,
  vendorOptions,
} from '@parley/core'
import {
  answerOf,
  askPlaceOf,
  awaitAnswer,
  beginSending,
  findAnswer,
  isOutcomeUnknown,
  normalizeSpace,
  readBack,
  timeToSend,
  withFallback,
} from '@parley/core/operations'
import { integrationTypeOf, newContactOptions } from './options.ts'
import { agentIdOf, type Context, conversationIdOf, dataOf } from './protocol.ts'
import { type AnswerReading, readAnswer } from './read/message.ts'
import { answerSoFar, fetchThread, longestAsk, type OpenQuestion, sentReader } from './reconcile.ts'

/**
 * Asks as the contact: "conversations/send-message", whose response is the agent's answer.
 *
 * @param operation the name that errors and warnings report.
 */
export async function ask(
  context: Context,
  target: ConversationTarget,
  input: AskInput,
  options: SendOptions | undefined,
  operation = 'messages.ask',
): Promise<Answer> {
  const call = context.begin(operation, options, { timeout: longestAsk })
  const { question, spec } = await questionOf(context, call, target, input, options, false)
  try {
    const said = await call.read(spec, (answer, reading) => readAnswer(dataOf(answer), reading, question.attempt))
    return await conclude(question, said)
  } catch (error) {
    if (!isOutcomeUnknown(error)) throw error
    return recover(context, question)
  }
}

/**
 * The result of the vendor's response. If the answer has no id, it is looked up in its conversation, if that is known.
 */
export async function conclude(question: OpenQuestion, said: AnswerReading): Promise<Answer> {
  const { attempt, call } = question
  const { conversationId, messageId, message, text } = said
  // The older edition ignores contactId here and creates a contact of its own.
  if (attempt.conversationId === null && question.contactId && said.contactId && said.contactId !== question.contactId)
    call.reading.warn('degraded', 'The vendor opened the conversation with a different contact.')
  const contactId = said.contactId ?? question.contactId
  await question.outgoing.update({ conversationId, messageId, contactId }, 'answer')
  const known: OpenQuestion = { ...question, contactId }
  if (message) return answerOf(known, 'answered', message)
  if (text === null) return answerOf(known, 'unanswered')
  const stored = await storedAnswer(known)
  if (stored) return answerOf(known, 'answered', stored)
  call.reading.warn('degraded', 'The answer has no id, so its message is missing.')
  return { ...answerOf(known, 'answered'), text }
}

/** Finds an answer without an id in its conversation. */
async function storedAnswer({ call, attempt, outgoing }: OpenQuestion) {
  const { conversationId } = attempt
  if (conversationId === null) return undefined
  return withFallback(undefined, async () => {
    const { messages } = await fetchThread(call, conversationId)
    if (attempt.messageId === null) {
      // The same question may have been asked before; the answer belongs to the last one.
      const sent = messages.findLast(
        ({ author, text }) => author.kind === 'contact' && normalizeSpace(text) === normalizeSpace(attempt.text),
      )
      await outgoing.update({ messageId: sent?.id }, 'reading')
    }
    return attempt.messageId === null ? undefined : findAnswer(messages, attempt.messageId)
  })
}

/**
 * The send got no response: reads the conversation, and waits for the answer if the question is there. Never sends
 * again.
 */
export async function recover(context: Context, question: OpenQuestion): Promise<Answer> {
  const { attempt, call, agentId, outgoing } = question
  const found = await readBack({ call, reader: sentReader(context, agentId), attempt })
  if (!found) return answerOf(question, 'unknown')
  const { conversationId, message, thread } = found
  await outgoing.update({ conversationId, messageId: message.id, contactId: thread.contactId ?? undefined }, 'reading')
  const soFar = answerSoFar(call, attempt, thread)
  if (soFar.outcome !== 'pending') return soFar
  const poll = async () => {
    const answer = answerSoFar(call, attempt, await fetchThread(call, conversationId))
    return answer.outcome === 'pending' ? undefined : answer
  }
  return awaitAnswer(call, poll, () => soFar)
}

const leastTry = 60_000

/** Checks a question and builds its request, "conversations/send-message". The caller then has its send attempt. */
export async function questionOf(
  context: Context,
  call: Call,
  target: ConversationTarget,
  askInput: AskInput,
  options: SendOptions | undefined,
  streaming: boolean,
): Promise<{ question: OpenQuestion; spec: RequestSpec }> {
  const input = checkInput(call, askInput)
  const text = checkText(call, input.text, 'text')
  const { responseFormat, messageType, ip, country } = vendorOptions(call, input.vendor, {
    responseFormat: anyOf('MARKDOWN', 'PLAIN'),
    messageType: anyOf('TEXT', 'IMAGE'),
    ...newContactOptions,
  })
  const { conversationId, contactId } = askPlaceOf(call, target)
  if (conversationId !== null) conversationIdOf(call, conversationId)
  const agentId = input.agentId ?? agentIdOf(context, isNewConversation(call, target) ? target.contact : target)
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
    question: { call, agentId, contactId, outgoing, attempt: outgoing.attempt },
    spec: { method: 'POST', path: '/conversations', body, attemptTimeout },
  }
}

const noFiles =
  'cannot be sent: this vendor takes no files with a question or a reply. For an image, send its https address as the text, with vendor.livechatai.messageType IMAGE'

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
    throw invalid(call, 'attachments', noFiles)
  if (type === 'IMAGE' && !/^https:\/\/\S+$/i.test(text))
    throw invalid(call, 'text', 'must be an https address when messageType is IMAGE')
  return type
}
