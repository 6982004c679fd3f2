import {
  type AnswerPart,
  checkFunctionOptions,
  checkInput,
  clockOption,
  errorOf,
  functionOption,
  isRecord,
  memoryStore,
  type OperationOptions,
  optional,
  requireOperation,
  stateStoreOption,
  supports,
  systemClock,
  type Traits,
  tryParseRef,
  type Visitor,
} from '@parley/core'
import { isGone } from '@parley/core/operations'
import { askingOf, type Question } from './asking.ts'
import type { Chatbot, ChatbotInput, ChatbotOptions, LateAnswer } from './chatbot.ts'
import { type ChatPart, handOffsOf } from './hand-off.ts'
import { chatIn } from './history.ts'
import { type Asked, guarded, isSameAttempt, memoryIn, timeOf } from './memory.ts'
import { recentMessages } from './recent.ts'
import { responderOf } from './respond.ts'
import { visitorsIn } from './visitors.ts'

/** A history has at most so many messages, unless its caller says otherwise. */
const historyLimit = 200
const longestId = 200

/**
 * Puts an account's agent behind a website.
 *
 * ```ts
 * const bot = createChatbot({ agent: liveChatAI(), store: fileStore({ folder: 'visitors' }) })
 * const answer = await bot.ask({ externalId: 'web-4711' }, { text: 'When do you open?' })
 * ```
 *
 * It sends nothing when it is made.
 *
 * @throws ConfigurationError for an invalid option.
 */
export function createChatbot(options: ChatbotOptions): Chatbot {
  checkFunctionOptions('createChatbot', options, {
    agent: (value) => (isRecord(value) && isRecord(value['messages']) ? undefined : 'must be an adapter'),
    store: optional(stateStoreOption),
    carryOver: optional(carryOverProblem),
    onAnswer: optional(functionOption),
    onHandOff: optional(functionOption),
    onError: optional(functionOption),
    clock: optional(clockOption),
  })
  const { agent, carryOver, onAnswer, onHandOff, onError, clock = systemClock } = options
  const { vendor, account } = agent
  const store = guarded(options.store ?? memoryStore(), { vendor, account })
  let traits: Promise<Traits | undefined> | undefined
  const traitsOf = (): Promise<Traits | undefined> => {
    traits ??= Promise.resolve(agent.traits?.()).catch((error: unknown) => {
      traits = undefined
      throw error
    })
    return traits
  }
  const visitors = visitorsIn(store, { vendor, account })
  const { placeOf, keyOf, recall, refOf } = visitors
  const recent = recentMessages(store, { carryOver, clock, traitsOf })
  const { parts, reconcile, answerless } = askingOf(agent, { visitors, recent, traitsOf })

  const timeFor = <O extends OperationOptions>(operation: string, own: O) =>
    timeOf(own, { clock, place: placeOf(operation) })

  function checked(input: ChatbotInput): ChatbotInput {
    const invalid = (path: string, problem: string) =>
      errorOf(placeOf('ask'), 'invalid-request', `${path} ${problem}.`, { fields: [{ path, problem }] })
    const { id, ...rest } = Object(input) as ChatbotInput
    if (id !== undefined && (typeof id !== 'string' || id === '')) throw invalid('id', 'must be a non-empty string')
    // A browser chooses it, and it is kept.
    if (id !== undefined && (id.length > longestId || /[\0\p{Surrogate}]/u.test(id)))
      throw invalid('id', `must have at most ${longestId} characters, without NUL and half of a surrogate pair`)
    checkInput({ ...placeOf('ask'), operation: 'messages.ask' }, rest)
    if (typeof rest.text !== 'string' || rest.text.trim() === '') throw invalid('text', 'must be a non-empty string')
    return input
  }

  const askOnce = () => {
    const ask = requireOperation(agent, 'messages.ask')
    return async function* ({ target, input, options: own }: Question): AsyncGenerator<AnswerPart> {
      yield { type: 'finish', answer: await ask(target, input, own) }
    }
  }
  const streamOnce = () => {
    const stream = requireOperation(agent, 'messages.stream')
    return ({ target, input, options: own }: Question) => stream(target, input, own)
  }

  /** What an application does with an error must not end an answer. */
  const report = (error: unknown): void => {
    const reported = async () => onError?.(error)
    reported().catch(() => {})
  }
  const { controlOf, watched, handOff, release } = handOffsOf(agent, {
    ...{ store, visitors, traitsOf, timeFor, onHandOff, report },
  })

  const asked = (
    operation: string,
    [visitor, input, own = {}]: Parameters<Chatbot['ask']>,
    run: ReturnType<typeof askOnce | typeof streamOnce>,
    wantsControl = false,
  ): AsyncGenerator<ChatPart, void, undefined> => {
    const time = timeFor(operation, own)
    return watched(visitor, parts(visitor, checked(input), time, run), wantsControl, time)
  }

  const openOf = async (key: string): Promise<Asked[]> =>
    ((await recall(key))?.asked ?? []).filter(({ state }) => state === 'open')

  /** Looks for the answers of a visitor's open questions, and delivers those that have come. */
  async function lateAnswers(key: string, visitor: Visitor, own: OperationOptions): Promise<LateAnswer[]> {
    if ((await openOf(key)).length === 0) return []
    const time = timeFor('check', own)
    // Delivered under another lock than the questions', so that `onAnswer` may ask.
    return store.alone([`${key} late`], time, async () => {
      const late: LateAnswer[] = []
      for (const asked of await store.alone([key], time, () => openOf(key))) {
        const { outcome, attempt, answer: found } = await reconcile(asked.attempt, time.options())
        const answer = outcome === 'not-done' ? answerless('failed', attempt) : found
        if (!answer || answer.outcome === 'pending' || answer.outcome === 'unknown') continue
        const one: LateAnswer = { visitor, ...(asked.id !== undefined && { id: asked.id }), answer }
        await onAnswer?.(one)
        await store.alone([key], time, async () => {
          // It may have been asked again by then.
          const isStill = (await openOf(key)).some((each) => isSameAttempt(each, asked))
          if (isStill && outcome === 'not-done') await visitors.drop(key, asked)
          else if (isStill) await visitors.remember(key, { ...asked, attempt }, answer)
        })
        late.push(one)
      }
      return late
    })
  }

  return {
    async ask(visitor, input, own = {}) {
      for await (const part of asked('ask', [visitor, input, own], askOnce()))
        if (part.type === 'finish') return part.answer
      throw errorOf(placeOf('ask'), 'response', 'the adapter gave no answer.', { outcome: 'unknown' })
    },

    async *stream(visitor, input, own = {}) {
      for await (const part of asked('stream', [visitor, input, own], streamOnce()))
        yield part.type === 'finish' ? { type: 'finish', answer: part.answer } : part
    },

    respond: responderOf({
      agent,
      report,
      timeOf: (own) => timeFor('respond', own),
      stream: (visitor, input, own, wantsControl) =>
        asked(
          'stream',
          [visitor, input, own],
          supports(agent, 'messages.stream') ? streamOnce() : askOnce(),
          wantsControl,
        ),
    }),

    async history(visitor, { limit = historyLimit, ...own } = {}) {
      if (!Number.isInteger(limit) || limit < 1)
        throw errorOf(placeOf('history'), 'invalid-request', 'limit must be a whole number, at least 1.', {
          fields: [{ path: 'limit', problem: 'must be a whole number, at least 1' }],
        })
      const memory = await recall(await keyOf('history', visitor))
      if (!memory?.conversationId) return { messages: [], hasMore: false, warnings: [] }
      const { conversationId } = memory
      const list = requireOperation(agent, 'messages.list')
      try {
        return await chatIn(list, { ...memory, conversationId }, limit, timeFor('history', own))
      } catch (error) {
        if (!isGone(error)) throw error
        return { messages: [], hasMore: false, warnings: [] }
      }
    },

    handOff,
    release,

    async status(visitor, own = {}) {
      const {
        conversationId = null,
        contactId,
        asked = [],
        unverified = {},
      } = (await recall(await keyOf('status', visitor))) ?? {}
      const about = {
        contactRef: contactId === undefined ? null : refOf('contact', contactId),
        open: asked
          .filter(({ state }) => state === 'open')
          .map(({ id, attempt }) => ({ ...(id !== undefined && { id }), attempt })),
        unverified,
      }
      if (conversationId === null) return { ...about, conversationRef: null, control: null }
      try {
        const control = await controlOf(conversationId, own)
        return { ...about, conversationRef: refOf('conversation', conversationId), control }
      } catch (error) {
        if (!isGone(error)) throw error
        return { ...about, conversationRef: null, control: null }
      }
    },

    async check(visitor, own = {}) {
      return lateAnswers(await keyOf('check', visitor), visitor, own)
    },

    async deliver(event, own = {}) {
      const parts = 'conversation' in event ? tryParseRef(event.conversation) : undefined
      if (parts?.vendor !== vendor || parts.account !== account) return null
      const key = await visitors.ownerOf(parts.id)
      const memory = key === undefined ? undefined : memoryIn(await store.read(key))
      // The visitor may have another conversation by now.
      if (key === undefined || !memory || memory.conversationId !== parts.id) return null
      return { visitor: memory.visitor, answers: await lateAnswers(key, memory.visitor, own) }
    },

    async forget(visitor) {
      const { key, release } = await visitors.hold('forget', visitor, timeFor('forget', {}))
      try {
        const keys = await visitors.allKeys(key, visitor)
        await recent.forget(keys)
        await visitors.forget(key, visitor, keys)
      } finally {
        await release()
      }
    },
  }
}

function carryOverProblem(value: unknown): string | undefined {
  const { messages, keepFor } = isRecord(value) ? value : {}
  if (!Number.isInteger(messages) || (messages as number) < 0) return 'must have messages, a whole number from 0 on'
  if (keepFor !== undefined && !(typeof keepFor === 'number' && keepFor > 0))
    return 'must have keepFor, if any, as a number of milliseconds above 0'
  return undefined
}
