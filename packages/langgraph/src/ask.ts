import {
  type Answer,
  type AskInput,
  type AskTarget,
  type AttachmentInput,
  amended,
  type Call,
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
  type Payload,
  type ProvideInput,
  pathOf,
  type RequestSpec,
  type SendOptions,
  type Target,
  vendorOptions,
} from '@parley/core'
import {
  type AskedQuestion,
  answerOf,
  askPlaceOf,
  beginSending,
  isOutcomeUnknown,
  type OutgoingMessage,
  readBack,
  requestFor,
  textOfInput,
  timeToSend,
} from '@parley/core/operations'
import { type LangGraphVendorOptions, object, runOptions } from './options.ts'
import { assistantIdOf, type Context, recordOf, threadIdOf } from './protocol.ts'
import { readRequests } from './read/control.ts'
import { readMessages } from './read/conversation.ts'
import {
  answered,
  answersTo,
  failed,
  fetchThread,
  longestAsk,
  sentReader,
  soFar,
  type Thread,
  waitForThread,
  waitingAnswer,
} from './reconcile.ts'

const ownOptions: OptionRules<LangGraphVendorOptions['messages.ask']> = {
  ...runOptions,
  input: object,
  background: flag,
}

/** A question or an input on its way. */
export interface Asking extends AskedQuestion {
  readonly conversationId: string
  readonly outgoing: OutgoingMessage
}

/** As the contact: a run of an assistant, waited for ("Create run, wait for output"). */
export async function ask(
  context: Context,
  target: AskTarget,
  input: AskInput,
  options: SendOptions | undefined,
  operation = 'messages.ask',
): Promise<Answer> {
  const call = context.begin(operation, options, { timeout: longestAsk })
  const { asking, body, isBackground, isNew } = await questionOf(context, call, target, input, options)
  try {
    return await run(context, asking, runSpec(context, call, asking, body, isBackground ? '' : '/wait'))
  } catch (error) {
    throw isNew ? inOpened(error, asking.conversationId) : error
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
  target: AskTarget,
  askInput: AskInput,
  options: SendOptions | undefined,
): Promise<{ asking: Asking; body: Record<string, unknown>; isBackground: boolean; isNew: boolean }> {
  const input = checkInput(call, askInput)
  const text = checkText(call, input.text, 'text')
  const { input: more, background = false, ...own } = vendorOptions(call, input.vendor, ownOptions)
  const assistantId = assistantIdOf(call, context, input.agentId)
  const content = contentOf(call, text, input.attachments)
  ignoreOptions(call, input, ['context'], 'put background into the option config or context, which a graph can read.')
  ignoreOptions(call, input, ['channel'], 'a thread has no channel.')
  const { conversationId: known, contactId } = askPlaceOf(call, target)
  const conversationId = known ?? crypto.randomUUID()
  const messageId = crypto.randomUUID()
  if (known !== null) refuseWhileWaiting(call, await fetchThread(context, call, known))
  const given = { kind: 'ask', conversationId, contactId, text, after: input.after, mark: messageId } as const
  const outgoing = await beginSending(call, options, given)
  if (known === null) await openThread(context, call, conversationId, contactId)
  const messages = [{ type: 'human', content, id: messageId }]
  return {
    asking: { call, conversationId, contactId, attempt: outgoing.attempt, outgoing },
    body: { assistant_id: assistantId, input: { ...more, [context.messagesKey]: messages }, ...snake(own) },
    isBackground: background,
    isNew: known === null,
  }
}

/** A question would be answered, and what the thread waits for would be dropped without a word. */
export function refuseWhileWaiting(call: Call, { status, waiting }: Thread): void {
  if (status !== 'interrupted' || waiting.length === 0) return
  throw errorOf(call, 'conflict', 'the agent waits for a person: give it what it asks with messages.provideInput.')
}

/** "Create thread", with an id from here, so that a repeated request changes nothing. */
export const openThread = (
  context: Context,
  call: Call,
  id: string,
  contactId: string | undefined,
  metadata: Payload = {},
): Promise<Payload> => {
  const contact = contactId === undefined ? {} : { [context.contactKey]: contactId }
  const body = { thread_id: id, if_exists: 'do_nothing', metadata: { ...metadata, ...contact } }
  return call.read({ method: 'POST', path: '/threads', body, idempotent: true }, recordOf)
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
export async function run(context: Context, asking: Asking, spec: RequestSpec): Promise<Answer> {
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
  const { call, attempt, conversationId } = asking
  if (!isRecord(body)) return waitForThread(context, asking)
  if (body['__error__'] !== undefined) return failed(asking, body['__error__'])
  if (body['__interrupt__'] !== undefined)
    return waitingAnswer(asking, readRequests(body, '__interrupt__', call.reading, conversationId))
  const messages = readMessages(body, call.reading, context, conversationId)
  return answered(asking, answersTo(attempt, messages))
}

/** The send got no response: reads the thread, and waits for the answer if the question is there. Never sends again. */
export async function recover(context: Context, asking: Asking): Promise<Answer> {
  const { call, attempt } = asking
  const reader = sentReader(context)
  if (attempt.kind === 'input') {
    try {
      if ((await reader.isWaiting?.(call, attempt)) === false) return await waitForThread(context, asking)
    } catch (error) {
      if (!isParleyError(error)) throw error
    }
    return answerOf(asking, 'unknown')
  }
  const found = await readBack({ call, reader, attempt })
  if (!found) return answerOf(asking, 'unknown')
  return soFar(asking, found.thread) ?? waitForThread(context, asking)
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
  const state = await fetchState(context, call, conversationId)
  const request = requestFor(call, state.waiting, input.requestId)
  const assistantId = assistantIdOf(call, context, state.assistantId)
  const outgoing = await beginSending(call, options, {
    kind: 'input',
    conversationId,
    text: textOfInput(input.value),
    requestId: request.id,
    after: state.newestId,
  })
  const asking: Asking = { call, conversationId, attempt: outgoing.attempt, outgoing }
  const resume = isInterruptId(request.id) ? { [request.id]: input.value } : input.value
  const body = { assistant_id: assistantId, command: { resume }, ...snake(own) }
  const answer = await run(context, asking, runSpec(context, call, asking, body, '/wait'))
  const isStillAsked = answer.inputRequests?.some(({ id }) => id === request.id) === true
  if (!isStillAsked && (answer.messages.length > 0 || answer.outcome !== 'unanswered')) return answer
  // A resume that nothing waits for is answered with a 200 and does nothing. The state then has the same checkpoint.
  const { checkpointId } = await fetchState(context, call, conversationId)
  if (checkpointId === undefined || checkpointId !== state.checkpointId) return answer
  throw errorOf(call, 'conflict', 'the thread no longer waits for this input; it was not taken.')
}

/** Only such ids are read as the keys of a map; any other object would be the value itself. */
const isInterruptId = (id: string): boolean => /^[\da-f]{32}$/.test(id)

/** What a resume has to know about a thread. */
interface State {
  waiting: readonly InputRequest[]
  /** Every step of a run makes a new checkpoint. */
  checkpointId: string | undefined
  /** The assistant that has to go on: the one of the last run. */
  assistantId: string | undefined
  newestId: string | undefined
}

/** "Get thread state". */
const fetchState = (context: Context, call: Call, conversationId: string): Promise<State> =>
  call.read({ path: pathOf`/threads/${conversationId}/state` }, (body, reading) => {
    const raw = recordOf(body)
    const checkpoint = reading.object(raw, 'checkpoint') ?? {}
    const metadata = reading.object(raw, 'metadata') ?? {}
    const requests = (task: Payload) =>
      readRequests(task, 'interrupts', reading, reading.text(task, 'id') || conversationId)
    return {
      waiting: (reading.list(raw, 'tasks', requests) ?? []).flat(),
      checkpointId: reading.text(checkpoint, 'checkpoint_id') || undefined,
      assistantId: reading.text(metadata, 'assistant_id') || undefined,
      newestId: readMessages(reading.object(raw, 'values') ?? {}, reading, context, conversationId).at(-1)?.id,
    }
  })

/** The server has taken the question, whose id is from here. */
export async function learnStored({ attempt, outgoing }: Asking): Promise<void> {
  if (attempt.mark !== undefined) await outgoing.update({ messageId: attempt.mark }, 'answer')
}

/** A new thread exists although the question in it was refused. */
export const inOpened = (error: unknown, conversationId: string): unknown =>
  isParleyError(error) ? amended(error, { outcome: 'partly-done', conversationId }) : error
