import {
  type Answer,
  type AskInput,
  type AttachmentInput,
  amended,
  type Call,
  type ConversationTarget,
  checkInput,
  checkText,
  compact,
  errorOf,
  flag,
  type InputRequest,
  ignoreOptions,
  invalid,
  isParleyError,
  isRecord,
  type OptionRules,
  object,
  type ParleyError,
  type Payload,
  type PayloadReader,
  type ProvideInput,
  pathOf,
  type RequestSpec,
  type SendOptions,
  saysMissing,
  type Target,
  vendorOptions,
} from '@parley/core'
import {
  answerOf,
  askPlaceOf,
  awaitAnswer,
  beginSending,
  isOutcomeUnknown,
  type OutgoingMessage,
  readBack,
  requestFor,
  textOfInput,
  timeToSend,
  withFallback,
} from '@parley/core/operations'
import { type LangGraphVendorOptions, runOptions } from './options.ts'
import { assistantIdOf, type Context, recordOf, threadIdOf } from './protocol.ts'
import { decisionsOf, identified, readRequests } from './read/control.ts'
import { readMessages } from './read/conversation.ts'
import {
  type Asked,
  answered,
  answersInRun,
  type Found,
  failed,
  fetchThread,
  hasBegun,
  inputKey,
  isGoingOn,
  longestAsk,
  sentReader,
  soFar,
  type Thread,
  waitForThread,
  waitingAnswer,
} from './reconcile.ts'
import { mapAuthor } from './vocabulary.ts'

type AskOptions = LangGraphVendorOptions['messages.ask']

/** A stream waits for its answer, so only a question without one can be asked in the background. */
const streamOptions: OptionRules<Omit<AskOptions, 'background'>> = { ...runOptions, input: object }
const askOptions: OptionRules<AskOptions> = { ...streamOptions, background: flag }

/** A question or an input on its way. */
export interface Asking extends Asked {
  readonly conversationId: string
  readonly known: ReadonlySet<string>
  readonly outgoing: OutgoingMessage
  /** Whether the thread was opened for this question. */
  readonly isNew?: boolean
  /** Where the assistant is named: in the question, or in the options of the account. */
  readonly namedBy?: 'agentId' | 'assistantId'
}

/** As the contact: a run of an assistant, waited for ("Create run, wait for output"). */
export async function ask(
  context: Context,
  target: ConversationTarget,
  input: AskInput,
  options: SendOptions | undefined,
  operation = 'messages.ask',
): Promise<Answer> {
  const call = context.begin(operation, options, { timeout: longestAsk })
  const { asking, body, isBackground } = await questionOf(context, call, target, input, options)
  try {
    return await run(context, asking, runSpec(context, call, asking, body, isBackground ? '' : '/wait'))
  } catch (error) {
    throw await refused(asking, error)
  }
}

/**
 * A checked question. Its thread exists and waits for nobody when this returns, and the caller has its attempt.
 *
 * The message gets an id from here, which the server keeps, so that it can be found whatever happens. For the same reason
 * a new thread gets its id from here: creating it twice leaves one.
 */
export async function questionOf(
  context: Context,
  call: Call,
  target: ConversationTarget,
  askInput: AskInput,
  options: SendOptions | undefined,
): Promise<{ asking: Asking; body: Record<string, unknown>; isBackground: boolean }> {
  const input = checkInput(call, askInput)
  const text = checkText(call, input.text, 'text')
  const given: Partial<AskOptions> =
    call.operation === 'messages.stream'
      ? vendorOptions(call, input.vendor, streamOptions)
      : vendorOptions(call, input.vendor, askOptions)
  const { input: more, background = false, ...own } = given
  const assistantId = assistantIdOf(call, context, input.agentId)
  const content = contentOf(call, text, input.attachments)
  ignoreOptions(
    call,
    input,
    ['context'],
    'pass it in vendor.langgraph.config or vendor.langgraph.context, which a graph can read.',
  )
  ignoreOptions(call, input, ['channel'], 'a thread has no channel.')
  const { conversationId: known, contactId } = askPlaceOf(call, target)
  const conversationId = known ?? crypto.randomUUID()
  const messageId = crypto.randomUUID()
  const thread = known === null ? undefined : await fetchThread(context, call, known)
  if (thread) refuseWhileWaiting(call, thread)
  const sent = { kind: 'ask', conversationId, contactId, text, after: input.after, mark: messageId } as const
  const outgoing = await beginSending(call, options, sent)
  if (known === null) await openThread(context, call, conversationId, contactId, {}, () => undefined)
  const messages = [{ type: 'human', content, id: messageId }]
  return {
    asking: {
      ...{ call, conversationId, contactId, attempt: outgoing.attempt, outgoing, known: idsOf(thread?.messages) },
      ...{ isNew: known === null, namedBy: input.agentId === undefined ? 'assistantId' : 'agentId' },
    },
    body: {
      assistant_id: assistantId,
      input: { ...more, [context.messagesKey]: messages },
      ...snake(own),
      metadata: { ...own.metadata, [inputKey]: messageId },
    },
    isBackground: background,
  }
}

const idsOf = (messages: readonly Found[] = []): ReadonlySet<string> => new Set(messages.map(({ id }) => id))

/** A question would be answered, and what the thread waits for would be dropped without a word. */
export function refuseWhileWaiting(call: Call, { status, waiting }: Thread): void {
  if (status !== 'interrupted' || waiting.length === 0) return
  throw errorOf(call, 'conflict', 'the agent waits for a person: give it what it asks with messages.provideInput.')
}

/** "Create thread", with an id from here, so that a repeated request changes nothing. */
export async function openThread<Opened>(
  context: Context,
  call: Call,
  id: string,
  contactId: string | undefined,
  metadata: Payload,
  read: (raw: Payload, reading: PayloadReader) => Opened,
): Promise<Opened> {
  const contact = contactId === undefined ? {} : { [context.contactKey]: contactId }
  const body = { thread_id: id, if_exists: 'do_nothing', metadata: { ...metadata, ...contact } }
  const spec = { method: 'POST', path: '/threads', body, idempotent: true } as const
  try {
    return await call.read(spec, (raw, reading) => read(recordOf(raw), reading))
  } catch (error) {
    // The same operation once more would take another id, and make another thread.
    throw isOutcomeUnknown(error) ? amended(error, { repeatable: false, conversationId: id }) : error
  }
}

/** The options of a run, in the server's spelling. */
const snake = ({ multitaskStrategy, ...rest }: Record<string, unknown>): Record<string, unknown> =>
  compact<Record<string, unknown>>({ ...rest, multitask_strategy: multitaskStrategy ?? 'reject' })

/** `/wait`, `/stream`, or nothing for a run in the background. */
export function runSpec(
  context: Context,
  call: Call,
  { conversationId }: Asking,
  body: Record<string, unknown>,
  way: '/wait' | '/stream' | '',
): RequestSpec {
  return {
    method: 'POST',
    path: `${pathOf`/threads/${conversationId}/runs`}${way}`,
    // The run goes on when the connection is lost, so that its answer can still be found.
    body: { ...body, on_disconnect: 'continue' },
    attemptTimeout: timeToSend(call, Math.max(longestAsk, context.settings.attemptTimeout)),
  }
}

/** Sends a run and waits for its result. Without a response, it is looked for in its thread, and never sent again. */
async function run(context: Context, asking: Asking, spec: RequestSpec): Promise<Answer> {
  const { call } = asking
  try {
    const { body } = await call.request(spec)
    await learnStored(asking)
    if (!spec.path.endsWith('/wait')) return answerOf(asking, 'pending')
    return await conclude(context, asking, body)
  } catch (error) {
    if (!isOutcomeUnknown(error)) throw error
    return recover(context, asking)
  }
}

/** The result of a run: `{ __error__ }`, `{ __interrupt__ }`, or the values of the state. */
export async function conclude(context: Context, asking: Asking, body: unknown): Promise<Answer> {
  const { call, conversationId } = asking
  if (!isRecord(body)) return recover(context, asking)
  if (body['__error__'] !== undefined) {
    const stopped = await threadAfter(context, asking, 'error')
    return failed(asking, body['__error__'], answersInRun(asking, stopped?.messages ?? []))
  }
  // The result alone does not say what the thread waits for: of several interrupts it has only the last one, and none if
  // another branch of the graph ended later (seen at langgraph-cli 1.5.1). Nor does it have what was written before one.
  const stopped = await threadAfter(context, asking, 'interrupted')
  const shown = identified(readRequests(body, '__interrupt__', call.reading), conversationId)
  const waiting = stopped && stopped.waiting.length > 0 ? stopped.waiting : shown
  if (waiting.length > 0) return waitingAnswer(asking, waiting, answersInRun(asking, stopped?.messages ?? []))
  // A graph that stops before a node (`interrupt_before`) asks nothing, and its result has no values.
  if (body['__interrupt__'] !== undefined) return waitForThread(context, asking)
  const messages = readMessages(body, call.reading, context, conversationId)
  const answer = answered(asking, answersInRun(asking, messages))
  if (answer.outcome === 'unanswered') warnOfOtherKeys(call, context, body)
  return answer
}

/** A graph that keeps its messages under another key drops the question, and its answer is not seen. */
function warnOfOtherKeys(call: Call, { messagesKey }: Context, values: Payload): void {
  const keys = Object.keys(values).filter((key) => key !== messagesKey && /^(?!__)[\w-]{1,40}$/.test(key))
  const isElsewhere = keys.some((key) => hasWords(values[key]))
  if (values[messagesKey] != null && !isElsewhere) return
  const others = keys.length > 0 ? `the others are ${keys.slice(0, 20).join(', ')}` : 'there is no other'
  const text = `No answer is under the key "${messagesKey}" of the graph’s state (option messagesKey); ${others}.`
  call.reading.warn('degraded', text, { path: messagesKey })
}

/** Whether a value of a state is a list with a message of an agent. */
const hasWords = (value: unknown): boolean =>
  Array.isArray(value) && value.some((each) => isRecord(each) && mapAuthor(String(each['type'])) === 'agent')

/** The thread after a run that has stopped. `undefined`: it cannot be read. */
async function threadAfter(
  context: Context,
  { call, conversationId }: Asking,
  status: 'interrupted' | 'error',
): Promise<Thread | undefined> {
  try {
    return await fetchThread(context, call, conversationId, status)
  } catch (error) {
    if (!isParleyError(error)) throw error
    const text = `The thread could not be read (${error.code}): what the agent wrote before it stopped may be missing.`
    call.reading.warn('degraded', text)
    return undefined
  }
}

/** The send got no response: reads the thread, and waits for the answer if the question is there. Never sends again. */
export async function recover(context: Context, asking: Asking): Promise<Answer> {
  const { call, attempt, outgoing } = asking
  if (attempt.kind === 'input') return recoverInput(context, asking)
  const mark = attempt.mark ?? ''
  // A thread shows a question only when its run has ended, but the run itself shows before.
  if (await withFallback(false, () => isGoingOn(call, asking.conversationId, mark))) {
    await learnStored(asking)
    return waitForThread(context, asking)
  }
  const found = await readBack({ call, reader: sentReader(context), attempt })
  if (found) {
    await outgoing.update({ messageId: found.message.id }, 'reading')
    return soFar(asking, found.thread) ?? waitForThread(context, asking)
  }
  // The run may have begun in the meantime, or the graph has removed the question.
  if (!(await isBegun(asking, false, mark))) return answerOf(asking, 'unknown')
  await learnStored(asking)
  return waitForThread(context, asking)
}

/** An input was taken if the thread, once it is no longer busy, does not wait for it any more. */
function recoverInput(context: Context, asking: Asking): Promise<Answer> {
  const { call, attempt, conversationId } = asking
  const unknown = () => answerOf(asking, 'unknown')
  const look = async () => {
    const thread = await fetchThread(context, call, conversationId)
    // While it is busy, a thread lists what it waited for before.
    if (thread.status === 'busy') return undefined
    return thread.waiting.some(({ id }) => id === attempt.requestId) ? unknown() : soFar(asking, thread)
  }
  return awaitAnswer(call, look, unknown)
}

/** A text, or a list of parts with pictures and files by their addresses. */
function contentOf(call: Call, text: string, attachments: readonly AttachmentInput[] | undefined): unknown {
  if (!attachments?.length) return text
  const files = attachments.map(({ url, contentType }, index) => {
    if (url === undefined)
      throw invalid(call, `attachments[${index}].url`, 'is required: the server stores no files, so send an address')
    if (contentType === undefined || /^image\//i.test(contentType)) return { type: 'image_url', image_url: { url } }
    return { type: 'file', url, mime_type: contentType }
  })
  return [{ type: 'text', text }, ...files]
}

/**
 * Resumes an interrupted thread. The value is addressed to its interrupt, so that it cannot answer another one that has
 * come in the meantime.
 */
export async function provideInput(
  context: Context,
  target: Target<{ id: string }>,
  provided: ProvideInput,
  options: SendOptions | undefined,
): Promise<Answer> {
  const call = context.begin('messages.provideInput', options, { timeout: longestAsk })
  const conversationId = threadIdOf(call, target)
  const input = checkInput(call, provided)
  const own = vendorOptions(call, input.vendor, runOptions)
  if (input.value === undefined) throw invalid(call, 'value', 'is required')
  ignoreOptions(call, input, ['operatorId'], 'a thread does not keep who resumed it.')
  const { waiting, messages, assistantId } = await fetchThread(context, call, conversationId)
  const request = requestFor(call, waiting, input.requestId)
  checkDecisions(call, request, input.value)
  const isAddressed = isInterruptId(request.id)
  if (!isAddressed && waiting.length > 1)
    throw errorOf(
      call,
      'unsupported',
      'the agent waits for several inputs that have no id, so none can be answered alone.',
    )
  const mark = crypto.randomUUID()
  const body = {
    // The assistant of the last run has to go on.
    assistant_id: assistantIdOf(call, context, assistantId),
    command: { resume: isAddressed ? { [request.id]: input.value } : input.value },
    ...snake(own),
    metadata: { ...own.metadata, [inputKey]: mark },
  }
  const outgoing = await beginSending(call, options, {
    kind: 'input',
    conversationId,
    text: textOfInput(input.value),
    requestId: request.id,
    after: messages.at(-1)?.id,
  })
  const asking: Asking = { call, conversationId, attempt: outgoing.attempt, outgoing, known: idsOf(messages) }
  const answer = await run(context, asking, runSpec(context, call, asking, body, '/wait'))
  const hasEnded = answer.outcome === 'answered' || answer.outcome === 'unanswered'
  if (!hasEnded || (await isBegun(asking, true, mark))) return answer
  throw errorOf(call, 'conflict', 'the thread no longer waits for this input; it was not taken.')
}

/**
 * Whether the server has begun the run of a question or an input. A resume that nothing waits for is answered with a 200
 * and the messages of the thread, although it does nothing and makes no checkpoint (seen at langgraph-cli 1.5.1).
 *
 * @param otherwise the result if the checkpoints cannot be read.
 */
const isBegun = ({ call, conversationId }: Asking, otherwise: boolean, mark: string): Promise<boolean> =>
  withFallback(otherwise, () => hasBegun(call, conversationId, mark))

/**
 * LangChain's human-in-the-loop middleware fails at any other value, and the thread then waits for nothing any more.
 *
 * @throws InvalidRequestError
 */
function checkDecisions(call: Call, request: InputRequest, value: unknown): void {
  const count = decisionsOf(request)
  if (count === undefined) return
  const decisions = isRecord(value) ? value['decisions'] : undefined
  const isRight = (each: unknown) => isRecord(each) && typeof each['type'] === 'string'
  if (Array.isArray(decisions) && decisions.length === count && decisions.every(isRight)) return
  const form = '{ decisions: [{ type }, …] }'
  throw invalid(call, 'value', `must be ${form} with one decision for each action that is asked about (${count})`)
}

/** Only such ids are read as the keys of a map; any other object would be the value itself. */
const isInterruptId = (id: string): boolean => /^[\da-f]{32}$/.test(id)

/** The server has taken the question, whose id is from here. */
export async function learnStored({ attempt, outgoing }: Asking): Promise<void> {
  if (attempt.mark !== undefined) await outgoing.update({ messageId: attempt.mark }, 'answer')
}

/** The error of a question that was refused. A new thread exists all the same, unless nothing can ever be asked in it. */
export async function refused(asking: Asking, error: unknown): Promise<unknown> {
  if (!isParleyError(error) || isOutcomeUnknown(error)) return error
  const { isNew, conversationId } = asking
  if (saysMissing(error, /\bassistant\b/i)) return withoutAssistant(asking, error)
  return isNew ? amended(error, { outcome: 'partly-done', conversationId }) : error
}

const nobody = {
  agentId: 'no assistant and no graph of the server has this agentId.',
  assistantId: 'no assistant and no graph of the server has the id of the option assistantId (LANGGRAPH_ASSISTANT_ID).',
}

/**
 * Nothing was asked. A thread that was opened for the question is empty, and each try would leave another one, so it is
 * deleted.
 */
async function withoutAssistant(
  { call, conversationId, isNew, namedBy = 'assistantId' }: Asking,
  { status, vendorCode, vendorMessage }: ParleyError,
): Promise<ParleyError> {
  const isLeft = isNew ? !(await isDeleted(call, conversationId)) : false
  return errorOf(call, 'not-found', nobody[namedBy], {
    ...{ status, vendorCode, vendorMessage },
    ...(isLeft && { outcome: 'partly-done', conversationId }),
    fields: [{ path: namedBy, problem: 'names no assistant of the server' }],
  })
}

async function isDeleted(call: Call, conversationId: string): Promise<boolean> {
  return withFallback(false, async () => {
    await call.request({ method: 'DELETE', path: pathOf`/threads/${conversationId}`, expect: 'none' })
    return true
  })
}
