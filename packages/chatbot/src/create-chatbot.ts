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
  type SendOptions,
  stateStoreOption,
  supports,
  systemClock,
  type Traits,
  tryParseRef,
  unsupportedReason,
  type Visitor,
} from '@parley/core'
import { askingOf, type Question } from './asking.ts'
import type { Chatbot, ChatbotInput, ChatbotOptions, HandOff, LateAnswer } from './chatbot.ts'
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

  async function* stream(visitor: Visitor, input: ChatbotInput, own: SendOptions = {}) {
    const run = streamOnce()
    yield* parts(visitor, checked(input), timeFor('stream', own), run)
  }

  /** The remembered conversation. @throws ConflictError when there is none. */
  async function conversationOf(operation: string, visitor: Visitor): Promise<string> {
    const memory = await recall(await keyOf(operation, visitor))
    if (memory?.conversationId) return memory.conversationId
    throw errorOf(placeOf(operation), 'conflict', 'the visitor has no conversation yet.')
  }

  async function controlOf(conversation: string, own: OperationOptions) {
    if (supports(agent, 'control.get')) return agent.control.get(conversation, own)
    return supports(agent, 'conversations.get') ? (await agent.conversations.get(conversation, own)).control : null
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
      const run = askOnce()
      for await (const part of parts(visitor, checked(input), timeFor('ask', own), run))
        if (part.type === 'finish') return part.answer
      throw errorOf(placeOf('ask'), 'response', 'the adapter gave no answer.', { outcome: 'unknown' })
    },

    stream,

    respond: responderOf({
      agent,
      controlOf,
      onError,
      timeOf: (own) => timeFor('respond', own),
      stream: (visitor, input, own) =>
        supports(agent, 'messages.stream')
          ? stream(visitor, input, own)
          : parts(visitor, checked(input), timeFor('stream', own), askOnce()),
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
      return chatIn(list, { ...memory, conversationId }, limit, timeFor('history', own))
    },

    async handOff(visitor, reason, own = {}) {
      const conversation = await conversationOf('handOff', visitor)
      const about = {
        visitor,
        conversationRef: refOf('conversation', conversation),
        ...(reason !== undefined && { reason }),
      }
      const explanation = (await traitsOf())?.handOff?.reason ?? unsupportedReason(agent, 'control.takeOver')
      const handOff: HandOff = supports(agent, 'control.takeOver')
        ? { ...about, by: 'vendor', control: await agent.control.takeOver(conversation, own) }
        : { ...about, by: 'application', ...(explanation !== undefined && { explanation }) }
      await onHandOff?.(handOff)
      return handOff
    },

    async release(visitor, own = {}) {
      const conversation = await conversationOf('release', visitor)
      return requireOperation(agent, 'control.release')(conversation, own)
    },

    async status(visitor, own = {}) {
      const memory = await recall(await keyOf('status', visitor))
      const { conversationId = null, contactId, asked = [], unverified = {} } = memory ?? {}
      return {
        conversationRef: conversationId === null ? null : refOf('conversation', conversationId),
        contactRef: contactId === undefined ? null : refOf('contact', contactId),
        control: conversationId === null ? null : await controlOf(conversationId, own),
        open: asked
          .filter(({ state }) => state === 'open')
          .map(({ id, attempt }) => ({ ...(id !== undefined && { id }), attempt })),
        unverified,
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
