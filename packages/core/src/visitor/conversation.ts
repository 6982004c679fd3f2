import type { AskInput, ConversationTarget, Target, Visitor, VisitorTarget } from '../contract/inputs.ts'
import type { OperationOptions, SendOptions } from '../contract/options.ts'
import type { Answer, AnswerPart, EnsuredContact } from '../contract/results.ts'
import type { Warning } from '../contract/warning.ts'
import { amended } from '../errors/kinds.ts'
import { isParleyError, type ParleyError } from '../errors/parley-error.ts'
import { checkText } from '../input/check.ts'
import { checkInput, checkVisitor } from '../input/fields.ts'
import type { Contact } from '../model/contact.ts'
import type { Channel } from '../model/entity.ts'
import { isRecord } from '../read/reading.ts'
import { tryParseJson } from '../read/text.ts'
import type { StateStore } from '../state-store.ts'
import { at } from '../transport/failure.ts'
import type { Call } from '../transport/protocol.ts'
import { repeatNot } from '../transport/retry.ts'
import { type Transport, withWriteListener } from '../transport/transport.ts'
import { alone, storeOf, withStore } from './store.ts'
import { visitorNames } from './visitor.ts'

/** What an adapter supplies, so that core can ask as a visitor. */
export interface VisitorWays {
  ensure(visitor: Visitor, options: OperationOptions): Promise<EnsuredContact>
  /** Opens a conversation. */
  open(contact: Target<Contact>, options: OperationOptions): Promise<{ id: string }>
  /** The channel of a visitor's question that names none, where a conversation has many. */
  readonly channel?: Channel
}

/** An operation that asks in a conversation: `messages.ask` or `messages.stream`. */
export type AskIn<Result> = (target: ConversationTarget, input: AskInput, options: SendOptions | undefined) => Result

/** The arguments of a question of a visitor. */
export type VisitorQuestion = [target: VisitorTarget, input: AskInput, options: SendOptions | undefined]

/**
 * `messages.ask` as a visitor: the contact is ensured, and the conversation that the store remembers for the visitor goes
 * on, or else one is opened first.
 */
export async function askAsVisitor(
  context: Transport,
  [target, input, options]: VisitorQuestion,
  ways: VisitorWays,
  ask: AskIn<Promise<Answer>>,
): Promise<Answer> {
  const asking = askingOf(context, 'messages.ask', target, input, options)
  for (let isAgain = false; ; isAgain = true) {
    const place = await placeOf(context, asking, options, ways)
    try {
      return withPlace(place, await ask(place.conversationId, spoken(input, ways), rest(asking, options)))
    } catch (error) {
      if (isAgain || place.isOpened || !isGone(error)) throw about(error, place)
      await place.forget()
    }
  }
}

/** The same for `messages.stream`. */
export async function* streamAsVisitor(
  context: Transport,
  [target, input, options]: VisitorQuestion,
  ways: VisitorWays,
  stream: AskIn<AsyncIterable<AnswerPart>>,
): AsyncGenerator<AnswerPart, void, undefined> {
  const asking = askingOf(context, 'messages.stream', target, input, options)
  for (let isAgain = false; ; isAgain = true) {
    const place = await placeOf(context, asking, options, ways)
    if (!isAgain) for (const warning of place.warnings) yield { type: 'warning', warning }
    let hasBegun = false
    try {
      for await (const part of stream(place.conversationId, spoken(input, ways), rest(asking, options))) {
        hasBegun ||= part.type !== 'warning'
        yield part.type === 'finish' ? { type: 'finish', answer: withPlace(place, part.answer) } : part
      }
      return
    } catch (error) {
      if (isAgain || hasBegun || place.isOpened || !isGone(error)) throw about(error, place)
      await place.forget()
    }
  }
}

const spoken = (input: AskInput, { channel }: VisitorWays): AskInput =>
  channel === undefined || input.channel !== undefined ? input : { ...input, channel }

/** A visitor who asks. `call` has the deadline of the whole operation, and says nothing about the question itself. */
interface Asking {
  readonly call: Call
  readonly visitor: Visitor
}

/** @throws InvalidRequestError for a wrong question, before a contact is made. */
function askingOf(
  context: Transport,
  operation: string,
  { visitor }: VisitorTarget,
  input: AskInput,
  options: SendOptions | undefined,
): Asking {
  const call = context.begin(operation, options)
  checkText(call, checkInput(call, input).text, 'text')
  return { call, visitor }
}

/** The options with the time that is left, if the caller limited it. */
const rest = <Options extends OperationOptions>({ call }: Asking, options: Options | undefined): Options | undefined =>
  options?.timeout === undefined ? options : { ...options, timeout: Math.max(1, call.deadline - call.now()) }

interface Place {
  readonly call: Call
  readonly contactId: string
  readonly conversationId: string
  /** Whether the same question finds the conversation from any process, because the adapter was given a store. */
  readonly isShared: boolean
  /** Whether this operation has opened the conversation. */
  readonly isOpened: boolean
  readonly warnings: readonly Warning[]
  /** Forgets the conversation, because it no longer exists. */
  forget(): Promise<void>
}

/** The visitor's conversation. Two calls at the same time get the same one. */
async function placeOf(
  context: Transport,
  asking: Asking,
  options: SendOptions | undefined,
  { ensure, open }: VisitorWays,
): Promise<Place> {
  const { call } = asking
  const store = storeOf(context.settings)
  const names = await visitorNames(call, checkVisitor(call, asking.visitor, 'visitor'))
  // These options are for the question.
  const { onAttempt: _, ...own } = options ?? {}
  const isShared = context.settings.store !== undefined
  const locks = names.map((name) => `conversation of ${name}`)
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => alone(context, call, locks, work)
  return inTurn(async () => {
    const values = await withStore(call, () => Promise.all(names.map((name) => store.get(name))))
    const known = values.map(remembered).find((each) => each !== undefined)
    const place = { call, isShared }
    /** Another call may have opened the next one by then. */
    const forgetting = (gone: Remembered) => () =>
      inTurn(async () => {
        for (const name of names)
          if (remembered(await withStore(call, () => store.get(name)))?.conversationId === gone.conversationId)
            await withStore(call, () => store.delete(name))
      })
    /** Under each name, so that any of them finds the conversation. */
    const remember = async (made: Remembered): Promise<void> => {
      const value = JSON.stringify(made)
      try {
        for (const [index, name] of names.entries()) if (values[index] !== value) await store.set(name, value)
      } catch {
        // The conversation exists, so the question is asked in it.
        call.reading.warn(
          'degraded',
          'The store failed: the next question of this visitor may open another conversation.',
        )
      }
    }
    if (known) {
      await remember(known)
      return { ...place, ...known, forget: forgetting(known), isOpened: false, warnings: call.reading.warnings }
    }
    let hasWritten = false
    const noting = withWriteListener(rest(asking, own) ?? {}, () => {
      hasWritten = true
    })
    const { contact, isNew, warnings } = await ensure(asking.visitor, noting).catch((error: unknown) => {
      throw ofQuestion(place, error, false)
    })
    const hasMade = hasWritten || isNew === true
    const { id } = await open(contact.id, rest(asking, own) ?? {}).catch((error: unknown) => {
      throw ofQuestion(place, error, hasMade)
    })
    const made = { contactId: contact.id, conversationId: id }
    await remember(made)
    return {
      ...place,
      ...made,
      forget: forgetting(made),
      isOpened: true,
      warnings: [...warnings, ...call.reading.warnings],
    }
  })
}

/** The contact and the conversation of a visitor. */
interface Remembered {
  contactId: string
  conversationId: string
}

/**
 * The conversation that a store remembers for a visitor.
 *
 * @param names those of `visitorNames`.
 */
export async function rememberedConversation(store: StateStore, names: readonly string[]): Promise<string | undefined> {
  for (const name of names) {
    const known = remembered(await store.get(name))
    if (known) return known.conversationId
  }
  return undefined
}

/** A value that somebody else wrote under this name counts as none. */
function remembered(value: string | null | undefined): Remembered | undefined {
  const known = value == null ? undefined : tryParseJson(value)
  if (!isRecord(known)) return undefined
  const { contactId, conversationId } = known
  return typeof contactId === 'string' && typeof conversationId === 'string' ? { contactId, conversationId } : undefined
}

const withPlace = ({ call, contactId, warnings }: Place, answer: Answer): Answer => ({
  ...answer,
  contactId,
  contactRef: call.reading.ref('contact', contactId),
  warnings: [...new Set([...warnings, ...answer.warnings])],
})

/**
 * Whether the conversation was deleted at the vendor, so that what was sent to it was stored nowhere. An error that names a
 * field, such as `agentId`, is about something else that does not exist.
 */
export const isGone = (error: unknown): boolean =>
  isParleyError(error) &&
  error.code === 'not-found' &&
  error.fields === undefined &&
  error.outcome !== 'unknown' &&
  error.outcome !== 'partly-done'

/**
 * The error of a step as that of the question. The same question can be asked again: it finds what there is by then.
 *
 * @param hasMade whether an earlier step has, or may have, written something.
 */
function ofQuestion({ call, isShared }: Pick<Place, 'call' | 'isShared'>, error: unknown, hasMade: boolean): unknown {
  if (!isParleyError(error)) return error
  const { vendor, account, operation } = call
  const step = at({ vendor, account, operation: error.operation ?? '' })
  const message = error.message.replace(step, at(call))
  return hasMade && error.outcome !== 'unknown'
    ? partlyDone(error, { operation, message }, isShared)
    : amended(error, { operation, message, outcome: error.outcome ?? 'not-done' })
}

/** A conversation exists although the question in it failed. It is remembered, so the next question goes on in it. */
const about = (error: unknown, { isOpened, conversationId, isShared }: Place): unknown =>
  isOpened && isParleyError(error) && error.outcome !== 'unknown'
    ? partlyDone(error, { conversationId }, isShared)
    : error

/** Only a shared store makes it certain that whoever asks again goes on with what there is. */
function partlyDone(error: ParleyError, changes: Parameters<typeof amended>[1], isShared: boolean): ParleyError {
  const said = changes.message ?? error.message
  const message = isShared || said.endsWith(repeatNot) ? said : `${said} ${repeatNot}`
  return amended(error, { ...changes, message, outcome: 'partly-done', repeatable: isShared })
}
