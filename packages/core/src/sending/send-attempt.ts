import type { AskInput, AskTarget, ConversationTarget, VisitorTarget } from '../contract/inputs.ts'
import type { SendOptions } from '../contract/options.ts'
import type { Answer, AnswerPart, AskOutcome, SendAttempt } from '../contract/results.ts'
import type { Warning } from '../contract/warning.ts'
import { mayPass } from '../errors/kinds.ts'
import { isParleyError, type ParleyError } from '../errors/parley-error.ts'
import { checkId, checkOptionalText, errorOf, invalid, isNewConversation, readable } from '../input/check.ts'
import { checkContact } from '../input/fields.ts'
import type { InputRequest } from '../model/conversation.ts'
import type { Message } from '../model/message.ts'
import { fromMilliseconds } from '../read/reading.ts'
import { compact, fingerprint } from '../read/text.ts'
import type { Call } from '../transport/protocol.ts'
import type { Transport } from '../transport/transport.ts'
import { type AskIn, askAsVisitor, streamAsVisitor, type VisitorWays } from '../visitor/conversation.ts'

/** A message that is being sent. */
export interface OutgoingMessage {
  /** The send attempt with everything that is known so far. The object never changes its identity. */
  readonly attempt: SendAttempt
  /**
   * Adds new facts to the send attempt and passes it to the caller's `onAttempt`. Never fails, because a request has already
   * been sent.
   *
   * @param from `answer`: the vendor stated it in the response to this request, so the message belongs to no other
   * attempt. `reading`: it was derived from the conversation.
   */
  update(
    known: { [Key in 'conversationId' | 'contactId' | 'messageId']?: SendAttempt[Key] | undefined },
    from: 'answer' | 'reading',
  ): Promise<void>
}

/**
 * Creates the send attempt and passes it to the caller before anything is sent.
 *
 * @param given `undefined` values are omitted.
 * @throws whatever `onAttempt` throws. Nothing has been sent then.
 */
export async function beginSending(
  call: Call,
  options: SendOptions | undefined,
  given: Pick<SendAttempt, 'kind' | 'conversationId' | 'text'> & {
    [Key in 'contactId' | 'sendAt' | 'after' | 'mark' | 'operatorId' | 'requestId']?: SendAttempt[Key] | undefined
  },
): Promise<OutgoingMessage> {
  const onAttempt = options?.onAttempt
  if (onAttempt !== undefined && typeof onAttempt !== 'function') throw invalid(call, 'onAttempt', 'must be a function')
  const { kind, conversationId, text, ...others } = given
  const attempt: SendAttempt = {
    kind,
    conversationId,
    messageId: null,
    text,
    startedAt: fromMilliseconds(call.now()) as string,
    deadline: fromMilliseconds(call.deadline) as string,
    ...compact<Partial<SendAttempt>>({ ...others, after: checkOptionalText(call, others.after, 'after') }),
  }
  registerAttempt(attempt)
  // A copy, so that the caller's object does not change later.
  await onAttempt?.(copyAttempt(attempt))
  call.signal?.throwIfAborted()
  return {
    attempt,
    async update(known, from) {
      const news = Object.entries(known).filter(
        ([key, value]) => value !== undefined && value !== attempt[key as keyof SendAttempt],
      )
      if (news.length === 0) return
      Object.assign(attempt, Object.fromEntries(news))
      if (known.messageId) recordMessageId(call, attempt, from)
      try {
        await onAttempt?.(copyAttempt(attempt))
      } catch {
        call.reading.warn('degraded', 'The request was sent, but onAttempt failed. Store the attempt from the result.')
      }
    },
  }
}

/** Whether a write may have happened although it failed. */
export const isOutcomeUnknown = (error: unknown): error is ParleyError =>
  isParleyError(error) && error.outcome === 'unknown'

/**
 * How long a send may take, in milliseconds. The rest of the time is reserved for reading back if the send gets no
 * response.
 */
export const timeToSend = (call: Call, most: number): number => {
  const left = call.deadline - call.now()
  return Math.max(1, Math.min(most, left - Math.min(10_000, left / 3)))
}

/**
 * The first and the longest pause between two polls, in milliseconds, and their growth. A fast answer is found quickly,
 * and a slow one costs about ten polls in the first half minute. Each poll counts toward the vendor's rate limit.
 */
const firstPause = 250
const longestPause = 5_000
const growth = 1.6

/**
 * Polls for the answer to a stored question until it arrives or the time is up. Fails only when the caller aborts,
 * because the question is stored: without an answer the outcome is `pending`, and `messages.reconcile` can continue.
 *
 * @param poll sends one poll, counted from 1. Returns `undefined` while there is no result. After a failed poll, polling
 * continues, unless the failure is a refusal.
 * @param pending the result while there is no answer.
 */
export async function awaitAnswer(
  call: Call,
  poll: (count: number) => Promise<Answer | undefined>,
  pending: () => Answer,
): Promise<Answer> {
  let pause = firstPause
  for (let count = 1; ; count++) {
    if (await call.wait(pause)) return pending()
    pause = Math.min(longestPause, Math.round(pause * growth))
    try {
      const answer = await poll(count)
      if (answer) return answer
    } catch (error) {
      if (!isParleyError(error)) throw error
      if (mayPass(error) || error.code === 'response') continue
      call.reading.warn('degraded', `The question is stored, but its answer could not be read (${error.code}).`)
      return pending()
    }
  }
}

/** The fields that every result of a question has. */
export interface AskedQuestion {
  readonly call: Call
  readonly attempt: SendAttempt
  /** The contact that asked. Missing when it is not known. */
  readonly contactId?: string | null | undefined
}

/**
 * The answer to a question, with the texts and the sources of its messages.
 *
 * @param given `null` or empty: there is no message. Several are in their order, the calls of tools among them.
 */
export function answerOf(
  { call, attempt, contactId }: AskedQuestion,
  outcome: AskOutcome,
  given: Message | readonly Message[] | null = null,
): Answer {
  const messages = given === null ? [] : 'length' in given ? [...given] : [given]
  const said = messages.filter(isSaid)
  const message = said.findLast(({ text }) => !!text) ?? said.at(-1) ?? null
  const texts = said.flatMap(({ text }) => text || [])
  return {
    outcome,
    text: texts.length > 1 ? texts.join('\n\n') : (message?.text ?? null),
    message,
    messages,
    sources: said.flatMap(({ sources }) => sources ?? []),
    sourcesState: message?.sourcesState ?? 'unavailable',
    conversationId: attempt.conversationId,
    conversationRef: attempt.conversationId === null ? null : call.reading.ref('conversation', attempt.conversationId),
    ...(contactId !== undefined && { contactId }),
    ...(contactId && { contactRef: call.reading.ref('contact', contactId) }),
    attempt,
    warnings: call.reading.warnings,
  }
}

/** Whether someone wrote a message. The call of a tool, or its result, is not an answer. */
const isSaid = ({ type }: Message): boolean => type.value !== 'tool'

/**
 * Finds the answer to a question in its conversation: the message that names the question, or else the agent's next
 * message before the contact writes again. The messages of tools are passed over.
 *
 * @param thread oldest first.
 */
export function findAnswer<M extends Message>(thread: readonly M[], questionId: string): M | undefined {
  const messages = thread.filter((message) => isSaid(message) || message.id === questionId)
  const named = messages.filter(({ inReplyTo }) => inReplyTo === questionId)
  const answer = named.find(({ author }) => author.kind === 'agent') ?? named[0]
  if (answer) return answer
  const place = messages.findIndex(({ id }) => id === questionId)
  for (const message of place < 0 ? [] : messages.slice(place + 1)) {
    if (message.author.kind === 'contact') return undefined
    if (message.author.kind === 'agent' && message.inReplyTo === undefined) return message
  }
  return undefined
}

/**
 * The request that an input answers: the one with this id, or the only one.
 *
 * @param waiting what the conversation waits for now.
 * @throws ConflictError when the agent does not wait for it. InvalidRequestError when several wait and none is named.
 */
export function requestFor(call: Call, waiting: readonly InputRequest[], requestId: string | undefined): InputRequest {
  const found = requestId === undefined ? waiting : waiting.filter(({ id }) => id === requestId)
  const [request, another] = found
  if (request && !another) return request
  if (request) throw invalid(call, 'requestId', 'is required, because the agent waits for several inputs')
  throw errorOf(call, 'conflict', 'the agent does not wait for this input.', { outcome: 'not-done' })
}

/** The text of an attempt of the kind `input`: the given text, or the JSON of any other value. */
export const textOfInput = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value))

/** The send attempts of this process, each with its own number, which copies share. */
const attemptNumbers = new WeakMap<SendAttempt, number>()
let lastNumber = 0

function registerAttempt(attempt: SendAttempt): void {
  attemptNumbers.set(attempt, ++lastNumber)
}

/** A copy that is still recognized as the same send attempt of this process. */
export function copyAttempt(attempt: SendAttempt, into: SendAttempt = { ...attempt }): SendAttempt {
  const number = attemptNumbers.get(attempt)
  if (number !== undefined) attemptNumbers.set(into, number)
  return into
}

/** Whether this process made the send attempt, so that both times come from the same clock. */
export const isOwnAttempt = (attempt: SendAttempt): boolean => attemptNumbers.has(attempt)

interface MessageOwner {
  number: number | undefined
  fingerprint: string
  from: 'answer' | 'reading'
}

/**
 * The send attempt that each message belongs to, per adapter. It distinguishes two messages with the same text that are
 * sent at the same time. Its size is limited: the oldest entries are dropped.
 */
const messageOwners = new WeakMap<object, Map<string, MessageOwner>>()
const maxMessageOwners = 1_000

/**
 * Identifies a send attempt that was stored and read again. Uses a hash, so that the table holds no text. Two texts with
 * the same hash count as one attempt, which rules nothing out.
 */
const fingerprintOf = ({ kind, text, startedAt }: SendAttempt): string => `${kind} ${startedAt} ${fingerprint(text)}`

/** @param from `answer`: the response to this send had the id. `reading`: the message was recognized by its text. */
export function recordMessageId({ owner }: Call, attempt: SendAttempt, from: MessageOwner['from']): void {
  const ofAdapter = messageOwners.get(owner) ?? new Map<string, MessageOwner>()
  messageOwners.set(owner, ofAdapter)
  const id = attempt.messageId as string
  if (from === 'reading' && ofAdapter.has(id)) return
  ofAdapter.set(id, { number: attemptNumbers.get(attempt), fingerprint: fingerprintOf(attempt), from })
  if (ofAdapter.size > maxMessageOwners) ofAdapter.delete(ofAdapter.keys().next().value as string)
}

/**
 * Whether this message belongs to another send attempt of the same adapter. `certain`: the vendor stated it. `likely`: it
 * was recognized by its text, so it may belong to either attempt.
 */
export function ownedByOther(
  { owner }: Call,
  messageId: string,
  attempt: SendAttempt,
): 'certain' | 'likely' | undefined {
  const holder = messageOwners.get(owner)?.get(messageId)
  if (!holder) return undefined
  const number = attemptNumbers.get(attempt)
  const isSame =
    number !== undefined && holder.number !== undefined
      ? number === holder.number
      : holder.fingerprint === fingerprintOf(attempt)
  if (isSame) return undefined
  return holder.from === 'answer' ? 'certain' : 'likely'
}

/**
 * `messages.stream` for a vendor without streaming: asks when the iteration begins and yields the whole answer as one
 * part, after a warning.
 */
export async function* streamOnce(
  { settings: { account, protocol } }: Pick<Transport, 'settings'>,
  ask: () => Promise<Answer>,
): AsyncGenerator<AnswerPart, void, undefined> {
  const { vendor } = protocol
  const warning: Warning = {
    vendor,
    account,
    code: 'no-streaming',
    message: `${vendor} does not stream; the answer arrives in one piece.`,
    operation: 'messages.stream',
  }
  yield { type: 'warning', warning }
  const given = await ask()
  const answer = { ...given, warnings: [warning, ...given.warnings] }
  if (answer.text) yield { type: 'text', text: answer.text }
  if (answer.sources.length > 0) yield { type: 'sources', sources: answer.sources }
  yield { type: 'finish', answer }
}

/**
 * The last parts of a streamed answer: the text that has not been streamed, the sources, and the answer. If the answer does
 * not begin like the streamed text, a warning says so.
 *
 * @param streamed all pieces of the text so far.
 */
export function* finishStream(call: Call, answer: Answer, streamed: string): Generator<AnswerPart, void, undefined> {
  const text = answer.text ?? streamed
  if (!text.startsWith(streamed))
    call.reading.warn('degraded', 'The stored answer differs from the streamed one; this result has the stored one.')
  else if (text !== streamed) yield { type: 'text', text: text.slice(streamed.length) }
  if (answer.sources.length > 0) yield { type: 'sources', sources: answer.sources }
  yield { type: 'finish', answer }
}

/** Where a question is asked. */
export interface AskPlace {
  /** `null`: in a new conversation. */
  conversationId: string | null
  /** `undefined`: not known. In a new conversation it always is. */
  contactId: string | undefined
}

/**
 * Checks where a question is asked. An entity of a conversation may name its contact too.
 *
 * @throws InvalidRequestError
 */
export function askPlaceOf(call: Call, target: ConversationTarget): AskPlace {
  if (!isNewConversation(call, target)) {
    const conversationId = checkId(call, target, 'conversation')
    const contact = typeof target === 'object' && 'contact' in target ? (target.contact as { id?: unknown }) : undefined
    return { conversationId, contactId: typeof contact?.id === 'string' ? contact.id : undefined }
  }
  checkContact(call, target.contact)
  return { conversationId: null, contactId: checkId(call, target.contact, 'contact') }
}

/** Whether a question is asked as a visitor. A conversation may have any fields, but it always has an id. */
function isVisitorTarget({ settings }: Transport, operation: string, target: AskTarget): target is VisitorTarget {
  const call = { vendor: settings.protocol.vendor, account: settings.account, operation }
  const isVisitor = () => typeof target === 'object' && target !== null && 'visitor' in target && !('id' in target)
  return readable(call, 'conversation', isVisitor)
}

/**
 * `messages.ask` of an adapter, also for visitors.
 *
 * @param ways how the vendor's contacts are ensured and its conversations opened.
 * @param ask asks in a conversation.
 */
export async function askAs(
  context: Transport,
  [target, input, options]: [AskTarget, AskInput, SendOptions | undefined],
  ways: VisitorWays,
  ask: AskIn<Promise<Answer>>,
): Promise<Answer> {
  return isVisitorTarget(context, 'messages.ask', target)
    ? askAsVisitor(context, [target, input, options], ways, ask)
    : ask(target, input, options)
}

/** The same for `messages.stream`. */
export async function* streamAs(
  context: Transport,
  [target, input, options]: [AskTarget, AskInput, SendOptions | undefined],
  ways: VisitorWays,
  stream: AskIn<AsyncIterable<AnswerPart>>,
): AsyncGenerator<AnswerPart, void, undefined> {
  yield* isVisitorTarget(context, 'messages.stream', target)
    ? streamAsVisitor(context, [target, input, options], ways, stream)
    : stream(target, input, options)
}
